namespace SchemaDeploy.Deployment;

/// <summary>Where an application can be published to.</summary>
public enum DeployTarget
{
    /// <summary>An image, and Compose on one machine.</summary>
    Docker,

    /// <summary>A cluster that runs Kubernetes.</summary>
    K8s,

    /// <summary>A function of Vercel.</summary>
    Vercel,

    /// <summary>A function of Netlify.</summary>
    Netlify,

    /// <summary>A service of Google Cloud Run.</summary>
    Gcp,

    /// <summary>An app of Azure Container Apps.</summary>
    Azure,

    /// <summary>A service of Amazon's ECS on Fargate.</summary>
    Aws,
}

/// <summary>The environments that a bundle knows.</summary>
public enum DeployEnvironment
{
    /// <summary>The one that counts.</summary>
    Production,

    /// <summary>A rehearsal of it.</summary>
    Staging,

    /// <summary>The machine of whoever develops.</summary>
    Local,
}

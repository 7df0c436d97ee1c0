namespace SchemaDeploy.Deployment.Cloud;

/// <summary>A cloud that runs images, and what its bundles are called by.</summary>
internal sealed record CloudHost
{
    /// <summary>https://cloud.google.com/run/docs.</summary>
    public static readonly CloudHost Gcp = new()
    {
        Target = DeployTarget.Gcp,
        Name = "Cloud Run",
        // An account's name has 30 letters, the environment among them.
        LongestName = 19,
        ExampleImage = "europe-west1-docker.pkg.dev/PROJECT/REPOSITORY/NAME",
    };

    /// <summary>https://learn.microsoft.com/azure/container-apps.</summary>
    public static readonly CloudHost Azure = new()
    {
        Target = DeployTarget.Azure,
        Name = "Azure Container Apps",
        // A job's name has 32 letters, the environment and the kind among them.
        LongestName = 19,
        ExampleImage = "REGISTRY.azurecr.io/NAME",
    };

    /// <summary>https://docs.aws.amazon.com/AmazonECS.</summary>
    public static readonly CloudHost Aws = new()
    {
        Target = DeployTarget.Aws,
        Name = "ECS",
        LongestName = 40,
        ExampleImage = "ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME",
    };

    public required DeployTarget Target { get; init; }

    public required string Name { get; init; }

    /// <summary>The most letters of the application's name.</summary>
    public required int LongestName { get; init; }

    /// <summary>An image where the cloud finds it.</summary>
    public required string ExampleImage { get; init; }

    /// <summary>The bundle's folder, which is the target's name.</summary>
    public string Folder => DeploymentGenerator.FolderOf(Target);

    /// <summary>What names in an environment's file begin with that are for the scripts.</summary>
    public string Prefix => $"{Folder.ToUpperInvariant()}_";
}

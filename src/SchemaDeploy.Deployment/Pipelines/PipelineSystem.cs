namespace SchemaDeploy.Deployment.Pipelines;

/// <summary>What runs a pipeline.</summary>
public enum PipelineSystem
{
    /// <summary>GitHub Actions.</summary>
    GitHub,

    /// <summary>GitLab CI/CD.</summary>
    GitLab,
}

using System.Collections.Immutable;

namespace SchemaDeploy.Deployment.Pipelines;

/// <summary>How a pipeline comes into a cloud, a registry or a cluster.</summary>
/// <param name="Name">The part of the template that does it.</param>
/// <param name="Variables">What it needs to know that is no secret.</param>
/// <param name="Secrets">What it needs to know that is one.</param>
/// <param name="Audience">Whom the pipeline's own token is for, as a shell reads it, where that is exchanged for rights; else nothing.</param>
internal sealed record SignIn(string Name, ImmutableArray<string> Variables, ImmutableArray<string> Secrets, string Audience = "")
{
    private static readonly SignIn s_aws = new("aws", ["AWS_REGION", "AWS_ROLE"], [], "sts.amazonaws.com");

    private static readonly SignIn s_azure = new("azure", ["AZURE_CLIENT_ID", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"], [], "api://AzureADTokenExchange");

    private static readonly SignIn s_gcp = new(
        "gcp", ["GCP_SERVICE_ACCOUNT", "GCP_WORKLOAD_IDENTITY_PROVIDER"], [], "https://iam.googleapis.com/$GCP_WORKLOAD_IDENTITY_PROVIDER");

    private static readonly SignIn s_gitHub = new("github", [], []);

    private static readonly SignIn s_kubernetes = new("kubernetes", [], ["KUBE_CONFIG"]);

    private static readonly SignIn s_netlify = new("npm", ["NETLIFY_SITE_ID"], ["DATABASE_URL", "NETLIFY_AUTH_TOKEN"]);

    private static readonly SignIn s_password = new("password", ["REGISTRY_USERNAME"], ["REGISTRY_PASSWORD"]);

    private static readonly SignIn s_vercel = new(
        "npm", ["VERCEL_ORG_ID", "VERCEL_PROJECT_ID"], ["DATABASE_URL", "VERCEL_AUTOMATION_BYPASS_SECRET", "VERCEL_TOKEN"]);

    /// <summary>Whether the pipeline's own token is exchanged for rights, so that no password is kept.</summary>
    public bool HasToken => Audience.Length > 0;

    /// <summary>How images are pushed to a registry.</summary>
    public static SignIn ToRegistry(string host) => host switch
    {
        "ghcr.io" => s_gitHub,
        _ when host.EndsWith(".amazonaws.com", StringComparison.Ordinal) => s_aws,
        _ when host.EndsWith(".azurecr.io", StringComparison.Ordinal) => s_azure,
        _ when host.EndsWith("-docker.pkg.dev", StringComparison.Ordinal) => s_gcp,
        _ => s_password,
    };

    /// <summary>How a target is deployed to; null for those that no pipeline reaches.</summary>
    public static SignIn? To(DeployTarget target) => target switch
    {
        DeployTarget.Aws => s_aws,
        DeployTarget.Azure => s_azure,
        DeployTarget.Gcp => s_gcp,
        DeployTarget.K8s => s_kubernetes,
        DeployTarget.Vercel => s_vercel,
        DeployTarget.Netlify => s_netlify,
        _ => null,
    };
}

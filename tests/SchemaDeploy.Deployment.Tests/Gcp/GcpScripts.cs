using SchemaDeploy.Deployment.Tests.Cloud;

namespace SchemaDeploy.Deployment.Tests.Gcp;

/// <summary>The bundle for Google Cloud, and a gcloud that answers as its project would.</summary>
internal static class GcpScripts
{
    public const string Image = "registry.example.com/acme/shop:1.2.3";

    /// <summary>A project that has everything, with a revision that serves.</summary>
    public static CloudScripts Ready(bool redis = true, string traffic = "100\\tshop-production-1") =>
        New()
            .Answer("run services list", traffic)
            .Answer("secrets list", $"shop-production-database-url\\n{(redis ? "shop-production-redis-url\\n" : "")}shop-production-jwt-secret\\nshop-production-admin-password")
            .Answer("secrets versions list", "7")
            .Answer("run services describe", "https://shop-production-abc.run.app");

    /// <summary>A project that has nothing.</summary>
    public static CloudScripts New() => new(
        DeployTarget.Gcp, ["gcloud", "dotnet"], ("GCP_PROJECT=", "GCP_PROJECT=acme"), ("ADMIN_EMAIL=", "ADMIN_EMAIL=\"ada\\@acme.org"));
}

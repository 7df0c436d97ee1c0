using SchemaDeploy.Deployment.Tests.Cloud;

namespace SchemaDeploy.Deployment.Tests.Azure;

/// <summary>The bundle for Azure, and an az that answers as a subscription would.</summary>
internal static class AzureScripts
{
    /// <summary>A resource group that has everything, with a revision that serves.</summary>
    public static CloudScripts Ready(bool serves = true) =>
        New()
            .Answer("containerapp list", serves ? "shop-production" : "other")
            .Answer("containerapp show --resource-group shop-production --name shop-production --query max_by", "shop-production--r1")
            .Answer("customDomains", "[{ \"name\": \"api.acme.org\", \"bindingType\": \"Auto\" }]")
            .Answer("deployment group show", "kv-shop")
            .Answer("keyvault secret list", "database-url\\nredis-url\\njwt-secret\\nadmin-password")
            .Answer("job start", "shop-production-m-abc")
            .Answer("job execution show", "Succeeded")
            .Answer("revision show", "Healthy")
            .Answer("ingress.fqdn", "shop-production.azurecontainerapps.io");

    /// <summary>A resource group that has nothing.</summary>
    public static CloudScripts New() => new(DeployTarget.Azure, ["az", "dotnet"], ("ADMIN_EMAIL=", "ADMIN_EMAIL=\"ada\\@acme.org"));
}

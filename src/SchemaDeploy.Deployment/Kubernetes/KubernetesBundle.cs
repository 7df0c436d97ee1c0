using SchemaDeploy.Deployment.Backup;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Monitoring;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Kubernetes;

/// <summary>A kustomize base, what overlays are made of, and an overlay for each environment.</summary>
internal static class KubernetesBundle
{
    // 63 is the most; environments, kinds and hashes come behind it.
    private const int LongestName = 40;

    /// <summary>The files of the bundle.</summary>
    public static IReadOnlyList<BundleFile> Generate(ApiModel api, DeploymentOptions options, TemplateSet templates, DiagnosticBag diagnostics)
    {
        if (api.Database == DatabaseKind.Sqlite)
        {
            diagnostics.Report(DeploymentDiagnostics.OneReplica, SourceSpan.StartOf(options.ProjectFile));
        }

        var view = View(api, options);
        var backup = BackupScript.Of($"components/backup/{BackupScript.FileName}", api.Database, view.Name, view.Title, templates);
        return
        [
            .. FilesOf(view).Select(file => new BundleFile(file.Path, templates.Render(file.Template, view), file.IsProgram)),
            .. backup is null ? (BundleFile[])[] : [backup],
            .. MonitoringFiles.ForKubernetes(MonitoringFiles.ViewOf(api, view.Name, view.Title, DeployTarget.K8s), templates),
            .. KubernetesView.AllEnvironments.SelectMany(overlay => OverlayOf(view with { Overlay = overlay }, templates)),
        ];
    }

    private static IEnumerable<(string Template, string Path, bool IsProgram)> FilesOf(KubernetesView view)
    {
        yield return ("k8s.README.md.sbn", "README.md", false);
        yield return ("k8s.gitignore.sbn", ".gitignore", false);
        yield return ("k8s.secrets.sh.sbn", "secrets.sh", true);
        yield return ("k8s.deploy.sh.sbn", "deploy.sh", true);
        foreach (var name in BaseOf(view).Prepend("kustomization"))
        {
            yield return ($"k8s.{name}.yaml.sbn", $"base/{name}.yaml", false);
        }

        yield return ("k8s.settings.env.sbn", "base/settings.env", false);
        yield return ("k8s.external-secrets.yaml.sbn", "components/external-secrets/kustomization.yaml", false);
        yield return ("k8s.external-secret.yaml.sbn", "components/external-secrets/external-secret.yaml", false);
        yield return ("k8s.dev.yaml.sbn", "components/dev/kustomization.yaml", false);
        if (view.IsSqlite)
        {
            yield break;
        }

        yield return ("k8s.redis.yaml.sbn", "components/dev/redis.yaml", false);
        yield return ("k8s.production.yaml.sbn", "components/production/kustomization.yaml", false);
        if (view.Database is not null)
        {
            yield return ("k8s.database.yaml.sbn", "components/dev/database.yaml", false);
            yield return ("k8s.backup-component.yaml.sbn", "components/backup/kustomization.yaml", false);
            yield return ("k8s.backup.yaml.sbn", "components/backup/backup.yaml", false);
        }
    }

    private static IEnumerable<BundleFile> OverlayOf(KubernetesView view, TemplateSet templates) =>
    [
        new($"overlays/{view.Overlay}/kustomization.yaml", templates.Render("k8s.overlay.yaml.sbn", view)),
        new($"overlays/custom/{view.Overlay}/kustomization.yaml", templates.Render("k8s.custom.yaml.sbn", view), IsUsers: true),
    ];

    private static string[] BaseOf(KubernetesView view) => view.IsSqlite
        ? ["namespace", "service-account", "volume", "deployment", "service", "ingress", "network-policies"]
        : ["namespace", "service-account", "migration", "deployment", "service", "ingress", "autoscaler", "disruption-budget", "network-policies"];

    private static KubernetesView View(ApiModel api, DeploymentOptions options)
    {
        var bundle = Path.Combine(options.OutputDirectory, DeploymentGenerator.FolderOf(DeployTarget.K8s));
        var isSqlite = api.Database == DatabaseKind.Sqlite;
        var server = DatabaseServer.Of(api.Database);
        return new KubernetesView
        {
            Title = BundleText.Line(api.Title),
            Name = ResourceName.Of(options.Image.ShortName, LongestName),
            Image = options.Image,
            Environment = options.Environment switch
            {
                DeployEnvironment.Production => "production",
                DeployEnvironment.Staging => "staging",
                // A cluster is never the machine of whoever develops, but may be on it.
                _ => "dev",
            },
            Project = BundleText.Relative(bundle, options.ProjectFile),
            IsSqlite = isSqlite,
            DatabasePort = isSqlite ? null : server?.Port ?? 1433,
            Database = server is null ? null : DevDatabaseOf(api.Database, server),
            HasOwnDatabase = server is null && !isSqlite,
            Secrets = isSqlite ? ["jwt_secret", "admin_password"] : ["database_url", "redis_url", "jwt_secret", "admin_password"],
        };
    }

    private static DevDatabase DevDatabaseOf(DatabaseKind kind, DatabaseServer server) => kind == DatabaseKind.PostgreSql
        ? new DevDatabase
        {
            Server = server,
            RunFolder = "/var/run/postgresql",
            // PostgreSQL wants to have made its folder itself.
            SubPath = null,
            Settings = server.Settings.Add(("PGDATA", $"{server.DataFolder}/data")),
        }
        : new DevDatabase { Server = server, RunFolder = "/run/mysqld", SubPath = "data", Settings = server.Settings };
}

using SchemaDeploy.Deployment.Backup;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Monitoring;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Docker;

/// <summary>An image from source, and Compose with what the application needs beside itself.</summary>
internal static class DockerBundle
{
    private static readonly (string Template, string Path, bool IsProgram)[] s_files =
    [
        ("Dockerfile.sbn", "Dockerfile", false),
        ("Dockerfile.dockerignore.sbn", "Dockerfile.dockerignore", false),
        ("compose.yaml.sbn", "compose.yaml", false),
        ("env.example.sbn", ".env.example", false),
        ("docker.gitignore.sbn", ".gitignore", false),
        ("secrets.sh.sbn", "secrets.sh", true),
        ("docker.deploy.sh.sbn", "deploy.sh", true),
        ("docker.README.md.sbn", "README.md", false),
    ];

    /// <summary>The files of the bundle.</summary>
    public static IReadOnlyList<BundleFile> Generate(ApiModel api, DeploymentOptions options, TemplateSet templates, DiagnosticBag diagnostics)
    {
        if (!IsWithinContext(options, diagnostics))
        {
            return [];
        }

        var database = DatabaseServer.Of(api.Database);
        if (database is null && api.Database != DatabaseKind.Sqlite)
        {
            diagnostics.Report(DeploymentDiagnostics.DatabaseNotBrought, SourceSpan.StartOf(options.ProjectFile), "SQL Server");
        }

        var view = View(api, options, database);
        var monitoring = MonitoringFiles.ViewOf(api, view.Name, view.Title, DeployTarget.Docker);
        var backup = BackupScript.Of(BackupScript.FileName, api.Database, view.Name, view.Title, templates);
        return
        [
            .. s_files.Select(file => new BundleFile(file.Path, templates.Render(file.Template, view), file.IsProgram)),
            .. backup is null ? (BundleFile[])[] : [backup],
            .. MonitoringFiles.ForCompose(monitoring, templates),
        ];
    }

    /// <summary>An image alone, for a platform that builds it and tells it its port; no files where it cannot be built.</summary>
    /// <param name="target">The platform.</param>
    /// <param name="fileName">The name by which it looks for the file.</param>
    /// <param name="api">The application.</param>
    /// <param name="options">What the project says about its deployment.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="diagnostics">Gets what cannot be built.</param>
    public static IReadOnlyList<BundleFile> ImageFor(
        DeployTarget target, string fileName, ApiModel api, DeploymentOptions options, TemplateSet templates, DiagnosticBag diagnostics)
    {
        if (!IsWithinContext(options, diagnostics))
        {
            return [];
        }

        var view = View(api, options, database: null, target, fileName) with { IsPortGiven = true };
        return
        [
            new BundleFile(fileName, templates.Render("Dockerfile.sbn", view)),
            new BundleFile($"{fileName}.dockerignore", templates.Render("Dockerfile.dockerignore.sbn", view)),
        ];
    }

    private static bool IsWithinContext(DeploymentOptions options, DiagnosticBag diagnostics)
    {
        var outside = options.RestoreFiles.Prepend(options.ProjectFile).FirstOrDefault(file => !BuildContext.Has(options.ContextDirectory, file));
        if (outside is not null)
        {
            diagnostics.Report(DeploymentDiagnostics.OutsideContext, SourceSpan.StartOf(options.ProjectFile), outside, options.ContextDirectory);
        }

        return outside is null;
    }

    private static DockerView View(
        ApiModel api, DeploymentOptions options, DatabaseServer? database, DeployTarget target = DeployTarget.Docker, string dockerfile = "Dockerfile")
    {
        var bundle = Path.Combine(options.OutputDirectory, DeploymentGenerator.FolderOf(target));
        var context = options.ContextDirectory;
        return new DockerView
        {
            Title = BundleText.Line(api.Title),
            Name = options.Image.ShortName,
            Assembly = options.AssemblyName,
            Image = options.Image,
            Description = BundleText.Line(options.Description),
            BaseImage = options.BaseImage,
            SdkImage = options.SdkImage,
            // The native part of SQLite is compiled for one C library.
            OperatingSystem = options.BaseImage.Contains("alpine", StringComparison.OrdinalIgnoreCase) ? "linux-musl" : "linux",
            Environment = NameOf(options.Environment),
            Environments = string.Join('|', Enum.GetValues<DeployEnvironment>().Select(NameOf)),
            Project = BundleText.Relative(context, options.ProjectFile),
            // Each to its own name, which is right for files and folders alike.
            RestoreCopies = [.. options.RestoreFiles
                .Prepend(options.ProjectFile)
                .Select(file => BundleText.Relative(context, file))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(file => DockerText.CopyList([file, file]))],
            IsLocked = options.RestoreFiles.Any(file => Path.GetFileName(file) == "packages.lock.json"),
            ContextFromBundle = BundleText.Relative(bundle, context),
            DockerfileFromContext = BundleText.Relative(context, Path.Combine(bundle, dockerfile)),
            BundlesFromContext = BuildContext.Has(context, options.OutputDirectory) ? BundleText.Relative(context, options.OutputDirectory) : null,
            Database = database,
            IsSqlite = api.Database == DatabaseKind.Sqlite,
            HasOwnDatabase = database is null && api.Database != DatabaseKind.Sqlite,
            Secrets = [.. SecretsOf(api.Database, database)],
        };
    }

    private static IEnumerable<string> SecretsOf(DatabaseKind kind, DatabaseServer? server)
    {
        if (server is not null)
        {
            yield return "database_password";
        }

        if (kind != DatabaseKind.Sqlite)
        {
            yield return "database_url";
        }

        foreach (var secret in new[] { "redis_password", "redis_url", "jwt_secret", "admin_password", "grafana_password" })
        {
            yield return secret;
        }
    }

    private static string NameOf(DeployEnvironment environment) => environment.ToString().ToLowerInvariant();
}

using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Monitoring;

namespace SchemaDeploy.Deployment.Docker;

/// <summary>What the templates of the bundle print. Texts of the project's are given as each place quotes them.</summary>
internal sealed record DockerView
{
    public required string Title { get; init; }

    /// <summary>The last part of the image's name, by which Compose knows the application.</summary>
    public required string Name { get; init; }

    public required string Assembly { get; init; }

    public required ImageName Image { get; init; }

    public required string Description { get; init; }

    public required string BaseImage { get; init; }

    public required string SdkImage { get; init; }

    public required string OperatingSystem { get; init; }

    /// <summary>The environment that is meant where none is named.</summary>
    public required string Environment { get; init; }

    /// <summary>All of them, as usage lines list them.</summary>
    public required string Environments { get; init; }

    public string Health { get; } = BundleText.Json(ApplicationCommands.Health);

    public int ManagementPort { get; } = MonitoringView.Port;

    public string Migrate { get; } = ApplicationCommands.Migrate;

    public string Backup { get; } = ApplicationCommands.Backup;

    public string BackupEvery { get; } = ApplicationCommands.BackupEvery;

    public string EnvironmentsInCase => Environments.Replace("|", " | ", StringComparison.Ordinal);

    public required string Project { get; init; }

    /// <summary>Whether what runs the image says on which port to listen, and is the only way to it.</summary>
    public bool IsPortGiven { get; init; }

    /// <summary>What restoring reads: from where in the context, and to where.</summary>
    public required ImmutableArray<string> RestoreCopies { get; init; }

    /// <summary>Whether the versions of packages are fixed by a file.</summary>
    public required bool IsLocked { get; init; }

    public required string ContextFromBundle { get; init; }

    public required string DockerfileFromContext { get; init; }

    /// <summary>The folder of bundles, which images are built without; null where it is elsewhere.</summary>
    public required string? BundlesFromContext { get; init; }

    /// <summary>The database server that the bundle brings, or null.</summary>
    public required DatabaseServer? Database { get; init; }

    public required bool IsSqlite { get; init; }

    /// <summary>Whether the database is the operator's own to name.</summary>
    public required bool HasOwnDatabase { get; init; }

    /// <summary>Whether the bundle makes backups: with the server's programs, or the application's own command.</summary>
    public bool HasBackup => Database is not null || IsSqlite;

    /// <summary>The files of an environment's secrets.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    public string DllInJson => BundleText.Json($"{Assembly}.dll");

    public string ProjectInShell => BundleText.Shell(Project);

    public string TitleLabel => DockerText.Label(Title);

    public string DescriptionLabel => DockerText.Label(Description);

    public string ContextInYaml => DockerText.Yaml(ContextFromBundle);

    public string ContextInShell => BundleText.Shell(ContextFromBundle);

    public string DockerfileInYaml => DockerText.Yaml(DockerfileFromContext);

    public string? DatabaseHealthCheck => Database is null ? null : DockerText.YamlList(["CMD", .. Database.HealthCheck]);

    public string DllInYaml => DockerText.Yaml($"{Assembly}.dll");
}

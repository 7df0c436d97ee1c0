using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Monitoring;

namespace SchemaDeploy.Deployment.Kubernetes;

/// <summary>What the templates of the bundle print. Texts of the project's are given as each place quotes them.</summary>
internal sealed record KubernetesView
{
    /// <summary>The environments, as the folders of overlays are called.</summary>
    public static readonly ImmutableArray<string> AllEnvironments = ["production", "staging", "dev"];

    public required string Title { get; init; }

    /// <summary>What everything of the application is called in the cluster.</summary>
    public required string Name { get; init; }

    public required ImageName Image { get; init; }

    /// <summary>The environment that is meant where none is named.</summary>
    public required string Environment { get; init; }

    /// <summary>The one that a file is for.</summary>
    public string Overlay { get; init; } = "";

    /// <summary>The project, as seen from the bundle.</summary>
    public required string Project { get; init; }

    public required bool IsSqlite { get; init; }

    /// <summary>The port of the database server; null for SQLite.</summary>
    public required int? DatabasePort { get; init; }

    /// <summary>The database server of the overlay dev, or null.</summary>
    public required DevDatabase? Database { get; init; }

    /// <summary>Whether the database is the operator's own to name even in dev.</summary>
    public required bool HasOwnDatabase { get; init; }

    /// <summary>The keys of the Secret that the application reads.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    public int ManagementPort { get; } = MonitoringView.Port;

    public string Migrate { get; } = BundleText.Json(ApplicationCommands.Migrate);

    public string Wait { get; } = BundleText.Json(ApplicationCommands.Wait);

    public string Environments { get; } = string.Join('|', AllEnvironments);

    /// <summary>What the overlay has beside the base.</summary>
    public IEnumerable<string> Components
    {
        get
        {
            if (IsDev || (Overlay == "production" && !IsSqlite))
            {
                yield return Overlay;
            }

            // What is only tried out need not be kept.
            if (!IsDev && Database is not null)
            {
                yield return "backup";
            }
        }
    }

    public bool IsDev => Overlay == "dev";

    public string ProjectInShell => BundleText.Shell(Project);
}

/// <summary>A small database server within the cluster.</summary>
internal sealed record DevDatabase
{
    /// <summary>What it is everywhere.</summary>
    public required DatabaseServer Server { get; init; }

    /// <summary>Where its socket goes.</summary>
    public required string RunFolder { get; init; }

    /// <summary>The folder of the volume that is mounted; null for its root, which may hold a folder of the file system's own.</summary>
    public required string? SubPath { get; init; }

    /// <summary>The image's settings.</summary>
    public required ImmutableArray<(string Name, string Value)> Settings { get; init; }

    public IEnumerable<string> SettingLines => Settings.Select(setting => $"{{ name: {setting.Name}, value: {BundleText.Json(setting.Value)} }}");

    public string HealthCheck => BundleText.JsonList(Server.HealthCheck);
}

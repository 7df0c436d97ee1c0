using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment.Cloud;

/// <summary>What the templates of the bundles print. Texts of the project's are given as each place quotes them.</summary>
internal sealed record CloudView
{
    public required CloudHost Host { get; init; }

    public required string Title { get; init; }

    /// <summary>What everything of the application is called, with the environment behind it.</summary>
    public required string Name { get; init; }

    public required ImageName Image { get; init; }

    /// <summary>The environment that is meant where none is named.</summary>
    public required string Environment { get; init; }

    /// <summary>The one that a file is for.</summary>
    public string Overlay { get; init; } = "";

    /// <summary>The project, as seen from the bundle.</summary>
    public required string Project { get; init; }

    public required DatabaseKind Database { get; init; }

    public string Environments { get; } = string.Join('|', CloudBundle.Environments);

    public string Migrate { get; } = ApplicationCommands.Migrate;

    public string ProjectInShell => BundleText.Shell(Project);

    /// <summary>The registry of the image, or the first part of its name where there is none.</summary>
    public string RegistryInShell => BundleText.Shell(Image.Repository.Split('/')[0]);

    /// <summary>The database server that the bundle can bring; null where that is the operator's own.</summary>
    public DatabaseServer? Server => DatabaseServer.Of(Database);

    /// <summary>The database as RDS names it, its version, and how its client asks for encryption.</summary>
    public string RdsEngine => Database == DatabaseKind.PostgreSql ? "postgres" : "mariadb";

    public string RdsVersion => Database == DatabaseKind.PostgreSql ? "17" : "11.4.13";

    public string RdsEncryption => Database == DatabaseKind.PostgreSql ? "Require" : "Required";
}

namespace SchemaDeploy.Deployment;

/// <summary>Words of the application's command line that bundles use, as the runtime library names them.</summary>
internal static class ApplicationCommands
{
    /// <summary>Asks the running application how it is, and ends.</summary>
    public const string Health = "health";

    /// <summary>Makes the database what the application expects, and ends.</summary>
    public const string Migrate = "migrate";

    /// <summary>Waits until the database is what the application expects, and ends.</summary>
    public const string Wait = "wait";

    /// <summary>Copies a SQLite database while it is in use, and ends.</summary>
    public const string Backup = "backup";

    /// <summary>Behind <see cref="Backup"/>: does so again and again, and does not end.</summary>
    public const string BackupEvery = "every";

    /// <summary>Puts a backup in place of a SQLite database, and ends.</summary>
    public const string Restore = "restore";
}

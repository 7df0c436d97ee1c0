using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;

namespace SchemaDeploy.Deployment.Backup;

/// <summary>The script by which a database server is backed up, the same in all bundles.</summary>
internal static class BackupScript
{
    /// <summary>What the bundles call it.</summary>
    public const string FileName = "backup.sh";

    /// <summary>The script; null for a database that bundles know no programs of.</summary>
    /// <param name="path">Where it goes within the bundle.</param>
    /// <param name="database">The database.</param>
    /// <param name="name">What the application is called, and its backups with it.</param>
    /// <param name="title">The application's title.</param>
    /// <param name="templates">The templates.</param>
    public static BundleFile? Of(string path, DatabaseKind database, string name, string title, TemplateSet templates)
    {
        var isPostgreSql = database == DatabaseKind.PostgreSql;
        return DatabaseServer.Of(database) is { } server
            ? new BundleFile(
                path,
                templates.Render("backup.sh.sbn", new BackupView(name, title, server.Port, isPostgreSql, isPostgreSql ? "dump" : "sql.gz")),
                IsProgram: true)
            : null;
    }
}

/// <summary>What the script's template prints.</summary>
/// <param name="Name">What the names of backups begin with.</param>
/// <param name="Title">The application's title.</param>
/// <param name="Port">The port of a server whose URL names none.</param>
/// <param name="IsPostgreSql">Whether the programs are PostgreSQL's, and not MariaDB's.</param>
/// <param name="Extension">What the names of backups end with.</param>
internal sealed record BackupView(string Name, string Title, int Port, bool IsPostgreSql, string Extension);

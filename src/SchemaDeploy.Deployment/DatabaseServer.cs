using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment;

/// <summary>A database server that bundles bring, as its public image runs it.</summary>
internal sealed record DatabaseServer
{
    public required string Title { get; init; }

    public required string Image { get; init; }

    public required int Port { get; init; }

    public required string DataFolder { get; init; }

    /// <summary>DATABASE_URL up to the password.</summary>
    public required string UrlStart { get; init; }

    /// <summary>DATABASE_URL behind the password.</summary>
    public required string UrlEnd { get; init; }

    /// <summary>The image's settings; the password is in a file.</summary>
    public required ImmutableArray<(string Name, string Value)> Settings { get; init; }

    public required ImmutableArray<string> HealthCheck { get; init; }

    /// <summary>What makes an empty database in place of the one there is, for a shell in the server's container.</summary>
    public required string MakeEmpty { get; init; }

    /// <summary>The settings as lines of YAML.</summary>
    public IEnumerable<string> SettingLines => Settings.Select(setting => $"{setting.Name}: {BundleText.Json(setting.Value)}");

    /// <summary>The server of a database; null for SQLite, which needs none, and for those that bundles do not bring.</summary>
    public static DatabaseServer? Of(DatabaseKind database) => database switch
    {
        DatabaseKind.PostgreSql => new DatabaseServer
        {
            Title = "PostgreSQL",
            Image = "postgres:17",
            Port = 5432,
            DataFolder = "/var/lib/postgresql/data",
            UrlStart = "postgres://app:",
            UrlEnd = "@database:5432/app",
            Settings = [("POSTGRES_DB", "app"), ("POSTGRES_USER", "app"), ("POSTGRES_PASSWORD_FILE", "/run/secrets/database_password")],
            // By TCP: while it makes its first database, the server listens on a socket alone.
            HealthCheck = ["pg_isready", "--quiet", "--host=127.0.0.1", "--username=app", "--dbname=app"],
            MakeEmpty = "dropdb --username=app --force app && createdb --username=app app",
        },
        DatabaseKind.MySql => new DatabaseServer
        {
            Title = "MariaDB",
            Image = "mariadb:11.4",
            Port = 3306,
            DataFolder = "/var/lib/mysql",
            UrlStart = "mysql://app:",
            UrlEnd = "@database:3306/app",
            Settings =
            [
                ("MARIADB_DATABASE", "app"), ("MARIADB_USER", "app"), ("MARIADB_PASSWORD_FILE", "/run/secrets/database_password"),
                ("MARIADB_RANDOM_ROOT_PASSWORD", "yes"),
            ],
            HealthCheck = ["healthcheck.sh", "--connect", "--innodb_initialized"],
            MakeEmpty = "MYSQL_PWD=$(cat /run/secrets/database_password) mariadb --user=app --execute=\"DROP DATABASE app; CREATE DATABASE app\"",
        },
        _ => null,
    };
}

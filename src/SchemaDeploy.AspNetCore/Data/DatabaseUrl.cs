using System.Data.Common;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>A database as DATABASE_URL names it, such as <c>postgres://user:password@host:5432/name</c>.</summary>
/// <param name="Provider">sqlite, postgres, mysql or sqlserver.</param>
/// <param name="ConnectionString">The same in ADO.NET's form.</param>
public sealed record DatabaseUrl(string Provider, string ConnectionString)
{
    internal const string Sqlite = "sqlite";
    internal const string SqlServer = "sqlserver";

    // What is asked again and again is parsed and planned once a connection, and a connection that is handed on is not
    // cleared of a state that nothing here gives it. Both belong together: clearing would drop what was prepared.
    private static readonly (string Option, object Value)[] s_postgreSql = [("Max Auto Prepare", 100), ("No Reset On Close", true)];

    // Clearing would be two more trips to the server with each use, and ConnectionCheck asks whether a connection still stands.
    private static readonly (string Option, object Value)[] s_mySql = [("ConnectionReset", false)];

    /// <summary>Reads a URL or, where there is no scheme, takes the text for a SQLite connection string.</summary>
    /// <exception cref="FormatException">The scheme is unknown or a part is missing.</exception>
    public static DatabaseUrl Parse(string text)
    {
        if (text.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            var path = text["sqlite:".Length..];
            return new DatabaseUrl(Sqlite, $"Data Source={(path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path)}");
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return new DatabaseUrl(Sqlite, text.Contains('=', StringComparison.Ordinal) ? text : $"Data Source={text}");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            throw new FormatException("DATABASE_URL is no URL. An example: postgres://user:password@localhost:5432/name");
        }

        var database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/'));
        return url.Scheme switch
        {
            "postgres" or "postgresql" => new DatabaseUrl("postgres", Build(url, "Host", "Port", 5432, "Database", database, "Username", s_postgreSql)),
            "mysql" or "mariadb" => new DatabaseUrl("mysql", Build(url, "Server", "Port", 3306, "Database", database, "User", s_mySql)),
            "sqlserver" or "mssql" => new DatabaseUrl(SqlServer, Build(url, "Server", null, 1433, "Database", database, "User Id")),
            _ => throw new FormatException($"DATABASE_URL names the unknown database '{url.Scheme}'. Known are sqlite, postgres, mysql and sqlserver."),
        };
    }

    private static string Build(Uri url, string host, string? port, int defaultPort, string databaseKey, string database, string user, params (string Option, object Value)[] defaults)
    {
        if (database.Length == 0)
        {
            throw new FormatException("DATABASE_URL names no database. An example: postgres://user:password@localhost:5432/name");
        }

        var number = url.IsDefaultPort || url.Port < 0 ? defaultPort : url.Port;
        var builder = new DbConnectionStringBuilder { [host] = port is null ? $"{url.Host},{number}" : url.Host, [databaseKey] = database };
        if (port is not null)
        {
            builder[port] = number;
        }

        var login = url.UserInfo.Split(':', 2);
        if (login[0].Length > 0)
        {
            builder[user] = Uri.UnescapeDataString(login[0]);
        }

        if (login.Length == 2)
        {
            builder["Password"] = Uri.UnescapeDataString(login[1]);
        }

        foreach (var (option, value) in defaults)
        {
            builder[option] = value;
        }

        // ?SslMode=Require and the like are options of the connection, and come last: they win.
        foreach (var option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            builder[Uri.UnescapeDataString(pair[0])] = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "true";
        }

        return builder.ConnectionString;
    }
}

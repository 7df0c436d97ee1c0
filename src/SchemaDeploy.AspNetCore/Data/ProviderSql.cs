using Microsoft.EntityFrameworkCore.Infrastructure;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>A piece of SQL in the words of each database; null where the database cannot express it.</summary>
/// <param name="Sqlite">For SQLite.</param>
/// <param name="PostgreSql">For PostgreSQL.</param>
/// <param name="MySql">For MySQL and MariaDB.</param>
/// <param name="SqlServer">For SQL Server.</param>
public sealed record ProviderSql(string? Sqlite, string? PostgreSql, string? MySql, string? SqlServer)
{
    internal const string SqliteName = "Microsoft.EntityFrameworkCore.Sqlite";
    internal const string PostgreSqlName = "Npgsql.EntityFrameworkCore.PostgreSQL";
    internal const string MySqlName = "Pomelo.EntityFrameworkCore.MySql";
    internal const string SqlServerName = "Microsoft.EntityFrameworkCore.SqlServer";

    /// <summary>The same words for every database.</summary>
    public ProviderSql(string sql)
        : this(sql, sql, sql, sql)
    {
    }

    /// <summary>The words for the database that <paramref name="database"/> is on.</summary>
    public string? For(DatabaseFacade database) => database.ProviderName switch
    {
        SqliteName => Sqlite,
        PostgreSqlName => PostgreSql,
        MySqlName => MySql,
        SqlServerName => SqlServer,
        _ => null,
    };
}

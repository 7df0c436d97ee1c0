using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations.Drift;

/// <summary>
/// Where a database is not what the application's schema says: its tables, their columns, keys, indexes and references.
/// Tables that the schema does not name are others', and are left out. Defaults, checks and computed values are left
/// out too: databases keep them in words of their own.
/// </summary>
internal sealed class SchemaDrift(DatabaseSchema schema, DatabaseModel database, string provider)
{
    private readonly Dictionary<(string Name, string? Schema), DatabaseTable> _tables =
        database.Tables.ToDictionary(table => (table.Name, provider == ProviderSql.MySqlName || table.Schema == database.DefaultSchema ? null : table.Schema));

    private readonly StoreTypes _types = new(provider);

    /// <summary>The differences, a line each, in the order of the schema.</summary>
    public IReadOnlyList<string> Differences() => [.. schema.Tables.SelectMany(Differences)];

    private IEnumerable<string> Differences(TableSchema table) => _tables.TryGetValue((table.Name, table.Schema), out var live)
        ? [.. Columns(table, live), .. PrimaryKey(table, live), .. Uniques(table, live), .. Indexes(table, live), .. References(table, live)]
        : [$"table {table.FullName} is missing"];

    private IEnumerable<string> Columns(TableSchema table, DatabaseTable live)
    {
        var columns = live.Columns.ToDictionary(column => column.Name);
        foreach (var column in table.Columns)
        {
            var name = $"column {table.FullName}.{column.Name}";
            if (!columns.Remove(column.Name, out var other))
            {
                yield return $"{name} is missing";
                continue;
            }

            if (!_types.AreSame(column.ColumnType!, other.StoreType!))
            {
                yield return $"{name} is {other.StoreType}, not {column.ColumnType}";
            }

            // Whether a computed value may be NULL follows from what it is computed of.
            if (column.ComputedColumnSql is null && column.IsNullable != other.IsNullable)
            {
                yield return $"{name} {(other.IsNullable ? "allows" : "forbids")} NULL";
            }
        }

        foreach (var column in live.Columns.Where(column => columns.ContainsKey(column.Name)))
        {
            yield return $"column {table.FullName}.{column.Name} is not in the schema";
        }
    }

    private static IEnumerable<string> PrimaryKey(TableSchema table, DatabaseTable live)
    {
        var (expected, actual) = (Listed(table.Create.PrimaryKey?.Columns), Listed(live.PrimaryKey?.Columns));
        if (expected != actual)
        {
            yield return $"the primary key of {table.FullName} is ({actual}), not ({expected})";
        }
    }

    private static IEnumerable<string> Uniques(TableSchema table, DatabaseTable live) => Compare(
        $"unique key of {table.FullName}",
        table.Create.UniqueConstraints.Select(key => Listed(key.Columns)).Concat(table.Indexes.Where(index => index.IsUnique).Select(index => Listed(index.Columns))),
        live.UniqueConstraints.Select(key => Listed(key.Columns)).Concat(live.Indexes.Where(index => index.IsUnique).Select(index => Listed(index.Columns))));

    // MySQL makes an index for a reference that has none.
    private IEnumerable<string> Indexes(TableSchema table, DatabaseTable live) => Compare(
        $"index of {table.FullName}",
        table.Indexes.Where(index => !index.IsUnique).Select(index => Listed(index.Columns)),
        live.Indexes.Where(index => !index.IsUnique).Select(index => Listed(index.Columns)),
        provider == ProviderSql.MySqlName ? [.. live.ForeignKeys.Select(key => Listed(key.Columns))] : []);

    private IEnumerable<string> References(TableSchema table, DatabaseTable live) => Compare(
        $"foreign key of {table.FullName}",
        table.Create.ForeignKeys.Select(Described),
        live.ForeignKeys.Select(Described));

    private static IEnumerable<string> Compare(string kind, IEnumerable<string> expected, IEnumerable<string> actual, HashSet<string>? allowed = null)
    {
        var (wanted, there) = (expected.ToHashSet(StringComparer.Ordinal), actual.ToHashSet(StringComparer.Ordinal));
        return
        [
            .. wanted.Where(one => !there.Contains(one)).Select(one => $"{kind} ({one}) is missing"),
            .. there.Where(one => !wanted.Contains(one) && allowed?.Contains(one) != true).Select(one => $"{kind} ({one}) is not in the schema"),
        ];
    }

    private string Described(AddForeignKeyOperation key) => Described(
        Listed(key.Columns), key.PrincipalSchema is null ? key.PrincipalTable : $"{key.PrincipalSchema}.{key.PrincipalTable}", Listed(key.PrincipalColumns), key.OnDelete);

    private string Described(DatabaseForeignKey key)
    {
        var target = key.PrincipalTable;
        var isDefault = provider == ProviderSql.MySqlName || target.Schema is null || target.Schema == database.DefaultSchema;
        return Described(Listed(key.Columns), isDefault ? target.Name : $"{target.Schema}.{target.Name}", Listed(key.PrincipalColumns), key.OnDelete);
    }

    private string Described(string columns, string table, string target, ReferentialAction? onDelete) =>
        $"{columns} to {table} {target}, on delete {Named(onDelete ?? ReferentialAction.NoAction)}";

    // Only PostgreSQL and SQLite tell the two that both refuse apart, by when they do.
    private string Named(ReferentialAction action) => action switch
    {
        ReferentialAction.Cascade => "cascade",
        ReferentialAction.SetNull => "set null",
        ReferentialAction.SetDefault => "set default",
        ReferentialAction.Restrict when provider is ProviderSql.PostgreSqlName or ProviderSql.SqliteName => "restrict",
        _ => "no action",
    };

    private static string Listed(IEnumerable<DatabaseColumn>? columns) => Listed(columns?.Select(column => column.Name));

    private static string Listed(IEnumerable<string>? columns) => string.Join(", ", columns ?? []);
}

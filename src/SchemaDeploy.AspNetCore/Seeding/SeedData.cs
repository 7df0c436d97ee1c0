using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Seeding;

/// <summary>The rows that new tables begin with, as the statements that write them into the database in use.</summary>
internal sealed class SeedData
{
    private const int MostRows = 200;
    private const int MostCharacters = 200_000;

    private readonly SeedFile _file;
    private readonly IModel _model;
    private readonly ISqlGenerationHelper _sql;
    private readonly string _provider;
    private readonly Dictionary<(string? Schema, string Name), IEntityType> _types;

    private SeedData(SeedFile file, DbContext database)
    {
        _file = file;
        _model = database.GetService<IDesignTimeModel>().Model;
        _sql = database.GetService<ISqlGenerationHelper>();
        _provider = database.Database.ProviderName!;
        _types = _model.GetEntityTypes().Where(type => type.GetTableName() is not null)
            .GroupBy(type => (type.GetSchema(), type.GetTableName()!)).ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>The seed data of the application that <paramref name="database"/> is of; null where it has none.</summary>
    public static SeedData? Of(DbContext database) =>
        SeedFile.Of(database.GetType().Assembly) is { } file ? new SeedData(file, database) : null;

    /// <summary>The tables that get rows, by the names that the database knows, and how many.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var block in _file.Blocks().Where(block => block.IsInsert))
        {
            var name = NameOf(Find(block));
            counts[name] = counts.GetValueOrDefault(name) + block.Count;
        }

        return counts;
    }

    /// <summary>The statements that load the rows of <paramref name="tables"/>.</summary>
    /// <param name="tables">The tables, by the names that the database knows.</param>
    /// <param name="now">The time that new rows get where the server keeps one; null lets the database say it, for scripts that run later.</param>
    public IEnumerable<string> Statements(IReadOnlySet<string> tables, DateTime? now)
    {
        var loaded = new HashSet<IEntityType>();
        var text = new StringBuilder();
        SeedRows? rows = null;
        SeedBlock? last = null;
        var count = 0;
        foreach (var (block, row) in _file.Rows(block => tables.Contains(NameOf(Find(block)))))
        {
            if (block != last || count == MostRows || text.Length > MostCharacters)
            {
                if (text.Length > 0)
                {
                    yield return rows!.End(text);
                }

                if (block != last)
                {
                    var type = Find(block);
                    loaded.Add(type);
                    rows = new SeedRows(block, type, _sql, _provider, now);
                }

                (last, count) = (block, 0);
            }

            if (block.IsInsert)
            {
                text.Append(count++ == 0 ? rows!.Beginning : ",\n");
                rows!.AppendValues(text, row);
            }
            else
            {
                count++;
                rows!.AppendUpdate(text, row);
            }
        }

        if (text.Length > 0)
        {
            yield return rows!.End(text);
        }

        foreach (var statement in Numberings(loaded))
        {
            yield return statement;
        }
    }

    private static string NameOf(IEntityType type) => type.GetSchema() is { } schema ? $"{schema}.{type.GetTableName()}" : type.GetTableName()!;

    // Where the database has no schemas, a schema may be part of the name.
    private IEntityType Find(SeedBlock block) =>
        _types.GetValueOrDefault((block.Schema, block.Table))
        ?? _types.GetValueOrDefault((null, $"{block.Schema}_{block.Table}"))
        ?? _types.GetValueOrDefault((null, block.Table))
        ?? throw new StartupException($"SD4109: The seed data has rows of the table {block.Table}, which the application does not have. Build it anew.");

    // PostgreSQL alone goes on counting where it was, whatever rows were given.
    private IEnumerable<string> Numberings(IEnumerable<IEntityType> loaded)
    {
        if (_provider != ProviderSql.PostgreSqlName)
        {
            yield break;
        }

        foreach (var (type, property) in loaded.SelectMany(type => type.GetProperties().Select(property => (type, property))))
        {
            var table = _sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
            var column = _sql.DelimitIdentifier(property.GetColumnName());
            if (property.IsIdentity())
            {
                yield return GoOn($"pg_get_serial_sequence('{Quoted(table)}', '{Quoted(property.GetColumnName())}')", table, column, property.Numbering());
            }
            else if (property.GetDefaultValueSql() is { } value && value.Contains("nextval", StringComparison.OrdinalIgnoreCase)
                && _model.GetSequences().FirstOrDefault(sequence => value.Contains(sequence.Name, StringComparison.Ordinal)) is { } sequence)
            {
                var name = _sql.DelimitIdentifier(sequence.Name, sequence.Schema);
                yield return GoOn($"'{Quoted(name)}'", table, column, new Numbering(sequence.StartValue, sequence.IncrementBy), $", (SELECT last_value FROM {name})");
            }
        }
    }

    private static string GoOn(string sequence, string table, string column, Numbering numbering, string others = "")
    {
        var (greatest, most, reached) = numbering.Step < 0 ? ("MIN", "LEAST", "<=") : ("MAX", "GREATEST", ">=");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT setval({sequence}, {most}({greatest}({column}){others})) FROM {table} HAVING {greatest}({column}) {reached} {numbering.Start};");
    }

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}

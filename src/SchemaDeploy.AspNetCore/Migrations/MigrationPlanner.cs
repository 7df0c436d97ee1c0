using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations.Drift;
using SchemaDeploy.AspNetCore.Seeding;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Plans what brings a database from a recorded schema to the application's.</summary>
internal sealed class MigrationPlanner
{
    private readonly DbContext _database;
    private readonly DbContext _reference;
    // New objects each time: generators mark those that they are given.
    private readonly Func<DatabaseSchema> _schema;
    private readonly Lazy<string> _snapshot;
    private readonly bool _isReturn;

    private MigrationPlanner(DbContext database, DbContext reference, string version)
    {
        (_database, _reference, Version) = (database, reference, version);
        _schema = () => DatabaseSchema.Of(reference);
        _snapshot = new Lazy<string>(() => SchemaJson.Write(_schema()));
    }

    private MigrationPlanner(DbContext database, SchemaSnapshot target)
    {
        (_database, _reference, Version, _isReturn) = (database, database, target.Version, true);
        _schema = () => SchemaJson.Read(target.Schema, ProviderAssembly);
        _snapshot = new Lazy<string>(target.Schema);
    }

    /// <summary>The version of the schema that is wanted: the application's, or that of a snapshot.</summary>
    public string Version { get; }

    /// <summary>The schema that is wanted, for the database to record.</summary>
    public string Snapshot => _snapshot.Value;

    private string Provider => _database.Database.ProviderName!;

    private Assembly ProviderAssembly => _database.GetService<IMigrationsSqlGenerator>().GetType().Assembly;

    /// <summary>A planner for the database that <paramref name="database"/> is on.</summary>
    public static MigrationPlanner For<TContext>(TContext database, SchemaApiOptions options)
        where TContext : DbContext
    {
        // What is recorded must not depend on the version of the server.
        var reference = database.Database.ProviderName == ProviderSql.MySqlName ? options.CreateUnconnectedContext<TContext>("mysql") : database;
        return new MigrationPlanner(database, reference, SchemaRecord.VersionOf(options.Schema));
    }

    /// <summary>A planner for the database that <paramref name="database"/> is on, towards another schema than the application's.</summary>
    public static MigrationPlanner To(SchemaSnapshot target, DbContext database) => new(database, target);

    /// <summary>The statement that makes the table of the records.</summary>
    public IReadOnlyList<string> RecordTable() =>
        Generate(DatabaseSchema.Operations(_reference).Where(operation => operation is CreateTableOperation { Name: SchemaRecord.Table }));

    /// <summary>The plan for a database.</summary>
    /// <param name="from">Its record; null where it is empty.</param>
    /// <exception cref="StartupException">It is empty, and the schema is that of a snapshot.</exception>
    public MigrationPlan Plan(SchemaRecord? from)
    {
        if (from is null && _isReturn)
        {
            throw new StartupException("SD4108: The database is empty. A snapshot takes one back that has a schema; for a new one, run the script that is beside the snapshot.");
        }

        // The application's own code may add to the schema, and a new version of the library too.
        if (from is { IsFinished: true } && from.Version == Version && from.Snapshot == Snapshot)
        {
            return new MigrationPlan(from, Version, [], [], []);
        }

        var difference = SchemaDifference.Between(() => from is null ? DatabaseSchema.Empty : SchemaJson.Read(from.Snapshot, ProviderAssembly), _schema(), Provider);
        var sql = _database.GetService<ISqlGenerationHelper>();
        var changes = new PlannedChanges(difference, sql, Provider);
        var seeds = Seeds(difference.Added);
        return new MigrationPlan(
            from, Version, [.. changes.All(), .. seeds.Select(seed => new PlannedChange(Danger.Seeds, string.Create(CultureInfo.InvariantCulture, $"{seed.Rows} {(seed.Rows == 1 ? "row" : "rows")} of {seed.Table}")))],
            [.. changes.Hints()], [.. Generate(Operations(from, difference, sql)), .. seeds.Count == 0 ? Array.Empty<string>() : [SeedStep.For(seeds.Select(seed => seed.Table))]])
        {
            Renames = [.. difference.Renames.Operations],
        };
    }

    // Rows come with the table that they are of, and never again.
    private List<(string Table, int Rows)> Seeds(IEnumerable<TableSchema> added)
    {
        var counts = _isReturn ? null : SeedData.Of(_database)?.Counts();
        return counts is null ? [] : [.. added.Where(table => counts.ContainsKey(table.FullName)).Select(table => (table.FullName, counts[table.FullName]))];
    }

    /// <summary>The part of the application's schema that a database has, by the names of tables, and the tables that it has not.</summary>
    public async Task<(string Snapshot, IReadOnlyList<string> Missing)> PresentAsync(Func<string, Task<bool>> exists)
    {
        var sql = _database.GetService<ISqlGenerationHelper>();
        var (present, missing) = (new List<TableSchema>(), new List<string>());
        var schema = _schema();
        foreach (var table in schema.Tables)
        {
            if (await exists(sql.DelimitIdentifier(table.Name, table.Schema)))
            {
                present.Add(table);
            }
            else
            {
                missing.Add(table.FullName);
            }
        }

        return (SchemaJson.Write(schema with { Tables = present }), missing);
    }

    /// <summary>Where the database is not what the application's schema says, whatever it records.</summary>
    public IReadOnlyList<string> Drift() => new SchemaDrift(_schema(), LiveDatabase.Read(_database, ProviderAssembly), Provider).Differences();

    private IEnumerable<MigrationOperation> Operations(SchemaRecord? from, SchemaDifference difference, ISqlGenerationHelper sql) =>
        from is null ? DatabaseSchema.Operations(_reference).Where(operation => operation is not CreateTableOperation { Name: SchemaRecord.Table })
        : Provider == ProviderSql.SqliteName ? new SqliteRebuild(difference, sql).All()
        : new MigrationOperations(difference, sql, Provider).All();

    private List<string> Generate(IEnumerable<MigrationOperation> operations)
    {
        var generator = _database.GetService<IMigrationsSqlGenerator>();
        var model = _database.GetService<IDesignTimeModel>().Model;
        return [.. operations.SelectMany(operation => generator.Generate([operation], model)).Select(command => command.CommandText.Trim())];
    }
}

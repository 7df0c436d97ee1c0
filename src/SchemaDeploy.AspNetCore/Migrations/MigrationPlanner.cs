using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Plans what brings a database from a recorded schema to the application's; asks nothing of the database.</summary>
internal sealed class MigrationPlanner
{
    private readonly DbContext _database;
    private readonly DbContext _reference;
    private readonly Lazy<DatabaseSchema> _schema;
    private readonly Lazy<string> _snapshot;

    private MigrationPlanner(DbContext database, DbContext reference, string version)
    {
        (_database, _reference, Version) = (database, reference, version);
        _schema = new Lazy<DatabaseSchema>(() => DatabaseSchema.Of(reference));
        // From operations of its own: generators mark those that they are given.
        _snapshot = new Lazy<string>(() => SchemaJson.Write(DatabaseSchema.Of(reference)));
    }

    /// <summary>The application's version of the schema.</summary>
    public string Version { get; }

    /// <summary>The application's schema, for the database to record.</summary>
    public string Snapshot => _snapshot.Value;

    private string Provider => _database.Database.ProviderName!;

    /// <summary>A planner for the database that <paramref name="database"/> is on.</summary>
    public static MigrationPlanner For<TContext>(TContext database, SchemaApiOptions options)
        where TContext : DbContext
    {
        // What is recorded must not depend on the version of the server.
        var reference = database.Database.ProviderName == ProviderSql.MySqlName ? options.CreateUnconnectedContext<TContext>("mysql") : database;
        return new MigrationPlanner(database, reference, SchemaRecord.VersionOf(options.Schema));
    }

    /// <summary>The statement that makes the table of the records.</summary>
    public IReadOnlyList<string> RecordTable() =>
        Generate(DatabaseSchema.Operations(_reference).Where(operation => operation is CreateTableOperation { Name: SchemaRecord.Table }));

    /// <summary>The plan for a database.</summary>
    /// <param name="from">Its record; null where it is empty.</param>
    public MigrationPlan Plan(SchemaRecord? from)
    {
        // The application's own code may add to the schema, and a new version of the library too.
        if (from is { IsFinished: true } && from.Version == Version && from.Snapshot == Snapshot)
        {
            return new MigrationPlan(from, Version, [], [], []);
        }

        var assembly = _database.GetService<IMigrationsSqlGenerator>().GetType().Assembly;
        var difference = SchemaDifference.Between(() => from is null ? DatabaseSchema.Empty : SchemaJson.Read(from.Snapshot, assembly), _schema.Value, Provider);
        var sql = _database.GetService<ISqlGenerationHelper>();
        var changes = new PlannedChanges(difference, sql, Provider);
        return new MigrationPlan(from, Version, changes.All(), [.. changes.Hints()], Generate(Operations(from, difference, sql)));
    }

    /// <summary>The part of the application's schema that a database has, by the names of tables, and the tables that it has not.</summary>
    public async Task<(string Snapshot, IReadOnlyList<string> Missing)> PresentAsync(Func<string, Task<bool>> exists)
    {
        var sql = _database.GetService<ISqlGenerationHelper>();
        var (present, missing) = (new List<TableSchema>(), new List<string>());
        foreach (var table in _schema.Value.Tables)
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

        return (SchemaJson.Write(_schema.Value with { Tables = present }), missing);
    }

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

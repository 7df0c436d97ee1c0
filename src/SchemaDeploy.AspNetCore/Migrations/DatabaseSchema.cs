using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>What a database consists of, as the operations of EF Core that would make it.</summary>
/// <param name="Settings">Settings of the database as a whole, such as extensions.</param>
/// <param name="Schemas">The schemas that tables are in.</param>
/// <param name="Sequences">The sequences.</param>
/// <param name="Tables">The tables, those first that others refer to.</param>
internal sealed record DatabaseSchema(
    AlterDatabaseOperation Settings,
    IReadOnlyList<EnsureSchemaOperation> Schemas,
    IReadOnlyList<CreateSequenceOperation> Sequences,
    IReadOnlyList<TableSchema> Tables)
{
    /// <summary>The schema of an empty database.</summary>
    public static DatabaseSchema Empty { get; } = new(new AlterDatabaseOperation(), [], [], []);

    /// <summary>The schema of the application that <paramref name="context"/> is of; no connection is opened.</summary>
    public static DatabaseSchema Of(DbContext context)
    {
        var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var operations = Operations(context);
        var tables = operations.OfType<CreateTableOperation>().Where(table => table.Name != SchemaRecord.Table).Select(table => new TableSchema(table, [])).ToList();
        var byName = ByName(tables);
        foreach (var index in operations.OfType<CreateIndexOperation>())
        {
            byName[(index.Table, index.Schema)].Indexes.Add(index);
        }

        // Tables in a circle get their references last.
        foreach (var key in operations.OfType<AddForeignKeyOperation>())
        {
            byName[(key.Table, key.Schema)].Create.ForeignKeys.Add(key);
        }

        foreach (var table in tables)
        {
            ModelFacts.Annotate(table, model.FindTable(table.Name, table.Schema)!);
        }

        return new DatabaseSchema(
            operations.OfType<AlterDatabaseOperation>().FirstOrDefault() ?? new AlterDatabaseOperation(),
            [.. operations.OfType<EnsureSchemaOperation>()],
            [.. operations.OfType<CreateSequenceOperation>()],
            tables);
    }

    /// <summary>What makes the application's database from nothing, the record first, for a migration that is broken off to know how far it came.</summary>
    public static IReadOnlyList<MigrationOperation> Operations(DbContext context)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        // Behind the indexes that some of them stand on.
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel())
            .Concat(model.GetEntityTypes().SelectMany(type => DatabaseReference.Of(type).Select(reference => reference.ToOperation(type))));
        return
        [
            .. (context.IsSqlite() ? WithinTables([.. operations]) : operations).OrderBy(operation => operation switch
            {
                AlterDatabaseOperation => 0,
                CreateTableOperation { Name: SchemaRecord.Table } => 1,
                _ => 2,
            }),
        ];
    }

    // SQLite gives tables that are there no references, and tables references to what is not there yet.
    private static IEnumerable<MigrationOperation> WithinTables(List<MigrationOperation> operations)
    {
        var tables = operations.OfType<CreateTableOperation>().ToDictionary(table => table.Name);
        foreach (var key in operations.OfType<AddForeignKeyOperation>())
        {
            tables[key.Table].ForeignKeys.Add(key);
        }

        return operations.Where(operation => operation is not AddForeignKeyOperation);
    }

    /// <summary>The tables by the names that they have now.</summary>
    public Dictionary<(string Name, string? Schema), TableSchema> ByName() => ByName(Tables);

    private static Dictionary<(string Name, string? Schema), TableSchema> ByName(IEnumerable<TableSchema> tables) =>
        tables.ToDictionary(table => (table.Name, table.Schema));

    /// <summary>A table, or null.</summary>
    public TableSchema? Find(string name, string? schema) => Tables.FirstOrDefault(table => table.Is(name, schema));
}

/// <summary>A table with everything that belongs to it.</summary>
/// <param name="Create">Its columns, keys, references and checks.</param>
/// <param name="Indexes">Its indexes.</param>
internal sealed record TableSchema(CreateTableOperation Create, List<CreateIndexOperation> Indexes)
{
    public string Name => Create.Name;

    public string? Schema => Create.Schema;

    /// <summary>What people call it.</summary>
    public string FullName => Schema is null ? Name : $"{Schema}.{Name}";

    public IReadOnlyList<AddColumnOperation> Columns => Create.Columns;

    public bool Is(string name, string? schema) => Name == name && Schema == schema;

    public AddColumnOperation? Find(string column) => Create.Columns.Find(one => one.Name == column);
}

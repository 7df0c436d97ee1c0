using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>The tables and columns that the schema says had other names before.</summary>
internal sealed class Renames
{
    private readonly List<RenameTableOperation> _tables = [];
    private readonly List<RenameColumnOperation> _columns = [];
    private readonly string _provider;

    private Renames(string provider) => _provider = provider;

    /// <summary>Tables first: columns are renamed in tables that have their new names.</summary>
    public IEnumerable<MigrationOperation> Operations => [.. _tables, .. _columns];

    /// <summary>Finds what was renamed. What has its new name already stays as it is, so that tags may stay too.</summary>
    public static Renames Between(DatabaseSchema before, DatabaseSchema after, string provider)
    {
        var renames = new Renames(provider);
        var byName = before.ByName();
        foreach (var table in after.Tables)
        {
            var old = byName.GetValueOrDefault((table.Name, table.Schema));
            if (old is null && ModelFacts.OldNameOf(table.Create) is { } name
                && Only(before.Tables, one => one.Name, one => one.FullName, name) is { } found && after.Find(found.Name, found.Schema) is null)
            {
                old = found;
                renames._tables.Add(new RenameTableOperation { Name = found.Name, Schema = found.Schema, NewName = table.Name, NewSchema = table.Schema });
            }

            if (old is not null)
            {
                renames.AddColumns(old, table);
            }
        }

        return renames;
    }

    /// <summary>The name by which the database has a table.</summary>
    public (string Name, string? Schema) OriginalOf(TableSchema table) =>
        _tables.Find(one => table.Is(one.NewName!, one.NewSchema)) is { } rename ? (rename.Name, rename.Schema) : (table.Name, table.Schema);

    /// <summary>The name by which the database has a column of a table.</summary>
    public string OriginalOf(TableSchema table, string column) =>
        _columns.Find(one => one.NewName == column && table.Is(one.Table, one.Schema))?.Name ?? column;

    /// <summary>Gives a schema the new names, but for those within expressions.</summary>
    public void Apply(DatabaseSchema schema)
    {
        foreach (var table in schema.Tables)
        {
            foreach (var key in table.Create.ForeignKeys)
            {
                (key.PrincipalTable, key.PrincipalSchema) = New(key.PrincipalTable, key.PrincipalSchema);
                key.PrincipalColumns = New(key.PrincipalColumns!, key.PrincipalTable, key.PrincipalSchema);
            }
        }

        foreach (var table in schema.Tables)
        {
            var old = table.Name;
            var (name, owner) = New(table.Name, table.Schema);
            (table.Create.Name, table.Create.Schema) = (name, owner);
            foreach (var column in table.Columns)
            {
                (column.Table, column.Schema, column.Name) = (name, owner, New([column.Name], name, owner)[0]);
            }

            if (table.Create.PrimaryKey is { } primary)
            {
                (primary.Table, primary.Schema, primary.Columns) = (name, owner, New(primary.Columns, name, owner));
            }

            foreach (var key in table.Create.UniqueConstraints)
            {
                (key.Table, key.Schema, key.Columns) = (name, owner, New(key.Columns, name, owner));
            }

            foreach (var key in table.Create.ForeignKeys)
            {
                (key.Table, key.Schema, key.Columns) = (name, owner, New(key.Columns, name, owner));
                key.Name = NewKey(key.Name, old, name);
            }

            foreach (var check in table.Create.CheckConstraints)
            {
                (check.Table, check.Schema) = (name, owner);
            }

            foreach (var index in table.Indexes)
            {
                (index.Table, index.Schema, index.Columns) = (name, owner, New(index.Columns, name, owner));
            }
        }
    }

    private void AddColumns(TableSchema before, TableSchema after)
    {
        foreach (var column in after.Columns)
        {
            if (before.Find(column.Name) is null && ModelFacts.OldNameOf(column) is { } name
                && Only(before.Columns, one => one.Name, one => one.Name, name) is { } old && after.Find(old.Name) is null
                && !_columns.Exists(one => one.Name == old.Name && after.Is(one.Table, one.Schema)))
            {
                _columns.Add(new RenameColumnOperation { Table = after.Name, Schema = after.Schema, Name = old.Name, NewName = column.Name });
            }
        }
    }

    private (string Name, string? Schema) New(string table, string? schema) =>
        _tables.Find(one => one.Name == table && one.Schema == schema) is { } rename ? (rename.NewName!, rename.NewSchema) : (table, schema);

    private string[] New(string[] columns, string table, string? schema) =>
        [.. columns.Select(column => _columns.Find(one => one.Name == column && one.Table == table && one.Schema == schema)?.NewName ?? column)];

    // Of a table that gets another name, InnoDB renames the references that have names of the form it gives itself.
    private string NewKey(string key, string oldTable, string table) =>
        _provider == ProviderSql.MySqlName && oldTable != table && key.StartsWith(oldTable + "_ibfk_", StringComparison.Ordinal) ? table + key[oldTable.Length..] : key;

    // SQL's names are written in any case where they are not quoted.
    private static T? Only<T>(IEnumerable<T> all, Func<T, string> name, Func<T, string> fullName, string wanted)
        where T : class
    {
        var found = all.Where(one => string.Equals(name(one), wanted, StringComparison.OrdinalIgnoreCase) || string.Equals(fullName(one), wanted, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }
}

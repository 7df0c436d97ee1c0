using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Applies the actions of ALTER TABLE, and the parts of CREATE TABLE, to one table.</summary>
internal sealed class TableAlteration(
    SchemaDialect dialect, FoldedTable table, TableCatalog catalog, ConstraintNamer namer, DiagnosticBag diagnostics)
{
    private StringComparer Comparer => table.Rules.Comparer;

    public void Apply(AlterAction action)
    {
        switch (action)
        {
            case AddColumn add:
                if (!(add.IfNotExists && table.Find(add.Column.Name.Text) is not null) && AddColumn(add.Column) is { } added)
                {
                    Place(added, add.Position);
                }

                break;
            case ReplaceColumn replace when FindColumn(replace.OldName) is { } column:
                Replace(column, replace);
                break;
            case DropColumn drop:
                if (!(drop.IfExists && table.Find(drop.Name.Text) is null) && FindColumn(drop.Name) is { } dropped)
                {
                    Drop(dropped, drop.Span);
                }

                break;
            case RenameColumn rename:
                if (!(rename.IfExists && table.Find(rename.Name.Text) is null) && FindColumn(rename.Name) is { } renamed)
                {
                    Rename(renamed, rename.NewName);
                }

                break;
            case SetDefault set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Default = set.Default };
                break;
            case SetNullable set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Nullable = set.Nullable };
                break;
            case SetIdentity set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Identity = set.Identity };
                break;
            case AddConstraint add:
                if (!(add is { IfNotExists: true, Constraint.Name: { } name } && table.Constraints().Any(c => HasName(c, name.Text))))
                {
                    Add(add.Constraint);
                }

                break;
            case DropConstraint drop:
                Drop(drop.Kind, drop.Name, drop.IfExists, drop.Span);
                break;
            case RenameConstraint rename:
                Rename(rename);
                break;
            case SetTableComment set:
                table.Comment = set.Text;
                break;
            case SetIdentitySeed set when table.Columns.Find(c => c.Definition.Identity is not null) is { } column:
                column.Definition = column.Definition with { Identity = column.Definition.Identity! with { Seed = set.Seed } };
                break;
        }
    }

    /// <summary>Copies columns, keys and indexes of another table, as LIKE does; foreign keys stay behind.</summary>
    public void CopyFrom(FoldedTable model)
    {
        foreach (var column in model.Columns)
        {
            table.Add(column.Definition);
        }

        // MySQL keeps the names, which count within the table; elsewhere they would be taken.
        Identifier? Name(Identifier? name) => dialect == SchemaDialect.MySql ? name : null;
        if (model.PrimaryKey is { } primaryKey)
        {
            Add(primaryKey with { Name = null });
        }

        foreach (var unique in model.Uniques)
        {
            Add(unique with { Name = Name(unique.Name) });
        }

        foreach (var index in model.Indexes)
        {
            Add(index with { Name = Name(index.Name) });
        }

        foreach (var check in model.Checks)
        {
            Add(check with { Name = null });
        }
    }

    /// <summary>Adds a column with the constraints written behind it; null where its name is taken.</summary>
    public FoldedColumn? AddColumn(ColumnDefinition definition)
    {
        if (table.Find(definition.Name.Text) is not null)
        {
            diagnostics.Report(
                ModelDiagnostics.DuplicateColumn, definition.Name.Span, table.DisplayName, definition.Name.Text);
            return null;
        }

        var column = table.Add(definition with { Constraints = [] });
        foreach (var constraint in definition.Constraints)
        {
            Add(constraint);
        }

        return column;
    }

    /// <summary>Adds a key, foreign key, check or index.</summary>
    public void Add(ConstraintDefinition constraint)
    {
        var name = namer.NameOf(table, constraint);
        switch (constraint)
        {
            case PrimaryKeyDefinition primaryKey:
                if (table.PrimaryKey is null)
                {
                    table.PrimaryKey = primaryKey with { Name = name };
                }
                else
                {
                    diagnostics.Report(ModelDiagnostics.SecondPrimaryKey, primaryKey.Span, table.DisplayName);
                }

                break;
            case UniqueDefinition unique:
                table.Uniques.Add(unique with { Name = name });
                break;
            case IndexDefinition index:
                table.Indexes.Add(index with { Name = name });
                break;
            case CheckDefinition check:
                table.Checks.Add(check with { Name = name });
                break;
            case ForeignKeyDefinition definition:
                var foreignKey = new FoldedForeignKey(table, definition with { Name = name });
                table.ForeignKeys.Add(foreignKey);
                catalog.Bind(foreignKey);
                break;
        }
    }

    /// <summary>Drops the constraint or index that has the name and is of the kind.</summary>
    public void Drop(ConstraintKind kind, Identifier? name, bool ifExists, SourceSpan span)
    {
        if (kind == ConstraintKind.PrimaryKey)
        {
            if (table.PrimaryKey is null && !ifExists)
            {
                diagnostics.Report(ModelDiagnostics.MissingPrimaryKey, span, table.DisplayName);
            }

            table.PrimaryKey = null;
            return;
        }

        var text = name?.Text ?? "";
        if (kind == ConstraintKind.Index && dialect == SchemaDialect.MySql && Comparer.Equals(text, "PRIMARY"))
        {
            Drop(ConstraintKind.PrimaryKey, null, ifExists, span);
            return;
        }

        if (!TryDrop(kind, text) && !ifExists)
        {
            var names = table.Constraints().Where(c => IsOfKind(c, kind)).Select(c => c.Name?.Text).OfType<string>();
            diagnostics.Report(
                ModelDiagnostics.MissingConstraint, name?.Span ?? span, table.DisplayName, NameOf(kind), text,
                Suggestion.For(text, names));
        }
    }

    private bool TryDrop(ConstraintKind kind, string name)
    {
        switch (table.Constraints().FirstOrDefault(c => IsOfKind(c, kind) && HasName(c, name)))
        {
            case PrimaryKeyDefinition:
                table.PrimaryKey = null;
                return true;
            case UniqueDefinition unique:
                return table.Uniques.Remove(unique);
            case IndexDefinition index:
                return table.Indexes.Remove(index);
            case CheckDefinition check:
                return table.Checks.Remove(check);
            case ForeignKeyDefinition definition:
                var foreignKey = table.ForeignKeys.Find(f => f.Definition == definition)!;
                table.ForeignKeys.Remove(foreignKey);
                catalog.Unbind(foreignKey);
                return true;
        }

        if (kind == ConstraintKind.Any
            && table.Columns.Find(c => c.Definition.Default?.Name is { } n && Comparer.Equals(n.Text, name)) is { } column)
        {
            column.Definition = column.Definition with { Default = null };
            return true;
        }

        // MySQL makes an index for every foreign key; dumps drop it by the foreign key's name.
        return kind == ConstraintKind.Index && dialect == SchemaDialect.MySql
            && table.ForeignKeys.Exists(f => HasName(f.Definition, name));
    }

    private static bool IsOfKind(ConstraintDefinition constraint, ConstraintKind kind) => kind switch
    {
        ConstraintKind.Any => constraint is not IndexDefinition,
        ConstraintKind.PrimaryKey => constraint is PrimaryKeyDefinition,
        ConstraintKind.ForeignKey => constraint is ForeignKeyDefinition,
        ConstraintKind.Index => constraint is IndexDefinition or UniqueDefinition,
        _ => constraint is CheckDefinition,
    };

    private static string NameOf(ConstraintKind kind) => kind switch
    {
        ConstraintKind.ForeignKey => "foreign key",
        ConstraintKind.Index => "index",
        ConstraintKind.Check => "check",
        _ => "constraint",
    };

    private bool HasName(ConstraintDefinition constraint, string name) =>
        constraint.Name is { } given && Comparer.Equals(given.Text, name);

    private FoldedColumn? FindColumn(Identifier name)
    {
        if (table.TryFind(name.Text, out var column))
        {
            return column;
        }

        diagnostics.Report(
            ModelDiagnostics.MissingColumn, name.Span, table.DisplayName, name.Text,
            Suggestion.For(name.Text, table.ColumnNames));
        return null;
    }

    private void Place(FoldedColumn column, ColumnPosition? position)
    {
        if (position is null)
        {
            return;
        }

        if (position.After is not { } name)
        {
            table.Move(column, null);
        }
        else if (FindColumn(name) is { } after && after != column)
        {
            table.Move(column, after);
        }
    }

    private void Replace(FoldedColumn column, ReplaceColumn replace)
    {
        Rename(column, replace.Column.Name);
        var old = column.Definition;
        var definition = replace.Column with
        {
            Name = old.Name,
            Constraints = [],
            Comments = [.. old.Comments, .. replace.Column.Comments],
        };
        if (replace.KeepsDefault)
        {
            definition = definition with
            {
                Default = definition.Default ?? old.Default,
                Identity = definition.Identity ?? old.Identity,
                Generated = definition.Generated ?? old.Generated,
                Comment = definition.Comment ?? old.Comment,
                // PostgreSQL changes the type alone; T-SQL's ALTER COLUMN without NOT NULL makes the column nullable.
                Nullable = definition.Nullable ?? (dialect == SchemaDialect.PostgreSql ? old.Nullable : null),
            };
        }

        column.Definition = definition;
        foreach (var constraint in replace.Column.Constraints)
        {
            Add(constraint);
        }

        Place(column, replace.Position);
    }

    private void Rename(FoldedColumn column, Identifier newName)
    {
        var oldName = column.Name;
        if (oldName == newName.Text)
        {
            return;
        }

        if (table.TryFind(newName.Text, out var rival) && rival != column)
        {
            diagnostics.Report(ModelDiagnostics.DuplicateColumn, newName.Span, table.DisplayName, newName.Text);
            return;
        }

        table.Rekey(column, newName);
        ColumnReferences.Rename(table, oldName, newName.Text);
    }

    private void Drop(FoldedColumn column, SourceSpan span)
    {
        var users = table.Constraints().Where(c => ColumnReferences.Uses(table, c, column.Name)).ToList();
        var incoming = table.Incoming.FirstOrDefault(
            f => f.Owner != table && f.Definition.ReferencedColumns.Any(c => Comparer.Equals(c.Text, column.Name)));
        var obstacle = incoming?.Definition ?? users.FirstOrDefault(c => Keeps(c, column));
        if (obstacle is not null)
        {
            diagnostics.Report(
                ModelDiagnostics.ColumnInUse, span, table.DisplayName, column.Name, $"'{obstacle.Name?.Text}'");
            return;
        }

        foreach (var user in users)
        {
            DropWithColumn(user, column.Name);
        }

        table.Remove(column);
    }

    /// <summary>Whether the constraint keeps its column from being dropped: all do in SQL Server, foreign keys in MySQL.</summary>
    private bool Keeps(ConstraintDefinition constraint, FoldedColumn column) => dialect switch
    {
        SchemaDialect.TSql => true,
        SchemaDialect.MySql => constraint is ForeignKeyDefinition
            || (constraint is CheckDefinition check && ExpressionColumns.Of(check.Expression).Any(c => !Comparer.Equals(c, column.Name))),
        _ => false,
    };

    private void DropWithColumn(ConstraintDefinition constraint, string column)
    {
        // MySQL takes the column out of its keys and drops those that are left empty; PostgreSQL drops them all.
        ImmutableArray<KeyPart> Rest(ImmutableArray<KeyPart> parts) => dialect == SchemaDialect.MySql
            ? parts.RemoveAll(p => ExpressionColumns.Of(p.Expression).Contains(column, Comparer))
            : [];
        switch (constraint)
        {
            case PrimaryKeyDefinition primaryKey:
                table.PrimaryKey = Rest(primaryKey.Parts) is { Length: > 0 } rest ? primaryKey with { Parts = rest } : null;
                break;
            case UniqueDefinition unique:
                Shrink(table.Uniques, unique, Rest(unique.Parts), (u, parts) => u with { Parts = parts });
                break;
            case IndexDefinition index:
                Shrink(table.Indexes, index, Rest(index.Parts), (i, parts) => i with { Parts = parts });
                break;
            case CheckDefinition check:
                table.Checks.Remove(check);
                break;
            case ForeignKeyDefinition definition:
                TryDrop(ConstraintKind.ForeignKey, definition.Name?.Text ?? "");
                break;
        }
    }

    private static void Shrink<T>(List<T> list, T item, ImmutableArray<KeyPart> parts, Func<T, ImmutableArray<KeyPart>, T> with)
    {
        var at = list.IndexOf(item);
        if (parts.IsEmpty)
        {
            list.RemoveAt(at);
        }
        else
        {
            list[at] = with(item, parts);
        }
    }

    private void Rename(RenameConstraint rename)
    {
        var constraint = table.Constraints().FirstOrDefault(c => HasName(c, rename.Name.Text));
        switch (constraint)
        {
            case PrimaryKeyDefinition primaryKey:
                table.PrimaryKey = primaryKey with { Name = rename.NewName };
                break;
            case UniqueDefinition unique:
                table.Uniques[table.Uniques.IndexOf(unique)] = unique with { Name = rename.NewName };
                break;
            case IndexDefinition index:
                table.Indexes[table.Indexes.IndexOf(index)] = index with { Name = rename.NewName };
                break;
            case CheckDefinition check:
                table.Checks[table.Checks.IndexOf(check)] = check with { Name = rename.NewName };
                break;
            case ForeignKeyDefinition definition:
                table.ForeignKeys.Find(f => f.Definition == definition)!.Definition = definition with { Name = rename.NewName };
                break;
            case null when !rename.IfExists:
                diagnostics.Report(
                    ModelDiagnostics.MissingConstraint, rename.Name.Span, table.DisplayName, "constraint or index",
                    rename.Name.Text,
                    Suggestion.For(rename.Name.Text, table.Constraints().Select(c => c.Name?.Text).OfType<string>()));
                break;
        }
    }
}

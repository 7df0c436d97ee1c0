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
                    Drop(dropped, drop);
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
            case SetGenerated set when FindColumn(set.Column) is { } column:
                column.Definition = column.Definition with { Generated = set.Generated };
                break;
            case KeyFromIndex key:
                MakeKey(key);
                break;
            case AddConstraint add:
                if (!(add is { IfNotExists: true, Constraint.Name: { } name } && table.Constraints().Any(c => HasName(c, name.Text))))
                {
                    Add(add.Constraint);
                }

                break;
            case DropConstraint drop:
                Drop(drop.Kind, drop.Name, drop.IfExists, drop.Span);
                if (drop.Cascades)
                {
                    DropOrphans();
                }

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

    /// <summary>Copies columns, and what else the template says, of another table; foreign keys stay behind.</summary>
    public void CopyFrom(FoldedTable model, TableTemplate template)
    {
        bool Has(TemplateParts parts) => (template.Parts & parts) != 0;
        foreach (var column in model.Columns)
        {
            var definition = column.Definition;
            var copy = AddColumn(
                definition with
                {
                    Default = Has(TemplateParts.Defaults) ? definition.Default : null,
                    // A serial column is numbered by its default, an identity column by itself.
                    Identity = Has(TemplateParts.Identity | TemplateParts.Defaults) ? definition.Identity : null,
                    Generated = Has(TemplateParts.Generated) ? definition.Generated : null,
                    Comment = Has(TemplateParts.Comments) ? definition.Comment : null,
                    Comments = Has(TemplateParts.Comments) ? definition.Comments : [],
                },
                mayMerge: template.Inherits);
            if (copy is not null && model.PrimaryKey is { } key && key.Parts.Any(p => Comparer.Equals(p.Column, column.Name)))
            {
                copy.Definition = copy.Definition with { Nullable = false };
            }
        }

        if (Has(TemplateParts.Indexes))
        {
            CopyKeys(model);
        }

        if (Has(TemplateParts.Checks))
        {
            foreach (var check in model.Checks)
            {
                // In PostgreSQL names of checks count within their table.
                Add(dialect == SchemaDialect.PostgreSql ? check : check with { Name = null });
            }
        }
    }

    private void CopyKeys(FoldedTable model)
    {
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
    }

    /// <summary>
    /// Adds a column with the constraints written behind it; null where its name is taken, unless it is one with the
    /// column that has the name.
    /// </summary>
    public FoldedColumn? AddColumn(ColumnDefinition definition, bool mayMerge = false)
    {
        var column = table.Find(definition.Name.Text);
        if (column is not null && !mayMerge)
        {
            diagnostics.Report(
                ModelDiagnostics.DuplicateColumn, definition.Name.Span, table.DisplayName, definition.Name.Text);
            return null;
        }

        if (column is null)
        {
            column = table.Add(definition with { Constraints = [] });
        }
        else
        {
            var old = column.Definition;
            column.Definition = old with
            {
                Nullable = old.Nullable == false || definition.Nullable == false ? false : old.Nullable,
                Default = definition.Default ?? old.Default,
                Comments = [.. old.Comments, .. definition.Comments],
            };
        }

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

    /// <summary>ADD … USING INDEX: the unique index is replaced by a key over its columns.</summary>
    private void MakeKey(KeyFromIndex key)
    {
        if (table.Indexes.Find(i => i.Unique && HasName(i, key.Index.Text)) is not { } index)
        {
            diagnostics.Report(
                ModelDiagnostics.MissingConstraint, key.Index.Span, table.DisplayName, "unique index", key.Index.Text,
                Suggestion.For(key.Index.Text, table.Indexes.Where(i => i.Unique).Select(i => i.Name?.Text).OfType<string>()));
            return;
        }

        table.Indexes.Remove(index);
        var name = key.Name ?? key.Index;
        Add(key.IsPrimary
            ? new PrimaryKeyDefinition(name, index.Parts, key.Span)
            : new UniqueDefinition(name, index.Parts, key.Span) { NullsNotDistinct = index.NullsNotDistinct });
    }

    /// <summary>Drops foreign keys to this table that no key is left for.</summary>
    private void DropOrphans()
    {
        var keys = ForeignKeyChecks.CandidateKeys(table).Select(k => k.ToHashSet(Comparer)).ToList();
        foreach (var foreignKey in table.Incoming.ToList())
        {
            var referenced = foreignKey.Definition.ReferencedColumns;
            if (referenced.IsEmpty ? table.PrimaryKey is null : !keys.Exists(k => k.SetEquals(referenced.Select(r => r.Text))))
            {
                foreignKey.Owner.ForeignKeys.Remove(foreignKey);
                catalog.Unbind(foreignKey);
            }
        }
    }

    private void Drop(FoldedColumn column, DropColumn drop)
    {
        var users = table.Constraints().Where(c => ColumnReferences.Uses(table, c, column.Name)).ToList();
        var incoming = drop.Cascades ? null : table.Incoming.FirstOrDefault(
            f => f.Owner != table && f.Definition.ReferencedColumns.Any(c => Comparer.Equals(c.Text, column.Name)));
        var obstacle = incoming?.Definition ?? users.FirstOrDefault(c => Keeps(c, column));
        if (obstacle is not null)
        {
            diagnostics.Report(
                ModelDiagnostics.ColumnInUse, drop.Span, table.DisplayName, column.Name, $"'{obstacle.Name?.Text}'");
            return;
        }

        foreach (var user in users)
        {
            DropWithColumn(user, column.Name);
        }

        table.Remove(column);
        if (drop.Cascades)
        {
            DropOrphans();
        }
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

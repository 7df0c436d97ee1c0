using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <content>Columns.</content>
internal sealed partial class TableAlteration
{
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
}

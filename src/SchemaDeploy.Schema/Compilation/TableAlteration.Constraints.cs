using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <content>Keys, foreign keys, checks and indexes.</content>
internal sealed partial class TableAlteration
{
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

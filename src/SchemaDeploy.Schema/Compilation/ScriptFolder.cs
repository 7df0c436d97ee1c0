using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>What the statements of a script leave behind.</summary>
internal sealed record FoldedSchema(
    SchemaDialect Dialect, NameRules Rules, ImmutableArray<FoldedTable> Tables, ImmutableArray<CreateSequence> Sequences, ImmutableArray<FoldedRows> Rows);

/// <summary>
/// Runs the statements in order, as the database would, on tables in memory. What can only be judged when all
/// statements have run, such as references, is left to <see cref="SchemaChecks"/>.
/// </summary>
internal sealed class ScriptFolder
{
    private readonly SchemaScript _script;
    private readonly DiagnosticBag _diagnostics;
    private readonly NameRules _rules;
    private readonly TableCatalog _catalog;
    private readonly UserTypes _types;
    private readonly ConstraintNamer _namer;
    private readonly Sequences _sequences;
    private readonly HashSet<string> _passedOver;
    private readonly Dictionary<string, ObjectName> _parts;
    private readonly RowFolder _rows;

    private ScriptFolder(SchemaScript script, DiagnosticBag diagnostics)
    {
        _script = script;
        _diagnostics = diagnostics;
        _rules = NameRules.Of(script.Dialect);
        _catalog = new TableCatalog(_rules);
        _types = new UserTypes(_rules, diagnostics);
        _namer = new ConstraintNamer(script.Dialect, _rules, _catalog);
        _sequences = new Sequences(_rules, diagnostics);
        _passedOver = new HashSet<string>(_rules.Comparer);
        _parts = new Dictionary<string, ObjectName>(_rules.Comparer);
        _rows = new RowFolder(script.Dialect, diagnostics);
    }

    /// <summary>Folds <paramref name="script"/>; mistakes go to <paramref name="diagnostics"/>.</summary>
    public static FoldedSchema Fold(SchemaScript script, DiagnosticBag diagnostics)
    {
        var folder = new ScriptFolder(script, diagnostics);
        foreach (var statement in script.Statements)
        {
            folder.Apply(statement);
        }

        folder._types.ResolveAll(folder._catalog.Tables);
        if (script.Dialect == SchemaDialect.PostgreSql)
        {
            folder._sequences.NumberColumns(folder._catalog.Tables);
            foreach (var table in folder._catalog.Tables)
            {
                TextCasts.Remove(table);
            }
        }

        return new FoldedSchema(script.Dialect, folder._rules, [.. folder._catalog.Tables], [.. folder._sequences.All], folder._rows.Of(folder._catalog));
    }

    private void Apply(Statement statement)
    {
        switch (statement)
        {
            case CreateTable create:
                Create(create);
                break;
            case AlterTable alter when Find(alter.Name, alter.IfExists) is { } table:
                Alter(table, alter);
                break;
            case AlterTable { Actions: [RenameTo rename] } alter when IsPassedOver(alter.Name):
                _passedOver.Add(KeyOf(rename.NewName.Schema is null ? rename.NewName with { Schema = alter.Name.Schema } : rename.NewName));
                break;
            case CreateIndex create when Find(create.Table, false) is { } table:
                if (!(create.IfNotExists && create.Index.Name is { } name && HasIndex(table, name.Text)))
                {
                    Alteration(table).Add(create.Index);
                }

                break;
            case DropIndex drop:
                Drop(drop);
                break;
            case DropTable drop when Find(drop.Name, drop.IfExists) is { } table:
                Remove(table, drop.Cascades);
                break;
            case RenameTable rename when Find(rename.Name, rename.IfExists) is { } table:
                Rename(table, rename.NewName);
                break;
            case RenameTable rename when IsPassedOver(rename.Name):
                _passedOver.Add(KeyOf(rename.NewName));
                break;
            case MoveTable move when Find(move.Name, false) is { } table:
                Rename(table, move.Name with { Schema = move.NewSchema, Name = table.Name });
                break;
            case MoveTable move when IsPassedOver(move.Name):
                _passedOver.Add(KeyOf(move.Name with { Schema = move.NewSchema }));
                break;
            case RenameSchema rename:
                foreach (var table in _catalog.Tables.Where(t => t.Schema == _rules.NormaliseSchema(rename.Name.Text)).ToList())
                {
                    Rename(table, new ObjectName(rename.NewName.Text, table.Name, rename.Span));
                }

                break;
            case AttachPartition attach when Find(attach.Table, false) is not null && Find(attach.Partition, false) is { } partition:
                Remove(partition, cascades: true);
                _passedOver.Add(KeyOf(attach.Partition));
                _parts[KeyOf(attach.Partition)] = attach.Table;
                break;
            case RenameIndex rename:
                Rename(rename);
                break;
            case CreateSequence create:
                _sequences.Add(create);
                break;
            case AlterSequence alter:
                _sequences.Alter(alter, _catalog.Tables);
                break;
            case DropSequence drop:
                _sequences.Drop(drop);
                break;
            case PassedOver passedOver:
                _passedOver.Add(KeyOf(passedOver.Name));
                if (passedOver.PartOf is { } whole)
                {
                    _parts[KeyOf(passedOver.Name)] = whole;
                }

                break;
            case InsertRows insert when Find(WholeOf(insert.Table), false) is { } table:
                _rows.Add(table, insert);
                break;
            case CreateType create:
                _types.Add(create);
                break;
            case AlterType alter:
                _types.Alter(alter, _catalog.Tables);
                break;
            case DropType drop:
                _types.Drop(drop);
                break;
            case SetComment comment when Find(comment.Table, false) is { } table:
                Comment(table, comment);
                break;
        }
    }

    private FoldedTable? Find(ObjectName name, bool mayBeMissing)
    {
        var table = _catalog.Find(name);
        if (table is null && !mayBeMissing && !IsPassedOver(name))
        {
            _diagnostics.Report(
                ModelDiagnostics.MissingTable, name.Span, name, Suggestion.For(name.ToString(), _catalog.Names));
        }

        return table;
    }

    /// <summary>The table whose rows the named one holds: its own, or of one that it is a part of.</summary>
    private ObjectName WholeOf(ObjectName name)
    {
        // Parts of parts are few levels deep; no chain is longer than the parts that there are.
        for (var i = 0; i < _parts.Count && _parts.TryGetValue(KeyOf(name), out var whole); i++)
        {
            name = whole with { Span = name.Span };
        }

        return name;
    }

    private bool IsPassedOver(ObjectName name) => _passedOver.Contains(KeyOf(name));

    private string KeyOf(ObjectName name) => $"{_rules.NormaliseSchema(name.Schema)}.{name.Name}";

    /// <summary>Drops a table, and where it cascades the foreign keys that refer to it.</summary>
    private void Remove(FoldedTable table, bool cascades)
    {
        if (cascades)
        {
            foreach (var foreignKey in table.Incoming.Where(f => f.Owner != table).ToList())
            {
                foreignKey.Owner.ForeignKeys.Remove(foreignKey);
                _catalog.Unbind(foreignKey);
            }
        }

        _catalog.Remove(table);
    }

    private TableAlteration Alteration(FoldedTable table) =>
        new(_script.Dialect, table, _catalog, _namer, _diagnostics);

    private void Create(CreateTable create)
    {
        if (_catalog.FindRival(create.Name) is { } rival)
        {
            if (!create.IfNotExists)
            {
                ReportDuplicate(create.Name, rival);
            }

            return;
        }

        var table = new FoldedTable(_rules.NormaliseSchema(create.Name.Schema), create.Name.Name, create.Name.Span, _rules)
        {
            Comment = create.Comment,
            Comments = create.Comments,
            Collation = create.Collation,
        };
        // Before the table is known, so that it is no template of its own.
        var templates = create.Templates.Select(t => (Template: t, Model: Find(t.Name, false))).ToList();
        var alteration = Alteration(table);

        // Known before its keys are, so that references to itself find it.
        _catalog.Add(table);
        var position = 0;
        foreach (var (template, model) in templates)
        {
            for (; position < template.Position; position++)
            {
                alteration.AddColumn(create.Columns[position]);
            }

            if (model is not null)
            {
                alteration.CopyFrom(model, template);
            }
        }

        foreach (var column in create.Columns.Skip(position))
        {
            alteration.AddColumn(column, mayMerge: create.Templates.Any(t => t.Inherits));
        }

        foreach (var constraint in create.Constraints)
        {
            alteration.Add(constraint);
        }
    }

    private void Alter(FoldedTable table, AlterTable alter)
    {
        var alteration = Alteration(table);
        foreach (var action in alter.Actions)
        {
            if (action is RenameTo rename)
            {
                // Without a schema of its own the new name stays in the table's.
                Rename(table, rename.NewName.Schema is null ? rename.NewName with { Schema = table.Schema } : rename.NewName);
            }
            else
            {
                alteration.Apply(action);
            }
        }
    }

    private void Rename(FoldedTable table, ObjectName newName)
    {
        if (_catalog.FindRival(newName) is { } rival && rival != table)
        {
            ReportDuplicate(newName, rival);
            return;
        }

        _catalog.Rename(table, _rules.NormaliseSchema(newName.Schema), newName.Name);
    }

    private void ReportDuplicate(ObjectName name, FoldedTable rival)
    {
        var file = rival.Span.File == name.Span.File ? "" : $" of {Path.GetFileName(rival.Span.File)}";
        _diagnostics.Report(ModelDiagnostics.DuplicateTable, name.Span, name, rival.Span.Line, file);
    }

    private bool HasIndex(FoldedTable table, string name) =>
        table.Indexes.Any(i => i.Name is { } n && _rules.Comparer.Equals(n.Text, name))
        || table.Uniques.Any(u => u.Name is { } n && _rules.Comparer.Equals(n.Text, name));

    private void Drop(DropIndex drop)
    {
        var name = new Identifier(drop.Index.Name, drop.Index.Span);
        if (drop.Table is not null)
        {
            if (Find(drop.Table, drop.IfExists) is { } table)
            {
                Alteration(table).Drop(ConstraintKind.Index, name, drop.IfExists, drop.Span);
            }

            return;
        }

        var owner = _catalog.Tables.FirstOrDefault(t => HasIndex(t, name.Text));
        if (owner is not null)
        {
            Alteration(owner).Drop(ConstraintKind.Index, name, drop.IfExists, drop.Span);
        }
        else if (!drop.IfExists)
        {
            ReportMissingIndex(drop.Index);
        }
    }

    private void Rename(RenameIndex rename)
    {
        var name = new Identifier(rename.Index.Name, rename.Index.Span);
        var owner = _catalog.Tables.FirstOrDefault(t => t.Constraints().Any(c => c.Name is { } n && _rules.Comparer.Equals(n.Text, name.Text)));
        if (owner is not null)
        {
            Alteration(owner).Apply(new RenameConstraint(name, rename.NewName, rename.Span));
        }
        else if (!rename.IfExists)
        {
            ReportMissingIndex(rename.Index);
        }
    }

    private void ReportMissingIndex(ObjectName index)
    {
        if (_passedOver.Count == 0)
        {
            // The indexes of what is passed over are not known.
            var names = _catalog.Tables.SelectMany(t => t.Indexes).Select(i => i.Name?.Text).OfType<string>();
            _diagnostics.Report(ModelDiagnostics.MissingIndex, index.Span, index.Name, Suggestion.For(index.Name, names));
        }
    }

    private void Comment(FoldedTable table, SetComment comment)
    {
        if (comment.Column is not { } name)
        {
            table.Comment = comment.Text;
        }
        else if (table.TryFind(name.Text, out var column))
        {
            column.Definition = column.Definition with { Comment = comment.Text };
        }
        else
        {
            _diagnostics.Report(
                ModelDiagnostics.MissingColumn, name.Span, table.DisplayName, name.Text,
                Suggestion.For(name.Text, table.ColumnNames));
        }
    }
}

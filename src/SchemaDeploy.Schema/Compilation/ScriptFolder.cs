using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>What the statements of a script leave behind.</summary>
internal sealed record FoldedSchema(
    SchemaDialect Dialect, NameRules Rules, ImmutableArray<FoldedTable> Tables, ImmutableArray<CreateSequence> Sequences);

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
    private readonly SortedDictionary<string, CreateSequence> _sequences;
    private readonly HashSet<string> _passedOver;

    private ScriptFolder(SchemaScript script, DiagnosticBag diagnostics)
    {
        _script = script;
        _diagnostics = diagnostics;
        _rules = NameRules.Of(script.Dialect);
        _catalog = new TableCatalog(_rules);
        _types = new UserTypes(_rules, diagnostics);
        _namer = new ConstraintNamer(script.Dialect, _rules);
        _sequences = new SortedDictionary<string, CreateSequence>(_rules.Comparer);
        _passedOver = new HashSet<string>(_rules.Comparer);
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
        return new FoldedSchema(script.Dialect, folder._rules, [.. folder._catalog.Tables], [.. folder._sequences.Values]);
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
                _catalog.Remove(table);
                break;
            case RenameTable rename when Find(rename.Name, rename.IfExists) is { } table:
                Rename(table, rename.NewName);
                break;
            case MoveTable move when Find(move.Name, false) is { } table:
                Rename(table, move.Name with { Schema = move.NewSchema, Name = table.Name });
                break;
            case CreateSequence create:
                Create(create);
                break;
            case DropSequence drop:
                Drop(drop);
                break;
            case PassedOver passedOver:
                _passedOver.Add(KeyOf(passedOver.Name));
                break;
            case CreateType create:
                _types.Add(create);
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
        if (table is null && !mayBeMissing && !_passedOver.Contains(KeyOf(name)))
        {
            _diagnostics.Report(
                ModelDiagnostics.MissingTable, name.Span, name, Suggestion.For(name.ToString(), _catalog.Names));
        }

        return table;
    }

    private string KeyOf(ObjectName name) => $"{_rules.NormaliseSchema(name.Schema)}.{name.Name}";

    private void Create(CreateSequence create)
    {
        if (!_sequences.TryAdd(KeyOf(create.Name), create) && !create.IfNotExists)
        {
            _diagnostics.Report(ModelDiagnostics.DuplicateSequence, create.Name.Span, create.Name);
        }
    }

    private void Drop(DropSequence drop)
    {
        if (!_sequences.Remove(KeyOf(drop.Name)) && !drop.IfExists)
        {
            _diagnostics.Report(
                ModelDiagnostics.MissingSequence, drop.Name.Span, drop.Name,
                Suggestion.For(drop.Name.ToString(), _sequences.Values.Select(s => s.Name.ToString())));
        }
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
        var alteration = Alteration(table);
        if (create.Like is { } like && Find(like, false) is { } model)
        {
            alteration.CopyFrom(model);
        }

        // Known before its keys are, so that references to itself find it.
        _catalog.Add(table);
        foreach (var column in create.Columns)
        {
            alteration.AddColumn(column);
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
            var names = _catalog.Tables.SelectMany(t => t.Indexes).Select(i => i.Name?.Text).OfType<string>();
            _diagnostics.Report(ModelDiagnostics.MissingIndex, drop.Index.Span, name.Text, Suggestion.For(name.Text, names));
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

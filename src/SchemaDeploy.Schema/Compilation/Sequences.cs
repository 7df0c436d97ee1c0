using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>The sequences that the script creates, and the columns that they number.</summary>
internal sealed class Sequences(NameRules rules, DiagnosticBag diagnostics)
{
    private readonly SortedDictionary<string, CreateSequence> _sequences = new(rules.Comparer);
    private readonly Dictionary<string, string> _renamed = new(rules.Comparer);

    public IEnumerable<CreateSequence> All => _sequences.Values;

    public void Add(CreateSequence create)
    {
        if (!_sequences.TryAdd(KeyOf(create.Name), create) && !create.IfNotExists)
        {
            diagnostics.Report(ModelDiagnostics.DuplicateSequence, create.Name.Span, create.Name);
        }
    }

    /// <summary>Changes a sequence: one of its own, or that of a numbered column of <paramref name="tables"/>.</summary>
    public void Alter(AlterSequence alter, IEnumerable<FoldedTable> tables)
    {
        var (key, newKey) = (KeyOf(alter.Name), KeyOf(alter.NewName));
        if (_sequences.Remove(key, out var sequence))
        {
            _sequences[newKey] = sequence with
            {
                Name = alter.NewName,
                Start = alter.Start ?? sequence.Start,
                Increment = alter.Increment ?? sequence.Increment,
            };
            if (key != newKey)
            {
                _renamed[key] = newKey;
            }
        }
        else if (FindNumbered(alter.Name, tables) is { } column)
        {
            var identity = column.Definition.Identity!;
            column.Definition = column.Definition with
            {
                Identity = new IdentityDefinition(alter.Start ?? identity.Seed, alter.Increment ?? identity.Increment),
            };
        }
        else if (!alter.IfExists)
        {
            ReportMissing(alter.Name);
        }
    }

    public void Drop(DropSequence drop)
    {
        if (!_sequences.Remove(KeyOf(drop.Name)) && !drop.IfExists)
        {
            ReportMissing(drop.Name);
        }
    }

    /// <summary>
    /// A sequence that numbers one column and nothing else is that column's identity, whether it is said to be owned
    /// by it or not. Sequences that several columns share stay what they are.
    /// </summary>
    public void NumberColumns(IEnumerable<FoldedTable> tables)
    {
        var all = tables.ToList();
        var users = all
            .SelectMany(t => t.Columns)
            .Where(c => SequenceOf(c) is not null)
            .GroupBy(c => Resolve(SequenceOf(c)!), rules.Comparer);
        foreach (var group in users)
        {
            var (key, columns) = (group.Key, group.ToList());
            if (!_sequences.TryGetValue(key, out var sequence))
            {
                NumberByOther(columns, key, all);
            }
            else if (columns is [var only] && IsNumber(only))
            {
                Number(only, new IdentityDefinition(sequence.Start, sequence.Increment));
                _sequences.Remove(key);
            }
        }
    }

    /// <summary>The sequence is no sequence of its own: it may be that of another column that is numbered.</summary>
    private void NumberByOther(List<FoldedColumn> columns, string key, IEnumerable<FoldedTable> tables)
    {
        foreach (var column in columns)
        {
            var name = NameOf(key, column.Definition.Default!.Span);
            if (FindNumbered(name, tables) is { } numbered && IsNumber(column))
            {
                Number(column, numbered.Definition.Identity!);
            }
            else
            {
                ReportMissing(name);
            }
        }
    }

    private static void Number(FoldedColumn column, IdentityDefinition identity) =>
        column.Definition = column.Definition with { Default = null, Identity = identity };

    private static bool IsNumber(FoldedColumn column) => column.Definition.Type?.Kind
        is SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.Decimal;

    private static string? SequenceOf(FoldedColumn column) => column.Definition.Default?.Expression
        is FunctionExpression { Name: NeutralFunctions.NextValue, Arguments: [LiteralExpression { Text: var name }] } ? name : null;

    /// <summary>The column whose own sequence PostgreSQL would call so: table_column_seq.</summary>
    private FoldedColumn? FindNumbered(ObjectName sequence, IEnumerable<FoldedTable> tables) => tables
        .Where(t => t.Schema == rules.NormaliseSchema(sequence.Schema))
        .SelectMany(t => t.Columns.Where(c => c.Definition.Identity is not null && $"{t.Name}_{c.Name}_seq" == sequence.Name))
        .FirstOrDefault();

    private void ReportMissing(ObjectName name) => diagnostics.Report(
        ModelDiagnostics.MissingSequence, name.Span, name,
        Suggestion.For(name.ToString(), _sequences.Values.Select(s => s.Name.ToString())));

    private string KeyOf(ObjectName name) => rules.NormaliseSchema(name.Schema) is { } schema ? $"{schema}.{name.Name}" : name.Name;

    private static ObjectName NameOf(string key, SourceSpan span) => key.IndexOf('.', StringComparison.Ordinal) is var dot and > 0
        ? new ObjectName(key[..dot], key[(dot + 1)..], span)
        : new ObjectName(null, key, span);

    private string Resolve(string key)
    {
        // A chain of renames is no longer than the renames that there are.
        for (var i = 0; i <= _renamed.Count && !_sequences.ContainsKey(key) && _renamed.TryGetValue(key, out var renamed); i++)
        {
            key = renamed;
        }

        return key;
    }
}

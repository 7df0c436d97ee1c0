using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>The types that the script creates, and their replacement by what they stand for.</summary>
internal sealed class UserTypes(NameRules rules, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, CreateType> _types = new(rules.Comparer);
    private readonly HashSet<string> _dropped = new(rules.Comparer);

    public void Add(CreateType create)
    {
        var key = KeyOf(create.Name);
        if (_types.ContainsKey(key) && !_dropped.Contains(key))
        {
            diagnostics.Report(ModelDiagnostics.DuplicateType, create.Name.Span, create.Name);
            return;
        }

        _dropped.Remove(key);
        _types[key] = create;
    }

    /// <summary>A dropped type stays known, for the columns that were made of it before.</summary>
    public void Drop(DropType drop)
    {
        var key = KeyOf(drop.Name);
        if ((!_types.ContainsKey(key) || !_dropped.Add(key)) && !drop.IfExists)
        {
            diagnostics.Report(
                ModelDiagnostics.MissingType, drop.Name.Span, drop.Name, Suggestion.For(drop.Name.ToString(), _types.Keys));
        }
    }

    /// <summary>Replaces user types in all columns; nullability, default and checks of the type go to the column.</summary>
    public void ResolveAll(IEnumerable<FoldedTable> tables)
    {
        foreach (var table in tables)
        {
            foreach (var column in table.Columns)
            {
                if (column.Definition.Type is { UserType: not null } type)
                {
                    Resolve(table, column, type);
                }
                else if (column.Definition.Type is { Element: { UserType: not null } element } array)
                {
                    var chain = Chain(element, column.Identifier.Span);
                    column.Definition = column.Definition with
                    {
                        Type = array with { Element = chain.Count == 0 ? element with { UserType = null } : chain[^1].Type },
                    };
                }
            }
        }
    }

    private void Resolve(FoldedTable table, FoldedColumn column, SqlType type)
    {
        var chain = Chain(type, column.Identifier.Span);
        var definition = column.Definition;
        var baseType = chain.Count == 0 ? type : chain[^1].Type;
        definition = definition with
        {
            Type = baseType with { UserType = null, Collation = type.Collation ?? baseType.Collation },
        };
        foreach (var create in chain)
        {
            definition = definition with
            {
                Nullable = definition.Nullable ?? create.Nullable,
                Default = definition.Default ?? (definition.Generated is null ? create.Default : null),
            };
            foreach (var check in create.Checks)
            {
                var expression = ExpressionColumns.Replace(
                    check.Expression, c => c.Name == "value" ? new ColumnExpression(column.Name) : c);
                var name = $"{table.Name}_{column.Name}_{check.Name?.Text ?? "check"}";
                table.Checks.Add(new CheckDefinition(new Identifier(name, definition.Span), expression, definition.Span));
            }
        }

        column.Definition = definition;
    }

    /// <summary>The definitions from the named type down to the one made from a built-in type.</summary>
    private List<CreateType> Chain(SqlType type, SourceSpan user)
    {
        var chain = new List<CreateType>();
        var seen = new HashSet<string>(rules.Comparer);
        while (type.UserType is { } name)
        {
            var key = KeyOf(name);
            if (!_types.TryGetValue(key, out var create))
            {
                diagnostics.Report(
                    ReadingDiagnostics.UnknownType, name.Span.HasPosition ? name.Span : user, name,
                    Suggestion.For(name.ToString(), _types.Keys));
                return [];
            }

            if (!seen.Add(key))
            {
                diagnostics.Report(ModelDiagnostics.TypeCycle, create.Name.Span, create.Name);
                return [];
            }

            chain.Add(create);
            type = create.Type;
        }

        return chain;
    }

    private string KeyOf(ObjectName name) => rules.NormaliseSchema(name.Schema) is { } schema ? $"{schema}.{name.Name}" : name.Name;
}

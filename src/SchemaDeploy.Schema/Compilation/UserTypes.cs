using System.Collections.Immutable;
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
            if (create.IfNotExists)
            {
                return;
            }

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

    /// <summary>Changes a type; where its name changes, the columns of <paramref name="tables"/> that are made of it follow.</summary>
    public void Alter(AlterType alter, IEnumerable<FoldedTable> tables)
    {
        var key = KeyOf(alter.Name);
        if (!_types.TryGetValue(key, out var type) || _dropped.Contains(key))
        {
            diagnostics.Report(
                ModelDiagnostics.MissingType, alter.Name.Span, alter.Name, Suggestion.For(alter.Name.ToString(), _types.Keys));
            return;
        }

        switch (alter.Change)
        {
            case AddEnumValue add:
                _types[key] = type with { Type = type.Type with { Values = Insert(alter, type.Type.Values, add) } };
                break;
            case RenameEnumValue rename:
                Rename(alter, key, rename, tables);
                break;
            case RenameType rename:
                _types.Remove(key);
                _types[KeyOf(rename.NewName)] = type with { Name = rename.NewName };
                ForEachOf(key, tables, c => c.Definition = c.Definition with { Type = WithUserType(c.Definition.Type!, rename.NewName) });
                break;
            case SetTypeDefault set:
                _types[key] = type with { Default = set.Default };
                break;
            case SetTypeNullable set:
                _types[key] = type with { Nullable = set.Nullable };
                break;
            case AddTypeCheck add:
                _types[key] = type with { Checks = type.Checks.Add(add.Check) };
                break;
            case DropTypeCheck drop:
                _types[key] = type with { Checks = type.Checks.RemoveAll(c => c.Name is { } n && rules.Comparer.Equals(n.Text, drop.Name.Text)) };
                break;
        }
    }

    private ImmutableArray<string> Insert(AlterType alter, ImmutableArray<string> values, AddEnumValue add)
    {
        if (values.Contains(add.Value))
        {
            if (!add.IfNotExists)
            {
                diagnostics.Report(ModelDiagnostics.DuplicateEnumMember, alter.Span, alter.Name, add.Value);
            }

            return values;
        }

        if ((add.Before ?? add.After) is not { } neighbour)
        {
            return values.Add(add.Value);
        }

        var at = values.IndexOf(neighbour);
        if (at < 0)
        {
            ReportMissingMember(alter, neighbour, values);
            return values;
        }

        return values.Insert(add.After is null ? at : at + 1, add.Value);
    }

    private void Rename(AlterType alter, string key, RenameEnumValue rename, IEnumerable<FoldedTable> tables)
    {
        var type = _types[key];
        var at = type.Type.Values.IndexOf(rename.Value);
        if (at < 0)
        {
            ReportMissingMember(alter, rename.Value, type.Type.Values);
            return;
        }

        _types[key] = type with { Type = type.Type with { Values = type.Type.Values.SetItem(at, rename.NewValue) } };
        ForEachOf(key, tables, column =>
        {
            if (column.Definition.Default is { Expression: LiteralExpression literal } @default && literal.Text == rename.Value)
            {
                column.Definition = column.Definition with { Default = @default with { Expression = literal with { Text = rename.NewValue } } };
            }
        });
    }

    private void ReportMissingMember(AlterType alter, string member, IEnumerable<string> members) => diagnostics.Report(
        ModelDiagnostics.MissingEnumMember, alter.Span, alter.Name, member, Suggestion.For(member, members));

    private void ForEachOf(string key, IEnumerable<FoldedTable> tables, Action<FoldedColumn> change)
    {
        bool IsOf(SqlType? type) => type is not null && (type.UserType is { } name ? rules.Comparer.Equals(KeyOf(name), key) : IsOf(type.Element));
        foreach (var column in tables.SelectMany(t => t.Columns).Where(c => IsOf(c.Definition.Type)))
        {
            change(column);
        }
    }

    private static SqlType WithUserType(SqlType type, ObjectName name) => type.Element is { } element
        ? type with { Element = WithUserType(element, name) }
        : type with { UserType = name };

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

                if (column.Definition.Type is { Element: { UserType: not null } element } array)
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
                var name = NameOfCheck(table, column, check.Name?.Text ?? $"{create.Name.Name}_check");
                table.Checks.Add(new CheckDefinition(new Identifier(name, definition.Span), expression, definition.Span));
            }
        }

        column.Definition = definition;
    }

    private string NameOfCheck(FoldedTable table, FoldedColumn column, string check)
    {
        var name = $"{table.Name}_{column.Name}_{check}";
        name = name[..Math.Min(name.Length, rules.MaxNameLength - 2)];
        var taken = table.Constraints().Select(c => c.Name?.Text).OfType<string>().ToHashSet(rules.Comparer);
        return taken.Contains(name) ? Enumerable.Range(1, taken.Count).Select(i => $"{name}{i}").First(n => !taken.Contains(n)) : name;
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

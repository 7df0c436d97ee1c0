using System.Runtime.CompilerServices;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>What the names of one rule stand for, and what the rule turns out to use.</summary>
internal sealed class RuleScope(
    ResourceDraft draft, SchemaDialect dialect, RuleCaller caller, RuleText text, ParsedExpression parsed)
{
    // While the expression of a computed column is read, the place of the column's name.
    private int? _place;

    public RuleCaller Caller => caller;

    public SchemaDialect Dialect => dialect;

    /// <summary>The properties of the row, now or before, in the order in which the rule names them.</summary>
    public List<Property> Properties { get; } = [];

    /// <summary>The places of those whose values of the new row are asked.</summary>
    public List<(Property Property, int Offset)> RowProperties { get; } = [];

    public List<RulePattern> Patterns { get; } = [];

    public bool UsesOld { get; private set; }

    public bool UsesNow { get; private set; }

    public bool CountsOwn { get; private set; }

    /// <summary>The expressions, in C#, that ?? was asked about so far.</summary>
    public HashSet<string> Doubted { get; } = new(StringComparer.Ordinal);

    /// <summary>The mistake at the place of <paramref name="part"/>.</summary>
    public RuleError Error(DiagnosticDescriptor descriptor, SqlExpression part, params object[] arguments) =>
        new(descriptor, OffsetOf(part), arguments);

    /// <summary>Where the part begins in the tag's argument.</summary>
    public int OffsetOf(SqlExpression part) => _place ?? text.Offset + (parsed.OffsetOf(part) ?? 0);

    /// <summary>Refuses to go on where the stack would not bear it.</summary>
    public void EnsureDepth(SqlExpression part)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error(GuardianDiagnostics.RuleSyntax, part, "it is nested too deep");
        }
    }

    /// <summary>The column of the row, or null where the table has none of that name.</summary>
    public Column? Find(string name) => draft.Facts.Find(name);

    /// <summary>The property of a column of the row as it is to be.</summary>
    public RuleTerm RowProperty(Column column, SqlExpression part)
    {
        var property = PropertyOf(column, part);
        RowProperties.Add((property, OffsetOf(part)));
        return Term(property, $"{draft.Names.Variable}.{property.Name}", part);
    }

    /// <summary>The property of a column of the row as it was.</summary>
    public RuleTerm OldProperty(string name, SqlExpression part)
    {
        UsesOld = true;
        var property = PropertyOf(Find(name) ?? throw Missing("old." + name, name, part), part);
        return Term(property, $"old.{property.Name}", part);
    }

    /// <summary>The present moment.</summary>
    public RuleTerm Now(SqlExpression part)
    {
        UsesNow = true;
        return new RuleTerm(ValueForm.Moment, "DateTime", "now", OffsetOf(part));
    }

    /// <summary>How many rows are the caller's own.</summary>
    public RuleTerm OwnCount(SqlExpression part)
    {
        if (draft.Ownership is null)
        {
            throw Error(
                GuardianDiagnostics.RuleNotPossible, part,
                $"table '{draft.Table.Name}' has no owner, so no rows are the caller's own; @owner beside a foreign key to the users names one");
        }

        CountsOwn = true;
        return new RuleTerm(ValueForm.Integer, "int", "write.OwnCount", OffsetOf(part));
    }

    /// <summary>Reads the expression of a computed column in place of its name: the database computes it too late.</summary>
    public RuleTerm InPlaceOf(SqlExpression name, Func<RuleTerm> read)
    {
        var (before, offset) = (_place, OffsetOf(name));
        _place = offset;
        try
        {
            return read() with { Offset = offset };
        }
        finally
        {
            _place = before;
        }
    }

    /// <summary>Whether the rule is about rows that only are to be.</summary>
    public bool IsAboutNewValues => text.Operations != RuleOperations.Delete;

    /// <summary>The member that holds a pattern about the property that was named last.</summary>
    public string AddPattern(string pattern, bool ignoreCase)
    {
        var name = draft.Members.Unique("", (Properties.LastOrDefault()?.Name ?? "") + "Rule");
        Patterns.Add(new RulePattern(name, Checks.Patterns.ToCSharp(pattern), ignoreCase));
        return name;
    }

    /// <summary>A name that is no column.</summary>
    public RuleError Missing(string written, string name, SqlExpression part) => Error(
        GuardianDiagnostics.RuleColumnMissing, part, written, draft.Table.Name,
        Suggestion.For(name, draft.Table.Columns.Select(column => column.Name)));

    private Property PropertyOf(Column column, SqlExpression part)
    {
        if (!draft.Properties.TryGetValue(column.Name, out var property))
        {
            throw Error(
                GuardianDiagnostics.RuleNotPossible, part, $"column '{column.Name}' is of a type ({column.NativeType}) that the application does not read");
        }

        Properties.Add(property);
        return property;
    }

    private RuleTerm Term(Property property, string csharp, SqlExpression part) =>
        new(property.Form, property.Form == ValueForm.Json ? "string" : property.ClrType, csharp, OffsetOf(part))
        {
            IsNullable = property.Nullable,
            Unknowns = property.Nullable ? [RuleTerm.NullTest(csharp)] : [],
            Property = property,
            IsDoubted = property.Nullable && Doubted.Contains(csharp),
        };
}

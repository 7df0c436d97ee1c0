using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Generation.Design.Checks;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design;

/// <summary>The rules that the type of a column sets.</summary>
internal static class TypeRules
{
    // MySQL's longest TEXT is longer than any request; a rule about it would only be noise.
    private const int NoticeableLength = 1 << 26;

    /// <summary>The rules in the order in which a reader expects them.</summary>
    public static ImmutableArray<PropertyRule> Of(Column column, PropertyType type, bool isKey)
    {
        var rules = ImmutableArray.CreateBuilder<PropertyRule>();
        switch (type.Form)
        {
            case ValueForm.Text:
                rules.Add(new(RuleKind.Text));
                if (isKey)
                {
                    // An empty segment is no path.
                    rules.Add(new(RuleKind.MinLength) { Length = 1 });
                }

                AddLength(rules, column);
                AddMembers(rules, column);
                break;
            case ValueForm.List when type.Item!.Form == ValueForm.Text:
                rules.Add(new(RuleKind.Text));
                AddLength(rules, column);
                break;
            case ValueForm.Json when type.Item is not null:
                rules.Add(new(RuleKind.JsonList));
                rules.Add(new(RuleKind.Json));
                break;
            case ValueForm.Json:
                rules.Add(new(RuleKind.Json));
                break;
            case ValueForm.Bytes:
                AddLength(rules, column);
                break;
            case ValueForm.Integer:
                AddBound(rules, RuleKind.Minimum, type.Minimum, type.ClrType);
                AddBound(rules, RuleKind.Maximum, type.Maximum, type.ClrType);
                break;
            case ValueForm.Decimal:
                if (column.Unsigned)
                {
                    rules.Add(new(RuleKind.Minimum) { Bound = new("0m", "0") });
                }

                if (column.Precision is { } precision)
                {
                    rules.Add(new(RuleKind.Digits) { Precision = precision, Scale = column.Scale ?? 0 });
                }

                break;
            case ValueForm.Floating:
                rules.Add(new(RuleKind.Finite));
                if (column.Unsigned)
                {
                    rules.Add(new(RuleKind.Minimum) { Bound = new(type.ClrType == "float" ? "0f" : "0d", "0") });
                }

                break;
        }

        return rules.ToImmutable();
    }

    private static void AddLength(ImmutableArray<PropertyRule>.Builder rules, Column column)
    {
        if (column.Type is not (SqlTypeKind.Set or SqlTypeKind.RowVersion) && column.Length is > 0 and < NoticeableLength)
        {
            rules.Add(new(RuleKind.MaxLength) { Length = column.Length.Value });
        }

        if (column.Type == SqlTypeKind.Bit && column.Length is { } bits)
        {
            rules.Add(Pattern(string.Create(CultureInfo.InvariantCulture, $"^[01]{{{bits}}}$")));
        }
    }

    private static void AddMembers(ImmutableArray<PropertyRule>.Builder rules, Column column)
    {
        if (column.Type == SqlTypeKind.Set)
        {
            rules.Add(new(RuleKind.SetOf)
            {
                Values = [.. column.EnumValues.Select(value => new RuleValue(CSharpText.Quote(value), CSharpText.Json(value)))],
            });
        }
    }

    private static void AddBound(ImmutableArray<PropertyRule>.Builder rules, RuleKind kind, long? bound, string clrType)
    {
        if (bound is { } value)
        {
            var digits = value.ToString(CultureInfo.InvariantCulture);
            rules.Add(new(kind) { Bound = new(ColumnLiterals.OfInteger(digits, clrType), digits) });
        }
    }

    /// <summary>A rule that a pattern sets.</summary>
    public static PropertyRule Pattern(string pattern, bool ignoreCase = false) => new(RuleKind.Matches)
    {
        Pattern = pattern,
        PatternCSharp = Patterns.ToCSharp(pattern),
        IgnoreCase = ignoreCase,
    };
}

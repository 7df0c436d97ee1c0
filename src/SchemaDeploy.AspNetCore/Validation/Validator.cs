using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Validation;

/// <summary>A request body that knows its own rules.</summary>
public interface IValidatable
{
    /// <summary>Reports every rule that the body breaks.</summary>
    void Validate(Validator validator);
}

/// <summary>
/// Collects the rules that a request breaks, by JSON field name, so that a client learns of all of them at once.
/// Null passes every rule but <see cref="Required{T}"/>: whether a field may be null is a rule of its own.
/// </summary>
public sealed partial class Validator
{
    // What .NET's decimals hold in any case.
    private const int DecimalDigits = 28;

    private readonly string _prefix;
    private readonly Dictionary<string, List<string>> _errors;

    /// <summary>An empty collection.</summary>
    public Validator()
        : this("", new(StringComparer.Ordinal))
    {
    }

    private Validator(string prefix, Dictionary<string, List<string>> errors)
    {
        _prefix = prefix;
        _errors = errors;
    }

    /// <summary>Whether no rule is broken so far.</summary>
    public bool IsValid => _errors.Count == 0;

    /// <summary>A validator for one item of a list, whose fields are named <c>[index].field</c>.</summary>
    public Validator Item(int index) => new(PrefixOf(index), _errors);

    /// <summary>What stands before the fields of one item of a list.</summary>
    internal static string PrefixOf(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}].");

    /// <summary>Reports <paramref name="message"/> for <paramref name="field"/>.</summary>
    public void Add(string field, string message)
    {
        var name = _prefix + field;
        if (!_errors.TryGetValue(name, out var messages))
        {
            _errors.Add(name, messages = []);
        }

        messages.Add(message);
    }

    /// <summary>Reports <paramref name="message"/> unless <paramref name="holds"/>.</summary>
    public void Check(string field, bool holds, string message)
    {
        if (!holds)
        {
            Add(field, message);
        }
    }

    /// <summary>Reports <paramref name="message"/>, which is put together only then, unless <paramref name="holds"/>.</summary>
    public void Check(string field, bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] BrokenRuleMessage message)
    {
        if (!holds)
        {
            Add(field, message.Build());
        }
    }

    /// <summary>The field must be present and not null.</summary>
    public void Required<T>(string field, T? value) => Check(field, value is not null, "is required");

    /// <summary>At most <paramref name="length"/> characters (code points, as databases count them).</summary>
    public void MaxLength(string field, string? value, int length) =>
        Check(field, value is null || value.Length <= length || value.CharacterCount() <= length, $"must have at most {length} characters");

    /// <summary>At least <paramref name="length"/> characters.</summary>
    public void MinLength(string field, string? value, int length) =>
        Check(field, value is null || value.CharacterCount() >= length, $"must have at least {length} characters");

    /// <summary>At most <paramref name="length"/> bytes.</summary>
    public void MaxLength(string field, byte[]? value, int length) =>
        Check(field, value is null || value.Length <= length, $"must have at most {length} bytes");

    /// <summary>At most <paramref name="length"/> characters in each item.</summary>
    public void MaxLength(string field, IReadOnlyList<string>? values, int length) =>
        Check(
            field,
            values is null || values.All(value => value is null || value.Length <= length || value.CharacterCount() <= length),
            $"must have at most {length} characters in each item");

    /// <summary>No NUL character: most databases cannot store one in text.</summary>
    public void Text(string field, string? value) =>
        Check(field, value is null || !value.Contains('\0', StringComparison.Ordinal), "must not contain the NUL character");

    /// <summary>No item that is null, and none with the NUL character.</summary>
    public void Text(string field, IReadOnlyList<string>? values)
    {
        // JSON puts nulls into lists that allow none.
        Check(field, values is null || values.All(value => value is not null), "must not hold null");
        Check(
            field,
            values is null || values.All(value => value is null || !value.Contains('\0', StringComparison.Ordinal)),
            "must not contain the NUL character");
    }

    /// <summary>A document that is a list.</summary>
    public void JsonList(string field, JsonElement? document) =>
        Check(field, document is not { } value || value.ValueKind is JsonValueKind.Array or JsonValueKind.Null, "must be a list");

    /// <summary>A document of valid text without NUL characters, which databases do not take.</summary>
    public void Json(string field, JsonElement? document) =>
        Check(field, document is not { } value || JsonText.IsStorable(value), "must not contain the NUL character or half of a surrogate pair");

    /// <summary>At least <paramref name="minimum"/>.</summary>
    public void Minimum<T>(string field, T? value, T minimum)
        where T : struct, IComparable<T>, IFormattable =>
        Check(field, value is not { } v || v.CompareTo(minimum) >= 0, $"must be at least {Invariant(minimum)}");

    /// <summary>At most <paramref name="maximum"/>.</summary>
    public void Maximum<T>(string field, T? value, T maximum)
        where T : struct, IComparable<T>, IFormattable =>
        Check(field, value is not { } v || v.CompareTo(maximum) <= 0, $"must be at most {Invariant(maximum)}");

    /// <summary>Greater than <paramref name="bound"/>.</summary>
    public void GreaterThan<T>(string field, T? value, T bound)
        where T : struct, IComparable<T>, IFormattable =>
        Check(field, value is not { } v || v.CompareTo(bound) > 0, $"must be greater than {Invariant(bound)}");

    /// <summary>Less than <paramref name="bound"/>.</summary>
    public void LessThan<T>(string field, T? value, T bound)
        where T : struct, IComparable<T>, IFormattable =>
        Check(field, value is not { } v || v.CompareTo(bound) < 0, $"must be less than {Invariant(bound)}");

    /// <summary>
    /// At most <paramref name="precision"/> digits, of which <paramref name="scale"/> behind the point, and not more than
    /// .NET's decimals hold: a longer number could be stored, but not be read again from every database.
    /// </summary>
    public void Digits(string field, decimal? value, int precision, int scale)
    {
        if (value is not { } number)
        {
            return;
        }

        // Trailing zeros behind the point are no digits that anyone would miss.
        Check(field, decimal.Round(number, Math.Min(scale, DecimalDigits)) == number, $"must have at most {scale} digits behind the point");
        var whole = (scale < DecimalDigits ? Math.Min(precision, DecimalDigits) : precision) - scale;
        Check(field, whole > DecimalDigits || decimal.Abs(number) < PowerOfTen(whole), $"must have at most {whole} digits before the point");
    }

    /// <summary>A finite number: databases have no NaN or infinity.</summary>
    public void Finite<T>(string field, T? value)
        where T : struct, IFloatingPointIeee754<T> =>
        Check(field, value is not { } v || T.IsFinite(v), "must be a finite number");

    /// <summary>One of <paramref name="values"/>; letters count in their case.</summary>
    public void OneOf(string field, string? value, params ReadOnlySpan<string> values) =>
        Check(field, value is null || values.Contains(value), $"must be one of {List(values)}");

    /// <summary>One of <paramref name="values"/>.</summary>
    public void OneOf<T>(string field, T? value, params ReadOnlySpan<T> values)
        where T : struct, IEquatable<T>, IFormattable =>
        Check(field, value is not { } v || values.Contains(v), $"must be one of {List(values)}");

    /// <summary>None of <paramref name="values"/>; letters count in their case.</summary>
    public void NoneOf(string field, string? value, params ReadOnlySpan<string> values) =>
        Check(field, value is null || !values.Contains(value), $"must not be {value}");

    /// <summary>None of <paramref name="values"/>.</summary>
    public void NoneOf<T>(string field, T? value, params ReadOnlySpan<T> values)
        where T : struct, IEquatable<T>, IFormattable =>
        Check(field, value is not { } v || !values.Contains(v), $"must not be {(value is { } refused ? Invariant(refused) : "")}");

    /// <summary>A list of members of <paramref name="values"/>, each at most once, separated by commas.</summary>
    public void SetOf(string field, string? value, params ReadOnlySpan<string> values)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        var members = value.Split(',');
        var allowed = values.ToArray();
        Check(
            field,
            members.All(allowed.Contains) && members.Distinct(StringComparer.Ordinal).Count() == members.Length,
            $"must list some of {string.Join(", ", allowed)}, each at most once, separated by commas");
    }

    /// <summary>Text that <paramref name="pattern"/> matches.</summary>
    public void Matches(string field, string? value, Regex pattern)
    {
        if (value is not null && !pattern.IsMatch(value))
        {
            // Clients know the end of text by the sign that the schema has for it.
            Add(field, $"must match {Escape().Replace(pattern.ToString(), static escape => escape.Value == @"\z" ? "$" : escape.Value)}");
        }
    }

    /// <summary>Throws 400 with every message if a rule is broken.</summary>
    /// <exception cref="ApiException">A rule is broken.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
        {
            throw ToProblem();
        }
    }

    /// <summary>The problem of a request whose fields have these errors.</summary>
    internal static ApiException Broken(IEnumerable<KeyValuePair<string, string>> errors)
    {
        var validator = new Validator();
        foreach (var (field, message) in errors)
        {
            validator.Add(field, message);
        }

        return validator.ToProblem();
    }

    private ApiException ToProblem() => new(400, "The request breaks the rules of its fields; errors names them.", ToErrors());

    private FrozenDictionary<string, string[]> ToErrors() =>
        _errors.ToFrozenDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal);

    private static string Invariant<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static string List(ReadOnlySpan<string> values) => string.Join(", ", values);

    private static string List<T>(ReadOnlySpan<T> values)
        where T : IFormattable
    {
        var texts = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            texts[i] = Invariant(values[i]);
        }

        return string.Join(", ", texts);
    }

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    [GeneratedRegex(@"\\.", RegexOptions.Singleline)]
    private static partial Regex Escape();
}

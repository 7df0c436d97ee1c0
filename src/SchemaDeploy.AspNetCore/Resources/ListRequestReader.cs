using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// Reads <c>?limit=&amp;cursor=&amp;sort=&amp;fields=&amp;expand=&amp;count=&amp;name[op]=</c>. A parameter that the
/// resource does not have is refused, so that a typing error never widens a list in silence.
/// </summary>
internal static class ListRequestReader
{
    /// <summary>Enough for any honest client; each term costs the database work.</summary>
    public const int MaximumFilters = 32;
    public const int MaximumListedValues = 200;
    public const int MaximumSortTerms = 8;
    private const string WrongCursor = "must be the next or previous of a list in the same order";

    public static ListRequest<TEntity> Read<TEntity>(IQueryCollection query, ResourceShape<TEntity> shape)
    {
        var errors = new Validator();
        var request = new ListRequest<TEntity>();
        var filters = ImmutableArray.CreateBuilder<Expression<Func<TEntity, bool>>>();
        var sort = ImmutableArray<SortTerm<TEntity>>.Empty;
        string? cursor = null;
        foreach (var (name, values) in query)
        {
            if (!IsSingle(name, values, out var value))
            {
                errors.Add(name, "must be given once");
                continue;
            }

            switch (name)
            {
                case "limit":
                    request = request with { Limit = ReadLimit(value, errors) };
                    break;
                case "cursor":
                    cursor = value;
                    break;
                case "sort":
                    sort = ReadSort(value, shape, errors);
                    break;
                case "count":
                    errors.Check("count", value is "true" or "false", "must be true or false");
                    request = request with { Count = value == "true" };
                    break;
                case "fields":
                    request = request with { Fields = ReadNames("fields", value, name => shape.Find(name) is { IsShown: true }, errors) };
                    break;
                case "expand":
                    request = request with { Expansions = ReadNames("expand", value, shape.Expansions.Contains, errors) };
                    break;
                default:
                    ReadFilter(name, value, shape, filters, errors);
                    break;
            }
        }

        errors.Check("filters", filters.Count <= MaximumFilters, $"must be at most {MaximumFilters}");
        request = request with { Filters = filters.ToImmutable(), Sort = WithKey(sort, shape) };
        if (cursor is not null)
        {
            request = shape.Key.Count == 0
                ? request with { Offset = ReadOffset("cursor", WrongCursor, cursor, request.Sort, errors) }
                : request with { Cursor = ReadCursor("cursor", WrongCursor, cursor, request.Sort, errors) };
        }
        else if (shape.Key.Count == 0)
        {
            request = request with { Offset = 0 };
        }

        errors.ThrowIfInvalid();
        return request;
    }

    /// <summary>Reads the parameters of a request for one row: <c>fields</c> and <c>expand</c>.</summary>
    public static (ImmutableArray<string> Fields, ImmutableArray<string> Expansions) ReadSingle<TEntity>(
        IQueryCollection query, ResourceShape<TEntity> shape)
    {
        var errors = new Validator();
        ImmutableArray<string> fields = [], expansions = [];
        foreach (var (name, values) in query)
        {
            if (!IsSingle(name, values, out var value))
            {
                errors.Add(name, "must be given once");
                continue;
            }

            switch (name)
            {
                case "fields":
                    fields = ReadNames("fields", value, name => shape.Find(name) is { IsShown: true }, errors);
                    break;
                case "expand":
                    expansions = ReadNames("expand", value, shape.Expansions.Contains, errors);
                    break;
                default:
                    errors.Add(name, "is no parameter of this request; fields and expand are");
                    break;
            }
        }

        errors.ThrowIfInvalid();
        return (fields, expansions);
    }

    /// <summary>Refuses every query parameter.</summary>
    public static void ReadNone(IQueryCollection query)
    {
        var errors = new Validator();
        foreach (var name in query.Keys)
        {
            errors.Add(name, "is no parameter of this request");
        }

        errors.ThrowIfInvalid();
    }

    /// <summary>The order as a cursor names it.</summary>
    public static string NameOf<TEntity>(ImmutableArray<SortTerm<TEntity>> sort) =>
        string.Join(',', sort.Select(term => (term.Descending ? "-" : "") + term.Field.Name));

    private static bool IsSingle(string name, StringValues values, [NotNullWhen(true)] out string? value)
    {
        value = values.Count == 1 ? values[0] : null;
        return value is not null && name.Length > 0;
    }

    private static int ReadLimit(string value, Validator errors)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= ListRequest<object>.MaximumLimit)
        {
            return limit;
        }

        errors.Add("limit", $"must be a whole number from 1 to {ListRequest<object>.MaximumLimit}");
        return ListRequest<object>.DefaultLimit;
    }

    private static ImmutableArray<SortTerm<TEntity>> ReadSort<TEntity>(
        string value, ResourceShape<TEntity> shape, Validator errors)
    {
        var terms = ImmutableArray.CreateBuilder<SortTerm<TEntity>>();
        foreach (var part in value.Split(','))
        {
            var descending = part.StartsWith('-');
            var name = descending ? part[1..] : part;
            var field = shape.Find(name);
            if (field is null || !field.Uses.HasFlag(FieldUses.Sort))
            {
                errors.Add("sort", field switch
                {
                    null => $"knows no field '{name}'",
                    _ when field.Operators.Contains("gt") => $"cannot order by '{name}': it has no index to do so",
                    _ => $"cannot order by '{name}': its values have no order",
                });
                continue;
            }

            errors.Check("sort", !terms.Any(term => term.Field == field), $"names '{name}' twice");
            terms.Add(new SortTerm<TEntity>(field, descending));
        }

        errors.Check("sort", terms.Count <= MaximumSortTerms, $"must have at most {MaximumSortTerms} fields");
        return terms.ToImmutable();
    }

    /// <summary>
    /// The order with the key behind it: without, it has ties, and a page boundary within a tie would lose or repeat rows.
    /// </summary>
    public static ImmutableArray<SortTerm<TEntity>> WithKey<TEntity>(
        ImmutableArray<SortTerm<TEntity>> sort, ResourceShape<TEntity> shape)
    {
        if (sort.IsEmpty)
        {
            return shape.Order;
        }

        var descending = sort[^1].Descending;
        return [.. sort, .. shape.Order.Where(term => !sort.Any(named => named.Field == term.Field)).Select(term => term with { Descending = descending })];
    }

    private static ImmutableArray<string> ReadNames(string parameter, string value, Func<string, bool> isKnown, Validator errors)
    {
        var names = value.Split(',').Distinct(StringComparer.Ordinal).ToImmutableArray();
        foreach (var name in names)
        {
            errors.Check(parameter, isKnown(name), $"knows no '{name}'");
        }

        return names;
    }

    private static void ReadFilter<TEntity>(
        string parameter,
        string value,
        ResourceShape<TEntity> shape,
        ImmutableArray<Expression<Func<TEntity, bool>>>.Builder filters,
        Validator errors)
    {
        var bracket = parameter.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? parameter : parameter[..bracket];
        var op = bracket < 0 ? "eq" : parameter.EndsWith(']') ? parameter[(bracket + 1)..^1] : "";
        var field = shape.Find(name);
        if (field is null)
        {
            errors.Add(parameter, "is no parameter or field of this resource");
        }
        else if (!field.Uses.HasFlag(FieldUses.Filter))
        {
            errors.Add(parameter, field.Operators.Count == 0 ? "cannot be filtered: its values can only be read" : "cannot be filtered: it has no index to do so");
        }
        else if (!field.Operators.Contains(op))
        {
            errors.Add(parameter, $"has no operator '{op}'; there are {string.Join(", ", field.Operators)}");
        }
        else if (op == "in" && value.AsSpan().Count(',') >= MaximumListedValues)
        {
            errors.Add(parameter, $"must list at most {MaximumListedValues} values");
        }
        else if (field.TryFilter(op, value, out var filter, out var error))
        {
            filters.Add(filter);
        }
        else
        {
            errors.Add(parameter, error);
        }
    }

    /// <summary>Reads a place in the order <paramref name="sort"/>; null, and an error for <paramref name="name"/>, where the text is none.</summary>
    public static Cursor? ReadCursor<TEntity>(string name, string message, string text, ImmutableArray<SortTerm<TEntity>> sort, Validator errors)
    {
        if (!Cursor.TryDecode(text, out var cursor)
            || cursor.Order != NameOf(sort)
            || cursor.Values.Count != sort.Length
            || !FitsTypes(cursor, sort))
        {
            errors.Add(name, message);
            return null;
        }

        return cursor;
    }

    /// <summary>Reads a place among rows without a key.</summary>
    public static int? ReadOffset<TEntity>(string name, string message, string text, ImmutableArray<SortTerm<TEntity>> sort, Validator errors)
    {
        if (Cursor.TryDecode(text, out var cursor)
            && cursor.Order == NameOf(sort)
            && cursor.Values is [var value]
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return offset;
        }

        errors.Add(name, message);
        return null;
    }

    private static bool FitsTypes<TEntity>(Cursor cursor, ImmutableArray<SortTerm<TEntity>> sort) =>
        cursor.Values.Zip(sort).All(pair => pair.Second.Field.Accepts(pair.First));
}

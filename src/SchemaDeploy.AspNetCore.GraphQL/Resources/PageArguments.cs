using System.Collections.Immutable;
using System.Linq.Expressions;
using GraphQL;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Reads <c>first</c>, <c>after</c>, <c>last</c>, <c>before</c>, <c>filter</c> and <c>sort</c> as REST reads its query strings.</summary>
internal static class PageArguments
{
    /// <summary>Rows of a page within a row where the client names no number.</summary>
    public const int NestedLimit = 10;

    private const string WrongCursor = "must be a cursor of a list in the same order";

    /// <exception cref="Problems.ApiException">400: they contradict each other, or a value does not fit.</exception>
    public static ListRequest<TEntity> Read<TEntity>(IResolveFieldContext context, ResourceShape<TEntity> shape, RowsGraph graph, int limit)
    {
        var errors = new Validator();
        var (first, last) = (context.GetArgument<int?>("first"), context.GetArgument<int?>("last"));
        var (after, before) = (context.GetArgument<string?>("after"), context.GetArgument<string?>("before"));
        errors.Check("last", last is null || first is null, "cannot be given beside first");
        errors.Check("after", after is null || (last is null && before is null), "goes with first; before goes with last");
        errors.Check("before", before is null || last is not null, "goes with last");
        var sort = ListRequestReader.WithKey(ReadSort(context, shape, graph, errors), shape);
        var request = new ListRequest<TEntity>
        {
            Limit = ReadLimit(first is null ? "last" : "first", first ?? last ?? limit, errors),
            Filters = ReadFilters(context, shape, graph, errors),
            Sort = sort,
            FromEnd = last is not null,
            Count = context.SubFields?.Values.Any(field => field.Field.Name.StringValue == "totalCount") == true,
        };
        if ((after ?? before) is { } text)
        {
            var name = after is null ? "before" : "after";
            request = shape.Key.Count == 0
                ? request with { Offset = ListRequestReader.ReadOffset(name, WrongCursor, text, sort, errors) }
                : request with { Cursor = ListRequestReader.ReadCursor(name, WrongCursor, text, sort, errors) is { } cursor ? cursor with { Backward = after is null } : null };
        }
        else if (shape.Key.Count == 0)
        {
            request = request with { Offset = 0 };
        }

        errors.ThrowIfInvalid();
        return request;
    }

    private static int ReadLimit(string name, int limit, Validator errors)
    {
        errors.Check(name, limit is >= 1 and <= ListRequest<object>.MaximumLimit, $"must be a whole number from 1 to {ListRequest<object>.MaximumLimit}");
        return limit;
    }

    private static ImmutableArray<SortTerm<TEntity>> ReadSort<TEntity>(
        IResolveFieldContext context, ResourceShape<TEntity> shape, RowsGraph graph, Validator errors)
    {
        var terms = ImmutableArray.CreateBuilder<SortTerm<TEntity>>();
        foreach (var entry in ArgumentOf<IEnumerable<object?>>(context, "sort") ?? [])
        {
            if (entry is not IDictionary<string, object?> { Count: 1 } fields || fields.Single() is not { Value: string direction } field)
            {
                errors.Add("sort", "must have one field in each entry, as in [{id: ASC}]");
                continue;
            }

            var term = new SortTerm<TEntity>(shape.Find(graph.JsonNameOf(field.Key))!, direction == "DESC");
            errors.Check("sort", !terms.Any(other => other.Field == term.Field), $"names '{field.Key}' twice");
            terms.Add(term);
        }

        errors.Check("sort", terms.Count <= ListRequestReader.MaximumSortTerms, $"must have at most {ListRequestReader.MaximumSortTerms} fields");
        return terms.ToImmutable();
    }

    private static ImmutableArray<Expression<Func<TEntity, bool>>> ReadFilters<TEntity>(
        IResolveFieldContext context, ResourceShape<TEntity> shape, RowsGraph graph, Validator errors)
    {
        var filters = ImmutableArray.CreateBuilder<Expression<Func<TEntity, bool>>>();
        foreach (var (name, value) in ArgumentOf<IDictionary<string, object?>>(context, "filter") ?? ImmutableDictionary<string, object?>.Empty)
        {
            var field = shape.Find(graph.JsonNameOf(name))!;
            foreach (var (op, operand) in value as IDictionary<string, object?> ?? ImmutableDictionary<string, object?>.Empty)
            {
                ReadFilter($"filter.{name}.{op}", field, op, operand, filters, errors);
            }
        }

        errors.Check("filter", filters.Count <= ListRequestReader.MaximumFilters, $"must have at most {ListRequestReader.MaximumFilters} conditions");
        return filters.ToImmutable();
    }

    private static void ReadFilter<TEntity>(
        string name, ResourceField<TEntity> field, string op, object? operand, ImmutableArray<Expression<Func<TEntity, bool>>>.Builder filters, Validator errors)
    {
        if (operand is null)
        {
            errors.Add(name, "must not be null; the operator null asks for rows without a value");
        }
        else if (operand is IEnumerable<object?> items)
        {
            var texts = items.Select(item => ScalarText.Format(item!)).ToList();
            if (texts.Count > ListRequestReader.MaximumListedValues)
            {
                errors.Add(name, $"must list at most {ListRequestReader.MaximumListedValues} values");
            }
            else if (field.TryFilterIn(texts, out var filter, out var error))
            {
                filters.Add(filter);
            }
            else
            {
                errors.Add(name, error);
            }
        }
        else if (field.TryFilter(op, ScalarText.Format(operand), out var filter, out var error))
        {
            filters.Add(filter);
        }
        else
        {
            errors.Add(name, error);
        }
    }

    private static T? ArgumentOf<T>(IResolveFieldContext context, string name)
        where T : class => context.Arguments?.TryGetValue(name, out var argument) == true ? argument.Value as T : null;
}

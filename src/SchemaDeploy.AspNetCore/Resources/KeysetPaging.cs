using System.Collections.Immutable;
using System.Linq.Expressions;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Pages by the sort values of their edge rows: page 100,000 costs what page 1 costs.</summary>
internal static class KeysetPaging
{
    /// <summary>The rows of the page in query form, in reading order or, for a page before a cursor, in reverse.</summary>
    /// <param name="query">The rows of all pages.</param>
    /// <param name="request">The page.</param>
    /// <param name="hasNullsLast">Whether the database has nulls last in ascending order by itself.</param>
    public static IQueryable<TEntity> Page<TEntity>(IQueryable<TEntity> query, ListRequest<TEntity> request, bool hasNullsLast)
    {
        if (request.Cursor is { } cursor && Behind(cursor, request.Sort) is { } condition)
        {
            query = query.Where(condition);
        }

        // One row more than asked for tells whether there is a further page.
        return Order(query, request.Sort, request.IsBackward, hasNullsLast).Take(request.Limit + 1);
    }

    /// <summary>The rows in the order of <paramref name="sort"/>, or in reverse.</summary>
    public static IQueryable<TEntity> Order<TEntity>(IQueryable<TEntity> query, ImmutableArray<SortTerm<TEntity>> sort, bool reverse, bool hasNullsLast)
    {
        var first = true;
        foreach (var term in sort)
        {
            query = term.Field.Order(query, term.Descending != reverse, first, hasNullsLast);
            first = false;
        }

        return query;
    }

    /// <summary>Reads the rows of a page, and the one more.</summary>
    public static async Task<List<TEntity>> ReadAsync<TEntity>(IAsyncEnumerable<TEntity> rows, ListRequest<TEntity> request, CancellationToken cancellationToken)
    {
        var read = new List<TEntity>(request.Limit + 1);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            read.Add(row);
        }

        return read;
    }

    /// <summary>Cuts the extra row and restores reading order.</summary>
    public static Slice<TEntity> Cut<TEntity>(List<TEntity> rows, ListRequest<TEntity> request)
    {
        var hasMore = rows.Count > request.Limit;
        if (hasMore)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        if (!request.IsBackward)
        {
            return new Slice<TEntity>(rows, HasPrevious: request.Cursor is not null, hasMore);
        }

        rows.Reverse();
        return new Slice<TEntity>(rows, hasMore, HasNext: request.Cursor is not null);
    }

    /// <summary>The place behind a row, or before it.</summary>
    public static string CursorAt<TEntity>(TEntity row, ImmutableArray<SortTerm<TEntity>> sort, bool backward) =>
        new Cursor(ListRequestReader.NameOf(sort), backward, [.. sort.Select(term => term.Field.Text(row))]).Encode();

    // a >= @a and ((a > @a) or (a = @a and b > @b) or …): the comparison of row values, with a beginning that an index of a can go to.
    private static Expression<Func<TEntity, bool>>? Behind<TEntity>(Cursor cursor, ImmutableArray<SortTerm<TEntity>> sort)
    {
        Expression<Func<TEntity, bool>>? condition = null;
        Expression<Func<TEntity, bool>>? same = null;
        for (var i = 0; i < sort.Length; i++)
        {
            var (field, value) = (sort[i].Field, cursor.Values[i]);
            if (field.Behind(value, sort[i].Descending != cursor.Backward) is { } behind)
            {
                var branch = same is null ? behind : same.And(behind);
                condition = condition is null ? branch : condition.Or(branch);
            }

            same = same is null ? field.Same(value) : same.And(field.Same(value));
        }

        return condition is not null && sort.Length > 1 && sort[0].Field.From(cursor.Values[0], sort[0].Descending != cursor.Backward) is { } from
            ? from.And(condition)
            : condition ?? (_ => false);
    }
}

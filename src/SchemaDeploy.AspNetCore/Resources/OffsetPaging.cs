using System.Collections.Immutable;
using System.Globalization;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Pages of rows without a key: nothing tells two equal rows apart, so that only counting gets past them.</summary>
internal static class OffsetPaging
{
    /// <summary>The rows of the page, and one more that tells whether there is a further page.</summary>
    public static IQueryable<TEntity> Page<TEntity>(IQueryable<TEntity> query, ListRequest<TEntity> request, int offset, bool hasNullsLast) =>
        KeysetPaging.Order(query, request.Sort, reverse: false, hasNullsLast).Skip(offset).Take(request.Limit + 1);

    /// <summary>Cuts the extra row.</summary>
    public static Slice<TEntity> Cut<TEntity>(List<TEntity> rows, int limit, int offset)
    {
        var hasNext = rows.Count > limit;
        if (hasNext)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        return new Slice<TEntity>(rows, HasPrevious: offset > 0, hasNext && offset <= int.MaxValue - limit);
    }

    /// <summary>The place behind so many rows.</summary>
    public static string CursorAt<TEntity>(int offset, ImmutableArray<SortTerm<TEntity>> sort) =>
        new Cursor(ListRequestReader.NameOf(sort), false, [offset.ToString(CultureInfo.InvariantCulture)]).Encode();
}

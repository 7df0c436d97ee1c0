using System.Collections.Immutable;
using System.Globalization;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Pages of rows without a key: nothing tells two equal rows apart, so that only counting gets past them.</summary>
internal static class OffsetPaging
{
    /// <summary>The rows of the page, and one more that tells whether there is a further page.</summary>
    public static IQueryable<TEntity> Page<TEntity>(IQueryable<TEntity> query, ListRequest<TEntity> request, int offset) =>
        KeysetPaging.Order(query, request.Sort, reverse: false).Skip(offset).Take(request.Limit + 1);

    /// <summary>Cuts the extra row and makes the cursors to both sides.</summary>
    public static (List<TEntity> Rows, string? Next, string? Previous) Cut<TEntity>(
        List<TEntity> rows, ListRequest<TEntity> request, int offset)
    {
        var hasNext = rows.Count > request.Limit;
        if (hasNext)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        return (
            rows,
            hasNext && offset <= int.MaxValue - request.Limit ? CursorAt(offset + request.Limit, request.Sort) : null,
            offset > 0 ? CursorAt(Math.Max(0, offset - request.Limit), request.Sort) : null);
    }

    private static string CursorAt<TEntity>(int offset, ImmutableArray<SortTerm<TEntity>> sort) =>
        new Cursor(ListRequestReader.NameOf(sort), false, [offset.ToString(CultureInfo.InvariantCulture)]).Encode();
}

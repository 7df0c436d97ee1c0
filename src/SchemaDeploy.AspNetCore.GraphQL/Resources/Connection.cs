using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>A page of rows as the Relay specification of connections has it.</summary>
/// <param name="Nodes">The rows.</param>
/// <param name="Edges">The rows with their places.</param>
/// <param name="PageInfo">Where the page is among the others.</param>
/// <param name="TotalCount">All rows that meet the filter, where asked for.</param>
internal sealed record Connection(IReadOnlyList<object> Nodes, IEnumerable<Edge> Edges, PageInfo PageInfo, long? TotalCount)
{
    /// <summary>The page that was read for a request.</summary>
    public static Connection Of<TEntity, TResponse>(
        ResourceReader<TEntity, TResponse> service, ListRequest<TEntity> request, Slice<TEntity> page)
        where TEntity : class
        where TResponse : class
    {
        List<object> nodes = page.Rows.ConvertAll<object>(service.Show);
        return new Connection(
            nodes,
            nodes.Select((node, i) => new Edge(CursorAt(i), node)),
            new PageInfo(page.HasNext, page.HasPrevious, nodes.Count > 0 ? CursorAt(0) : null, nodes.Count > 0 ? CursorAt(nodes.Count - 1) : null),
            page.Total);

        string CursorAt(int index) => request.Offset is { } offset
            ? OffsetPaging.CursorAt(offset + index + 1, request.Sort)
            : KeysetPaging.CursorAt(page.Rows[index], request.Sort, backward: false);
    }
}

/// <summary>A row and its place.</summary>
internal sealed record Edge(string Cursor, object Node);

/// <summary>Where a page is among the others.</summary>
internal sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);

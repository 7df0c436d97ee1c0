using System.Data.Common;
using System.Text.Json;

namespace Peers;

/// <summary>Reads items as the statements written by hand select them.</summary>
internal static class ItemRows
{
    /// <summary>The columns, in the order in which they are read.</summary>
    public const string Columns = "id, uuid, owner_id, item_type, quantity, value, metadata, created_at";

    /// <summary>The row that the reader is at.</summary>
    public static ItemResponse Read(DbDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetInt64(2),
        reader.GetString(3),
        reader.GetInt32(4),
        reader.IsDBNull(5) ? null : reader.GetDecimal(5),
        reader.IsDBNull(6) ? null : JsonElement.Parse(reader.GetString(6)),
        reader.IsDBNull(7) ? null : DateTime.SpecifyKind(reader.GetDateTime(7), DateTimeKind.Utc));

    /// <summary>A page of <paramref name="limit"/> rows, of which the statement selects one more.</summary>
    public static async Task<ItemPage> ReadPageAsync(DbDataReader reader, int limit)
    {
        var rows = new List<ItemResponse>(limit + 1);
        while (await reader.ReadAsync())
        {
            rows.Add(Read(reader));
        }

        var next = rows.Count > limit ? PeerApplication.Cursor(rows[limit - 1].Id) : null;
        return new ItemPage(rows.Count > limit ? rows.GetRange(0, limit) : rows, next, Previous: null);
    }
}

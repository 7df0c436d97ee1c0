using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// A place between two rows of an order: the sort values of the row beside it. Clients treat its text as opaque; it
/// names the order it belongs to, so that one for another order is refused instead of giving a wrong page.
/// </summary>
/// <param name="Order">The order, as in the sort parameter with the key's fields.</param>
/// <param name="Backward">Whether the page lies before the row rather than behind it.</param>
/// <param name="Values">The row's sort values; null for a null.</param>
public sealed record Cursor(string Order, bool Backward, IReadOnlyList<string?> Values)
{
    private const int MaximumLength = 8192;

    /// <summary>The text that clients hand back.</summary>
    public string Encode()
    {
        string?[] parts = [Backward ? "<" : ">", Order, .. Values];
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts, RuntimeJsonContext.Default.StringArray));
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out Cursor? cursor)
    {
        cursor = null;
        if (text.Length > MaximumLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        try
        {
            var parts = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), RuntimeJsonContext.Default.StringArray);
            if (parts is not [("<" or ">") and var direction, { } order, ..])
            {
                return false;
            }

            cursor = new Cursor(order, direction == "<", parts[2..]);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

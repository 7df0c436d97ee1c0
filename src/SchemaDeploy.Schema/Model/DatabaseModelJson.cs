using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SchemaDeploy.Schema.Model;

/// <summary>The text of <c>schema.model.json</c>: the same model always gives the same bytes, and reads back unchanged.</summary>
public static class DatabaseModelJson
{
    // The file is read by people and by tools that know no HTML; letters of all languages stay as they are.
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The model as UTF-8 JSON with a final line break.</summary>
    public static byte[] Write(DatabaseModel model)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            DatabaseModelWriter.Write(json, model);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>The model as a string.</summary>
    public static string ToText(DatabaseModel model) => Encoding.UTF8.GetString(Write(model));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The file is damaged or of a later version.</exception>
    public static DatabaseModel Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 64 });
            return DatabaseModelReader.Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"This is no schema model: {exception.Message}", exception);
        }
    }
}

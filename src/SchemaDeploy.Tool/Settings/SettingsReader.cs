using System.Text;
using System.Text.Json;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Settings;

/// <summary>One text in a settings file.</summary>
/// <param name="Path">The setting's name as .NET's configuration has it, such as <c>Jwt:Key</c>.</param>
/// <param name="Name">The last name in it, which is no position of an array.</param>
/// <param name="Value">The text.</param>
/// <param name="Span">Where the text stands.</param>
internal sealed record Setting(string Path, string Name, string Value, SourceSpan Span);

/// <summary>Reads the texts of JSON settings files, which may have comments and trailing commas.</summary>
internal static class SettingsReader
{
    private static readonly JsonReaderOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The texts in the order of the file; those before a mistake where the file has one, at which .NET will stop.</summary>
    public static List<Setting> Read(string file)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var settings = new List<Setting>();
        var reader = new Utf8JsonReader(bytes, s_options);
        var names = new Stack<string>();
        var position = new Position(file);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        Replace(names, reader.GetString()!);
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        names.Push("");
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        names.Pop();
                        break;
                    case JsonTokenType.String:
                        var path = string.Join(':', names.Reverse().Where(name => name.Length > 0));
                        var span = position.MoveTo(bytes, (int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                        settings.Add(new Setting(path, path[(path.LastIndexOf(':') + 1)..], reader.GetString()!, span));
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not this check's to tell.
        }

        return settings;
    }

    private static void Replace(Stack<string> names, string name)
    {
        names.Pop();
        names.Push(name);
    }

    /// <summary>Turns offsets, which only grow, into lines and columns.</summary>
    private sealed class Position(string file)
    {
        private int _offset;
        private int _line = 1;
        private int _lineStart;

        public SourceSpan MoveTo(ReadOnlySpan<byte> text, int start, int end)
        {
            for (; _offset < start; _offset++)
            {
                if (text[_offset] == '\n')
                {
                    (_line, _lineStart) = (_line + 1, _offset + 1);
                }
            }

            var column = Encoding.UTF8.GetCharCount(text[_lineStart..start]) + 1;
            return new SourceSpan(file, _line, column, _line, column + Encoding.UTF8.GetCharCount(text[start..end]));
        }
    }
}

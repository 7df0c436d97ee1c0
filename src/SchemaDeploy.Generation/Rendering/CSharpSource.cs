using System.Text;

namespace SchemaDeploy.Generation.Rendering;

/// <summary>How generated sources are worded and laid out.</summary>
internal static class CSharpSource
{
    /// <summary>Text within an XML documentation comment, on one line.</summary>
    public static string Xml(string text)
    {
        var xml = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => xml.Append("&amp;"),
                '<' => xml.Append("&lt;"),
                '>' => xml.Append("&gt;"),
                _ when char.IsWhiteSpace(c) => xml.Append(xml.Length > 0 && xml[^1] == ' ' ? "" : " "),
                _ when char.IsControl(c) => xml.Append('\uFFFD'),
                _ => xml.Append(c),
            };
        }

        return xml.ToString().Trim();
    }

    /// <summary>A sentence: text that ends with a mark of its own or a full stop.</summary>
    public static string Sentence(string text)
    {
        var xml = Xml(text);
        return xml is [.., '.' or '!' or '?' or ':'] ? xml : xml + ".";
    }

    /// <summary>A comment of the schema as a sentence; null where there is none.</summary>
    public static string? SentenceOrNull(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : Sentence(comment);

    /// <summary>A chain of calls: on one line where it is short, else a call a line.</summary>
    public static IEnumerable<string> Chain(string start, IReadOnlyList<string> calls)
    {
        const int widest = 110;
        var line = start + string.Concat(calls) + ";";
        if (line.Length <= widest || calls.Count < 2)
        {
            yield return line;
            yield break;
        }

        yield return start;
        for (var i = 0; i < calls.Count; i++)
        {
            yield return "    " + calls[i] + (i == calls.Count - 1 ? ";" : "");
        }
    }
}

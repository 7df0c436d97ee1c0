using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// Reads <c>@tag argument</c> lines from the comments that stand with a table or column. A tag begins its line, behind
/// at most blanks, <c>*</c> and <c>-</c>, so that an address in prose is none.
/// </summary>
internal sealed class SmartTagReader(SourcePositions positions, DiagnosticBag diagnostics)
{
    /// <summary>The tags that later stages know.</summary>
    public static ImmutableArray<string> Known { get; } =
    [
        "allow", "audit", "filterable", "hidden", "name", "owner", "public", "readonly", "renamed-from", "rule",
        "soft-delete", "sortable", "unique-within", "users",
    ];

    /// <summary>The tags of <paramref name="comments"/>, in the order of the text.</summary>
    public ImmutableArray<SmartTag> Read(IEnumerable<SqlComment> comments)
    {
        ImmutableArray<SmartTag>.Builder? tags = null;
        foreach (var comment in comments)
        {
            if (!comment.Text.Contains('@', StringComparison.Ordinal))
            {
                continue;
            }

            var line = 0;
            foreach (var text in comment.Text.AsSpan().EnumerateLines())
            {
                if (ReadLine(text, comment.Span, line) is { } tag)
                {
                    (tags ??= ImmutableArray.CreateBuilder<SmartTag>()).Add(tag);
                }

                line++;
            }
        }

        return tags?.ToImmutable() ?? [];
    }

    private SmartTag? ReadLine(ReadOnlySpan<char> text, SourceSpan comment, int line)
    {
        var start = text.Length - text.TrimStart(" \t*-").Length;
        var rest = text[start..].TrimEnd();
        if (rest.Length < 2 || rest[0] != '@' || !char.IsAsciiLetter(rest[1]))
        {
            return null;
        }

        var end = 1;
        while (end < rest.Length && (char.IsAsciiLetterOrDigit(rest[end]) || rest[end] is '-' or '_'))
        {
            end++;
        }

        // What runs on behind the word is no tag but part of a word, such as a handle with a dot.
        if (end < rest.Length && !char.IsWhiteSpace(rest[end]) && rest[end] is not ('(' or ':'))
        {
            return null;
        }

        var name = rest[1..end].ToString().ToLowerInvariant();
        var argument = rest[end..].TrimStart();
        var span = comment with
        {
            Line = comment.Line + line,
            Column = (line == 0 ? comment.Column : 1) + start,
        };
        if (!Known.Contains(name))
        {
            diagnostics.Report(ModelDiagnostics.UnknownTag, span, name, Suggest(name));
        }

        var tag = new SmartTag(name, argument.ToString(), positions.Of(span));
        return argument.IsEmpty ? tag : tag with { ArgumentColumn = span.Column + rest.Length - argument.Length };
    }

    private static string Suggest(string name) =>
        Suggestion.Nearest(name, Known) is { } nearest ? $" Did you mean '@{nearest}'?" : "";
}

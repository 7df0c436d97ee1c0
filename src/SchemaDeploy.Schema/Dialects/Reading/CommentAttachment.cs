using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>
/// Finds the comments that stand with a table or a column: on the lines directly above it, inside it, and behind it on
/// its last line.
/// </summary>
internal sealed class CommentAttachment(SqlLexer lexer)
{
    private readonly SourceText _source = lexer.Source;
    private readonly TextCursor _cursor = new(lexer.Source.Text);

    /// <summary>The comments of the stretch from <paramref name="start"/> to <paramref name="end"/>.</summary>
    /// <param name="start">Where the definition begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="previousEnd">Where that which stands before it ends: no comment above that is its own.</param>
    /// <param name="nextStart">Where that which stands behind it begins: no comment below that is its own.</param>
    public ImmutableArray<SqlComment> Around(int start, int end, int previousEnd, int nextStart)
    {
        var found = new List<SourceComment>();
        AddAbove(found, start, previousEnd);
        AddBetween(found, start, end);
        AddBehind(found, end, nextStart);
        return ToComments(found);
    }

    /// <summary>The comments directly above <paramref name="start"/>.</summary>
    public ImmutableArray<SqlComment> Above(int start, int previousEnd)
    {
        var found = new List<SourceComment>();
        AddAbove(found, start, previousEnd);
        return ToComments(found);
    }

    /// <summary>The comments behind <paramref name="end"/> on its line.</summary>
    public ImmutableArray<SqlComment> Behind(int end, int nextStart)
    {
        var found = new List<SourceComment>();
        AddBehind(found, end, nextStart);
        return ToComments(found);
    }

    private void AddAbove(List<SourceComment> found, int start, int previousEnd)
    {
        var line = LineOf(start);
        var i = FirstFrom(start) - 1;
        for (; i >= 0 && lexer.Comments[i].Start >= previousEnd; i--)
        {
            var comment = lexer.Comments[i];
            if (!_cursor.IsFirstOnLine(comment.Start) || LineOf(comment.End) < line - 1)
            {
                break;
            }

            line = LineOf(comment.Start);
            found.Add(comment);
        }

        found.Reverse();
    }

    private void AddBetween(List<SourceComment> found, int start, int end)
    {
        for (var i = FirstFrom(start); i < lexer.Comments.Count && lexer.Comments[i].Start < end; i++)
        {
            found.Add(lexer.Comments[i]);
        }
    }

    private void AddBehind(List<SourceComment> found, int end, int nextStart)
    {
        var line = LineOf(end);
        for (var i = FirstFrom(end); i < lexer.Comments.Count; i++)
        {
            var comment = lexer.Comments[i];
            if (comment.Start >= nextStart || LineOf(comment.Start) != line)
            {
                break;
            }

            found.Add(comment);
        }
    }

    private int FirstFrom(int offset)
    {
        var (low, high) = (0, lexer.Comments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (lexer.Comments[middle].Start < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int LineOf(int offset) => _source.Position(offset).Line;

    private ImmutableArray<SqlComment> ToComments(List<SourceComment> found) =>
        [.. found.Select(ToComment).Where(comment => comment.Text.Length > 0)];

    private SqlComment ToComment(SourceComment comment)
    {
        var (start, end) = (comment.TextStart, comment.TextEnd);
        while (start < end && char.IsWhiteSpace(_source.Text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(_source.Text[end - 1]))
        {
            end--;
        }

        return new SqlComment(_source.Text[start..end], _source.Span(start, end - start));
    }
}

using System.Collections.Immutable;
using SchemaDeploy.Schema.Script;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Finds the comments that stand with a table or column: on the lines directly above, or behind it on its last line.</summary>
internal sealed class CommentFinder(ConversionContext context)
{
    /// <summary>The comments on the lines directly above a fragment, in order.</summary>
    public ImmutableArray<SqlComment> Above(Dom.TSqlFragment fragment)
    {
        var tokens = fragment.ScriptTokenStream;
        var found = new List<SqlComment>();
        var pending = new List<SqlComment>();
        var newLines = 0;
        var index = fragment.FirstTokenIndex - 1;
        var allowComma = true;
        for (; index >= 0; index--)
        {
            var token = tokens[index];
            if (token.TokenType == Dom.TSqlTokenType.WhiteSpace)
            {
                // A line break comes as a token of its own; the second in a row makes a blank line.
                var breaks = token.Text.Count(c => c == '\n');
                newLines += breaks;
                if (breaks > 0)
                {
                    found.AddRange(pending);
                    pending.Clear();
                }

                if (newLines > 1)
                {
                    break;
                }
            }
            else if (IsComment(token))
            {
                // On the fragment's own line a comment counts only once its own line proves to hold nothing before it.
                pending.Add(Convert(token));
                newLines = token.Text.EndsWith('\n') ? 1 : 0;
                allowComma = false;
            }
            else if (allowComma && newLines == 0 && token.TokenType == Dom.TSqlTokenType.Comma)
            {
                allowComma = false;
            }
            else
            {
                // What stands before a comment on its line has that comment, not we.
                pending.Clear();
                break;
            }
        }

        if (index < 0)
        {
            found.AddRange(pending);
        }

        found.Reverse();
        return [.. found];
    }

    /// <summary>The comments behind a fragment, and behind the comma that follows it, on its last line.</summary>
    public ImmutableArray<SqlComment> Behind(Dom.TSqlFragment fragment) => BehindToken(fragment.ScriptTokenStream, fragment.LastTokenIndex);

    /// <summary>The comments behind the parenthesis that opens a table's definition, on its line.</summary>
    public ImmutableArray<SqlComment> BehindOpening(Dom.TSqlFragment statement, Dom.TSqlFragment definition)
    {
        var tokens = statement.ScriptTokenStream;
        for (var index = definition.FirstTokenIndex; index >= statement.FirstTokenIndex; index--)
        {
            if (tokens[index].TokenType == Dom.TSqlTokenType.LeftParenthesis)
            {
                return BehindToken(tokens, index);
            }
        }

        return [];
    }

    private ImmutableArray<SqlComment> BehindToken(IList<Dom.TSqlParserToken> tokens, int last)
    {
        var found = ImmutableArray.CreateBuilder<SqlComment>();
        var allowComma = true;
        for (var index = last + 1; index < tokens.Count; index++)
        {
            var token = tokens[index];
            if (IsComment(token))
            {
                found.Add(Convert(token));
                if (token.TokenType == Dom.TSqlTokenType.SingleLineComment || token.Text.Contains('\n', StringComparison.Ordinal))
                {
                    break;
                }
            }
            else if (allowComma && token.TokenType is Dom.TSqlTokenType.Comma or Dom.TSqlTokenType.Semicolon)
            {
                allowComma = false;
            }
            else if (token.TokenType != Dom.TSqlTokenType.WhiteSpace)
            {
                // A comment between two columns of one line stands with the first only where a comma closes it off.
                return token.TokenType == Dom.TSqlTokenType.RightParenthesis || !allowComma ? found.ToImmutable() : [];
            }
            else if (token.Text.Contains('\n', StringComparison.Ordinal))
            {
                break;
            }
        }

        return found.ToImmutable();
    }

    private static bool IsComment(Dom.TSqlParserToken token) =>
        token.TokenType is Dom.TSqlTokenType.SingleLineComment or Dom.TSqlTokenType.MultilineComment;

    private SqlComment Convert(Dom.TSqlParserToken token)
    {
        var text = token.Text.AsSpan(2);
        if (token.TokenType == Dom.TSqlTokenType.MultilineComment && text.EndsWith("*/", StringComparison.Ordinal))
        {
            text = text[..^2];
        }

        var leading = text.Length - text.TrimStart().Length;
        var trimmed = text.Trim();
        return new SqlComment(trimmed.ToString(), context.Span(token.Offset + 2 + leading, trimmed.Length));
    }
}

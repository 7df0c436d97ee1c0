using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Finds the name in the head of a view, whose body is not read.</summary>
internal static class ViewName
{
    /// <summary>The name behind the word VIEW in <paramref name="text"/>, or null where there is none.</summary>
    public static ObjectName? Find(string text, SourceSpan span)
    {
        var scanner = new TSqlScanner(text);
        var token = scanner.Next();
        while (!(token.Kind == TSqlTokenKind.Word && text.AsSpan(token.Start, token.End - token.Start).Equals("VIEW", StringComparison.OrdinalIgnoreCase)))
        {
            if (token.Kind == TSqlTokenKind.End)
            {
                return null;
            }

            token = scanner.Next();
        }

        var start = token = scanner.Next();
        var end = token.Start;
        while (token.Kind is TSqlTokenKind.Word or TSqlTokenKind.QuotedName)
        {
            end = token.End;
            if (scanner.Next() is not { Kind: TSqlTokenKind.Symbol } dot || text[dot.Start] != '.')
            {
                break;
            }

            token = scanner.Next();
        }

        return end == start.Start
            ? null
            : QuotedNameParts.Split(text[start.Start..end]) switch
            {
                [var name] => new ObjectName(null, name, span),
                [.., var schema, var name] => new ObjectName(schema, name, span),
                _ => null,
            };
    }
}

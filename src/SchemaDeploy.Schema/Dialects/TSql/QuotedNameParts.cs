using System.Collections.Immutable;
using System.Text;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Splits a name given as text, such as <c>[dbo].[My Table].Column</c>.</summary>
internal static class QuotedNameParts
{
    /// <summary>The parts without their quotes; at least one.</summary>
    public static ImmutableArray<string> Split(string name)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        var part = new StringBuilder();
        char? close = null;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (close is { } mark)
            {
                if (c != mark)
                {
                    part.Append(c);
                }
                else if (i + 1 < name.Length && name[i + 1] == mark)
                {
                    part.Append(c);
                    i++;
                }
                else
                {
                    close = null;
                }
            }
            else if (c == '.')
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else if (c is '[' or '"' && part.ToString().Trim().Length == 0)
            {
                part.Clear();
                close = c == '[' ? ']' : '"';
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString().Trim());
        return parts.ToImmutable();
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Diagrams;

/// <summary>Writes a model as an entity-relationship diagram in Mermaid's language.</summary>
public static partial class MermaidDiagram
{
    /// <summary>The diagram's text, with line feeds.</summary>
    public static string Write(DatabaseModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var text = new StringBuilder("erDiagram\n");
        foreach (var table in model.Tables)
        {
            WriteTable(text, table);
        }

        foreach (var relationship in Relationship.AllOf(model))
        {
            if (relationship.Parent is { } parent)
            {
                WriteRelationship(text, model.Tables[parent], model.Tables[relationship.Child], relationship);
            }
        }

        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, Table table)
    {
        var primary = table.PrimaryKey?.Columns.ToHashSet(StringComparer.Ordinal) ?? [];
        var foreign = table.ForeignKeys.SelectMany(key => key.Columns).ToHashSet(StringComparer.Ordinal);
        // A column of a longer unique key is not unique by itself.
        var unique = table.UniqueKeys.Where(key => key.Columns.Length == 1).Select(key => key.Columns[0]).ToHashSet(StringComparer.Ordinal);

        text.Append("  ").Append(Quote(FullName(table))).Append(" {\n");
        foreach (var column in table.Columns)
        {
            var name = Word(column.Name);
            text.Append("    ").Append(Word(TypeLabel.Of(column))).Append(' ').Append(name);

            var separator = " ";
            AppendKey("PK", primary);
            AppendKey("FK", foreign);
            AppendKey("UK", unique);

            // Mermaid's attribute names are single words, so another name is told in the comment.
            var comment = name == column.Name ? column.Comment : $"{column.Name}: {column.Comment}".TrimEnd(' ', ':');
            if (!string.IsNullOrWhiteSpace(comment))
            {
                text.Append(' ').Append(Quote(comment));
            }

            text.Append('\n');

            void AppendKey(string mark, HashSet<string> columns)
            {
                if (columns.Contains(column.Name))
                {
                    text.Append(separator).Append(mark);
                    separator = ", ";
                }
            }
        }

        text.Append("  }\n");
    }

    private static void WriteRelationship(StringBuilder text, Table parent, Table child, Relationship relationship) => text
        .Append("  ").Append(Quote(FullName(parent))).Append(' ')
        .Append(relationship.Optional ? "|o" : "||")
        .Append(relationship.Identifying ? "--" : "..")
        .Append(relationship.Unique ? "o|" : "o{")
        .Append(' ').Append(Quote(FullName(child)))
        .Append(" : ").Append(Quote(string.Join(", ", relationship.ForeignKey.Columns)))
        .Append('\n');

    private static string FullName(Table table) => table.Schema is null ? table.Name : $"{table.Schema}.{table.Name}";

    /// <summary>
    /// Text in double quotes. Mermaid has no escape inside them, but decodes <c>#code;</c> when it draws; everything that
    /// its lexer or its comment and directive patterns could take for syntax is written so.
    /// </summary>
    private static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var character in Space().Replace(value, " ").Trim())
        {
            if (char.IsAsciiLetterOrDigit(character) || character > '\u009F' || " _-.,()'/+*=!?@".Contains(character, StringComparison.Ordinal))
            {
                quoted.Append(character);
            }
            else if (!char.IsControl(character))
            {
                quoted.Append('#').Append(((int)character).ToString(CultureInfo.InvariantCulture)).Append(';');
            }
        }

        if (quoted.Length == 1)
        {
            quoted.Append('_');
        }

        // The lexer looks for "direction LR" and its like anywhere in a line, quoted or not.
        return Direction().Replace(quoted.Append('"').ToString(), "$1#32;$2");
    }

    /// <summary>A type or attribute name: one word of the characters that Mermaid allows there.</summary>
    private static string Word(string value)
    {
        var word = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            var isAllowed = char.IsAsciiLetterOrDigit(character) || character is >= '\u00C0' and <= '\uFFFF'
                || "_-.,()[]".Contains(character, StringComparison.Ordinal);
            // Most types with a comma have a blank behind it as well.
            if (isAllowed && !char.IsWhiteSpace(character))
            {
                word.Append(character);
            }
            else if (word.Length > 0 && word[^1] is not ('_' or ','))
            {
                word.Append('_');
            }
        }

        var startsPlainly = word.Length > 0 && (char.IsAsciiLetter(word[0]) || word[0] is '_' or >= '\u00C0');
        if (!startsPlainly || KeyMark().IsMatch(word.ToString()))
        {
            word.Insert(0, '_');
        }

        return word.ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(direction)\s+(TB|BT|LR|RL)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Direction();

    /// <summary>What the lexer takes for a key mark although it is, or begins, a name.</summary>
    [GeneratedRegex(@"^(PK|FK|UK)(?![A-Za-z0-9_])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyMark();
}

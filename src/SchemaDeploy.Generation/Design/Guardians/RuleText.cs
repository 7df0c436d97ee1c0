using System.Collections.Immutable;
using SchemaDeploy.Schema.Compilation;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>The parts of a rule: <c>create, update: quantity &lt; 10 : "Too many."</c></summary>
/// <param name="Operations">The writes that it names; none where it names none.</param>
/// <param name="Expression">The condition.</param>
/// <param name="Offset">Where the condition begins in the argument.</param>
/// <param name="Message">The message; null where there is none.</param>
internal sealed record RuleText(RuleOperations Operations, string Expression, int Offset, string? Message)
{
    private const int MaximumLength = 4000;

    private static readonly ImmutableArray<string> s_operations = ["create", "update", "delete"];

    /// <summary>Takes the argument of a @rule tag apart.</summary>
    /// <exception cref="RuleError">It is no rule.</exception>
    public static RuleText Read(string argument)
    {
        if (argument.Length > MaximumLength)
        {
            throw Error(MaximumLength, $"it is longer than {MaximumLength} characters");
        }

        var parts = Split(argument);
        var operations = RuleOperations.None;
        if (parts.Count > 1 && IsList(parts[0].Text) && !(parts.Count == 2 && IsQuoted(parts[1].Text)))
        {
            operations = ReadOperations(parts[0]);
            parts.RemoveAt(0);
        }

        var (expression, offset) = parts[0];
        if (expression.Length == 0)
        {
            throw Error(offset, "a condition must follow, as in 'quantity between 1 and 100 : \"message\"'");
        }

        if (parts.Count > 2)
        {
            throw Error(parts[2].Offset, "nothing can follow the message");
        }

        return new RuleText(operations, expression, offset, parts.Count == 2 ? ReadMessage(parts[1]) : null);
    }

    // At the colons that stand outside of quotes.
    private static List<Part> Split(string argument)
    {
        var parts = new List<Part>();
        var start = 0;
        char? quote = null;
        for (var i = 0; i <= argument.Length; i++)
        {
            if (i == argument.Length || (quote is null && argument[i] == ':'))
            {
                var text = argument[start..i];
                parts.Add(new Part(text.Trim(), start + text.Length - text.TrimStart().Length));
                start = i + 1;
            }
            else if (quote is null && argument[i] is '"' or '\'')
            {
                quote = argument[i];
            }
            else if (argument[i] == quote)
            {
                quote = null;
            }
        }

        return parts;
    }

    private static bool IsList(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetter(c) || c is ',' or ' ');

    private static bool IsQuoted(string text) => text.Length > 0 && text[0] is '"' or '\'';

    private static RuleOperations ReadOperations(Part part)
    {
        var operations = RuleOperations.None;
        foreach (var word in part.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            operations |= word.ToLowerInvariant() switch
            {
                "create" => RuleOperations.Create,
                "update" => RuleOperations.Update,
                "delete" => RuleOperations.Delete,
                _ => throw Error(
                    part.Offset + part.Text.IndexOf(word, StringComparison.Ordinal),
                    $"'{word}' is none of create, update and delete.{Suggestion.For(word, s_operations)} The message behind a colon stands in double quotes"),
            };
        }

        return operations;
    }

    private static string ReadMessage(Part part)
    {
        var text = part.Text;
        if (!IsQuoted(text))
        {
            throw Error(part.Offset, "the message behind the colon stands in double quotes");
        }

        var quote = text[0];
        var content = text[1..].Replace($"{quote}{quote}", "\0", StringComparison.Ordinal);
        var end = content.IndexOf(quote, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error(part.Offset, $"the message is never closed: {quote} is missing");
        }

        var message = content[..end].Replace('\0', quote).Trim();
        var rest = content[(end + 1)..].TrimStart();
        if (rest.Length > 0)
        {
            throw Error(part.Offset + text.Length - rest.Length, "nothing can follow the message");
        }

        return message.Length > 0 ? message : throw Error(part.Offset, "the message is empty");
    }

    private static RuleError Error(int offset, string reason) => new(GuardianDiagnostics.RuleSyntax, offset, reason);

    private readonly record struct Part(string Text, int Offset);
}

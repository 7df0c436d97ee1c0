using System.Globalization;
using System.Text;
using System.Text.Json;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Guardians;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>Writes the rules that writes are judged by into the descriptions of requests.</summary>
internal static class RuleDescriptions
{
    /// <summary>Writes the description of a request that does <paramref name="operation"/>, where there is something to tell.</summary>
    public static void Write(Utf8JsonWriter writer, Resource resource, RuleOperations operation)
    {
        var text = new StringBuilder();
        foreach (var rule in resource.GuardianRules.Where(rule => rule.Operations.HasFlag(operation)))
        {
            text.Append(text.Length == 0 ? "Rules:" : "").Append("\n- ").Append(rule.Message);
            if (rule.IsPublic)
            {
                text.Append(CultureInfo.InvariantCulture, $" (`{rule.Expression}`)");
            }
        }

        if (operation == RuleOperations.Create)
        {
            foreach (var window in resource.DuplicateWindows)
            {
                text.Append(text.Length == 0 ? "" : "\n\n").Append(CultureInfo.InvariantCulture, $"The same {Names(window)} within {window.LengthText} is taken for a duplicate.");
            }
        }

        if (text.Length > 0)
        {
            writer.WriteString("description", text.ToString());
        }
    }

    private static string Names(DuplicateWindow window) =>
        string.Join(", ", window.Properties.Where(property => property.InResponse).Select(property => $"`{property.JsonName}`"));
}

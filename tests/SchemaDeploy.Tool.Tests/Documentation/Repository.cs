using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Tool.Tests.Documentation;

/// <summary>The files of this repository.</summary>
internal static partial class Repository
{
    /// <summary>The folder that holds SchemaSdk.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The text of a file.</summary>
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");

    /// <summary>The rows of all tables of a page whose first column has the heading: cells by their headings.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> RowsOf(string page, string heading)
    {
        var rows = new List<IReadOnlyDictionary<string, string>>();
        string[]? headings = null;
        foreach (var line in page.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                headings = null;
            }
            else if (headings is null)
            {
                headings = CellsOf(line);
            }
            else if (headings[0] == heading && !line.StartsWith("|---", StringComparison.Ordinal))
            {
                rows.Add(headings.Zip(CellsOf(line)).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal));
            }
        }

        return rows;
    }

    /// <summary>What stands in backticks.</summary>
    public static IEnumerable<string> CodeIn(string text) => CodePattern().Matches(text).Select(match => match.Groups[1].Value);

    private static string[] CellsOf(string line) => [.. line.Trim('|', ' ').Split(" |").Select(cell => cell.Trim('|', ' '))];

    private static string FindRoot([CallerFilePath] string source = "") => Path.GetFullPath("../../..", Path.GetDirectoryName(source)!);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodePattern();
}

using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Tests.Documentation;

/// <summary>docs/diagnostics.md has every message that the code can give, in the code's words; UPDATE_GOLDEN=1 writes it anew.</summary>
public sealed partial class DiagnosticsPageTests
{
    private static readonly ImmutableArray<(char Digit, string Title)> s_parts =
    [
        ('1', "Reading the schema"),
        ('2', "The tables and their rows"),
        ('3', "The design of the API"),
        ('4', "Deployment"),
        ('5', "The project"),
    ];

    private static readonly string s_root = Root();
    private static readonly string s_page = Path.Combine(s_root, "docs", "diagnostics.md");

    [Fact]
    public void The_page_says_of_every_message_what_the_code_says()
    {
        var expected = Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(s_page, expected);
        }

        Assert.Equal(expected, File.ReadAllText(s_page).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_code_has_one_meaning() =>
        Assert.Empty(Kinds().GroupBy(kind => kind.Code).Where(group => group.DistinctBy(kind => kind.Cause).Count() > 1 && group.All(kind => kind.IsOfTool)).Select(group => group.Key));

    [Fact]
    public void The_page_of_migrations_has_every_message_of_the_application()
    {
        var page = File.ReadAllText(Path.Combine(s_root, "docs", "migrations.md")) + File.ReadAllText(Path.Combine(s_root, "docs", "seed-data.md"));

        var codes = Directory.EnumerateFiles(Path.Combine(s_root, "src", "SchemaDeploy.AspNetCore"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => CodePattern().Matches(File.ReadAllText(file)).Select(match => match.Value)).Distinct().Order();

        Assert.All(codes, code => Assert.Contains(code, page, StringComparison.Ordinal));
    }

    private static string Write()
    {
        var page = new StringBuilder("""
            # Diagnostics

            Every message has a code, and its place in the schema file where there is one. Those of the build are here; what
            `dotnet App.dll migrate` says (SD4101 to SD4109) stands in [migrations](migrations.md).

            A warning says that something of the schema is not carried over. `<NoWarn>$(NoWarn);SD3001</NoWarn>` silences a
            code, `<WarningsAsErrors>` makes it an error. `…` stands for names and values of yours.

            """);
        foreach (var (digit, title) in s_parts)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
            foreach (var kind in Kinds().Where(kind => kind.Code[2] == digit).GroupBy(kind => kind.Code).Select(group => group.First()).OrderBy(kind => kind.Code, StringComparer.Ordinal))
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {kind.Code}\n\n*{kind.Severity}.* {kind.Title}\n\n{kind.Cause} **{kind.Cure}**\n");
            }
        }

        return page.ToString();
    }

    // Those of the tool and its libraries, and those of the SDK's targets, which are XML.
    private static IEnumerable<Kind> Kinds() =>
        new[] { typeof(ProjectDiagnostics).Assembly }
            .Concat(typeof(ProjectDiagnostics).Assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("SchemaDeploy.", StringComparison.Ordinal)).Select(Assembly.Load))
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .Select(descriptor => new Kind(descriptor.Code, $"{descriptor.Severity}", Plain(descriptor.Message), Escaped(descriptor.Cause), Escaped(descriptor.Cure), IsOfTool: true))
            .Concat(File.ReadLines(Path.Combine(s_root, "sdk", "SchemaDeploy.Sdk", "diagnostics.tsv")).Skip(1)
                .Select(line => line.Split('\t'))
                .Select(cells => new Kind(cells[0], cells[1], cells[2] + ".", Escaped(cells[3]), Escaped(cells[4]), IsOfTool: false)));

    // A composite format as a reader takes it: {0} is something of theirs.
    private static string Plain(string message) => Escaped(PlaceholderPattern().Replace(message, "…").Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal));

    private static string Escaped(string text) => MarkupPattern().Replace(text, @"\$0");

    private static string Root([CallerFilePath] string source = "") => Path.GetFullPath("../../..", Path.GetDirectoryName(source)!);

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex("[<>*_`|]")]
    private static partial Regex MarkupPattern();

    [GeneratedRegex(@"\bSD\d{4}\b")]
    private static partial Regex CodePattern();

    private sealed record Kind(string Code, string Severity, string Title, string Cause, string Cure, bool IsOfTool);
}

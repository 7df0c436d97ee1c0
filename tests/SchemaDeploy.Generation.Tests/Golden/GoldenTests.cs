using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SchemaDeploy.Generation.Clients;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Tests.Golden;

/// <summary>
/// Each folder here holds a schema.model.json beside all that is generated from it, the tests and the clients included, so that a change of a template
/// shows as a change of code. UPDATE_GOLDEN=1 writes it anew.
/// </summary>
public sealed class GoldenTests
{
    // The document itself is on one line.
    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Clients of other schemas differ from it in names and types alone.
    private const string ClientCase = "names";

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Root()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_gives_the_application_that_is_recorded(string name)
    {
        var folder = Path.Combine(Root(), name);
        var output = Path.Combine(folder, "output");
        var actual = Generate(folder, name);

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Write(output, actual);
        }

        var recorded = Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(output, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
        Assert.Equal(recorded, actual.Keys);
        Assert.All(actual, file => Assert.Equal(File.ReadAllText(Path.Combine(output, file.Key)).ReplaceLineEndings("\n"), file.Value));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_model_gives_the_same_application_again(string name) =>
        Assert.Equal(Generate(Path.Combine(Root(), name), name), Generate(Path.Combine(Root(), name), name));

    // The page of the diagram has tests of its own and is mostly script.
    private static SortedDictionary<string, string> Generate(string folder, string name)
    {
        var model = DatabaseModelJson.Read(File.ReadAllBytes(Path.Combine(folder, "schema.model.json")));
        var bag = new DiagnosticBag();
        using var openApi = new MemoryStream();
        var options = new DesignOptions { Namespace = "Golden", Title = name, AllowUnindexed = true, Apis = [ApiKind.Rest, ApiKind.GraphQL] };
        List<CodeFile> files = [.. ApplicationGenerator.Generate(model, options, null, openApi, bag)];
        files.Add(new CodeFile("openapi.json", Encoding.UTF8.GetString(openApi.ToArray())));
        files.AddRange(TestGenerator.Generate(model, options, "Golden.Tests", null, bag).Select(file => file with { Path = file.Path.Replace("generated/", "tests/", StringComparison.Ordinal) }));
        if (name == ClientCase)
        {
            files.AddRange(Enum.GetValues<ClientLanguage>().SelectMany(language => ClientGenerator.Generate(model, options, language, "Golden.Client", null, bag)
                .Select(file => file with { Path = $"client/{language.ToString().ToLowerInvariant()}/{file.Path}" })));
        }

        Assert.False(bag.HasErrors, string.Join('\n', bag.ToImmutable()));
        return new SortedDictionary<string, string>(
            files.Where(file => file.Path != "schema.html").ToDictionary(file => file.Path, TextOf), StringComparer.Ordinal);
    }

    // Documents are one line, which nobody could compare.
    private static string TextOf(CodeFile file) =>
        file.Path is "openapi.json" or "pages.json" ? JsonNode.Parse(file.Text)!.ToJsonString(s_indented) : file.Text;

    private static void Write(string output, SortedDictionary<string, string> files)
    {
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        foreach (var (path, text) in files)
        {
            var target = Path.Combine(output, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

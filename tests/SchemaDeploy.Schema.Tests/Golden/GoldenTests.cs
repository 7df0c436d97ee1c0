using System.Runtime.CompilerServices;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Golden;

/// <summary>
/// Each folder here, named by its dialect first, holds a schema.sql beside what comes of it: model.json, and diagnostics.txt where there is
/// something to say. UPDATE_GOLDEN=1 writes them anew.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Root()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_schema_gives_what_is_recorded(string name)
    {
        var folder = Path.Combine(Root(), name);
        var bag = new DiagnosticBag();
        var text = new SourceText("schema.sql", File.ReadAllText(Path.Combine(folder, "schema.sql")));

        var dialect = Enum.Parse<SchemaDialect>(name.Split('-')[0], ignoreCase: true);

        var model = Compile(text, dialect, bag);

        var diagnostics = string.Concat(bag.ToImmutable().Select(d => $"{d}\n"));
        Check(Path.Combine(folder, "model.json"), model is null ? null : DatabaseModelJson.ToText(model));
        Check(Path.Combine(folder, "diagnostics.txt"), diagnostics.Length == 0 ? null : diagnostics);
    }

    private static DatabaseModel? Compile(SourceText text, SchemaDialect dialect, DiagnosticBag bag)
    {
        var script = SchemaScriptReader.Read([text], dialect, bag);
        if (script is null || bag.HasErrors)
        {
            return null;
        }

        using var result = SchemaCompiler.Compile(script, Environment.CurrentDirectory, bag);
        return result?.AwaitVerdict(bag) == true ? result.Model : null;
    }

    private static void Check(string path, string? actual)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.Delete(path);
            if (actual is not null)
            {
                File.WriteAllText(path, actual);
            }
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : null, actual);
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Schema.Tests.Compilation;

/// <summary>Published schemas are sound, in our eyes and in DacFx's.</summary>
public sealed class CorpusTests
{
    [Theory]
    [InlineData("mysql")]
    [InlineData("tsql")]
    [InlineData("postgres")]
    public void Published_schemas_compile(string dialect)
    {
        Assert.Multiple([.. Corpus.FilesOf(dialect).Select(file => (Action)(() => AssertCompiles(file)))]);
    }

    private static void AssertCompiles(CorpusFile file)
    {
        var bag = new DiagnosticBag();
        var script = SchemaScriptReader.Read([new SourceText(file.Name, file.Text)], null, bag);
        using var result = script is null ? null : SchemaCompiler.Compile(script, Environment.CurrentDirectory, bag);
        result?.AwaitVerdict(bag);

        Assert.DoesNotContain(bag.ToImmutable(), d => d.Severity == DiagnosticSeverity.Error);
        var json = DatabaseModelJson.Write(result!.Model);
        Assert.Equal(json, DatabaseModelJson.Write(DatabaseModelJson.Read(json)));
    }
}

using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>tests: from the model that an application was compiled to, to the code of its tests in the output folder.</summary>
internal sealed class TestsVerb() : ModelVerb("tests-namespace")
{
    protected override IEnumerable<CodeFile> Generate(
        DatabaseModel database, DesignOptions design, CommandLine line, string? templates, DiagnosticBag diagnostics) =>
        TestGenerator.Generate(database, design, line.Last("tests-namespace") ?? $"{design.Namespace}.Tests", templates, diagnostics);
}

using SchemaDeploy.Generation.Clients;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>client: from the model that an application was compiled to, to a client of its API in the output folder.</summary>
internal sealed class ClientVerb() : ModelVerb("client-namespace", "language")
{
    protected override IEnumerable<CodeFile> Generate(
        DatabaseModel database, DesignOptions design, CommandLine line, string? templates, DiagnosticBag diagnostics) =>
        NamedValues.Parse<ClientLanguage>(ProjectDiagnostics.UnknownClientLanguage, line.Last("language") ?? "TypeScript", [], diagnostics) is { } language
            ? ClientGenerator.Generate(database, design, language, line.Last("client-namespace") ?? $"{design.Namespace}.Client", templates, diagnostics)
            : [];
}

using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Generation.Rendering.Views.Clients;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Clients;

/// <summary>Prints clients of the application that a database gives.</summary>
public static class ClientGenerator
{
    /// <summary>Every file of a client, in a stable order, printed as they are asked for.</summary>
    /// <param name="database">The database.</param>
    /// <param name="options">What the application's project says about the API.</param>
    /// <param name="templatesFolder">A folder whose templates take the place of built-in ones of the same name, or null.</param>
    /// <param name="diagnostics">Gets what is wrong with templates of the user's own.</param>
    public static IEnumerable<CodeFile> Generate(DatabaseModel database, DesignOptions options, string? templatesFolder, DiagnosticBag diagnostics)
    {
        // What the design has to say about the schema was said when the application was compiled.
        var model = ClientDesigner.Design(ApiDesigner.Design(database, options, new DiagnosticBag()));
        var templates = new TemplateSet(typeof(ClientGenerator).Assembly, templatesFolder, diagnostics);
        var all = new TypeScriptView(model);
        yield return new CodeFile("client.ts", templates.Render("TypeScriptClient.sbn", all));
        if (all.HasEnums)
        {
            yield return new CodeFile("enums.ts", templates.Render("TypeScriptEnums.sbn", all));
        }

        yield return new CodeFile("index.ts", templates.Render("TypeScriptIndex.sbn", all));
        foreach (var resource in model.Resources)
        {
            yield return new CodeFile($"{resource.File}.ts", templates.Render("TypeScriptResource.sbn", new TypeScriptResourceView(model, resource)));
        }
    }
}

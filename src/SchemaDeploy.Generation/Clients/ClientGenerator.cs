using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Generation.Rendering.Views;
using SchemaDeploy.Generation.Rendering.Views.Clients;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Clients;

/// <summary>Prints clients of the application that a database gives.</summary>
public static class ClientGenerator
{
    private static readonly (string Template, string Path)[] s_common =
    [
        ("CSharpApiException.sbn", "ApiException.cs"),
        ("CSharpConnection.sbn", "Connection.cs"),
        ("CSharpPage.sbn", "Page.cs"),
        ("CSharpQueries.sbn", "Queries.cs"),
        ("CSharpTokens.sbn", "Tokens.cs"),
    ];

    /// <summary>Every file of a client, in a stable order, printed as they are asked for.</summary>
    /// <param name="database">The database.</param>
    /// <param name="options">What the application's project says about the API.</param>
    /// <param name="language">What the client is written in.</param>
    /// <param name="namespace">The namespace of a client in C#.</param>
    /// <param name="templatesFolder">A folder whose templates take the place of built-in ones of the same name, or null.</param>
    /// <param name="diagnostics">Gets what is wrong with templates of the user's own.</param>
    public static IEnumerable<CodeFile> Generate(
        DatabaseModel database, DesignOptions options, ClientLanguage language, string @namespace, string? templatesFolder, DiagnosticBag diagnostics)
    {
        // What the design has to say about the schema was said when the application was compiled.
        var model = ClientDesigner.Design(ApiDesigner.Design(database, options, new DiagnosticBag()), language);
        var templates = new TemplateSet(typeof(ClientGenerator).Assembly, templatesFolder, diagnostics);
        return language == ClientLanguage.CSharp ? CSharp(model, @namespace, templates) : TypeScript(model, templates);
    }

    private static IEnumerable<CodeFile> TypeScript(ClientModel model, TemplateSet templates)
    {
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

    private static IEnumerable<CodeFile> CSharp(ClientModel model, string @namespace, TemplateSet templates)
    {
        var all = new CSharpClientView(model, @namespace);
        foreach (var (template, path) in s_common)
        {
            yield return new CodeFile(path, templates.Render(template, all));
        }

        yield return new CodeFile($"{model.Client}.cs", templates.Render("CSharpClient.sbn", all));
        yield return new CodeFile($"{model.Json}.cs", templates.Render("CSharpJson.sbn", all));
        foreach (var enumeration in model.Enums)
        {
            yield return new CodeFile($"{enumeration.Name}.cs", templates.Render("CSharpEnum.sbn", new EnumView(@namespace, enumeration.Enumeration with { Name = enumeration.Name })));
        }

        foreach (var resource in model.Resources)
        {
            yield return new CodeFile($"{resource.Row}.cs", templates.Render("CSharpResource.sbn", new CSharpResourceView(model, resource, @namespace)));
        }
    }
}

using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Diagrams;
using SchemaDeploy.Generation.GraphQL;
using SchemaDeploy.Generation.OpenApi;
using SchemaDeploy.Generation.Pages;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation;

/// <summary>The stage's entry: everything that the application is made of, from the model of its database.</summary>
public static class ApplicationGenerator
{
    /// <summary>The files, made as they are asked for, with paths relative to the folder of the schema's outputs.</summary>
    /// <param name="model">The database.</param>
    /// <param name="options">What the project says about the API.</param>
    /// <param name="templatesFolder">A folder whose templates take the place of built-in ones of the same name, or null.</param>
    /// <param name="openApi">Gets the OpenAPI document, which for a large schema is longer than all files together.</param>
    /// <param name="diagnostics">Gets what is not carried over, and what is wrong with templates of the user's own.</param>
    public static IEnumerable<CodeFile> Generate(
        DatabaseModel model, DesignOptions options, string? templatesFolder, Stream openApi, DiagnosticBag diagnostics)
    {
        var api = ApiDesigner.Design(model, options, diagnostics);
        OpenApiDocument.Write(api, openApi);
        var schema = api.Graph is { } graph ? [new CodeFile("schema.graphql", SchemaDocument.Write(graph))] : Array.Empty<CodeFile>();
        return CodeGenerator.Generate(api, templatesFolder, diagnostics)
            .Select(file => file with { Path = $"generated/{file.Path}" })
            .Concat(schema)
            .Append(new CodeFile("pages.json", PagesDocument.Write(model, api)))
            .Append(new CodeFile("schema.html", DiagramPage.Write(model, options.Title)))
            .Append(new CodeFile("schema.mmd", MermaidDiagram.Write(model)))
            .Append(new CodeFile("schema.summary", SchemaSummary.Of(model, api)));
    }
}

using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Tests;
using SchemaDeploy.Generation.Rendering.Views;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Rendering;

/// <summary>Prints the tests of the application that a database gives.</summary>
public static class TestGenerator
{
    /// <summary>Every file of the tests, in a stable order, printed as they are asked for; paths are relative to the folder of the project's outputs.</summary>
    /// <param name="database">The database.</param>
    /// <param name="options">What the application's project says about the API.</param>
    /// <param name="namespace">The C# namespace of the tests.</param>
    /// <param name="templatesFolder">A folder whose templates take the place of built-in ones of the same name, or null.</param>
    /// <param name="diagnostics">Gets what is wrong with templates of the user's own.</param>
    public static IEnumerable<CodeFile> Generate(
        DatabaseModel database, DesignOptions options, string @namespace, string? templatesFolder, DiagnosticBag diagnostics)
    {
        // What the design has to say about the schema was said when the application was compiled.
        var model = TestDesigner.Design(ApiDesigner.Design(database, options, new DiagnosticBag()), database, @namespace);
        var templates = new TemplateSet(typeof(TestGenerator).Assembly, templatesFolder, diagnostics);
        var artefacts = new List<(string Template, string Path, Func<object> View)> { ("TestApp.sbn", "TestApp.cs", () => new TestAppView(model)) };
        foreach (var resource in model.Resources)
        {
            var names = resource.Resource.Names;
            if (resource.Row is not null)
            {
                artefacts.Add(("TestRows.sbn", $"Rows/{TestNames.RowsOf(names)}.cs", () => new TestRowsView(model, resource)));
            }

            artefacts.Add(("ResourceTests.sbn", $"{TestNames.TestsOf(names)}.cs", () => new ResourceTestsView(model, resource)));
            if (ServiceTestsView.Has(resource))
            {
                artefacts.Add(("ServiceTests.sbn", $"Services/{TestNames.ServiceTestsOf(names)}.cs", () => new ServiceTestsView(model, resource)));
            }

            if (GraphTestsView.Has(model, resource))
            {
                artefacts.Add(("GraphTests.sbn", $"GraphQL/{TestNames.GraphTestsOf(names)}.cs", () => new GraphTestsView(model, resource)));
            }
        }

        return artefacts
            .AsParallel()
            .AsOrdered()
            .Select(artefact => new CodeFile($"generated/{artefact.Path}", templates.Render(artefact.Template, artefact.View())));
    }
}

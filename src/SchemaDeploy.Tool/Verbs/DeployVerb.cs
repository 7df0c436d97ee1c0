using SchemaDeploy.Deployment;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>deploy: from the model that compile has left to the bundles of the targets.</summary>
internal static class DeployVerb
{
    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var options = DeployOptions.Parse(arguments, diagnostics);
        if (options.Deployment is { } deployment && !diagnostics.HasErrors)
        {
            try
            {
                Write(options, deployment, diagnostics);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Report(DeploymentDiagnostics.BundleUnwritable, SourceSpan.None, exception.Message);
            }
        }

        return new DiagnosticPrinter(Environment.CurrentDirectory, showsInfo: true).Print(diagnostics, output);
    }

    private static void Write(DeployOptions options, DeploymentOptions deployment, DiagnosticBag diagnostics)
    {
        if (ModelFile.Read(options.Model, diagnostics) is not { } model)
        {
            return;
        }

        // What the design has to say about the schema was said when it was compiled.
        var api = ApiDesigner.Design(model, options.Design, new DiagnosticBag());
        var bundles = options.Targets
            .Select(target => (Folder: Path.Combine(deployment.OutputDirectory, DeploymentGenerator.FolderOf(target)),
                Files: DeploymentGenerator.Generate(target, api, deployment, options.Templates, diagnostics),
                ApplicationFolder: DeploymentGenerator.ApplicationFolderOf(target)))
            .ToList();
        if (diagnostics.HasErrors)
        {
            return;
        }

        var written = bundles.SelectMany(bundle => new BundleFolder(bundle.Folder).Write(bundle.Files, diagnostics)).ToList();
        foreach (var (folder, _, application) in bundles)
        {
            if (application is not null && deployment.Application is { } published)
            {
                written.AddRange(published.CopyTo(Path.Combine(folder, application)));
            }
        }

        if (options.List is { } list)
        {
            File.WriteAllLines(list, written);
        }
    }
}

using System.Text.RegularExpressions;
using SchemaDeploy.Deployment;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Pipelines;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Tool.Git;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>pipeline: writes the pipeline that deploys the project to the top of its repository.</summary>
internal static partial class PipelineVerb
{
    private static readonly string[] s_names =
        ["assembly-name", "branch", "build", "dotnet-version", "for", "image", "output", "project", "target", "templates", "version"];

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        try
        {
            Write(CommandLine.Parse(arguments, s_names, diagnostics), diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(DeploymentDiagnostics.BundleUnwritable, SourceSpan.None, exception.Message);
        }

        return new DiagnosticPrinter(Environment.CurrentDirectory, showsInfo: true).Print(diagnostics, output);
    }

    private static void Write(CommandLine line, DiagnosticBag diagnostics)
    {
        var project = Path.GetFullPath(line.Required("project", diagnostics));
        var systems = line.All("for").Select(name => NamedValues.Parse<PipelineSystem>(DeploymentDiagnostics.UnknownPipeline, name, [], diagnostics)).OfType<PipelineSystem>().Distinct().ToList();
        if (Repository.Of(project) is not { } repository)
        {
            diagnostics.Report(DeploymentDiagnostics.NoRepository, SourceSpan.None, project);
            return;
        }

        if (Read(line, project, repository, diagnostics) is not { } options || diagnostics.HasErrors)
        {
            return;
        }

        var templates = line.Last("templates") is { } given ? Path.GetFullPath(given, Path.GetDirectoryName(project)!) : null;
        var pipelines = systems.Select(system => (System: system, Files: PipelineGenerator.Generate(system, options, templates, diagnostics))).ToList();
        if (!diagnostics.HasErrors)
        {
            foreach (var (system, files) in pipelines)
            {
                new BundleFolder(repository, PipelineGenerator.ListOf(system)).Write(files, diagnostics);
            }
        }
    }

    private static PipelineOptions? Read(CommandLine line, string project, string repository, DiagnosticBag diagnostics)
    {
        var directory = Path.GetDirectoryName(project)!;
        var (branch, text) = (line.Required("branch", diagnostics), line.Required("image", diagnostics));
        if (!BranchForm().IsMatch(branch))
        {
            diagnostics.Report(DeploymentDiagnostics.BranchNotUsable, SourceSpan.None, branch);
        }

        var targets = line.All("target").Select(target => NamedValues.Parse<DeployTarget>(DeploymentDiagnostics.UnknownTarget, target, [], diagnostics)).OfType<DeployTarget>().Distinct().Order().ToList();
        if (targets.Count == 0 && !diagnostics.HasErrors)
        {
            diagnostics.Report(DeploymentDiagnostics.NoPipelineTarget, SourceSpan.None);
        }

        if (!ImageName.TryParse(text, line.Last("version") ?? "1.0.0", out var image, out var fault))
        {
            diagnostics.Report(DeploymentDiagnostics.ImageNotUsable, SourceSpan.StartOf(project), text, fault);
            return null;
        }

        return new PipelineOptions
        {
            Project = InRepository(project),
            Build = InRepository(line.Last("build") is { } build ? Path.GetFullPath(build, directory) : Repository.SolutionOf(project, repository) ?? project),
            AssemblyName = line.Required("assembly-name", diagnostics),
            BundlesFolder = InRepository(Path.TrimEndingDirectorySeparator(Path.GetFullPath(line.Required("output", diagnostics), directory))),
            DotNetVersion = line.Required("dotnet-version", diagnostics),
            Branch = branch,
            Targets = [.. targets],
            Image = image,
        };

        string InRepository(string path)
        {
            if (!BuildContext.Has(repository, path))
            {
                diagnostics.Report(DeploymentDiagnostics.NoRepository, SourceSpan.None, path);
            }

            return Path.GetRelativePath(repository, path).Replace('\\', '/');
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]*\z")]
    private static partial Regex BranchForm();
}

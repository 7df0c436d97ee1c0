using System.Collections.Immutable;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Deployment.Cloud;
using SchemaDeploy.Deployment.Serverless;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Pipelines;

/// <summary>The pipeline that builds, tests, compares, scans, pushes and deploys an application.</summary>
public static class PipelineGenerator
{
    /// <summary>The files of the pipeline, with paths relative to the repository; none where it cannot be made.</summary>
    /// <param name="system">What runs it.</param>
    /// <param name="options">What the project says about it.</param>
    /// <param name="templatesFolder">A folder whose templates take the place of built-in ones of the same name, or null.</param>
    /// <param name="diagnostics">Gets what is missing.</param>
    public static IReadOnlyList<BundleFile> Generate(PipelineSystem system, PipelineOptions options, string? templatesFolder, DiagnosticBag diagnostics)
    {
        var registry = options.Targets.All(target => FunctionHost.Of(target) is not null) ? "" : options.Image.Registry;
        if (registry is null)
        {
            diagnostics.Report(DeploymentDiagnostics.NoRegistry, SourceSpan.None, options.Image);
            return [];
        }

        (string Path, string Template, Func<string, string> Quote) form = system switch
        {
            PipelineSystem.GitHub => (".github/workflows/deploy.yml", "pipeline.github.yml.sbn", PipelineText.GitHub),
            PipelineSystem.GitLab => (".gitlab-ci.yml", "pipeline.gitlab.yml.sbn", PipelineText.GitLab),
            _ => throw new ArgumentOutOfRangeException(nameof(system), system, null),
        };
        var view = new PipelineView(options, registry, Jobs(options, form.Quote), form.Quote);
        var templates = new TemplateSet(typeof(PipelineGenerator).Assembly, templatesFolder, diagnostics);
        return [new BundleFile(form.Path, templates.Render(form.Template, view))];
    }

    /// <summary>The list of what the files were when they were generated, relative to the repository.</summary>
    public static string ListOf(PipelineSystem system) => system switch
    {
        PipelineSystem.GitHub => $".github/{HashList.FileName}",
        PipelineSystem.GitLab => $".gitlab/{HashList.FileName}",
        _ => throw new ArgumentOutOfRangeException(nameof(system), system, null),
    };

    // Staging first: production waits for it.
    private static ImmutableArray<PipelineJob> Jobs(PipelineOptions options, Func<string, string> quote)
    {
        var jobs = ImmutableArray.CreateBuilder<PipelineJob>();
        foreach (var target in options.Targets)
        {
            if (SignIn.To(target) is not { } signIn)
            {
                continue;
            }

            var needs = FunctionHost.Of(target) is not null ? "test" : "image";
            foreach (var environment in CloudBundle.Environments.Reverse())
            {
                var folder = $"{options.BundlesFolder}/{DeploymentGenerator.FolderOf(target)}";
                jobs.Add(new PipelineJob(target, environment, needs, folder, signIn, options.AssemblyName, quote));
                needs = needs == "image" ? $"image, {jobs[^1].Name}" : jobs[^1].Name;
            }
        }

        return jobs.ToImmutable();
    }
}

using System.Collections.Immutable;
using System.Text;
using SchemaDeploy.Generation;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Tool.Outputs;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>compile: from schema files, or a model that was made of some, to the model, the package and the generated code in the output folder.</summary>
internal static class CompileVerb
{
    private const string PackageName = "schema.dacpac";

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var options = CompileOptions.Parse(arguments, diagnostics);
        var printer = new DiagnosticPrinter(options.ProjectDirectory, options.ShowsInfo);
        List<string> said = [];
        try
        {
            return diagnostics.HasErrors ? Fail() : Run();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(ProjectDiagnostics.OutputUnwritable, SourceSpan.None, exception.Message);
            return Fail();
        }

        int Run()
        {
            var hash = RunRecord.HashOf(InputOptions(options), InputFiles(options));
            var last = RunRecord.Read(options.OutputDirectory);
            if (last?.IsCurrent(hash, options.OutputDirectory) == true)
            {
                last.Messages.ForEach(output.WriteLine);
                return 0;
            }

            using var outputs = new OutputSet(options.OutputDirectory);
            var isAnnounced = false;
            if (!MakeOutputs(options, outputs, Announce, diagnostics))
            {
                Say();
                if (isAnnounced)
                {
                    // The sources go when the C# compiler is through with them.
                    output.Flush();
                    Console.In.ReadToEnd();
                }

                return 1;
            }

            outputs.Publish();
            outputs.DeleteStale(last?.Outputs ?? []);
            outputs.DeleteAbandoned();
            Say();
            RunRecord.Write(hash, outputs, said);
            return 0;

            void Announce()
            {
                isAnnounced = true;
                outputs.PublishProvisionally();
                Say();
                output.WriteLine(Announcement.SourcesInPlace);
                output.Flush();
            }
        }

        int Fail()
        {
            Say();
            return 1;
        }

        void Say()
        {
            foreach (var line in printer.Lines(diagnostics).Except(said).ToList())
            {
                output.WriteLine(line);
                said.Add(line);
            }
        }
    }

    /// <summary>The stages in their order; false where one of them found an error.</summary>
    private static bool MakeOutputs(CompileOptions options, OutputSet outputs, Action announce, DiagnosticBag diagnostics)
    {
        if (options.Model is { } file)
        {
            if (ModelFile.Read(file, diagnostics) is { } model)
            {
                Generate(model, options, outputs, diagnostics);
            }

            return !diagnostics.HasErrors;
        }

        SchemaCompiler.WarmUp();
        var script = SchemaScriptReader.Read(options.Files, options.Dialect, diagnostics, options.Seed);
        if (script is null || diagnostics.HasErrors)
        {
            return false;
        }

        using var compilation = SchemaCompiler.Compile(script, options.ProjectDirectory, diagnostics);
        if (compilation is null || diagnostics.HasErrors)
        {
            // DacFx's verdict on the tables adds nothing to what is wrong with their rows.
            return false;
        }

        // Written while DacFx is at work; before the verdict it takes its place only for somebody who waits for that.
        if (compilation.Seed is { } seed)
        {
            using var rows = outputs.Create("schema.seed.jsonl");
            SeedDataWriter.Write(seed, rows);
        }

        Generate(compilation.Model, options, outputs, diagnostics);
        outputs.Promise(PackageName);
        if (options.Announces && !diagnostics.HasErrors)
        {
            announce();
        }

        if (!compilation.AwaitVerdict(diagnostics) || diagnostics.HasErrors)
        {
            return false;
        }

        using var package = new MemoryStream();
        compilation.WriteDacpac(package, options.Design.Title);
        outputs.Add(PackageName, package.ToArray());
        return true;
    }

    private static void Generate(DatabaseModel model, CompileOptions options, OutputSet outputs, DiagnosticBag diagnostics)
    {
        outputs.Add("schema.model.json", DatabaseModelJson.Write(model));
        using var openApi = outputs.Create("openapi.json");
        foreach (var file in ApplicationGenerator.Generate(model, options.Design, options.Templates, openApi, diagnostics))
        {
            outputs.Add(file.Path, Encoding.UTF8.GetBytes(file.Text));
        }
    }

    private static IEnumerable<string> InputOptions(CompileOptions options) =>
    [
        $"{options.Dialect}", string.Join(';', options.Design.Databases), options.ProjectDirectory, options.Design.Namespace, options.Design.Title,
        $"{options.Templates}", $"{options.Seed}", string.Join(';', options.Design.Apis), options.Design.RoutePrefix,
        $"{options.Design.AllowUnindexed}", $"{options.ShowsInfo}",
    ];

    private static IEnumerable<string> InputFiles(CompileOptions options) => Directory.Exists(options.Templates)
        ? Sources(options).Concat(Directory.EnumerateFiles(options.Templates, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        : Sources(options);

    private static ImmutableArray<string> Sources(CompileOptions options) => options.Model is { } model ? [model] : options.Files;
}

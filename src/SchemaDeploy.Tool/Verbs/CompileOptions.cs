using System.Collections.Immutable;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>What the project asks of <see cref="CompileVerb"/>.</summary>
internal sealed record CompileOptions
{
    private static readonly string[] s_names =
    [
        "announce", "dialect", "file", "model", "output", "project-directory", "seed", "templates", "verbosity", .. DesignArguments.Names,
    ];

    /// <summary>The schema files, with full paths.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The model to start from in place of the files, or null.</summary>
    public required string? Model { get; init; }

    /// <summary>The dialect, or null to take it from the text.</summary>
    public required SchemaDialect? Dialect { get; init; }

    /// <summary>The API.</summary>
    public required DesignOptions Design { get; init; }

    /// <summary>The project's folder, to which positions in the model are relative.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The folder for the outputs.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The folder of the user's own templates, or null.</summary>
    public required string? Templates { get; init; }

    /// <summary>Whether the rows in the schema files become seed data.</summary>
    public required bool Seed { get; init; }

    /// <summary>
    /// Whether the sources take their places before DacFx's verdict, with <see cref="Announcement.SourcesInPlace"/> to say so. Where it is
    /// against them, they stay until standard input ends: whoever asked for them closes it when they are read.
    /// </summary>
    public required bool Announces { get; init; }

    /// <summary>Whether what is merely good to know is shown.</summary>
    public required bool ShowsInfo { get; init; }

    /// <summary>Reads the arguments behind the verb. Mistakes go to <paramref name="diagnostics"/>.</summary>
    public static CompileOptions Parse(IEnumerable<string> arguments, DiagnosticBag diagnostics)
    {
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var projectDirectory = Path.GetFullPath(line.Last("project-directory") ?? ".");
        var files = line.All("file");
        var model = line.Last("model");
        if (files.Count == 0 && model is null && !diagnostics.HasErrors)
        {
            diagnostics.Report(ProjectDiagnostics.NoSchemaFile, SourceSpan.None);
        }

        return new CompileOptions
        {
            Files = [.. files.Select(f => Path.GetFullPath(f, projectDirectory))],
            Model = model is null ? null : Path.GetFullPath(model, projectDirectory),
            Dialect = NamedValues.Parse<SchemaDialect>(ProjectDiagnostics.UnknownDialect, line.Last("dialect"), ["Auto"], diagnostics),
            Design = DesignArguments.Read(line, "App", diagnostics),
            ProjectDirectory = projectDirectory,
            OutputDirectory = Path.GetFullPath(line.Required("output", diagnostics), projectDirectory),
            Templates = line.Last("templates") is { } templates ? Path.GetFullPath(templates, projectDirectory) : null,
            Seed = IsOn("seed"),
            Announces = IsOn("announce"),
            ShowsInfo = line.Last("verbosity")?.ToLowerInvariant() is "n" or "normal" or "d" or "detailed" or "diag" or "diagnostic",
        };

        bool IsOn(string name) => string.Equals(line.Last(name), "true", StringComparison.OrdinalIgnoreCase);
    }
}

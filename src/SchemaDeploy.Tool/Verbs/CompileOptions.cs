using System.Collections.Immutable;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>The kinds of API that can be generated.</summary>
internal enum ApiKind
{
    Rest,
}

/// <summary>What the project asks of <see cref="CompileVerb"/>.</summary>
internal sealed record CompileOptions
{
    private static readonly string[] s_names =
    [
        "api", "assembly-name", "database", "dialect", "file", "namespace", "output", "project-directory", "route-prefix",
        "templates", "unindexed-queries", "verbosity",
    ];

    /// <summary>The schema files, with full paths.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>The dialect, or null to take it from the text.</summary>
    public required SchemaDialect? Dialect { get; init; }

    /// <summary>The database, or null for the one of the dialect.</summary>
    public required DatabaseKind? Database { get; init; }

    /// <summary>The project's folder, to which positions in the model are relative.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The folder for the outputs.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The namespace of generated code.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name of the app's assembly.</summary>
    public required string AssemblyName { get; init; }

    /// <summary>The folder of the user's own templates, or null.</summary>
    public required string? Templates { get; init; }

    /// <summary>The kinds of API.</summary>
    public required ImmutableArray<ApiKind> Api { get; init; }

    /// <summary>The first segment of all routes.</summary>
    public required string RoutePrefix { get; init; }

    /// <summary>Whether lists may be filtered and sorted by columns that no index holds.</summary>
    public required bool AllowUnindexed { get; init; }

    /// <summary>Whether what is merely good to know is shown.</summary>
    public required bool ShowsInfo { get; init; }

    /// <summary>Reads the arguments behind the verb. Mistakes go to <paramref name="diagnostics"/>.</summary>
    public static CompileOptions Parse(IEnumerable<string> arguments, DiagnosticBag diagnostics)
    {
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var projectDirectory = Path.GetFullPath(line.Last("project-directory") ?? ".");
        var files = line.All("file");
        if (files.Count == 0 && !diagnostics.HasErrors)
        {
            diagnostics.Report(ProjectDiagnostics.NoSchemaFile, SourceSpan.None);
        }

        var assemblyName = line.Last("assembly-name") ?? "App";
        var kinds = (line.Last("api") ?? "Rest").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new CompileOptions
        {
            Files = [.. files.Select(f => Path.GetFullPath(f, projectDirectory))],
            Dialect = NamedValues.Parse<SchemaDialect>(ProjectDiagnostics.UnknownDialect, line.Last("dialect"), ["Auto"], diagnostics),
            Database = NamedValues.Parse<DatabaseKind>(ProjectDiagnostics.UnknownDatabase, line.Last("database"), [], diagnostics),
            ProjectDirectory = projectDirectory,
            OutputDirectory = Path.GetFullPath(line.Required("output", diagnostics), projectDirectory),
            Namespace = line.Last("namespace") ?? assemblyName,
            AssemblyName = assemblyName,
            Templates = line.Last("templates") is { } templates ? Path.GetFullPath(templates, projectDirectory) : null,
            Api = [.. kinds.Select(k => NamedValues.Parse<ApiKind>(ProjectDiagnostics.UnknownApi, k, [], diagnostics)).OfType<ApiKind>().Distinct().Order()],
            RoutePrefix = line.Last("route-prefix") ?? "api",
            AllowUnindexed = !string.Equals(line.Last("unindexed-queries"), "Refuse", StringComparison.OrdinalIgnoreCase),
            ShowsInfo = line.Last("verbosity")?.ToLowerInvariant() is "n" or "normal" or "d" or "detailed" or "diag" or "diagnostic",
        };
    }
}

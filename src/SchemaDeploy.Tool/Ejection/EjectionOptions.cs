using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Ejection;

/// <summary>What the build knows of a project that is ejected. Paths are full.</summary>
internal sealed record EjectionOptions
{
    /// <summary>The names of the arguments.</summary>
    public static readonly string[] Names =
    [
        "assembly-name", "central-versions", "document", "file", "lists-sources", "output", "package", "port", "project", "project-reference",
        "property", "schema-file", "source", "sources-folder", "strict-analysis", "templates", "version-overrides",
    ];

    /// <summary>The project file.</summary>
    public required string Project { get; init; }

    /// <summary>The folder that it is ejected to.</summary>
    public required string Output { get; init; }

    /// <summary>The name of the assembly.</summary>
    public required string AssemblyName { get; init; }

    /// <summary>The folder of the generated sources.</summary>
    public required string SourcesFolder { get; init; }

    /// <summary>The generated sources in use.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What was made of the schema and is embedded.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>The files of the schema.</summary>
    public required IReadOnlyList<string> SchemaFiles { get; init; }

    /// <summary>The project's own files.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The packages that the SDK references, with their versions.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Packages { get; init; }

    /// <summary>The projects that it references.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The properties that the SDK sets.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Properties { get; init; }

    /// <summary>The port that an application listens on; null for tests.</summary>
    public required string? Port { get; init; }

    /// <summary>Whether a file for all projects says the versions of packages.</summary>
    public required bool HasCentralVersions { get; init; }

    /// <summary>Whether a project may say another version than that file.</summary>
    public required bool AllowsVersionOverrides { get; init; }

    /// <summary>Whether analyzers ask for more than the .NET SDK's default analysis.</summary>
    public required bool IsStrictlyAnalyzed { get; init; }

    /// <summary>Whether the project names the files that it compiles.</summary>
    public required bool ListsSources { get; init; }

    /// <summary>The folder of the user's own templates, or null.</summary>
    public required string? Templates { get; init; }

    /// <summary>The folder of the project.</summary>
    public string Folder => Path.GetDirectoryName(Project)!;

    /// <summary>Whether the sources are compiled with nullable reference types unless they say otherwise.</summary>
    public bool IsNullable => Properties.Contains(KeyValuePair.Create("Nullable", "enable"));

    /// <summary>Reads the arguments behind the verb. Mistakes go to <paramref name="diagnostics"/>.</summary>
    public static EjectionOptions Parse(IEnumerable<string> arguments, DiagnosticBag diagnostics)
    {
        var line = CommandLine.Parse(arguments, Names, diagnostics);
        return new EjectionOptions
        {
            Project = Path.GetFullPath(line.Required("project", diagnostics)),
            Output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(line.Required("output", diagnostics))),
            AssemblyName = line.Required("assembly-name", diagnostics),
            SourcesFolder = Path.GetFullPath(line.Required("sources-folder", diagnostics)),
            Sources = line.All("source"),
            Documents = line.All("document"),
            SchemaFiles = line.All("schema-file"),
            Files = line.All("file"),
            Packages = [.. Pairs(line.All("package")).OrderBy(package => package.Key, StringComparer.Ordinal)],
            References = line.All("project-reference"),
            Properties = [.. Pairs(line.All("property"))],
            Port = line.Last("port"),
            HasCentralVersions = line.Last("central-versions") == "true",
            AllowsVersionOverrides = line.Last("version-overrides") != "false",
            IsStrictlyAnalyzed = line.Last("strict-analysis") == "true",
            ListsSources = line.Last("lists-sources") == "true",
            Templates = line.Last("templates"),
        };
    }

    // What has no value was not set.
    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<string> texts) => texts
        .Select(text => text.Split('=', 2))
        .Where(pair => pair is [_, { Length: > 0 }])
        .Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}

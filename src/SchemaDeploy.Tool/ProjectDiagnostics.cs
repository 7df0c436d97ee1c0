using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool;

/// <summary>SD5xxx: what can be wrong with the project, its properties and its folders. SD5001 to SD5019 are shared with the SDK's targets.</summary>
public static class ProjectDiagnostics
{
    /// <summary>A failure of the tool itself.</summary>
    public static readonly DiagnosticDescriptor Internal = new(
        "SD5020", DiagnosticSeverity.Error,
        "SchemaDeploy failed unexpectedly ({0}: {1}). Set SCHEMADEPLOY_TRACE=1 and build again to see where, and report it with the schema.",
        "This is a mistake in SchemaDeploy, not in the schema.",
        "Report it with the text that SCHEMADEPLOY_TRACE=1 shows. Until then, removing the statement that the build stops at helps on.");

    /// <summary>A verb the tool does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownVerb = new(
        "SD5021", DiagnosticSeverity.Error,
        "Unknown command '{0}'.{1} The commands are: {2}.",
        "The tool was started by hand with a word that is none of its commands.",
        "Use the targets of the SDK, or one of the commands.");

    /// <summary>An option the command does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownOption = new(
        "SD5022", DiagnosticSeverity.Error,
        "Unknown option '{0}'.{1}",
        "The tool and the SDK's targets are of different versions, or the tool was started by hand.",
        "Use the tool that the SDK's package brings.");

    /// <summary>An option that must be given and is not.</summary>
    public static readonly DiagnosticDescriptor MissingOption = new(
        "SD5023", DiagnosticSeverity.Error,
        "The option '--{0}' is missing.",
        "The tool was started by hand without it, or the SDK's targets are of another version.",
        "Give the option.");

    /// <summary>A SchemaDialect that there is not.</summary>
    public static readonly DiagnosticDescriptor UnknownDialect = UnknownValue("SD5003", "SchemaDialect");

    /// <summary>A SchemaDatabase that there is not.</summary>
    public static readonly DiagnosticDescriptor UnknownDatabase = UnknownValue("SD5004", "SchemaDatabase");

    /// <summary>A SchemaApi that there is not.</summary>
    public static readonly DiagnosticDescriptor UnknownApi = UnknownValue("SD5005", "SchemaApi");

    /// <summary>A SchemaClientLanguage that there is not.</summary>
    public static readonly DiagnosticDescriptor UnknownClientLanguage = UnknownValue("SD5016", "SchemaClientLanguage");

    /// <summary>An output folder that cannot be written.</summary>
    public static readonly DiagnosticDescriptor OutputUnwritable = new(
        "SD5024", DiagnosticSeverity.Error,
        "The output cannot be written: {0}",
        "The folder for intermediate output (obj) is read-only, full, or in use by another program.",
        "Give the user who builds write access to the folder, or set BaseIntermediateOutputPath to another one.");

    /// <summary>A response file that cannot be read.</summary>
    public static readonly DiagnosticDescriptor ResponseFileUnreadable = new(
        "SD5025", DiagnosticSeverity.Error,
        "The response file cannot be read: {0}",
        "The file behind @ does not exist or this user may not read it.",
        "Build again; the SDK writes the file.");

    /// <summary>No schema file in the project.</summary>
    public static readonly DiagnosticDescriptor NoSchemaFile = new(
        "SD5002", DiagnosticSeverity.Error,
        "The project has no schema. Add schema.sql, or .sql files in the folder schema.",
        "There is no SchemaFile item: neither schema.sql nor schema/**/*.sql exists, and the project names no other.",
        "Write schema.sql with at least one CREATE TABLE, or name the files: <SchemaFile Include=\"path/to/file.sql\" />.");

    /// <summary>More errors than anyone reads at once.</summary>
    public static readonly DiagnosticDescriptor MoreErrors = new(
        "SD5026", DiagnosticSeverity.Error,
        "{0} more errors are not shown.",
        "The schema has very many errors; mostly the first causes the others.",
        "Correct the first ones and build again.");

    /// <summary>A secret in a file that is committed.</summary>
    public static readonly DiagnosticDescriptor SecretInSettings = new(
        "SD5027", DiagnosticSeverity.Warning,
        "'{0}' looks like {1}, and this file goes wherever the source goes. Keep it in user secrets (dotnet user-secrets) in Development, "
            + "and in an environment variable or a mounted file where the application runs.",
        "The name or the form of a setting is that of a secret. Settings files are committed, copied into images and read by everyone who reads the source.",
        "Remove it, give the setting by `dotnet user-secrets set` in Development and by an environment variable or NAME_FILE in Production, "
            + "and replace the secret if the file was ever committed. Where it is none, add <NoWarn>$(NoWarn);SD5027</NoWarn> to the project.");

    /// <summary>A settings file that cannot be read.</summary>
    public static readonly DiagnosticDescriptor SettingsUnreadable = new(
        "SD5028", DiagnosticSeverity.Warning,
        "The file cannot be checked for secrets: {0}",
        "The user who builds may not read the file, or another program has it open.",
        "Give the user who builds read access to the file.");

    /// <summary>Nothing that git knows.</summary>
    public static readonly DiagnosticDescriptor UnknownRevision = new(
        "SD5029", DiagnosticSeverity.Error,
        "SchemaDiffFrom '{0}' is neither a file nor a revision that git finds: {1}",
        "There is no file of that name, and the repository that the project is in has no such branch, tag or commit, or git is not installed.",
        "Name a schema.model.json of an earlier build, or a branch, tag or commit: -p:SchemaDiffFrom=origin/main. A pipeline has to fetch it first.");

    /// <summary>The project had no schema then.</summary>
    public static readonly DiagnosticDescriptor NoSchemaInRevision = new(
        "SD5030", DiagnosticSeverity.Error,
        "At '{0}' the project has no schema file: {1}.",
        "The files that are the schema today were not there, or had other names.",
        "Compare with a later revision, or with a schema.model.json.");

    /// <summary>Two databases that DacFx cannot compare.</summary>
    public static readonly DiagnosticDescriptor NotPublishable = new(
        "SD5031", DiagnosticSeverity.Warning,
        "There is no publish script for SQL Server: {0}",
        "DacFx, which writes what SqlPackage would run, does not take one of the two databases or finds no way between them.",
        "Use sqlserver.sql, which is what 'migrate' would run. Please report it with both schemas.");

    /// <summary>A project file that names another SDK.</summary>
    public static readonly DiagnosticDescriptor NotEjectable = new(
        "SD5032", DiagnosticSeverity.Error,
        "The project file does not name SchemaDeploy.Sdk, so there is nothing to take out of it.",
        "The project gets the SDK from a file that it imports.",
        "Name the SDK in the project file: <Project Sdk=\"SchemaDeploy.Sdk/VERSION\">.");

    /// <summary>A folder with files of somebody else.</summary>
    public static readonly DiagnosticDescriptor EjectionFolderTaken = new(
        "SD5033", DiagnosticSeverity.Error,
        "{0} is not empty, and SchemaEject did not write what is in it.",
        "An ejected project gets a folder of its own, so that no file of anybody's is lost.",
        "Empty the folder, or name another one: -p:SchemaEjectPath=../Shop.Plain.");

    /// <summary>A file of an ejected project that somebody works on.</summary>
    public static readonly DiagnosticDescriptor EjectedFileEdited = new(
        "SD5034", DiagnosticSeverity.Error,
        "The file was changed since it was ejected, and would be overwritten. Nothing was written.",
        "The list of hashes in the folder says that the file is not as SchemaEject left it, or does not know it: work on the ejected project goes on there.",
        "Go on with the ejected project as it is, or eject into another folder (SchemaEjectPath) and compare.");

    /// <summary>Sources that would not pass the project's analysis.</summary>
    public static readonly DiagnosticDescriptor EjectedSourcesMarked = new(
        "SD5035", DiagnosticSeverity.Info,
        "The ejected sources keep the mark <auto-generated/>, by which analyzers pass over them.",
        "AnalysisLevel, AnalysisMode or EnforceCodeStyleInBuild asks for more than the .NET SDK's default analysis, which the sources are written for.",
        "Take the mark out of one file after another, and mend what your analyzers then find. Nothing has to be done.");

    /// <summary>Packages whose versions the ejected project may not say.</summary>
    public static readonly DiagnosticDescriptor EjectedVersionsMissing = new(
        "SD5036", DiagnosticSeverity.Warning,
        "The ejected project may not say versions of its own. Add to Directory.Packages.props what is not there yet: {0}",
        "Versions are managed centrally, and CentralPackageVersionOverrideEnabled is false.",
        "Add the PackageVersion items to Directory.Packages.props, or allow VersionOverride there and eject again.");

    private static DiagnosticDescriptor UnknownValue(string code, string property) => new(
        code, DiagnosticSeverity.Error,
        $"{property} '{{0}}' is not known.{{1}} The values are: {{2}}.",
        $"The property {property} has a value that is none of those it knows.",
        "Correct the property in the project file, or remove it and let the default hold.");
}

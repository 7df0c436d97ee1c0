using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>The options of the API's design, which all verbs have to read alike: a bundle is of the API that was compiled.</summary>
internal static class DesignArguments
{
    /// <summary>The names of the options.</summary>
    public static readonly string[] Names = ["api", "assembly-name", "database", "namespace", "route-prefix", "unindexed-queries"];

    /// <summary>Reads them. Mistakes go to <paramref name="diagnostics"/>.</summary>
    /// <param name="line">The arguments behind the verb.</param>
    /// <param name="assemblyName">The name of the app's assembly where the arguments name none.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static DesignOptions Read(CommandLine line, string assemblyName, DiagnosticBag diagnostics)
    {
        assemblyName = line.Last("assembly-name") ?? assemblyName;
        return new DesignOptions
        {
            Namespace = line.Last("namespace") ?? assemblyName,
            Title = assemblyName,
            RoutePrefix = line.Last("route-prefix") ?? "api",
            Databases = [.. line.List("database").Select(name => NamedValues.Parse<DatabaseKind>(ProjectDiagnostics.UnknownDatabase, name, [], diagnostics)).OfType<DatabaseKind>()],
            Apis = [.. line.List("api").DefaultIfEmpty("Rest").Select(kind => NamedValues.Parse<ApiKind>(ProjectDiagnostics.UnknownApi, kind, [], diagnostics)).OfType<ApiKind>().Distinct().Order()],
            AllowUnindexed = !string.Equals(line.Last("unindexed-queries"), "Refuse", StringComparison.OrdinalIgnoreCase),
        };
    }
}

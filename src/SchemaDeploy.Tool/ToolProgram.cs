using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Tool.Verbs;

namespace SchemaDeploy.Tool;

/// <summary>Finds the verb, and makes one line of whatever it fails with.</summary>
internal static class ToolProgram
{
    // Deeply nested expressions are bounded by the readers; the stages after them recurse as deep as those let through.
    private const int StackSize = 64 * 1024 * 1024;

    private static readonly Dictionary<string, Func<IEnumerable<string>, TextWriter, int>> s_verbs = new(StringComparer.Ordinal)
    {
        ["compile"] = CompileVerb.Run,
        ["client"] = new ClientVerb().Run,
        ["check-settings"] = CheckSettingsVerb.Run,
        ["deploy"] = DeployVerb.Run,
        ["eject"] = EjectVerb.Run,
        ["pipeline"] = PipelineVerb.Run,
        ["publish-script"] = PublishScriptVerb.Run,
        ["recall"] = RecallVerb.Run,
        ["sbom"] = SbomVerb.Run,
        ["tests"] = new TestsVerb().Run,
        ["unreferenced"] = UnreferencedVerb.Run,
    };

    public static int Run(string[] arguments, TextWriter output)
    {
        var exitCode = 1;
        var thread = new Thread(() => exitCode = RunVerb(arguments, output), StackSize);
        thread.Start();
        thread.Join();
        output.Flush();
        return exitCode;
    }

    private static int RunVerb(string[] arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        try
        {
            var name = arguments.FirstOrDefault() ?? "";
            if (s_verbs.TryGetValue(name, out var verb))
            {
                return verb(arguments.Skip(1), output);
            }

            diagnostics.Report(
                ProjectDiagnostics.UnknownVerb, SourceSpan.None, name, Suggestion.For(name, s_verbs.Keys),
                string.Join(", ", s_verbs.Keys));
        }
#pragma warning disable CA1031 // The last resort: no user sees a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var cause = exception is AggregateException { InnerException: { } inner } ? inner : exception;
            diagnostics.Report(ProjectDiagnostics.Internal, SourceSpan.None, cause.GetType().Name, cause.Message);
            if (Environment.GetEnvironmentVariable("SCHEMADEPLOY_TRACE") == "1")
            {
                output.WriteLine(exception);
            }
        }

        return new DiagnosticPrinter(Environment.CurrentDirectory, showsInfo: true).Print(diagnostics, output);
    }
}

using SchemaDeploy.Deployment.Serverless;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>unreferenced: lists the assemblies of .NET that a program never loads.</summary>
internal static class UnreferencedVerb
{
    private static readonly string[] s_names = ["assembly", "framework-assembly", "keep", "output"];

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var list = line.Required("output", diagnostics);
        if (!diagnostics.HasErrors)
        {
            try
            {
                var files = AssemblyReferences.FindUnreferenced(line.All("assembly"), line.All("framework-assembly"), line.All("keep"));
                // What is made of the list is made anew when the list is another one.
                if (!File.Exists(list) || !File.ReadLines(list).SequenceEqual(files))
                {
                    File.WriteAllLines(list, files);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Report(ProjectDiagnostics.OutputUnwritable, SourceSpan.None, exception.Message);
            }
        }

        return new DiagnosticPrinter(Environment.CurrentDirectory, showsInfo: true).Print(diagnostics, output);
    }
}

using System.Globalization;
using ToolImages;

// ToolImages PROFILE.mibc SCHEMA.sql…: compiles the schemas and records which methods that took.
var work = Directory.CreateTempSubdirectory("schemadeploy-profile").FullName;
try
{
    using var recorder = new MethodRecorder();
    var tool = typeof(SchemaDeploy.Tool.ProjectDiagnostics).Assembly;
    foreach (var (schema, number) in args[1..].Select((schema, number) => (schema, number)))
    {
        var output = Path.Combine(work, number.ToString(CultureInfo.InvariantCulture));
        string[] arguments = ["compile", "--file=" + schema, "--output=" + output, "--assembly-name=App"];
        if (tool.EntryPoint!.Invoke(null, [arguments]) is not 0)
        {
            return 1;
        }
    }

    MethodProfile.Write(recorder.Methods(within: AppContext.BaseDirectory), args[0]);
    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}

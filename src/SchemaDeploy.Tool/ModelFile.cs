using SchemaDeploy.Deployment;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Tool;

/// <summary>A schema that was compiled before.</summary>
internal static class ModelFile
{
    /// <summary>Reads a model; null where the file is none, which goes to <paramref name="diagnostics"/>.</summary>
    public static DatabaseModel? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            return DatabaseModelJson.Read(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            diagnostics.Report(DeploymentDiagnostics.ModelUnreadable, SourceSpan.None, exception.Message);
            return null;
        }
    }
}

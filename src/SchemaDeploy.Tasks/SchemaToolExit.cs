using Microsoft.Build.Utilities;

namespace SchemaDeploy.Tasks;

/// <summary>How a run of SchemaDeploy.Tool that failed is told.</summary>
internal static class SchemaToolExit
{
    /// <summary>The tool says what is wrong; its exit code is news only when it did not get to.</summary>
    public static void Report(TaskLoggingHelper log, int exitCode)
    {
        if (!log.HasLoggedErrors)
        {
            log.LogError(
                subcategory: null, errorCode: "SD5008", helpKeyword: null, file: null, 0, 0, 0, 0,
                "The schema compiler ended with exit code {0} without saying why. Build with -v:normal to see its output.", exitCode);
        }
    }
}

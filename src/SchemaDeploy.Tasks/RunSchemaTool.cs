using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SchemaDeploy.Tasks;

/// <summary>
/// Runs one verb of SchemaDeploy.Tool. What the tool prints in MSBuild's canonical form,
/// <c>schema.sql(12,5): error SD2004: …</c>, is logged with its file, line, column and code.
/// </summary>
public sealed class RunSchemaTool : ToolTask
{
    /// <summary>The dotnet executable.</summary>
    [Required]
    public string DotNetHost { get; set; } = "";

    /// <summary>SchemaDeploy.Tool.dll.</summary>
    [Required]
    public string ToolAssembly { get; set; } = "";

    /// <summary>What the tool is to do, such as <c>compile</c>.</summary>
    [Required]
    public string Verb { get; set; } = "";

    /// <summary>One <c>--name=value</c> each; they reach the tool in a response file.</summary>
    public ITaskItem[] Arguments { get; set; } = [];

    /// <inheritdoc/>
    protected override string ToolName => "dotnet";

    /// <inheritdoc/>
    protected override Encoding ResponseFileEncoding => SchemaToolCommand.Encoding;

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => SchemaToolCommand.Encoding;

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => SchemaToolCommand.Encoding;

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Normal;

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Normal;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotNetHost;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands() => SchemaToolCommand.Of(ToolAssembly, Verb).ToString();

    /// <inheritdoc/>
    protected override string GenerateResponseFileCommands() =>
        string.Join("\n", Arguments.Select(argument => argument.ItemSpec));

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        SchemaToolExit.Report(Log, ExitCode);
        return false;
    }
}

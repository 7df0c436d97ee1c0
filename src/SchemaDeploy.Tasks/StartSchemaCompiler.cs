using System.ComponentModel;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SchemaDeploy.Tasks;

/// <summary>
/// Starts the schema compiler and returns when its sources are in place, so that the C# compiler can begin with them while
/// DacFx examines the schema. <see cref="FinishSchemaCompiler"/> waits for the verdict.
/// </summary>
public sealed class StartSchemaCompiler : Task, ICancelableTask
{
    private Action? _cancel;

    /// <summary>The dotnet executable.</summary>
    [Required]
    public string DotNetHost { get; set; } = "";

    /// <summary>SchemaDeploy.Tool.dll.</summary>
    [Required]
    public string ToolAssembly { get; set; } = "";

    /// <summary>One <c>--name=value</c> each; they reach the tool in a response file.</summary>
    public ITaskItem[] Arguments { get; set; } = [];

    /// <summary>The file whose time is that of the last success; also names the compilation to the task that finishes it.</summary>
    [Required]
    public string StampFile { get; set; } = "";

    /// <summary>The exit code of a compiler that has ended already, else 0.</summary>
    [Output]
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        SchemaCompilation compilation;
        try
        {
            compilation = new SchemaCompilation(DotNetHost, ToolAssembly, Arguments.Select(argument => argument.ItemSpec), StampFile);
        }
        catch (Win32Exception exception)
        {
            Log.LogErrorFromException(exception);
            return false;
        }

        _cancel = compilation.Cancel;
        Log.LogCommandLine(MessageImportance.Low, compilation.CommandLine);
        if (compilation.AwaitSources(Log))
        {
            // The end of the build disposes of it, whether or not it got to the task that waits for it.
            BuildEngine4.RegisterTaskObject(StampFile, compilation, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return true;
        }

        using (compilation)
        {
            ExitCode = compilation.Finish(Log);
            return ExitCode == 0;
        }
    }

    /// <inheritdoc/>
    public void Cancel() => _cancel?.Invoke();
}

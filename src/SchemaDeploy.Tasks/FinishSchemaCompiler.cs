using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SchemaDeploy.Tasks;

/// <summary>Waits for the compiler that <see cref="StartSchemaCompiler"/> has started in this build, if it has, and fails where that does.</summary>
public sealed class FinishSchemaCompiler : Task, ICancelableTask
{
    private Action? _cancel;

    /// <summary>The file that names the compilation.</summary>
    [Required]
    public string StampFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        using var compilation = (SchemaCompilation?)BuildEngine4.UnregisterTaskObject(StampFile, RegisteredTaskObjectLifetime.Build);
        if (compilation is null)
        {
            return true;
        }

        _cancel = compilation.Cancel;
        return compilation.Finish(Log) == 0;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancel?.Invoke();
}

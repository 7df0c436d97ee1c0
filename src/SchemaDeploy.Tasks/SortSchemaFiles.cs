using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SchemaDeploy.Tasks;

/// <summary>Orders the files of a schema by their paths, alike on every machine, each once.</summary>
public sealed class SortSchemaFiles : Task
{
    /// <summary>The files in the order in which MSBuild found them.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The files in the order in which they are compiled.</summary>
    [Output]
    public ITaskItem[] Sorted { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Sorted = [.. Files
            .GroupBy(file => file.GetMetadata("FullPath"), StringComparer.Ordinal)
            .OrderBy(group => group.Key.Replace('\\', '/'), StringComparer.Ordinal)
            .Select(group => group.First())];
        return true;
    }
}

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using SchemaDeploy.Schema.Compilation;

namespace SchemaDeploy.Tasks;

/// <summary>Reports values that a property does not take, with the one that was probably meant.</summary>
public sealed class CheckAllowedValues : Task
{
    /// <summary>The values, with the metadata <c>Code</c>, <c>Property</c> and <c>Allowed</c> (a list).</summary>
    [Required]
    public ITaskItem[] Values { get; set; } = [];

    /// <summary>The project to name in the message.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var value in Values)
        {
            var allowed = value.GetMetadata("Allowed").Split(';');
            Log.LogError(
                subcategory: null, value.GetMetadata("Code"), helpKeyword: null, ProjectFile, 0, 0, 0, 0,
                "{0} does not take '{1}'.{2} It takes {3}.",
                value.GetMetadata("Property"), value.ItemSpec, Suggestion.For(value.ItemSpec, allowed), string.Join(", ", allowed));
        }

        return !Log.HasLoggedErrors;
    }
}

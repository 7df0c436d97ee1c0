namespace SchemaDeploy.Tool;

/// <summary>What the tool tells whoever started it beside its diagnostics.</summary>
internal static class Announcement
{
    /// <summary>The line that says that the sources are in place, and that DacFx's verdict on the schema is still to come.</summary>
    public const string SourcesInPlace = "SchemaDeploy: sources are in place";
}

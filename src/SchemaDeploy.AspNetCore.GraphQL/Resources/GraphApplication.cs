namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What carries out the schema of an application.</summary>
public sealed class GraphApplication
{
    /// <summary>The resources.</summary>
    public required IReadOnlyList<RowsGraph> Resources { get; init; }

    /// <summary>The literals of enums that GraphQL cannot say.</summary>
    public IReadOnlyList<GraphEnumText> EnumTexts { get; init; } = [];
}

/// <summary>A literal of an enum and what GraphQL says instead.</summary>
/// <param name="Type">The enum.</param>
/// <param name="Name">The name of the value in GraphQL.</param>
/// <param name="Text">The literal, as the database and JSON have it.</param>
public sealed record GraphEnumText(string Type, string Name, string Text);

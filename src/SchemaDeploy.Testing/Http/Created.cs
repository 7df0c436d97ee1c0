using System.Text.Json.Nodes;

namespace SchemaDeploy.Testing.Http;

/// <summary>A row that was created.</summary>
/// <param name="Row">The row.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Json">The row as it was answered.</param>
public sealed record Created<T>(T Row, string Path, JsonNode Json);

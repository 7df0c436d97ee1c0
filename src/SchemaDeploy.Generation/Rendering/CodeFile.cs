namespace SchemaDeploy.Generation.Rendering;

/// <summary>A file of generated code.</summary>
/// <param name="Path">Relative to the folder of generated code, with forward slashes.</param>
/// <param name="Text">The whole text, with line feeds.</param>
public sealed record CodeFile(string Path, string Text);

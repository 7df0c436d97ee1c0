namespace SchemaDeploy.Deployment.Bundles;

/// <summary>A file of a bundle.</summary>
/// <param name="Path">Relative to the bundle's folder, with forward slashes.</param>
/// <param name="Text">The whole text, with line feeds.</param>
/// <param name="IsProgram">Whether it is to be run.</param>
/// <param name="IsUsers">Whether it is the user's from then on: it is written where it is missing, and never again.</param>
public sealed record BundleFile(string Path, string Text, bool IsProgram = false, bool IsUsers = false);

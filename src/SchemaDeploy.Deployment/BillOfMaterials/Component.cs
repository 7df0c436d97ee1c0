using System.Collections.Immutable;

namespace SchemaDeploy.Deployment.BillOfMaterials;

/// <summary>A package that an application is made of or made with, or a project that it references.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The version.</param>
/// <param name="IsPackage">Whether it came from NuGet.</param>
/// <param name="IsShipped">Whether anything of it goes with the application.</param>
/// <param name="Sha512">The hash of the package, as NuGet has it; null where it is not known.</param>
/// <param name="License">The licence, as an SPDX expression; null where the package says it otherwise.</param>
/// <param name="Dependencies">The names of what it needs itself.</param>
public sealed record Component(
    string Name, string Version, bool IsPackage, bool IsShipped, string? Sha512, string? License, ImmutableArray<string> Dependencies)
{
    /// <summary>What the component is called within the document: for packages their package URL.</summary>
    public string Reference => IsPackage ? $"pkg:nuget/{Uri.EscapeDataString(Name)}@{Uri.EscapeDataString(Version)}" : $"{Name}@{Version}";
}

using System.Text.RegularExpressions;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;

namespace SchemaDeploy.Generation.Rendering.Views.Clients;

/// <summary>How names, values and comments are written in TypeScript.</summary>
internal static partial class TypeScript
{
    /// <summary>A string, which JSON and TypeScript write alike.</summary>
    public static string Quote(string text) => CSharpText.Json(text);

    /// <summary>A member's name, in quotes where it is no identifier; keywords need none.</summary>
    public static string Member(string name) => IdentifierPattern().IsMatch(name) ? name : Quote(name);

    /// <summary>A sentence within a comment, on one line.</summary>
    public static string Sentence(string text) => Comment(text) is [.., '.' or '!' or '?' or ':'] ? Comment(text) : Comment(text) + ".";

    /// <summary>A comment of the schema as a sentence; null where there is none.</summary>
    public static string? SentenceOrNull(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : Sentence(comment);

    /// <summary>The type of a value that is there, as JSON has it.</summary>
    public static string TypeOf(Property property, ClientModel model) => property.Form switch
    {
        ValueForm.Boolean => "boolean",
        ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating => "number",
        ValueForm.Json => "unknown",
        ValueForm.Enum => EnumOf(property, model),
        ValueForm.List when property.Enum is not null => $"readonly {EnumOf(property, model)}[]",
        ValueForm.List => $"readonly {ItemOf(property.ClrType)}[]",
        _ => "string",
    };

    /// <summary>The type of an enum.</summary>
    public static string EnumOf(Property property, ClientModel model) => model.Enums.Single(@enum => @enum.Enumeration.Name == property.Enum!.Name).Name;

    private static string ItemOf(string list) => list["List<".Length..^1] switch
    {
        "bool" => "boolean",
        "string" or "Guid" or "DateOnly" => "string",
        _ => "number",
    };

    private static string Comment(string text) => BlankPattern().Replace(text, " ").Replace("*/", "*\u200b/", StringComparison.Ordinal).Trim();

    [GeneratedRegex("^[A-Za-z_$][A-Za-z0-9_$]*$")]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex BlankPattern();
}

/// <summary>A member of an interface.</summary>
/// <param name="Name">Its name, with a question mark where it may be left out.</param>
/// <param name="Type">Its type.</param>
/// <param name="Summary">What it is; null where nothing is known.</param>
internal sealed record TypeScriptMember(string Name, string Type, string? Summary = null);

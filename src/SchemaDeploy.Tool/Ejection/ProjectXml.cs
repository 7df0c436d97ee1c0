using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SchemaDeploy.Tool.Ejection;

/// <summary>A project file, read and changed so that all stays as it was laid out that is not touched.</summary>
internal sealed partial class ProjectXml
{
    private const string SdkName = "SchemaDeploy.Sdk";
    private const string WebSdkName = "Microsoft.NET.Sdk.Web";

    private static readonly string[] s_schemaItems = ["SchemaFile", "SchemaTemplate", "DeployRestoreFile"];

    private readonly XDocument _document;

    private ProjectXml(XDocument document) => _document = document;

    private XElement Root => _document.Root!;

    private IEnumerable<XElement> Properties => Root.Descendants().Where(element => element.Parent!.Name.LocalName == "PropertyGroup");

    /// <summary>Reads a project file.</summary>
    public static ProjectXml Parse(string text) => new(XDocument.Parse(text, LoadOptions.PreserveWhitespace));

    /// <summary>Puts the web SDK in the place of this one; false where the project does not name this one.</summary>
    public bool ReplaceSdk()
    {
        var found = false;
        foreach (var element in Root.DescendantsAndSelf().ToList())
        {
            if (element.Attribute(element.Name.LocalName == "Sdk" ? "Name" : "Sdk") is { } sdk && SdkPattern().IsMatch(sdk.Value))
            {
                sdk.Value = SdkPattern().Replace(sdk.Value, WebSdkName);
                element.Attribute("Version")?.Remove();
                found = true;
            }
        }

        return found;
    }

    /// <summary>Takes out what only this SDK reads.</summary>
    public void RemoveSchema()
    {
        var reserved = Properties.Where(property => ReservedPattern().IsMatch(property.Name.LocalName) && !IsUsed(property.Name.LocalName))
            .Concat(Root.Descendants().Where(element => s_schemaItems.Contains(element.Name.LocalName)))
            .ToList();
        foreach (var element in reserved)
        {
            var group = element.Parent!;
            Remove(element);
            if (!group.HasElements)
            {
                Remove(group);
            }
        }
    }

    /// <summary>Paths that lead out of the folder lead to the same places from another.</summary>
    /// <param name="back">The way from there to here.</param>
    public void Rebase(string back)
    {
        foreach (var attribute in Root.Descendants().Attributes())
        {
            attribute.Value = OutwardPattern().Replace(attribute.Value, $"{back}/$0");
        }

        foreach (var text in Root.DescendantNodes().OfType<XText>().Where(text => !text.Parent!.HasElements))
        {
            text.Value = OutwardPattern().Replace(text.Value, $"{back}/$0");
        }
    }

    /// <summary>All that may be the name of a file.</summary>
    public IEnumerable<string> Names() => Root.Descendants().Attributes().Select(attribute => attribute.Value)
        .Concat(Root.Descendants().Where(element => !element.HasElements).Select(element => element.Value))
        .SelectMany(text => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether the project sets a property itself.</summary>
    public bool Sets(string property) => Properties.Any(element => element.Name.LocalName == property);

    /// <summary>Adds a group at the end, if there is something in it.</summary>
    /// <param name="name">PropertyGroup or ItemGroup.</param>
    /// <param name="comment">What it is about.</param>
    /// <param name="elements">What is in it.</param>
    public void AddGroup(string name, string comment, IEnumerable<XElement> elements)
    {
        var group = new XElement(Root.Name.Namespace + name);
        foreach (var element in elements)
        {
            element.Name = Root.Name.Namespace + element.Name.LocalName;
            group.Add("\n    ", element);
        }

        if (group.HasElements)
        {
            group.Add("\n  ");
            (Root.LastNode as XText)?.Remove();
            Root.Add("\n\n  ", new XComment($" {comment} "), "\n  ", group, "\n\n");
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (_document.Declaration is { } declaration ? $"{declaration}\n" : "") + _document.ToString(SaveOptions.DisableFormatting).TrimEnd() + "\n";

    private bool IsUsed(string property) => Names().Any(text => text.Contains($"$({property})", StringComparison.OrdinalIgnoreCase));

    // With the line that it is on, and the comment above it.
    private static void Remove(XElement element)
    {
        RemoveIndent(element);
        if (element.PreviousNode is XComment comment)
        {
            RemoveIndent(comment);
            comment.Remove();
        }

        element.Remove();

        static void RemoveIndent(XNode node)
        {
            if (node.PreviousNode is XText text && string.IsNullOrWhiteSpace(text.Value))
            {
                text.Remove();
            }
        }
    }

    [GeneratedRegex(@"(?<=^|;)\s*SchemaDeploy\.Sdk(/[^;]*)?(?=;|$)", RegexOptions.IgnoreCase)]
    private static partial Regex SdkPattern();

    [GeneratedRegex("^(Schema|Deploy)[A-Z]|^EnableDefaultSchemaItems$")]
    private static partial Regex ReservedPattern();

    [GeneratedRegex(@"(?<=^|;)\s*\.\.(?=[/\\]|;|$)")]
    private static partial Regex OutwardPattern();
}

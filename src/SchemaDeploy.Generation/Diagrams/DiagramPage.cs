using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Diagrams;

/// <summary>
/// Writes a model as one HTML page that draws its entity-relationship diagram. The page holds its style, its script and
/// the model, and its content security policy lets it ask for nothing else.
/// </summary>
public static partial class DiagramPage
{
    /// <summary>The parts of the script, in the order of their use.</summary>
    private static readonly string[] s_scripts = ["page.model.js", "page.layout.js", "page.routes.js", "page.drawing.js", "page.panel.js", "page.js"];

    /// <summary>The page's text. The same model and title give the same text.</summary>
    public static string Write(DatabaseModel model, string title)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(title);

        var style = Resource("page.css");
        var script = $"'use strict';\n(() => {{\n{string.Concat(s_scripts.Select(Resource))}}})();\n";
        var policy = $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'";

        return Placeholder().Replace(Resource("page.html"), match => match.Groups[1].Value switch
        {
            "title" => HtmlEncoder.Create(UnicodeRanges.All).Encode(title),
            "policy" => policy,
            "style" => style,
            "model" => DiagramData.Write(model),
            "script" => script,
            var name => throw new InvalidOperationException($"page.html has an unknown placeholder, {name}."),
        });
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var stream = typeof(DiagramPage).Assembly.GetManifestResourceStream("Diagrams/" + name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // The browser normalises line ends before it checks the hash.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}

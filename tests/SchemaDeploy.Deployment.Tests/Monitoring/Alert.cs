using YamlDotNet.RepresentationModel;

namespace SchemaDeploy.Deployment.Tests.Monitoring;

/// <summary>An alert of a bundle.</summary>
internal sealed record Alert(string Name, string Expression, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)
{
    /// <summary>The alerts among the rules.</summary>
    public static IReadOnlyList<Alert> Read(string rules)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(rules));
        var groups = (YamlSequenceNode)yaml.Documents[0].RootNode["groups"];
        return
        [
            .. groups.SelectMany(group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>()
                .Where(rule => rule.Children.ContainsKey("alert"))
                .Select(rule => new Alert(rule["alert"].ToString(), rule["expr"].ToString(), Texts(rule, "labels"), Texts(rule, "annotations"))),
        ];
    }

    private static Dictionary<string, string> Texts(YamlMappingNode rule, string name) =>
        ((YamlMappingNode)rule[name]).ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());
}

using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>What a pipeline of GitLab must hold to that its schema does not ask for.</summary>
internal static partial class GitLabPractices
{
    private static readonly HashSet<string> s_settings = ["stages", "workflow", "variables", "default"];

    public static IReadOnlyList<string> Faults(string pipeline)
    {
        var root = Read(pipeline);
        var stages = ((YamlSequenceNode)root["stages"]).Select(stage => $"{stage}").ToList();
        var all = Jobs(root).ToDictionary(job => job.Name, job => job.Job, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (name, job) in all.Where(job => !job.Key.StartsWith('.')))
        {
            if (!stages.Contains(Text(job, "stage")))
            {
                faults.Add($"{name} is in no stage");
            }

            faults.AddRange(Items(job, "needs").Where(need => !all.ContainsKey(need) || stages.IndexOf(Text(all[need], "stage")) > stages.IndexOf(Text(job, "stage"))).Select(need => $"{name} cannot wait for {need}"));
            if (name.EndsWith("-production", StringComparison.Ordinal)
                && (Text(job, "environment") != "production" || ((YamlSequenceNode)job["rules"]).Cast<YamlMappingNode>().Any(rule => Text(rule, "when") != "manual")))
            {
                faults.Add($"{name} deploys without being approved");
            }

            if (job.Children.ContainsKey("environment") && Text(job, "resource_group") != name)
            {
                faults.Add($"{name} may run twice at a time");
            }

            // Merge requests deploy nothing.
            if (stages.IndexOf(Text(job, "stage")) > stages.IndexOf("scan") && !Items(job, "extends").Contains(".deployed") && !job.Children.ContainsKey("rules"))
            {
                faults.Add($"{name} runs for merge requests");
            }
        }

        var images = Images().Matches(pipeline).Select(match => match.Groups["image"].Value);
        faults.AddRange(images.Where(image => !VersionedImage().IsMatch(image)).Select(image => $"{image} names no version"));
        return faults;
    }

    /// <summary>The scripts, each with the job it is in.</summary>
    public static IEnumerable<(string Job, string Text)> Scripts(string pipeline) =>
        from job in Jobs(Read(pipeline))
        from script in Items(job.Job, "script")
        select (job.Name, script);

    private static YamlMappingNode Read(string pipeline)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(pipeline));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<(string Name, YamlMappingNode Job)> Jobs(YamlMappingNode root) =>
        root.Where(entry => !s_settings.Contains($"{entry.Key}")).Select(entry => ($"{entry.Key}", (YamlMappingNode)entry.Value));

    private static string Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? $"{value}" : "";

    private static IEnumerable<string> Items(YamlMappingNode node, string key) =>
        !node.Children.TryGetValue(key, out var value) ? [] : value is YamlSequenceNode list ? list.Select(item => $"{item}") : [$"{value}"];

    [GeneratedRegex(@"(?m)^ +(?:image|name): (?<image>\S+)$|^ +services: \[(?<image>\S+)\]$")]
    private static partial Regex Images();

    [GeneratedRegex(@"^[a-z0-9.-]+\.[a-z]+/[a-z0-9./-]+:v?\d+[.\w-]*$")]
    private static partial Regex VersionedImage();
}

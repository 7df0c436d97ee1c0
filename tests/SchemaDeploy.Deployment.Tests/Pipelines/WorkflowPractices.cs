using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>What a workflow of GitHub must hold to that its own checkers do not ask for.</summary>
internal static partial class WorkflowPractices
{
    /// <summary>What the jobs may do at most, beside reading the source.</summary>
    private static readonly Dictionary<string, string[]> s_rights = new(StringComparer.Ordinal)
    {
        ["test"] = [],
        ["image"] = ["attestations", "id-token", "packages"],
        ["k8s"] = [],
        ["netlify"] = ["attestations", "id-token"],
        ["vercel"] = ["attestations", "id-token"],
        ["aws"] = ["id-token"],
        ["azure"] = ["id-token"],
        ["gcp"] = ["id-token"],
    };

    public static IReadOnlyList<string> Faults(string workflow)
    {
        var root = Read(workflow);
        var faults = new List<string>();
        if (root["permissions"] is not YamlMappingNode { Children.Count: 0 })
        {
            faults.Add("what no job asks for is not refused");
        }

        foreach (var (name, job) in Jobs(root))
        {
            if (job.Children.TryGetValue("permissions", out var permissions) && permissions is YamlMappingNode rights)
            {
                var allowed = s_rights[name.Split('-')[0]];
                faults.AddRange(rights.Select(right => (Name: $"{right.Key}", Value: $"{right.Value}"))
                    .Where(right => right.Name == "contents" ? right.Value != "read" : !allowed.Contains(right.Name))
                    .Select(right => $"{name} may {right.Value} {right.Name}"));
            }
            else
            {
                faults.Add($"{name} does not say what it may do");
            }

            if (!job.Children.ContainsKey("timeout-minutes"))
            {
                faults.Add($"{name} may run for ever");
            }

            if (name.Contains('-', StringComparison.Ordinal) && (!job.Children.TryGetValue("environment", out var environment) || !name.EndsWith($"-{environment}", StringComparison.Ordinal)))
            {
                faults.Add($"{name} deploys without being approved");
            }

            faults.AddRange(Steps(job).SelectMany(step => FaultsOf(name, step)));
        }

        // The parser does not see comments.
        faults.AddRange(workflow.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal) && !Pinned().IsMatch(line)).Select(line => $"not pinned: {line.Trim()}"));
        return faults;
    }

    /// <summary>The scripts, each with the job it is in.</summary>
    public static IEnumerable<(string Job, string Name, string Text)> Scripts(string workflow) =>
        from job in Jobs(Read(workflow))
        from step in Steps(job.Job)
        where step.Children.ContainsKey("run")
        select (job.Name, $"{step["name"]}", $"{step["run"]}");

    private static IEnumerable<string> FaultsOf(string job, YamlMappingNode step)
    {
        if (step.Children.TryGetValue("run", out var run) && $"{run}".Contains("${{", StringComparison.Ordinal))
        {
            yield return $"{job} runs what others write: {step["name"]}";
        }

        if (step.Children.TryGetValue("uses", out var uses) && $"{uses}".StartsWith("actions/checkout@", StringComparison.Ordinal)
            && $"{step["with"]["persist-credentials"]}" != "false")
        {
            yield return $"{job} leaves its token in the source";
        }
    }

    private static YamlMappingNode Read(string workflow)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(workflow));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<(string Name, YamlMappingNode Job)> Jobs(YamlMappingNode root) =>
        ((YamlMappingNode)root["jobs"]).Select(job => ($"{job.Key}", (YamlMappingNode)job.Value));

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    [GeneratedRegex(@"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}

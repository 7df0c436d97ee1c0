using k8s;
using k8s.Models;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>What the cluster gets, as objects.</summary>
internal sealed class Manifests
{
    private Manifests(IReadOnlyList<object> all) => All = all;

    public IReadOnlyList<object> All { get; }

    /// <summary>What makes pods.</summary>
    public IEnumerable<Workload> Workloads =>
    [
        .. Of<V1Deployment>().Select(one => new Workload(one.Metadata.Name, one.Spec.Template.Metadata.Labels, one.Spec.Template.Spec)),
        .. Of<V1StatefulSet>().Select(one => new Workload(one.Metadata.Name, one.Spec.Template.Metadata.Labels, one.Spec.Template.Spec)),
        .. Of<V1Job>().Select(one => new Workload(one.Metadata.Name, one.Spec.Template.Metadata.Labels, one.Spec.Template.Spec)),
        .. Of<V1CronJob>().Select(one => (one.Metadata.Name, one.Spec.JobTemplate.Spec.Template)).Select(one => new Workload(one.Name, one.Template.Metadata.Labels, one.Template.Spec)),
    ];

    public V1Deployment App => Of<V1Deployment>().Single();

    public V1Container AppContainer => App.Spec.Template.Spec.Containers.Single();

    public IEnumerable<(Workload Workload, V1Container Container)> Containers =>
        from workload in Workloads from container in workload.Containers select (workload, container);

    /// <summary>Containers that serve, and do not end.</summary>
    public IEnumerable<(Workload Workload, V1Container Container)> Servers =>
        from workload in Workloads
        where workload.Pod.RestartPolicy is null
        from container in workload.Pod.Containers
        select (workload, container);

    /// <summary>Reads YAML; a field that there is not, or of another type, is an error.</summary>
    public static Manifests Read(string yaml) => new([.. KubernetesYaml.LoadAllFromString(yaml, typeMap: null, strict: true)]);

    public IEnumerable<T> Of<T>() => All.OfType<T>();

    /// <summary>Whether a pod with these labels is meant.</summary>
    public static bool Selects(V1LabelSelector selector, IDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value)
        && (selector.MatchExpressions ?? []).All(expression =>
            expression.OperatorProperty == "In" && labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value));
}

/// <summary>A pod that something makes.</summary>
internal sealed record Workload(string Name, IDictionary<string, string> Labels, V1PodSpec Pod)
{
    public IEnumerable<V1Container> Containers => (Pod.InitContainers ?? []).Concat(Pod.Containers);

    public IEnumerable<V1Volume> Volumes => Pod.Volumes ?? [];
}

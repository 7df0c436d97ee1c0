using System.Globalization;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>How the application stays reachable, and who reaches it.</summary>
internal static class ServicePractices
{
    private static readonly string[] s_spread = ["kubernetes.io/hostname", "topology.kubernetes.io/zone"];

    public static IEnumerable<Practice> All =>
    [
        new("What serves says whether it can", "kube-score pod-probes; Polaris readinessProbeMissing", Scope.Everywhere,
            of => Servers(of, container => container.ReadinessProbe is null),
            of => of.AppContainer.ReadinessProbe = null),
        new("What hangs is restarted", "kube-score pod-probes; Polaris livenessProbeMissing", Scope.Everywhere,
            of => Servers(of, container => container.LivenessProbe is null),
            of => of.AppContainer.LivenessProbe = null),
        new("A database that is down restarts nothing", "kube-score pod-probes-identical", Scope.Everywhere,
            of => Servers(of, container => container.LivenessProbe?.HttpGet is { } live ? live.Path != "/live" || container.ReadinessProbe?.HttpGet?.Path == live.Path : container.LivenessProbe?.Exec is not null),
            of => of.AppContainer.LivenessProbe.HttpGet.Path = "/ready"),
        new("A slow start is no hang", "Kubernetes startup probes", Scope.Everywhere,
            of => of.AppContainer.StartupProbe is { FailureThreshold: >= 10 } ? [] : ["app"],
            of => of.AppContainer.StartupProbe = null),
        new("Requests in flight are answered before the end", "Kubernetes termination of Pods", Scope.Everywhere,
            of => of.AppContainer.Lifecycle?.PreStop?.Sleep is { Seconds: > 0 and var wait } && of.App.Spec.Template.Spec.TerminationGracePeriodSeconds >= wait + 30 ? [] : ["app"],
            of => of.App.Spec.Template.Spec.TerminationGracePeriodSeconds = 30),
        new("The new version starts when the database is migrated", "Argo CD sync waves; init containers", Scope.Everywhere,
            of => MigrationFaults(of),
            of => of.App.Spec.Template.Spec.InitContainers = null),
        new("Rollouts take no replica away", "Kubernetes rolling update", Scope.Replicated,
            of => of.App.Spec.Strategy.RollingUpdate is { MaxUnavailable.Value: "0", MaxSurge.Value: "1" } ? [] : ["app"],
            of => of.App.Spec.Strategy.RollingUpdate.MaxUnavailable = "1"),
        new("There are at least two replicas", "kube-score horizontalpodautoscaler-replicas; Polaris deploymentMissingReplicas, hpaMinAvailability", Scope.Replicated,
            of => of.Of<V2HorizontalPodAutoscaler>().Any(one => one.Spec.MinReplicas >= 2 && one.Spec.MaxReplicas > one.Spec.MinReplicas) ? [] : ["app"],
            of => of.Of<V2HorizontalPodAutoscaler>().Single().Spec.MinReplicas = 1),
        new("The autoscaler finds what it scales", "kube-score horizontalpodautoscaler-has-target", Scope.Replicated,
            of => of.Of<V2HorizontalPodAutoscaler>().Where(one => one.Spec.ScaleTargetRef is not { Kind: "Deployment", ApiVersion: "apps/v1" } target || target.Name != of.App.Metadata.Name).Select(one => one.Metadata.Name),
            of => of.Of<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef.Name = "other"),
        new("Nobody but the autoscaler says how many", "kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured", Scope.Replicated,
            of => of.App.Spec.Replicas is null ? [] : ["app"],
            of => of.App.Spec.Replicas = 2),
        new("Nodes are drained one replica at a time", "kube-score deployment-has-poddisruptionbudget; Polaris missingPodDisruptionBudget, pdbDisruptionsIsZero", Scope.Replicated,
            of => of.Of<V1PodDisruptionBudget>().Any(one => one.Spec.MaxUnavailable?.Value == "1" && Manifests.Selects(one.Spec.Selector, of.App.Spec.Template.Metadata.Labels)) ? [] : ["app"],
            of => of.Of<V1PodDisruptionBudget>().Single().Spec.Selector.MatchLabels["app.kubernetes.io/name"] = "other"),
        new("Replicas are spread over nodes and zones", "kube-score pod-topology-spread-constraints; Polaris topologySpreadConstraint", Scope.Replicated,
            of => s_spread.Where(key => of.App.Spec.Template.Spec.TopologySpreadConstraints?.Any(one =>
                one.TopologyKey == key && Manifests.Selects(one.LabelSelector, of.App.Spec.Template.Metadata.Labels)) != true),
            of => of.App.Spec.Template.Spec.TopologySpreadConstraints.RemoveAt(0)),
        new("Pods talk to nobody unless allowed", "kube-score pod-networkpolicy; Polaris missingNetworkPolicy; NSA/CISA Network separation and hardening", Scope.Everywhere,
            of => of.Of<V1NetworkPolicy>().Any(one => IsForAll(one) && one.Spec is { Ingress: null, Egress: null } && one.Spec.PolicyTypes.Order().SequenceEqual(["Egress", "Ingress"])) ? [] : ["namespace"],
            of => of.Of<V1NetworkPolicy>().Single(one => one.Metadata.Name == "default-deny").Spec.Egress = [new V1NetworkPolicyEgressRule()]),
        new("What is allowed is named", "NSA/CISA Network policies", Scope.Everywhere,
            of => of.Of<V1NetworkPolicy>().Where(one =>
                one.Spec.Ingress?.Any(rule => rule.FromProperty is null or [] || rule.Ports is null or []) == true
                || one.Spec.Egress?.Any(rule => rule.To is null or [] || rule.Ports is null or [] && rule.To.Any(to => to.PodSelector is null)) == true).Select(one => one.Metadata.Name),
            of => of.Of<V1NetworkPolicy>().Single(one => one.Metadata.Name == "from-ingress").Spec.Ingress[0].FromProperty = null),
        new("Network policies find pods", "kube-score networkpolicy-targets-pod", Scope.Everywhere,
            of => of.Of<V1NetworkPolicy>().Where(one => !IsForAll(one) && !IsForCertManager(one) && !of.Workloads.Any(workload => Manifests.Selects(one.Spec.PodSelector, workload.Labels))).Select(one => one.Metadata.Name),
            of => of.Of<V1NetworkPolicy>().Single(one => one.Metadata.Name == "from-ingress").Spec.PodSelector.MatchLabels["app.kubernetes.io/component"] = "other"),
        new("Services find pods and their ports", "kube-score service-targets-pod", Scope.Everywhere,
            of => of.Of<V1Service>().Where(one => !one.Spec.Ports.All(port => of.Workloads.Any(workload =>
                Manifests.Selects(new V1LabelSelector { MatchLabels = one.Spec.Selector }, workload.Labels)
                && workload.Pod.Containers.Any(container => container.Ports?.Any(own => own.Name == port.TargetPort.Value) == true)))).Select(one => one.Metadata.Name),
            of => of.Of<V1Service>().First().Spec.Ports[0].TargetPort = "other"),
        new("No service is open on every node", "kube-score service-type", Scope.Everywhere,
            of => of.Of<V1Service>().Where(one => one.Spec.Type is not (null or "ClusterIP")).Select(one => one.Metadata.Name),
            of => of.Of<V1Service>().First().Spec.Type = "NodePort"),
        new("The ingress finds its service", "kube-score ingress-targets-service", Scope.Reachable,
            of => of.Of<V1Ingress>().SelectMany(one => one.Spec.Rules).SelectMany(rule => rule.Http.Paths).Select(path => path.Backend.Service)
                .Where(backend => !of.Of<V1Service>().Any(service => service.Metadata.Name == backend.Name && service.Spec.Ports.Any(port => port.Name == backend.Port.Name))).Select(backend => backend.Name),
            of => of.Of<V1Ingress>().Single().Spec.Rules[0].Http.Paths[0].Backend.Service.Port.Name = "other"),
        new("Clients come by HTTPS", "Polaris tlsSettingsMissing", Scope.Reachable,
            of => of.Of<V1Ingress>().SelectMany(one => one.Spec.Rules.Where(rule => one.Spec.Tls?.Any(tls => tls.SecretName is not null && tls.Hosts.Contains(rule.Host)) != true)).Select(rule => rule.Host),
            of => of.Of<V1Ingress>().Single().Spec.Tls[0].Hosts[0] = "other"),
        new("Selectors find the pods of their own", "kube-score deployment-pod-selector-labels-match-template-metadata-labels, statefulset-pod-selector-labels-match-template-metadata-labels", Scope.Everywhere,
            of =>
            [
                .. of.Of<V1Deployment>().Where(one => !Manifests.Selects(one.Spec.Selector, one.Spec.Template.Metadata.Labels)).Select(one => one.Metadata.Name),
                .. of.Of<V1StatefulSet>().Where(one => !Manifests.Selects(one.Spec.Selector, one.Spec.Template.Metadata.Labels)).Select(one => one.Metadata.Name),
            ],
            of => of.App.Spec.Selector.MatchLabels["app.kubernetes.io/component"] = "other"),
        new("Stateful sets have a headless service", "kube-score statefulset-has-servicename", Scope.Everywhere,
            of => of.Of<V1StatefulSet>().Where(one => !of.Of<V1Service>().Any(service => service.Metadata.Name == one.Spec.ServiceName && service.Spec.ClusterIP == "None")).Select(one => one.Metadata.Name),
            of => of.Of<V1StatefulSet>().First().Spec.ServiceName = "other"),
        new("Everything has the recommended labels", "kube-score label-values; Kubernetes recommended labels", Scope.Everywhere,
            of => of.All.Cast<IKubernetesObject<V1ObjectMeta>>().Where(one => one.Metadata.Labels?.ContainsKey("app.kubernetes.io/name") != true).Select(one => one.Metadata.Name),
            of => of.Of<V1Service>().First().Metadata.Labels.Remove("app.kubernetes.io/name")),
        new("A change of settings is a rollout", "kustomize configMapGenerator", Scope.Everywhere,
            of => of.Of<V1ConfigMap>().Where(map => !Regex.IsMatch(map.Metadata.Name, "-[a-z0-9]{10}$")
                || (of.AppContainer.EnvFrom.All(source => source.ConfigMapRef?.Name != map.Metadata.Name)
                    && !of.Workloads.Any(workload => workload.Volumes.Any(volume => volume.ConfigMap?.Name == map.Metadata.Name)))).Select(map => map.Metadata.Name),
            of => of.Of<V1ConfigMap>().Single().Metadata.Name = "shop"),
    ];

    private static IEnumerable<string> Servers(Manifests of, Func<V1Container, bool> isFault) =>
        of.Servers.Where(pair => isFault(pair.Container)).Select(pair => $"{pair.Workload.Name}/{pair.Container.Name}");

    private static bool IsForAll(V1NetworkPolicy policy) => policy.Spec.PodSelector is { MatchLabels: null, MatchExpressions: null };

    // Its pods come and go with certificates.
    private static bool IsForCertManager(V1NetworkPolicy policy) => policy.Spec.PodSelector.MatchLabels?.ContainsKey("acme.cert-manager.io/http01-solver") == true;

    private static IEnumerable<string> MigrationFaults(Manifests of)
    {
        var job = of.Of<V1Job>().SingleOrDefault();
        if (of.App.Spec.Template.Spec.InitContainers is not [var first, ..] || first.Args is not [var verb] || first.Image != of.AppContainer.Image)
        {
            yield return "no init container waits";
        }
        else if (job is null ? verb == "wait" : verb != "wait" || job.Spec.Template.Spec.Containers.Single().Image != first.Image)
        {
            yield return "the init container does not wait for the migration of its own version";
        }

        if (job is not null && Wave(job.Metadata) >= Wave(of.App.Metadata))
        {
            yield return "the migration is not before the rollout";
        }

        if (job is { Spec: not { ActiveDeadlineSeconds: > 0, BackoffLimit: > 0, TtlSecondsAfterFinished: > 0 } })
        {
            yield return "the migration may go on for ever";
        }
    }

    private static int Wave(V1ObjectMeta metadata) =>
        int.Parse(metadata.Annotations["argocd.argoproj.io/sync-wave"], CultureInfo.InvariantCulture);
}

using k8s.Models;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>What pods may do, and what they are given.</summary>
internal static class PodPractices
{
    private static readonly string[] s_volumesOfRestrictedPods = ["emptyDir", "secret", "configMap", "projected", "downwardAPI", "persistentVolumeClaim", "csi", "ephemeral"];

    private static readonly string[] s_wordsOfSecrets = ["SECRET", "PASSWORD", "TOKEN", "KEY", "DATABASE_URL", "REDIS_URL"];

    public static IEnumerable<Practice> All =>
    [
        new("Pod Security \"restricted\"", "Kubernetes Pod Security Standards; NSA/CISA Pod security", Scope.Everywhere,
            of => of.Workloads.SelectMany(RestrictedFaults),
            of => of.AppContainer.SecurityContext.Capabilities.Add = ["SYS_ADMIN"]),
        new("The namespace enforces it", "NSA/CISA Pod Security admission", Scope.Everywhere,
            of => of.Of<V1Namespace>().Where(one => !Has(one.Metadata.Labels, "pod-security.kubernetes.io/enforce", "restricted")).Select(one => one.Metadata.Name),
            of => of.Of<V1Namespace>().Single().Metadata.Labels["pod-security.kubernetes.io/enforce"] = "baseline"),
        new("No container runs as root", "Polaris runAsRootAllowed; NSA/CISA Non-root containers", Scope.Everywhere,
            of => Containers(of, (pod, container) => (container.SecurityContext?.RunAsNonRoot ?? pod.SecurityContext?.RunAsNonRoot) != true),
            of => of.AppContainer.SecurityContext.RunAsNonRoot = false),
        new("User and group are numbers", "kube-score container-security-context-user-group-id", Scope.Everywhere,
            of => Workloads(of, pod => pod.SecurityContext is not { RunAsUser: > 0, RunAsGroup: > 0 }),
            of => of.App.Spec.Template.Spec.SecurityContext.RunAsUser = null),
        new("The root file system is read-only", "kube-score container-security-context-readonlyrootfilesystem; Polaris notReadOnlyRootFilesystem; NSA/CISA Immutable container file systems", Scope.Everywhere,
            of => Containers(of, (_, container) => container.SecurityContext?.ReadOnlyRootFilesystem != true),
            of => of.AppContainer.SecurityContext.ReadOnlyRootFilesystem = false),
        new("No privileges, and none to be gained", "kube-score container-security-context-privileged; Polaris runAsPrivileged, privilegeEscalationAllowed", Scope.Everywhere,
            of => Containers(of, (_, container) => container.SecurityContext is not { AllowPrivilegeEscalation: false, Privileged: not true }),
            of => of.App.Spec.Template.Spec.InitContainers[0].SecurityContext.AllowPrivilegeEscalation = null),
        new("No capabilities", "Polaris dangerousCapabilities, insecureCapabilities", Scope.Everywhere,
            of => Containers(of, (_, container) => container.SecurityContext?.Capabilities is not { Drop: ["ALL"], Add: null }),
            of => of.AppContainer.SecurityContext.Capabilities.Drop = ["NET_RAW"]),
        new("System calls are filtered", "kube-score container-seccomp-profile; Polaris linuxHardening", Scope.Everywhere,
            of => Workloads(of, pod => pod.SecurityContext?.SeccompProfile?.Type != "RuntimeDefault"),
            of => of.App.Spec.Template.Spec.SecurityContext.SeccompProfile.Type = "Unconfined"),
        new("Nothing of the node is shared", "Polaris hostIPCSet, hostPIDSet, hostNetworkSet, hostPathSet, hostPortSet", Scope.Everywhere,
            of => Workloads(of, pod => pod.HostIPC == true || pod.HostPID == true || pod.HostNetwork == true || pod.Volumes.Any(volume => volume.HostPath is not null)
                || pod.Containers.Any(container => container.Ports?.Any(port => port.HostPort is not null) == true)),
            of => of.AppContainer.Ports[0].HostPort = 3000),
        new("No token of the cluster", "Polaris automountServiceAccountToken; NSA/CISA Protecting Pod service account tokens", Scope.Everywhere,
            of => [.. Workloads(of, pod => pod.AutomountServiceAccountToken != false), .. of.Of<V1ServiceAccount>().Where(one => one.AutomountServiceAccountToken != false).Select(one => one.Metadata.Name)],
            of => of.App.Spec.Template.Spec.AutomountServiceAccountToken = null),
        new("A service account of its own", "NSA/CISA Authentication and authorization", Scope.Everywhere,
            of => Workloads(of, pod => pod.ServiceAccountName is not { } name || of.Of<V1ServiceAccount>().All(one => one.Metadata.Name != name)),
            of => of.App.Spec.Template.Spec.ServiceAccountName = "default"),
        new("No secrets in environment variables or settings", "Polaris sensitiveContainerEnvVar, sensitiveConfigmapContent; NSA/CISA Secrets", Scope.Everywhere,
            of =>
            [
                .. of.Of<V1Secret>().Select(one => $"Secret {one.Metadata.Name}"),
                .. of.Containers.Where(pair => pair.Container.EnvFrom?.Any(source => source.SecretRef is not null) == true
                    || pair.Container.Env?.Any(variable => variable.ValueFrom?.SecretKeyRef is not null || IsSecret(variable.Name, variable.Value)) == true).Select(Name),
                .. of.Of<V1ConfigMap>().SelectMany(map => map.Data).Where(setting => IsSecret(setting.Key, setting.Value)).Select(setting => setting.Key),
            ],
            of => of.Of<V1ConfigMap>().Single().Data["JWT_SECRET"] = "x"),
        new("Secrets are for their readers alone", "CIS Benchmark 5.4.1", Scope.Everywhere,
            of => of.Workloads.SelectMany(one => one.Volumes).Where(volume => volume.Secret is { } secret && (secret.DefaultMode is not 0b100_100_000 || secret.Items is null or [])).Select(volume => volume.Name),
            of => of.App.Spec.Template.Spec.Volumes[0].Secret.DefaultMode = 0b110_100_100),
        new("No links to other services in the environment", "Kubernetes Pod configuration (enableServiceLinks)", Scope.Everywhere,
            of => Workloads(of, pod => pod.EnableServiceLinks != false),
            of => of.App.Spec.Template.Spec.EnableServiceLinks = null),
        new("CPU and memory are asked for", "kube-score container-resources; Polaris cpuRequestsMissing, memoryRequestsMissing", Scope.Everywhere,
            of => Containers(of, (_, container) => Lacks(container.Resources?.Requests, "cpu", "memory")),
            of => of.AppContainer.Resources.Requests.Remove("cpu")),
        new("CPU and memory are limited", "kube-score container-resources; Polaris cpuLimitsMissing, memoryLimitsMissing; NSA/CISA Resource policies", Scope.Everywhere,
            of => Containers(of, (_, container) => Lacks(container.Resources?.Limits, "cpu", "memory")),
            of => of.AppContainer.Resources.Limits.Remove("memory")),
        new("No more memory is used than was asked for", "kube-score container-memory-requests-equal-limits", Scope.Everywhere,
            of => Containers(of, (_, container) => $"{container.Resources.Requests["memory"]}" != $"{container.Resources.Limits["memory"]}"),
            of => of.AppContainer.Resources.Limits["memory"] = new ResourceQuantity("1Gi")),
        new("Room on the node's disk is asked for and limited", "kube-score container-ephemeral-storage-request-and-limit", Scope.Everywhere,
            of =>
            [
                .. Containers(of, (_, container) => Lacks(container.Resources?.Requests, "ephemeral-storage") || Lacks(container.Resources?.Limits, "ephemeral-storage")),
                .. of.Workloads.SelectMany(one => one.Volumes).Where(volume => volume.EmptyDir is { SizeLimit: null }).Select(volume => volume.Name),
            ],
            of => of.App.Spec.Template.Spec.Volumes.Single(volume => volume.EmptyDir is not null).EmptyDir.SizeLimit = null),
        new("Images are of one version", "kube-score container-image-tag; Polaris tagNotSpecified", Scope.Everywhere,
            of => Containers(of, (_, container) => container.Image.EndsWith(":latest", StringComparison.Ordinal) || container.Image.LastIndexOf(':') <= container.Image.LastIndexOf('/')),
            of => of.AppContainer.Image = "registry.example.com:5000/shop"),
        new("The registry is asked each time", "kube-score container-image-pull-policy; Polaris pullPolicyNotAlways", Scope.Reachable,
            of => Containers(of, (_, container) => container.ImagePullPolicy != "Always"),
            of => of.AppContainer.ImagePullPolicy = "IfNotPresent"),
        new("No environment variable is set twice", "kube-score environment-variable-key-duplication", Scope.Everywhere,
            of => Containers(of, (_, container) => container.Env?.GroupBy(variable => variable.Name).Any(group => group.Count() > 1) == true),
            of => of.AppContainer.Env = [new V1EnvVar { Name = "A" }, new V1EnvVar { Name = "A" }]),
    ];

    private static IEnumerable<string> Workloads(Manifests of, Func<V1PodSpec, bool> isFault) =>
        of.Workloads.Where(workload => isFault(workload.Pod)).Select(workload => workload.Name);

    private static IEnumerable<string> Containers(Manifests of, Func<V1PodSpec, V1Container, bool> isFault) =>
        of.Containers.Where(pair => isFault(pair.Workload.Pod, pair.Container)).Select(Name);

    private static string Name((Workload Workload, V1Container Container) pair) => $"{pair.Workload.Name}/{pair.Container.Name}";

    private static bool Lacks(IDictionary<string, ResourceQuantity>? resources, params string[] names) => resources is null || !names.All(resources.ContainsKey);

    private static bool Has(IDictionary<string, string>? labels, string key, string value) => labels?.TryGetValue(key, out var found) == true && found == value;

    // The setting that ends with _FILE names the file that has the secret; a URL of SQLite has none.
    private static bool IsSecret(string name, string? value) =>
        !name.EndsWith("_FILE", StringComparison.Ordinal)
        && value?.StartsWith("sqlite:", StringComparison.Ordinal) != true
        && s_wordsOfSecrets.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        && value is not "yes";

    /// <summary>The standard as it is written: https://kubernetes.io/docs/concepts/security/pod-security-standards.</summary>
    private static IEnumerable<string> RestrictedFaults(Workload workload)
    {
        var (pod, name) = (workload.Pod, workload.Name);
        if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true)
        {
            yield return $"{name} shares namespaces of the host";
        }

        if (pod.SecurityContext?.Sysctls is { Count: > 0 } || pod.SecurityContext?.WindowsOptions is not null)
        {
            yield return $"{name} sets sysctls or Windows' options";
        }

        foreach (var volume in workload.Volumes.Where(volume => !s_volumesOfRestrictedPods.Contains(KindOf(volume))))
        {
            yield return $"{name} has the volume {volume.Name}";
        }

        foreach (var container in workload.Containers)
        {
            var rights = container.SecurityContext ?? new V1SecurityContext();
            var profile = rights.SeccompProfile ?? pod.SecurityContext?.SeccompProfile;
            var isRestricted = rights.Privileged != true
                && rights.AllowPrivilegeEscalation == false
                && (rights.RunAsNonRoot ?? pod.SecurityContext?.RunAsNonRoot) == true
                && (rights.RunAsUser ?? pod.SecurityContext?.RunAsUser) != 0
                && profile?.Type is "RuntimeDefault" or "Localhost"
                && rights.ProcMount is null or "Default"
                && rights.Capabilities?.Drop?.Contains("ALL") == true
                && (rights.Capabilities.Add ?? []).All(capability => capability == "NET_BIND_SERVICE")
                && (container.Ports ?? []).All(port => port.HostPort is null or 0);
            if (!isRestricted)
            {
                yield return $"{name}/{container.Name}";
            }
        }
    }

    private static string KindOf(V1Volume volume) =>
        volume.EmptyDir is not null ? "emptyDir"
        : volume.Secret is not null ? "secret"
        : volume.ConfigMap is not null ? "configMap"
        : volume.PersistentVolumeClaim is not null ? "persistentVolumeClaim"
        : "another kind";
}

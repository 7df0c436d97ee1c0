namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>Where a practice is asked for.</summary>
internal enum Scope
{
    Everywhere,

    /// <summary>Where clients come from outside: not in dev.</summary>
    Reachable,

    /// <summary>Where there are replicas: not in dev, and not with SQLite.</summary>
    Replicated,
}

/// <summary>A best practice, and how to tell that it is not followed.</summary>
/// <param name="Name">What docs/kubernetes.md calls it.</param>
/// <param name="Sources">Who asks for it, by the names of their checks.</param>
/// <param name="Scope">Where.</param>
/// <param name="Faults">What does not follow it.</param>
/// <param name="Spoil">Makes manifests that follow it into ones that do not.</param>
internal sealed record Practice(string Name, string Sources, Scope Scope, Func<Manifests, IEnumerable<string>> Faults, Action<Manifests> Spoil)
{
    public bool Holds(Overlay overlay) => Scope switch
    {
        Scope.Reachable => overlay.IsReachable,
        Scope.Replicated => overlay.HasReplicas,
        _ => true,
    };
}

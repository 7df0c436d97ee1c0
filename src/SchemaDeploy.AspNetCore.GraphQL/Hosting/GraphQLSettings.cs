using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Which queries are taken, and how much one may ask for; the configuration's section GraphQL changes it.</summary>
internal sealed class GraphQLSettings
{
    public const string Section = "GraphQL";

    /// <summary>A JSON file of queries by their names, beside the application; null where there is none.</summary>
    public string? PersistedQueries { get; set; }

    /// <summary>Whether queries that the file does not have are refused.</summary>
    public bool OnlyPersistedQueries { get; set; }

    /// <summary>The most words and signs in a query.</summary>
    public int MaximumTokens { get; set; } = 5_000;

    /// <summary>The most fields within each other.</summary>
    public int MaximumDepth { get; set; } = 15;

    /// <summary>The most fields in a query when fragments are put in.</summary>
    public int MaximumFields { get; set; } = 1_000;

    /// <summary>The most fields that are given other names.</summary>
    public int MaximumAliases { get; set; } = 50;

    /// <summary>The most fields at the root of a query or mutation.</summary>
    public int MaximumRootFields { get; set; } = 20;

    /// <summary>The most values that the answer could have, were every page full.</summary>
    public int MaximumCost { get; set; } = 100_000;

    /// <summary>The most subscriptions that a user, or an address without one, has open in a process.</summary>
    public int MaximumSubscriptions { get; set; } = 10;

    /// <summary>The most changes that wait for a subscriber; who does not keep up is cut off.</summary>
    public int MaximumQueuedChanges { get; set; } = 100;

    /// <summary>How often a subscriber gets a sign of life, and is asked for who it still is.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <exception cref="StartupException">A limit is not above zero, or there is nothing that could be asked for.</exception>
    public void Check()
    {
        if (OnlyPersistedQueries && PersistedQueries is null)
        {
            throw new StartupException($"{Section}:{nameof(OnlyPersistedQueries)} needs the file of queries: set {Section}:{nameof(PersistedQueries)}.");
        }

        foreach (var (name, limit) in (ReadOnlySpan<(string, int)>)
            [
                (nameof(MaximumTokens), MaximumTokens), (nameof(MaximumDepth), MaximumDepth), (nameof(MaximumFields), MaximumFields),
                (nameof(MaximumAliases), MaximumAliases), (nameof(MaximumRootFields), MaximumRootFields), (nameof(MaximumCost), MaximumCost),
                (nameof(MaximumSubscriptions), MaximumSubscriptions), (nameof(MaximumQueuedChanges), MaximumQueuedChanges),
                (nameof(Heartbeat), Math.Sign(Heartbeat.Ticks)),
            ])
        {
            if (limit <= 0)
            {
                throw new StartupException($"{Section}:{name} must be greater than zero.");
            }
        }
    }
}

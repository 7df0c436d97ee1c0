using Xunit.Sdk;
using Xunit.v3;

namespace SchemaDeploy.Tests;

/// <summary>Begins with the collections that take longest, so that no core is idle while the last of them ends.</summary>
/// <param name="longest">The collections, or the classes that are ones of their own, the longest first; the others follow.</param>
public abstract class LongestFirst(params string[] longest) : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var name = collection.TestCollectionDisplayName;
        var place = Array.FindIndex(longest, one => name == one || name.EndsWith('.' + one, StringComparison.Ordinal));
        return place < 0 ? longest.Length : place;
    }
}

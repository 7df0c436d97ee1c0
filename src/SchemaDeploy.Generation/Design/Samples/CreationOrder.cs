using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design.Samples;

/// <summary>The order in which rows of resources can be created: what is referred to comes first.</summary>
internal static class CreationOrder
{
    /// <summary>
    /// All resources. Optional references are honoured as far as others allow it. Where required ones form a circle, one
    /// resource of it starts it: its row refers to one that is not there yet.
    /// </summary>
    public static ImmutableArray<(Resource Resource, bool StartsCircle)> Of(ApiModel api)
    {
        var order = ImmutableArray.CreateBuilder<(Resource, bool)>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var left = api.Resources.ToList();
        while (left.Count > 0)
        {
            var ready = left.FindAll(resource => resource.Links.All(link => IsMet(resource, link)));
            var startsCircle = false;
            if (ready.Count == 0)
            {
                var next = left.Find(resource => !Unmet(resource).Any());
                startsCircle = next is null;
                ready = [next ?? InCircle(left[0])];
            }

            order.AddRange(ready.Select(resource => (resource, startsCircle)));
            done.UnionWith(ready.Select(resource => resource.Names.Entity));
            left.RemoveAll(ready.Contains);
        }

        return order.ToImmutable();

        // Following what is missing leads into the circle.
        Resource InCircle(Resource start)
        {
            var seen = new HashSet<Resource>(ReferenceEqualityComparer.Instance);
            while (seen.Add(start))
            {
                var target = Unmet(start).First().Target.Entity;
                start = api.Resources.Single(resource => resource.Names.Entity == target);
            }

            return start;
        }

        IEnumerable<Link> Unmet(Resource resource) =>
            resource.Links.Where(link => link.Required && !IsMet(resource, link));

        bool IsMet(Resource resource, Link link) =>
            done.Contains(link.Target.Entity) || link.Target.Entity == resource.Names.Entity;
    }
}

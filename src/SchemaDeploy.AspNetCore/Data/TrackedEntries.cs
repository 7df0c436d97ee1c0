using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The entries of a context for those who know that nothing has changed since changes were looked for.</summary>
internal static class TrackedEntries
{
    /// <summary>All entries; EF Core would compare every value of theirs once more before it gives them.</summary>
    public static IReadOnlyList<EntityEntry> KnownEntries(this DbContext context)
    {
        var tracker = context.ChangeTracker;
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries()];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }
}

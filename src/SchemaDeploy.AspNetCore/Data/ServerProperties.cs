using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The properties of an entity that the server keeps, found once and not with every save.</summary>
internal sealed class ServerProperties
{
    private static readonly ConditionalWeakTable<IEntityType, ServerProperties> s_known = [];

    private ServerProperties(IEntityType type)
    {
        var properties = type.GetProperties().ToList();
        Times = [.. properties.Where(property => property.IsNowOnCreate() || property.IsNowOnUpdate())];
        Versions = [.. properties.Where(property => property.IsIncremented() && property.ValueGenerated == ValueGenerated.Never)];
        Windows = [.. properties.Where(property => property.FindTimeWindow() is not null)];
        ComputedKeys = [.. properties.Where(Data.ComputedKeys.IsComputed)];
    }

    /// <summary>Those that hold the time of creation or of the last change.</summary>
    public IReadOnlyList<IProperty> Times { get; }

    /// <summary>Those that differ after every change, and are not the database's to keep.</summary>
    public IReadOnlyList<IProperty> Versions { get; }

    /// <summary>Those that hold the beginning of a time window.</summary>
    public IReadOnlyList<IProperty> Windows { get; }

    /// <summary>Parts of keys that the schema computes.</summary>
    public IReadOnlyList<IProperty> ComputedKeys { get; }

    public static ServerProperties Of(IEntityType type) => s_known.GetValue(type, static type => new ServerProperties(type));
}

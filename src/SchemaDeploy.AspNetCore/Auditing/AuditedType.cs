using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>What the audit log keeps of the rows of one table; worked out once.</summary>
internal sealed class AuditedType
{
    private static readonly ConditionalWeakTable<IEntityType, AuditedType> s_types = [];

    private readonly AuditedProperty[] _key;

    private AuditedType(IEntityType type)
    {
        IsAudited = !type.IsAuditLog() && !type.IsNotAudited() && type.FindPrimaryKey() is not null;
        Table = type.GetTableName() ?? type.ShortName();
        Name = type.FindAuditName() ?? Table;
        Properties =
        [
            .. type.GetProperties()
                .Where(property => !property.IsShadowProperty() && !property.IsNotAudited())
                .Select(property => new AuditedProperty(property)),
        ];
        SetOnAdd = [.. type.GetProperties().Where(property => property.ValueGenerated.HasFlag(ValueGenerated.OnAdd) || property.IsForeignKey())];
        _key = [.. type.FindPrimaryKey()?.Properties.Where(property => !property.IsShadowProperty()).Select(property => new AuditedProperty(property)) ?? []];
    }

    public bool IsAudited { get; }

    public string Table { get; }

    public string Name { get; }

    public AuditedProperty[] Properties { get; }

    /// <summary>The properties that the database may set when a row is added, or that follow those of another row.</summary>
    public IReadOnlyList<IProperty> SetOnAdd { get; }

    public static AuditedType Of(IEntityType type) => s_types.GetValue(type, static type => new AuditedType(type));

    /// <summary>The key of a row as text.</summary>
    public string KeyOf(object entity) => _key is [var single]
        ? ScalarText.Format(single.Read(entity) ?? "")
        : RoutePath.Of([.. _key.Select(property => property.Read(entity))]);
}

using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>
/// Finds the schema's audit log by its shape, and decides what goes into its columns. A table that could not take every
/// record is left as it is: its rows would make writes fail.
/// </summary>
internal sealed class AuditLogDesigner(IReadOnlyList<ResourceDraft> drafts, TableNaming naming, DiagnosticBag diagnostics)
{
    /// <summary>The segment of the audit log's route, whatever its table is called.</summary>
    public const string Route = "audit-logs";

    private const int ShortestUnboundedText = 255;
    private const int UuidLength = 36;

    // What columns that take certain texts only call the three actions.
    private static readonly string[][] s_actions =
    [
        ["create", "insert", "add", "new", "created", "inserted", "added", "ins", "c", "i", "a"],
        ["update", "edit", "modify", "change", "updated", "edited", "modified", "changed", "upd", "u", "m", "e"],
        ["delete", "remove", "destroy", "deleted", "removed", "destroyed", "del", "d", "r"],
    ];

    /// <summary>The schema's own audit log, or null.</summary>
    public AuditLog? Find()
    {
        var candidates = drafts
            .Where(draft => draft.Role == TableRole.Ordinary && draft.IsAudited)
            .Select(draft => (Draft: draft, Sources: Recognise(draft)))
            .Where(candidate => IsAuditLog(candidate.Draft, candidate.Sources))
            .OrderByDescending(candidate => candidate.Sources.Count);
        foreach (var (draft, sources) in candidates)
        {
            if (Design(draft, sources) is { } log)
            {
                return log;
            }
        }

        return null;
    }

    /// <summary>What goes into the columns of <paramref name="draft"/>, which is made to be an audit log.</summary>
    public AuditLog Design(ResourceDraft draft) => Design(draft, Recognise(draft))!;

    private static bool IsAuditLog(ResourceDraft draft, Dictionary<Property, AuditSource> sources)
    {
        bool Has(params ReadOnlySpan<AuditSource> any)
        {
            foreach (var source in any)
            {
                if (sources.ContainsValue(source))
                {
                    return true;
                }
            }

            return false;
        }

        return Has(AuditSource.Action)
            && (AuditColumnNames.IsAuditLog(draft.Table.Name)
                ? Has(AuditSource.User, AuditSource.Actor, AuditSource.Entity, AuditSource.Table, AuditSource.Key, AuditSource.OldValues, AuditSource.NewValues, AuditSource.Changes)
                : Has(AuditSource.Entity, AuditSource.Table) && Has(AuditSource.OldValues, AuditSource.NewValues) && Has(AuditSource.Key, AuditSource.User, AuditSource.Actor));
    }

    private Dictionary<Property, AuditSource> Recognise(ResourceDraft draft)
    {
        var best = new Dictionary<AuditSource, (Property Property, int Rank)>();
        foreach (var property in draft.OrderedProperties)
        {
            if (AuditColumnNames.Find(property.ColumnName) is var (source, rank)
                && Takes(draft, property, source)
                && (!best.TryGetValue(source, out var other) || rank < other.Rank))
            {
                best[source] = (property, rank);
            }
        }

        return best.ToDictionary(entry => entry.Value.Property, entry => entry.Key switch
        {
            AuditSource.Entity when Words.Of(entry.Value.Property.ColumnName).Any(word => word.StartsWith("table", StringComparison.OrdinalIgnoreCase)) =>
                AuditSource.Table,
            AuditSource.User when !entry.Value.Property.Nullable && entry.Value.Property.Form == ValueForm.Text => AuditSource.Actor,
            _ => entry.Key,
        });
    }

    private bool Takes(ResourceDraft draft, Property property, AuditSource source)
    {
        if (property.ServerValue is ServerValue.Identity or ServerValue.Computed or ServerValue.RowVersion or ServerValue.Version)
        {
            return false;
        }

        var isText = property.Form == ValueForm.Text;
        return source switch
        {
            AuditSource.Action => isText || property.Enum is not null,
            AuditSource.User => IsKeyType(property) && TargetsOf(draft, property).All(target => target.Role == TableRole.Users),
            AuditSource.Key => IsKeyType(property) && !TargetsOf(draft, property).Any(),
            AuditSource.OldValues or AuditSource.NewValues => isText || property.Form == ValueForm.Json,
            AuditSource.Changes => property.Form == ValueForm.Json || (isText && property.MaxLength is null or >= ShortestUnboundedText),
            AuditSource.Time => property.Form is ValueForm.Moment or ValueForm.WallClock or ValueForm.Date,
            _ => isText && AllowedTexts(property).IsEmpty,
        };
    }

    private static bool IsKeyType(Property property) => property.Form is ValueForm.Text or ValueForm.Integer or ValueForm.Uuid;

    private IEnumerable<ResourceDraft> TargetsOf(ResourceDraft draft, Property property) => draft.Facts.ForeignKeys
        .Where(foreignKey => foreignKey.Columns.Any(column => column.Name == property.ColumnName))
        .Select(foreignKey => drafts.First(target => target.Facts == foreignKey.Target));

    private AuditLog? Design(ResourceDraft draft, Dictionary<Property, AuditSource> sources)
    {
        var columns = ImmutableArray.CreateBuilder<AuditColumn>();
        if (Refusal(draft) is { } refusal)
        {
            return Refuse(refusal);
        }

        foreach (var property in draft.OrderedProperties)
        {
            var (column, reason) = sources.TryGetValue(property, out var source)
                ? Fill(draft, property, source, hasValues: sources.Values.Any(other => other is AuditSource.NewValues or AuditSource.Changes))
                : Leave(property);
            if (reason is not null)
            {
                return Refuse(reason);
            }

            if (column is not null)
            {
                columns.Add(column);
            }
        }

        draft.Role = TableRole.AuditLog;
        draft.Names = draft.Names with { Route = Route };
        return new AuditLog(draft.Names, naming.NameMapper(draft.Names), columns.ToImmutable());

        AuditLog? Refuse(string reason)
        {
            diagnostics.Report(DesignDiagnostics.AuditLogNotUsable, draft.Table.Source.ToSpan(), draft.Table.Name, reason, OwnTables.AuditLog.Name);
            return null;
        }
    }

    private static string? Refusal(ResourceDraft draft)
    {
        if (draft.EntityKey is null)
        {
            return "it has no key";
        }

        if (draft.Table.Columns.FirstOrDefault(column =>
            !draft.Properties.ContainsKey(column.Name) && !column.Nullable && column.Default is null && column.Generated is null) is { } hidden)
        {
            return $"column '{hidden.Name}' is NOT NULL and of a type that is not carried over";
        }

        // Where only what the server numbers is unique, no record is refused.
        bool CouldRefuse(IEnumerable<string> columns) => !columns.Any(column => draft.Find(column) is { } property && IsNumbered(property));
        var unique = draft.Table.UniqueKeys.FirstOrDefault(key => key != draft.Facts.Key && CouldRefuse(key.Columns))?.Name
            ?? draft.Table.Indexes.FirstOrDefault(index => index.Unique && CouldRefuse(
                index.Parts.Select(part => part.Expression).OfType<ColumnExpression>().Select(column => column.Name)))?.Name;
        return unique is null ? null : $"its unique key '{unique}' could refuse records";
    }

    private static bool IsNumbered(Property property) =>
        property.ServerValue == ServerValue.Identity || property.Form == ValueForm.Uuid || property.Default?.Kind is DefaultKind.Uuid or DefaultKind.Sequence;

    private (AuditColumn? Column, string? Reason) Fill(ResourceDraft log, Property property, AuditSource source, bool hasValues)
    {
        switch (source)
        {
            case AuditSource.User when !property.Nullable:
                return (null, $"column '{property.ColumnName}' asks for a user, and not everybody who writes is one");
            case AuditSource.Key when property.Form != ValueForm.Text && MisfitsOf(log, property) is { Count: > 0 } misfits:
                if (!property.Nullable && !hasValues)
                {
                    return (null, $"column '{property.ColumnName}' cannot hold the keys of {string.Join(", ", misfits)}");
                }

                diagnostics.Report(
                    DesignDiagnostics.AuditKeysDiffer, log.Facts.Find(property.ColumnName)!.Source.ToSpan(),
                    string.Join(", ", misfits), property.ColumnName, property.Nullable ? "null" : "0");
                break;
            case AuditSource.Action:
                return FillAction(property);
        }

        return (new AuditColumn(property, source) { MaxLength = property.Form == ValueForm.Text ? MaxLengthOf(property) : null }, null);
    }

    private (AuditColumn? Column, string? Reason) FillAction(Property property)
    {
        ImmutableArray<(string Text, string CSharp)> allowed = property.Enum is { } enumeration
            ? [.. enumeration.Members.Select(member => (member.Text, $"{enumeration.Name}.{member.Name}"))]
            : [.. AllowedTexts(property).Select(value => (value.Json.Trim('"'), value.CSharp))];
        if (allowed.IsEmpty)
        {
            var longest = drafts.Select(draft => $"CREATE_{draft.Names.Singular}".Length).Max();
            return property.MaxLength switch
            {
                null => (new AuditColumn(property, AuditSource.Event), null),
                { } length when length >= longest => (new AuditColumn(property, AuditSource.Event) { MaxLength = length }, null),
                >= 6 => (new AuditColumn(property, AuditSource.Action), null),
                >= 3 => (Fixed("INS", "UPD", "DEL"), null),
                _ => (Fixed("I", "U", "D"), null),
            };
        }

        var actions = s_actions.Select(words => words
            .Select(word => allowed.FirstOrDefault(value => string.Equals(value.Text, word, StringComparison.OrdinalIgnoreCase)).CSharp)
            .FirstOrDefault(value => value is not null)).ToList();
        return actions.Contains(null)
            ? (null, $"column '{property.ColumnName}' has no value for every one of create, update and delete")
            : (new AuditColumn(property, AuditSource.Action) { Actions = [.. actions!] }, null);

        AuditColumn Fixed(params string[] texts) => new(property, AuditSource.Action) { Actions = [.. texts.Select(CSharpText.Quote)] };
    }

    private static (AuditColumn? Column, string? Reason) Leave(Property property)
    {
        if (property.ServerValue != ServerValue.None)
        {
            return (null, null);
        }

        if (property.Default is { } value)
        {
            return (value.CSharp is null ? null : new AuditColumn(property, AuditSource.Default), null);
        }

        if (property.Nullable)
        {
            return (null, null);
        }

        return property.Form == ValueForm.Uuid || (property is { IsKey: true, Form: ValueForm.Text, MaxLength: null or >= UuidLength })
            ? (new AuditColumn(property, AuditSource.NewId), null)
            : (null, $"column '{property.ColumnName}' is NOT NULL, and nothing that is recorded belongs into it");
    }

    // The texts that an enum or a check allows; none where every text will do.
    private static ImmutableArray<RuleValue> AllowedTexts(Property property) =>
        property.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.OneOf)?.Values ?? [];

    // The library's own users are recorded without their key where it does not fit.
    private List<string> MisfitsOf(ResourceDraft log, Property column) =>
    [
        .. drafts
            .Where(draft => draft != log && draft.IsAudited && !draft.IsOwn && draft.EntityKey is { } key && !Fits(key, column))
            .Select(draft => draft.Table.Name),
    ];

    private static bool Fits(ResourceKey key, Property column) =>
        key is { IsComposite: false, Properties: [var single] } && single.Form == column.Form
        && (column.Form != ValueForm.Integer || PropertyTypes.MaximumOf(single.ClrType) <= PropertyTypes.MaximumOf(column.ClrType));

    // MySQL counts the bytes of TEXT, of which a character has up to three.
    private static int? MaxLengthOf(Property property) => property.Kind == SqlTypeKind.Text ? property.MaxLength / 3 : property.MaxLength;
}

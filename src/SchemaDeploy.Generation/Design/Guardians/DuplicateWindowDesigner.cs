using System.Collections.Immutable;
using System.Text.RegularExpressions;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>Designs the windows against duplicates of one resource from its @unique-within tags.</summary>
internal sealed partial class DuplicateWindowDesigner(ResourceDraft draft, ConstraintNaming constraints, DiagnosticBag diagnostics)
{
    private static readonly string[] s_columns = ["_key", "_bucket", "_shifted", "_at"];

    private readonly HashSet<string> _columns = new(draft.Table.Columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The windows of the table, then those of its columns.</summary>
    public ImmutableArray<DuplicateWindow> Design() =>
    [
        .. draft.Table.Tags.Where(IsWindow).Select(tag => Design(tag, null)).OfType<DuplicateWindow>(),
        .. draft.Table.Columns.SelectMany(
            column => column.Tags.Where(IsWindow).Select(tag => Design(tag, column))).OfType<DuplicateWindow>(),
    ];

    private static bool IsWindow(SmartTag tag) => tag.Name == Tags.UniqueWithin;

    private DuplicateWindow? Design(SmartTag tag, Column? column)
    {
        if (draft.Key is null)
        {
            diagnostics.Report(DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name, $"rows of '{draft.Table.Name}' are only read");
            return null;
        }

        try
        {
            return Read(tag, column);
        }
        catch (RuleError error)
        {
            error.Report(tag, diagnostics);
            return null;
        }
    }

    private DuplicateWindow Read(SmartTag tag, Column? column)
    {
        var match = TagPattern().Match(tag.Argument);
        if (!match.Success)
        {
            throw new RuleError(GuardianDiagnostics.WindowSyntax, 0, "a length of time and columns must follow, as in '60s (owner_id, item_type)'");
        }

        var length = Durations.Read(match.Groups["length"].Value)
            ?? throw new RuleError(
                GuardianDiagnostics.WindowSyntax, match.Groups["length"].Index, $"'{match.Groups["length"].Value}' is no length of time such as 60s, 15m, 24h or 30d");
        var prefix = FindPrefix();
        return new DuplicateWindow
        {
            Length = length,
            LengthText = match.Groups["length"].Value,
            Properties = PropertiesOf(match.Groups["column"], column),
            Time = draft.OrderedProperties.FirstOrDefault(property => IsTimeFor(length, property)),
            ColumnPrefix = prefix,
            IndexName = constraints.Name($"uq_{draft.Table.Name}_{prefix}", draft.Table, tag.Source),
            ShiftedIndexName = constraints.Name($"uq_{draft.Table.Name}_{prefix}_shifted", draft.Table, tag.Source),
        };
    }

    // Times that are kept to the second are too coarse for a window of few.
    private static bool IsTimeFor(TimeSpan length, Property property) =>
        property is { ServerValue: ServerValue.NowOnCreate, Form: ValueForm.Moment or ValueForm.WallClock }
        && (property.Precision is null or >= 3 || length >= TimeSpan.FromSeconds(10));

    private ImmutableArray<Property> PropertiesOf(Group names, Column? column)
    {
        if (names.Captures.Count == 0)
        {
            return [PropertyOf(
                column?.Name ?? throw new RuleError(GuardianDiagnostics.WindowSyntax, 0, "the columns to compare must follow, as in '60s (owner_id, item_type)'"), 0)];
        }

        return [.. names.Captures.Select(name => PropertyOf(name.Value.Trim('"', '`'), name.Index)).Distinct()];
    }

    private Property PropertyOf(string name, int offset)
    {
        if (draft.Facts.Find(name) is not { } column)
        {
            throw Error($"table '{draft.Table.Name}' has no such column", Suggestion.For(name, draft.Table.Columns.Select(c => c.Name)));
        }

        return draft.Properties.GetValueOrDefault(column.Name) switch
        {
            null => throw Error($"a column of its type ({column.NativeType}) is not part of the application", ""),
            { InCreate: false, IsOwner: false } => throw Error("clients do not send it", ""),
            var property => property,
        };

        RuleError Error(string reason, string suggestion) => new(GuardianDiagnostics.WindowColumn, offset, name, reason, suggestion);
    }

    private string FindPrefix()
    {
        var prefix = "unique_within";
        for (var number = 2; s_columns.Any(ending => _columns.Contains(prefix + ending)); number++)
        {
            prefix = $"unique_within_{number}";
        }

        _columns.UnionWith(s_columns.Select(ending => prefix + ending));
        return prefix;
    }

    [GeneratedRegex("""^(?<length>[^\s(]+)\s*(\(\s*(?<column>[^\s,()]+)(\s*,\s*(?<column>[^\s,()]+))*\s*\))?$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TagPattern();
}

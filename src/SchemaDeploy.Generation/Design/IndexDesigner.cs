using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Generation.Design.Sql;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using Index = SchemaDeploy.Schema.Model.Index;

namespace SchemaDeploy.Generation.Design;

/// <summary>Designs the unique keys and indexes of one resource, and the columns that stand for expressions in unique ones.</summary>
internal sealed class IndexDesigner(
    ResourceDraft draft, DatabaseModel database, DesignOptions options, ConstraintNaming constraints, DiagnosticBag diagnostics)
{
    private readonly NameScope _columns = ColumnsOf(draft.Table);
    private readonly Dictionary<string, ShadowProperty> _shadows = new(StringComparer.Ordinal);

    /// <summary>The columns beside the schema's.</summary>
    public List<ShadowProperty> ShadowProperties { get; } = [];

    /// <summary>The unique keys that foreign keys refer to.</summary>
    public ImmutableArray<AlternateKey> DesignAlternateKeys() =>
    [
        .. draft.Facts.AlternateKeys.Select(key => new AlternateKey(
            constraints.Name(key.Name, draft.Table, draft.Table.Source), draft.Get(draft.Facts.FindExposed(key.Columns)))),
    ];

    /// <summary>All other unique keys, and the indexes.</summary>
    public ImmutableArray<ResourceIndex> DesignIndexes()
    {
        var indexes = ImmutableArray.CreateBuilder<ResourceIndex>();
        foreach (var key in draft.Table.UniqueKeys)
        {
            if (ReferenceEquals(key, draft.Facts.Key) || draft.Facts.AlternateKeys.Contains(key))
            {
                continue;
            }

            Add(indexes, new Index
            {
                Name = key.Name,
                Parts = [.. key.Columns.Select(column => new IndexPart(new ColumnExpression(column)))],
                Unique = true,
                NullsNotDistinct = key.NullsNotDistinct,
                Source = draft.Table.Source,
            });
        }

        foreach (var index in draft.Table.Indexes)
        {
            Add(indexes, index);
        }

        indexes.AddRange(ListOrders(indexes));

        return indexes.ToImmutable();
    }

    // Whose rows are listed by their owner or within another row, is read in the order of the key. An index of the reference
    // alone does not give it, and PostgreSQL would rather read all rows in that order until a page is full.
    private List<ResourceIndex> ListOrders(IReadOnlyCollection<ResourceIndex> indexes)
    {
        if (draft.Key is not { } key)
        {
            return [];
        }

        var owner = draft is { Ownership: { IsDirect: true, Property: var property }, Access.Read.IsByRow: true } ? property : null;
        // What the schema has an index for is left to the schema, but for owners: every list of theirs needs it.
        var lists = draft.References
            .Where(reference => reference is { TargetsKey: true, IsUnique: false } && !HasIndex([.. reference.Properties.Select(p => p.Name)]))
            .Select(reference => reference.Properties)
            .Concat(owner is null ? [] : [[owner]])
            .Where(by => !by.Any(key.Properties.Contains) && by.Concat(key.Properties).All(IsShort))
            .DistinctBy(by => string.Join(' ', by.Select(p => p.Name)));
        return
        [
            .. lists
            .Select(by => (By: by, Order: by.Concat(key.Properties).Select(p => p.Name).ToArray()))
            .Where(list => !HasIndex(list.Order))
            .Select(list => new ResourceIndex(
                constraints.Name($"ix_{draft.Table.Name}_{string.Join('_', list.By.Select(p => p.ColumnName))}", draft.Table, draft.Table.Source),
                [.. list.Order.Select(name => new ResourceIndexPart(name))])),
        ];

        bool HasIndex(string[] names) => indexes.Any(index => index.Filter is null && BeginsWith(index, names));
    }

    // Databases limit the bytes of an index.
    private static bool IsShort(Property property) => property.IsValueType || property.MaxLength is <= 64;

    private static bool BeginsWith(ResourceIndex index, string[] names) =>
        index.Parts.Take(names.Length).Where(part => !part.Descending && part.PrefixLength is null).Select(part => part.PropertyName).SequenceEqual(names);

    private void Add(ImmutableArray<ResourceIndex>.Builder indexes, Index index)
    {
        if (index.Method is not (IndexMethod.BTree or IndexMethod.Hash))
        {
            diagnostics.Report(
                DesignDiagnostics.IndexNotCarriedOver, index.Source.ToSpan(), index.Name,
                $"an index of its kind ({index.Method}) exists on one database only");
            return;
        }

        var parts = ImmutableArray.CreateBuilder<ResourceIndexPart>();
        var fields = ImmutableArray.CreateBuilder<string>();
        foreach (var part in index.Parts)
        {
            if (DesignPart(index, part, fields) is not { } designed)
            {
                return;
            }

            parts.Add(designed);
        }

        var filter = index.Filter is null ? null : SqlWriter.Condition(index.Filter, database.Dialect, draft.Facts.Find) with { MySql = null };
        if (index.Unique)
        {
            ReportLimits(index, filter);
        }

        indexes.Add(new ResourceIndex(constraints.Name(index.Name, draft.Table, index.Source), parts.ToImmutable())
        {
            Unique = index.Unique,
            NullsNotDistinct = index.NullsNotDistinct,
            Filter = filter,
            Include = [.. index.Include.Select(draft.Find).OfType<Property>().Select(property => property.Name)],
            JsonNames = fields.ToImmutable(),
        });
    }

    private ResourceIndexPart? DesignPart(Index index, IndexPart part, ImmutableArray<string>.Builder fields)
    {
        if (part.Expression is ColumnExpression column)
        {
            if (draft.Find(column.Name) is { } property)
            {
                fields.Add(property.JsonName);
                return new ResourceIndexPart(property.Name, part.Descending, part.PrefixLength);
            }

            ReportLost(index, $"column '{column.Name}' is not exposed");
            return null;
        }

        if (!index.Unique)
        {
            ReportLost(index, $"{part.Expression} is no plain column");
            return null;
        }

        if (StandIn(index, part.Expression) is not { } shadow)
        {
            return null;
        }

        return new ResourceIndexPart(shadow.Name, part.Descending);
    }

    private ShadowProperty? StandIn(Index index, SqlExpression expression)
    {
        var identity = expression.ToString();
        if (_shadows.TryGetValue(identity, out var known))
        {
            return known;
        }

        var shadow = Window(expression) ?? Computed(index, expression);
        if (shadow is null)
        {
            ReportLost(index, $"{expression} cannot be kept as a column");
            return null;
        }

        _shadows.Add(identity, shadow);
        ShadowProperties.Add(shadow);
        return shadow;
    }

    // The application cuts times itself, since no two databases cut and compare them alike.
    private ShadowProperty? Window(SqlExpression expression)
    {
        var (unit, column) = expression switch
        {
            FunctionExpression { Name: NeutralFunctions.DateTrunc, Arguments: [LiteralExpression { Text: var text }, ColumnExpression cut] } => (text, cut),
            CastExpression { Type.Kind: SqlTypeKind.Date, Value: ColumnExpression cast } => ("day", cast),
            _ => ("", null),
        };
        if (column is null
            || draft.Find(column.Name) is not { Form: ValueForm.Moment or ValueForm.WallClock } source
            || unit.ToLowerInvariant() is not ("second" or "minute" or "hour" or "day" or "month" or "year"))
        {
            return null;
        }

        var unitName = char.ToUpperInvariant(unit[0]) + unit[1..].ToLowerInvariant();
        return new ShadowProperty(
            draft.Members.Unique("", source.Name + unitName, source.Name + unitName + "Window"),
            _columns.Unique("_", $"{source.ColumnName}_{unit.ToLowerInvariant()}"),
            "DateTime" + (source.Nullable ? "?" : ""))
        {
            WindowSource = source.Name,
            WindowUnit = unitName,
        };
    }

    // What a row alone determines can be a computed column, which every database can hold in a unique index.
    private ShadowProperty? Computed(Index index, SqlExpression expression)
    {
        var sql = SqlWriter.Value(expression, database.Dialect, SqlPlace.Computed, draft.Facts.Find);
        if (ResultOf(expression) is not { } result || options.SupportedDatabases.All(kind => sql.For(kind) is null))
        {
            return null;
        }

        foreach (var kind in options.SupportedDatabases.Where(kind => sql.For(kind) is null))
        {
            diagnostics.Report(
                DesignDiagnostics.UniqueNotEnforced, index.Source.ToSpan(), index.Name, $" on {kind}", $"{expression} cannot be expressed there");
        }

        var words = Words.Of(expression.ToString());
        var name = Identifiers.Pascal(words, "Key");
        return new ShadowProperty(
            draft.Members.Unique("", name, name + "Key"),
            _columns.Unique("_", string.Join('_', words.Select(word => word.ToLowerInvariant()))),
            result.ClrType + "?")
        {
            ComputedSql = sql,
            MaxLength = result.Length,
        };
    }

    private (string ClrType, int? Length)? ResultOf(SqlExpression expression) => expression switch
    {
        ColumnExpression column => draft.Find(column.Name) is { Form: ValueForm.Text or ValueForm.Enum } text ? ("string", text.MaxLength)
            : draft.Find(column.Name) is { Form: ValueForm.Boolean or ValueForm.Integer or ValueForm.Uuid or ValueForm.Date } simple ? (simple.ClrType, null)
            : null,
        FunctionExpression
        {
            Name: NeutralFunctions.Lower or NeutralFunctions.Upper or NeutralFunctions.Trim or NeutralFunctions.LTrim
                or NeutralFunctions.RTrim or NeutralFunctions.Substring or NeutralFunctions.Coalesce or NeutralFunctions.NullIf,
            Arguments: [var first, ..],
        } => ResultOf(first),
        FunctionExpression { Name: NeutralFunctions.Replace or NeutralFunctions.Concat or NeutralFunctions.JsonValue } => ("string", null),
        BinaryExpression { Operator: BinaryOperator.Concat } => ("string", null),
        FunctionExpression { Name: NeutralFunctions.Length or NeutralFunctions.DatePart or NeutralFunctions.Position } => ("int", null),
        CastExpression { Type.Kind: SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char } => ("string", null),
        IsNullExpression => ("bool", null),
        _ => null,
    };

    private void ReportLimits(Index index, ProviderSql? filter)
    {
        foreach (var kind in options.SupportedDatabases)
        {
            if (filter is not null && filter.For(kind) is null)
            {
                diagnostics.Report(
                    DesignDiagnostics.UniqueNotEnforced, index.Source.ToSpan(), index.Name, $" on {kind}",
                    $"an index cannot have the condition {index.Filter} there");
            }

            if (index.NullsNotDistinct && kind is DatabaseKind.Sqlite or DatabaseKind.MySql && HasNullable(index))
            {
                diagnostics.Report(
                    DesignDiagnostics.UniqueNotEnforced, index.Source.ToSpan(), index.Name, $" on {kind} for rows with null",
                    "nulls count as different from each other there");
            }
        }

        if (index.Parts.Any(part => part.PrefixLength is not null) && !options.SupportedDatabases.Contains(DatabaseKind.MySql))
        {
            diagnostics.Report(
                DesignDiagnostics.UniqueNotEnforced, index.Source.ToSpan(), index.Name, " for the prefix alone",
                "prefixes of values exist in MySQL's indexes only, so whole values are unique");
        }
    }

    private bool HasNullable(Index index) =>
        index.Parts.Any(part => part.Expression is ColumnExpression column && draft.Find(column.Name) is { Nullable: true });

    private void ReportLost(Index index, string reason)
    {
        if (index.Unique)
        {
            diagnostics.Report(DesignDiagnostics.UniqueNotEnforced, index.Source.ToSpan(), index.Name, "", reason);
        }
        else
        {
            diagnostics.Report(DesignDiagnostics.IndexNotCarriedOver, index.Source.ToSpan(), index.Name, reason);
        }
    }

    private static NameScope ColumnsOf(Table table)
    {
        var scope = new NameScope(StringComparer.OrdinalIgnoreCase, ImmutableHashSet<string>.Empty);
        foreach (var column in table.Columns)
        {
            scope.Take(column.Name);
        }

        return scope;
    }
}

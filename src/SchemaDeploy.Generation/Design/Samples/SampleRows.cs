using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Samples;

/// <summary>Makes one row for each resource that meets its types, checks and references; always the same.</summary>
internal sealed class SampleRows(DatabaseModel database)
{
    private readonly Dictionary<string, JsonObject> _created = new(StringComparer.Ordinal);

    /// <summary>Tells of a row that was created, so that others can refer to it.</summary>
    public void Add(Resource resource, JsonObject row) => _created.Add(resource.Names.Entity, row);

    /// <summary>A row of <paramref name="resource"/>, or the reason why there can be none.</summary>
    /// <param name="resource">Where the row belongs.</param>
    /// <param name="startsCircle">Whether the row may refer to first rows that are not there yet.</param>
    public (SampleRow? Row, string? Reason) Make(Resource resource, bool startsCircle)
    {
        var table = database.Tables.Single(candidate => candidate.Name == resource.Table && candidate.Schema == resource.Schema);
        var checks = table.Checks.Select(check => check.Expression).ToImmutableArray();
        var candidates = Candidates(resource, table, checks);
        if (candidates.FirstOrDefault(pair => pair.Value.IsEmpty).Key is { } impossible)
        {
            return (null, $"no value fits {impossible.ColumnName}");
        }

        var values = candidates.ToDictionary(pair => pair.Key, pair => pair.Value[0]);
        if (Refer(resource, startsCircle, values) is { } reason)
        {
            return (null, reason);
        }

        var references = resource.Links.SelectMany(link => link.Properties).Select(property => property.ColumnName).ToHashSet(StringComparer.Ordinal);
        Meet(checks, values, candidates.Where(pair => !references.Contains(pair.Key.ColumnName)).ToDictionary());
        references.UnionWith(ReferredTo(table));
        return (new SampleRow(resource, values, FindChange(checks, values, candidates, references)), null);
    }

    // Later rows refer to the row as it was created.
    private IEnumerable<string> ReferredTo(Table table) => database.Tables
        .SelectMany(other => other.ForeignKeys)
        .Where(key => string.Equals(key.ReferencedTable, table.Name, StringComparison.OrdinalIgnoreCase))
        .SelectMany(key => table.Columns.Select(column => column.Name).Intersect(key.ReferencedColumns, StringComparer.OrdinalIgnoreCase));

    /// <summary>Values that meet <paramref name="conditions"/> together, whatever the row refers to.</summary>
    public static IReadOnlyDictionary<Property, SampleValue> Meeting(Resource resource, Table table, ImmutableArray<SqlExpression> conditions)
    {
        var candidates = Candidates(resource, table, conditions).Where(pair => !pair.Value.IsEmpty).ToDictionary();
        var values = candidates.ToDictionary(pair => pair.Key, pair => pair.Value[0]);
        Meet(conditions, values, candidates);
        Spread(conditions, values, candidates);
        return values;
    }

    /// <summary>One field with a value that breaks <paramref name="broken"/> in a row that meets it otherwise; null where none is found.</summary>
    public static (Property Property, SampleValue Value)? Breaking(
        Resource resource, Table table, ImmutableArray<SqlExpression> others, SqlExpression broken)
    {
        var values = new Dictionary<Property, SampleValue>(Meeting(resource, table, others.Add(broken)));
        foreach (var (property, choices) in Candidates(resource, table, others.Add(broken)))
        {
            var breaking = choices.FirstOrDefault(value => value.Json is not null
                && Broken([broken], With(values, property, value)) > 0 && Broken(others, With(values, property, value)) == 0);
            if (breaking is not null && ExpressionParts.ColumnsOf(broken).Contains(property.ColumnName))
            {
                return (property, breaking);
            }
        }

        return null;
    }

    // Fields of the same value would hide that one is taken for the other.
    private static void Spread(
        ImmutableArray<SqlExpression> conditions, Dictionary<Property, SampleValue> values, Dictionary<Property, ImmutableArray<SampleValue>> candidates)
    {
        var broken = Broken(conditions, values);
        var taken = new HashSet<(ValueForm, object?)>();
        foreach (var (property, choices) in candidates)
        {
            if (taken.Contains((property.Form, values[property].Sql))
                && choices.FirstOrDefault(value => value.Sql is not null && !taken.Contains((property.Form, value.Sql))
                    && Broken(conditions, With(values, property, value)) <= broken) is { } other)
            {
                values[property] = other;
            }

            taken.Add((property.Form, values[property].Sql));
        }
    }

    private static Dictionary<Property, ImmutableArray<SampleValue>> Candidates(Resource resource, Table table, ImmutableArray<SqlExpression> conditions) =>
        resource.Properties.Where(property => property.InCreate).ToDictionary(
            property => property,
            property => CandidateValues.Of(
                property,
                table.Columns.Single(column => column.Name == property.ColumnName),
                table,
                conditions.Where(condition => ExpressionParts.ColumnsOf(condition).Contains(property.ColumnName))));

    /// <summary>Sets the properties of references; the reason where one cannot be.</summary>
    private string? Refer(Resource resource, bool startsCircle, Dictionary<Property, SampleValue> values)
    {
        var given = new HashSet<Property>();
        foreach (var reference in resource.Links.OrderBy(link => !link.Required))
        {
            // A reference knows its columns as they were before owners and roles were taken out of requests.
            var properties = reference.Properties.Select(property => resource.Properties.Single(own => own.ColumnName == property.ColumnName)).ToImmutableArray();
            var own = properties.Where(values.ContainsKey).ToArray();
            var isSelf = reference.Target.Entity == resource.Names.Entity;
            var parent = isSelf ? null : _created.GetValueOrDefault(reference.Target.Entity);
            var mayGuess = isSelf || (startsCircle && parent is null);
            if (mayGuess && reference.Required && reference.TargetProperties.All(target => FirstOf(target, isSelf) is not null))
            {
                Give(property => FirstOf(reference.TargetProperties[properties.IndexOf(property)], isSelf)!);
            }
            else if (parent is not null && own.All(property => IsAllowed(property, Of(property))))
            {
                Give(Of);
            }
            else if (own.FirstOrDefault(property => property.Nullable && !given.Contains(property)) is { } optional)
            {
                values[optional] = new SampleValue(null, null);
                given.Add(optional);
            }
            else if (own.Length > 0)
            {
                return isSelf || parent is not null
                    ? $"{reference.ConstraintName} cannot be met by a first row"
                    : $"needs a row of {reference.Target.Route}";
            }

            // The row may leave the key empty that this one refers to.
            bool IsAllowed(Property property, SampleValue value) =>
                (!given.Contains(property) || values[property].IsSame(value)) && (property.Nullable || value.Json is not null);

            SampleValue Of(Property property)
            {
                var target = reference.TargetProperties[properties.IndexOf(property)];
                return SampleValue.Of(target, parent[target.JsonName]);
            }

            void Give(Func<Property, SampleValue> value)
            {
                foreach (var property in own)
                {
                    values[property] = value(property);
                    given.Add(property);
                }
            }
        }

        return null;

        // The key of a first row is the client's to choose, or the first number.
        SampleValue? FirstOf(Property target, bool isSelf) =>
            target.ServerValue == ServerValue.Identity ? SampleValue.Number(1) : isSelf ? values.GetValueOrDefault(target) : null;
    }

    /// <summary>Changes one value, or two at once, until the checks are met or no such change helps any more.</summary>
    private static void Meet(
        ImmutableArray<SqlExpression> checks, Dictionary<Property, SampleValue> values, Dictionary<Property, ImmutableArray<SampleValue>> candidates)
    {
        for (var broken = Broken(checks, values); broken > 0;)
        {
            var mentioned = checks.SelectMany(ExpressionParts.ColumnsOf).ToHashSet(StringComparer.Ordinal);
            var single = candidates
                .Where(pair => mentioned.Contains(pair.Key.ColumnName))
                .SelectMany(pair => pair.Value.Select(value => With(values, pair.Key, value)))
                .ToList();
            var better = single.Find(changed => Broken(checks, changed) < broken)
                ?? candidates
                    .Where(pair => mentioned.Contains(pair.Key.ColumnName))
                    .SelectMany(pair => pair.Value.SelectMany(value => single.Select(changed => With(changed, pair.Key, value))))
                    .FirstOrDefault(changed => Broken(checks, changed) < broken);
            if (better is null)
            {
                return;
            }

            foreach (var (property, value) in better)
            {
                values[property] = value;
            }

            broken = Broken(checks, values);
        }
    }

    private static (Property, SampleValue)? FindChange(
        ImmutableArray<SqlExpression> checks, Dictionary<Property, SampleValue> values,
        Dictionary<Property, ImmutableArray<SampleValue>> candidates, HashSet<string> references)
    {
        foreach (var property in candidates.Keys.Where(property => property.InUpdate && property.InResponse && !references.Contains(property.ColumnName)))
        {
            foreach (var value in candidates[property])
            {
                if (!value.IsSame(values[property]) && Broken(checks, With(values, property, value)) == 0)
                {
                    return (property, value);
                }
            }
        }

        return null;
    }

    private static int Broken(ImmutableArray<SqlExpression> checks, Dictionary<Property, SampleValue> values)
    {
        var row = new CheckEvaluator(values.ToDictionary(pair => pair.Key.ColumnName, pair => pair.Value));
        return checks.Count(check => !row.Allows(check));
    }

    private static Dictionary<Property, SampleValue> With(Dictionary<Property, SampleValue> values, Property property, SampleValue value) =>
        new(values) { [property] = value };
}

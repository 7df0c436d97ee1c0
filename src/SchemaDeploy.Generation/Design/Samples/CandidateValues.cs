using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Samples;

/// <summary>Values that a column's type allows, plain ones first, and then those that its checks mention.</summary>
internal static class CandidateValues
{
    private const int LongestText = 500;

    private static readonly DateTime s_time = new(2024, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    // Whatever now is, it is before that.
    private static readonly DateTime s_future = new(2999, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    public static ImmutableArray<SampleValue> Of(Property property, Column column, Table table, IEnumerable<SqlExpression> checks)
    {
        var mentioned = checks.SelectMany(check => ExpressionParts.Of(check)).ToList();
        var values = (property.Form == ValueForm.Json ? Documents(column, table) : ByType(property, column))
            .Concat(mentioned.OfType<LiteralExpression>().SelectMany(literal => FromLiteral(property, literal)))
            .Concat(mentioned.OfType<LikeExpression>().Select(like => like.Pattern).OfType<LiteralExpression>()
                .Where(_ => property.Form == ValueForm.Text)
                .Select(pattern => SampleValue.Text(FromPattern(pattern.Text))));
        if (property.Form is ValueForm.Date or ValueForm.WallClock or ValueForm.Moment
            && mentioned.Any(part => part is FunctionExpression { Name: NeutralFunctions.Now or NeutralFunctions.Today }))
        {
            values = values.Append(property.Form == ValueForm.Date ? Date(s_future) : Time(property, s_future));
        }

        if (property.Form == ValueForm.Text && mentioned.Any(part => part is FunctionExpression { Name: NeutralFunctions.IsJson }))
        {
            values = values.Append(SampleValue.Text("{}"));
        }

        if (property.Nullable)
        {
            values = values.Append(new SampleValue(null, null));
        }

        return [.. values.Where(value => Fits(property, value)).DistinctBy(value => value.Json?.ToJsonString())];
    }

    private static IEnumerable<SampleValue> ByType(Property property, Column column) => property.Form switch
    {
        ValueForm.Boolean => [new(true, true), new(false, false)],
        ValueForm.Integer when column.Type == SqlTypeKind.Year => [SampleValue.Number(2024), SampleValue.Number(2025)],
        ValueForm.Integer => [SampleValue.Number(1), SampleValue.Number(2), SampleValue.Number(0)],
        ValueForm.Decimal or ValueForm.Floating => Numbers(property),
        ValueForm.Text => Texts(property, column),
        ValueForm.Bytes => [Bytes(property, 1), Bytes(property, 2)],
        ValueForm.Date => [Date(s_time), Date(s_time.AddDays(1))],
        ValueForm.Time or ValueForm.Duration => [Clock("04:05:06"), Clock("05:06:07")],
        ValueForm.WallClock or ValueForm.Moment => [Time(property, s_time), Time(property, s_time.AddDays(1))],
        ValueForm.Uuid => [SampleValue.Text("00000000-0000-4000-8000-000000000001"), SampleValue.Text("00000000-0000-4000-8000-000000000002")],
        ValueForm.Enum => property.Enum!.Members.Select(member => SampleValue.Text(member.Text)),
        ValueForm.List => Lists(property),
        _ => [],
    };

    private static IEnumerable<SampleValue> Lists(Property property)
    {
        JsonNode item = property.ClrType switch
        {
            _ when property.Enum is { } enumeration => enumeration.Members[0].Text,
            "List<bool>" => true,
            "List<short>" or "List<int>" or "List<long>" or "List<decimal>" or "List<float>" or "List<double>" => 1,
            "List<Guid>" => "00000000-0000-4000-8000-000000000001",
            "List<DateOnly>" => "2024-02-03",
            _ => Cut("Ab 1é", property.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.MaxLength)?.Length),
        };
        return new[] { new JsonArray(item), [], [item.DeepClone(), item.DeepClone()] }.Select(list => new SampleValue(list, list.ToJsonString()));
    }

    // One digit before the point and one behind it, as far as the type has them.
    private static IEnumerable<SampleValue> Numbers(Property property)
    {
        var scale = property.Form == ValueForm.Floating ? 1 : property.Scale ?? 0;
        var hasWhole = property.Precision is not { } precision || precision > scale;
        decimal[] numbers = (hasWhole, scale > 0) switch
        {
            (true, true) => [1.5m, 2.5m, 1, 0],
            (true, false) => [1, 2, 0],
            _ => [0.5m, 0.2m, 0],
        };
        return numbers.Select(SampleValue.Number);
    }

    private static IEnumerable<SampleValue> Texts(Property property, Column column) => column.Type switch
    {
        SqlTypeKind.Set => column.EnumValues.Append("").Select(SampleValue.Text),
        SqlTypeKind.Bit => [SampleValue.Text(new string('0', column.Length ?? 1)), SampleValue.Text(new string('1', column.Length ?? 1))],
        SqlTypeKind.Xml => [SampleValue.Text("<a>1</a>"), SampleValue.Text("<a>2</a>")],
        // They are kept in lower case.
        _ when property.IsEmail => [SampleValue.Text(Cut("ada@example.org", property.MaxLength)), SampleValue.Text(Cut("bob@example.org", property.MaxLength))],
        _ => [SampleValue.Text(Cut("Ab 1é", property.MaxLength)), SampleValue.Text(Cut("B2 x", property.MaxLength)), SampleValue.Text("1")],
    };

    // Objects with the members that computed columns of the table take from them.
    private static IEnumerable<SampleValue> Documents(Column column, Table table)
    {
        foreach (var number in new[] { 1, 2 })
        {
            if (column.Type == SqlTypeKind.Array)
            {
                yield return new SampleValue(new JsonArray(number), $"[{number}]");
                continue;
            }

            var document = new JsonObject { ["number"] = number };
            foreach (var computed in table.Columns)
            {
                if (computed.Generated?.Expression is FunctionExpression { Name: NeutralFunctions.JsonValue, Arguments: [ColumnExpression source, LiteralExpression path] }
                    && source.Name == column.Name && path.Text.StartsWith("$.", StringComparison.Ordinal))
                {
                    document[path.Text[2..]] = computed.Type switch
                    {
                        SqlTypeKind.Boolean => true,
                        SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt => 1,
                        _ => Cut("Ab 1é", computed.Length),
                    };
                }
            }

            yield return new SampleValue(document, document.ToJsonString());
        }
    }

    private static SampleValue Bytes(Property property, byte first)
    {
        var bytes = new byte[property.IsFixedLength ? property.MaxLength ?? 1 : Math.Min(property.MaxLength ?? 3, 3)];
        bytes[0] = first;
        return SampleValue.Bytes(bytes);
    }

    private static SampleValue Date(DateTime time) =>
        new(JsonValue.Create(time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), time.Date);

    private static SampleValue Time(Property property, DateTime time) => new(
        JsonValue.Create(time.ToString(property.Form == ValueForm.Moment ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)), time);

    private static SampleValue Clock(string text) => new(JsonValue.Create(text), TimeSpan.Parse(text, CultureInfo.InvariantCulture));

    private static IEnumerable<SampleValue> FromLiteral(Property property, LiteralExpression literal)
    {
        switch (property.Form)
        {
            case ValueForm.Text when literal.Kind is LiteralKind.String:
                yield return SampleValue.Text(literal.Text);
                break;
            // A length, or a place in the text.
            case ValueForm.Text when int.TryParse(literal.Text, CultureInfo.InvariantCulture, out var length) && length is > 0 and < LongestText:
                yield return SampleValue.Text(new string('A', length));
                yield return SampleValue.Text(new string('A', length + 1));
                yield return SampleValue.Text(new string('1', length));
                break;
            case ValueForm.Bytes when int.TryParse(literal.Text, CultureInfo.InvariantCulture, out var length) && length is > 0 and < LongestText:
                yield return SampleValue.Bytes(new byte[length]);
                yield return SampleValue.Bytes(new byte[length + 1]);
                break;
            case ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating
                when decimal.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                yield return SampleValue.Number(number);
                yield return SampleValue.Number(number + 1);
                yield return SampleValue.Number(number - 1);
                break;
            case ValueForm.Date or ValueForm.WallClock or ValueForm.Moment
                when ColumnLiterals.Moment(literal.Text) is { } time:
                yield return property.Form == ValueForm.Date ? Date(time) : Time(property, time);
                yield return property.Form == ValueForm.Date ? Date(time.AddDays(1)) : Time(property, time.AddDays(1));
                break;
        }
    }

    // The shortest text that a LIKE pattern matches, with the first member of every set.
    private static string FromPattern(string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '%':
                    break;
                case '_':
                    text.Append('a');
                    break;
                case '[' when pattern.IndexOf(']', i) is var end and > 0:
                    text.Append(pattern[i + 1]);
                    i = end;
                    break;
                default:
                    text.Append(pattern[i]);
                    break;
            }
        }

        return text.ToString();
    }

    private static string Cut(string text, int? length) => length < text.Length ? text[..length.Value].TrimEnd() : text;

    // What the type itself forbids is no candidate, whatever a check says.
    private static bool Fits(Property property, SampleValue value) => value.Sql switch
    {
        string text when property.Form == ValueForm.Text => text.Length <= (property.MaxLength ?? int.MaxValue),
        byte[] bytes => bytes.Length <= (property.MaxLength ?? int.MaxValue) && (!property.IsFixedLength || bytes.Length == property.MaxLength),
        decimal number when property.Form == ValueForm.Integer => number == decimal.Truncate(number)
            && number >= Bound(property, RuleKind.Minimum, decimal.MinValue)
            && number <= Bound(property, RuleKind.Maximum, decimal.MaxValue),
        decimal number when property.Form == ValueForm.Decimal && property.Precision is { } precision =>
            decimal.Round(number, Math.Min(property.Scale ?? 0, 28)) == number
            && Math.Abs(number) < (decimal)Math.Pow(10, Math.Min(precision - (property.Scale ?? 0), 28)),
        _ => true,
    };

    private static decimal Bound(Property property, RuleKind kind, decimal otherwise) =>
        property.Rules.FirstOrDefault(rule => rule.Kind == kind)?.Bound is { } bound
            ? decimal.Parse(bound.Json, NumberStyles.Float, CultureInfo.InvariantCulture)
            : otherwise;
}

using System.Text.Json.Nodes;

namespace SchemaDeploy.Testing.Http;

/// <summary>What is tried of every resource in the same way.</summary>
public static class SessionExtensions
{
    private static readonly TimeSpan s_enoughForAll = TimeSpan.FromSeconds(10);

    /// <summary>Creates a row.</summary>
    public static async Task<Created<TResponse>> CreateAsync<TCreate, TResponse>(this Session session, string path, TCreate request)
    {
        ArgumentNullException.ThrowIfNull(session);
        var answer = (await session.PostAsync(path, request)).Expect(201);
        return new Created<TResponse>(answer.As<TResponse>(), answer.Location, answer.Json);
    }

    /// <summary>Creates the same row several times at once.</summary>
    public static async Task<IReadOnlyList<Answer>> PostAtOnceAsync<T>(this Session session, string path, T request, int times)
    {
        ArgumentNullException.ThrowIfNull(session);
        // Windows end with a minute at the earliest; what comes in two of them is no duplicate.
        var left = TimeSpan.FromSeconds(60 - DateTime.UtcNow.TimeOfDay.TotalSeconds % 60);
        if (left < s_enoughForAll)
        {
            await Task.Delay(left);
        }

        return await Task.WhenAll(Enumerable.Range(0, times).Select(_ => session.PostAsync(path, request)));
    }

    /// <summary>Changes the fields of a row one by one, and expects each to change itself and nothing else.</summary>
    /// <param name="session">Who changes them.</param>
    /// <param name="path">The row.</param>
    /// <param name="fields">The new values.</param>
    /// <param name="keptByServer">Fields that the server changes with every change.</param>
    public static async Task ChangeEachAsync(this Session session, string path, JsonObject fields, params IReadOnlyCollection<string> keptByServer)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(fields);
        var expected = (await session.GetAsync(path)).Expect(200).Json.AsObject();
        foreach (var (field, value) in fields)
        {
            var answer = (await session.PatchAsync(path, new JsonObject { [field] = value?.DeepClone() })).Expect(200);
            expected[field] = value?.DeepClone();
            answer.ExpectRow(expected, keptByServer);
            (await session.GetAsync(path)).Expect(200).ExpectRow(expected, keptByServer);
        }
    }

    /// <summary>The answer itself, if it is a row with the fields of <paramref name="expected"/>.</summary>
    /// <exception cref="UnexpectedAnswerException">A field differs.</exception>
    public static Answer ExpectRow(this Answer answer, JsonObject expected, params IReadOnlyCollection<string> except)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(expected);
        Expect(answer.Json, expected.Where(member => !except.Contains(member.Key)), answer);
        return answer;
    }

    /// <summary>Expects a row to have the fields of <paramref name="expected"/>.</summary>
    /// <exception cref="UnexpectedAnswerException">A field differs.</exception>
    public static void ExpectFields(this JsonNode row, JsonObject expected)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(expected);
        Expect(row, expected, row.ToJsonString());
    }

    /// <summary>The rows of a list that have the values of <paramref name="row"/> in the fields that are named.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="path">The list.</param>
    /// <param name="row">The row.</param>
    /// <param name="fields">The fields.</param>
    public static async Task<IReadOnlyList<JsonNode>> FindAsync(this Session session, string path, JsonNode row, params IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(session);
        return (await session.GetAsync($"{path}?{string.Join('&', fields.Select(field => Filter(row, field, "eq")))}")).Expect(200).Items;
    }

    /// <summary>Expects a list to have the row where a field is said to be as it is, and not where it is said to be otherwise.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="path">The list.</param>
    /// <param name="row">The row.</param>
    /// <param name="key">The fields that tell the row from others.</param>
    /// <param name="field">The field.</param>
    public static async Task FilterAsync(this Session session, string path, JsonNode row, IReadOnlyCollection<string> key, string field)
    {
        ArgumentNullException.ThrowIfNull(session);
        var itself = string.Join('&', key.Select(part => Filter(row, part, "eq")));
        foreach (var (op, count) in new[] { ("eq", 1), ("ne", 0) })
        {
            var answer = (await session.GetAsync($"{path}?{itself}&{Filter(row, field, op)}")).Expect(200);
            if (answer.Items.Count != count)
            {
                throw new UnexpectedAnswerException($"{answer}\nwhere {count} rows were expected.");
            }
        }
    }

    private static void Expect(JsonNode row, IEnumerable<KeyValuePair<string, JsonNode?>> expected, object described)
    {
        foreach (var (field, value) in expected)
        {
            if (!IsSame(value, row[field]))
            {
                throw new UnexpectedAnswerException($"{described}\nwhere {field} was expected to be {value?.ToJsonString() ?? "null"}.");
            }
        }
    }

    private static string Filter(JsonNode row, string field, string op) => row[field] is { } value
        ? $"{Uri.EscapeDataString(field)}[{op}]={Uri.EscapeDataString(value.ToString())}"
        : $"{Uri.EscapeDataString(field)}[null]={(op == "eq" ? "true" : "false")}";

    // Read anew, so that 1.50 is 1.5.
    private static bool IsSame(JsonNode? expected, JsonNode? actual) =>
        JsonNode.DeepEquals(JsonNode.Parse(expected?.ToJsonString() ?? "null"), JsonNode.Parse(actual?.ToJsonString() ?? "null"));
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SchemaDeploy.Compatibility.Tests.App;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Samples;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>
/// Takes a row of every resource through the API: created, read, listed and changed in the order of references, and
/// deleted in the opposite one. Filters take most of the time, so whoever has little leaves them out.
/// </summary>
internal sealed class CrudRound(RunningApp app, ApiModel api, DatabaseModel database, bool withFilters)
{
    // The API's own limit.
    private const int MaximumFilters = 32;

    // Columns of these names are filtered by the form with an operator.
    private static readonly string[] s_ownParameters = ["limit", "cursor", "count", "sort", "fields", "expand"];

    private readonly SampleRows _rows = new(database);
    private readonly List<(Resource Resource, string Path)> _created = [];
    private readonly List<Resource> _circleStarts = [];

    /// <summary>What went wrong, a resource a line.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Resources that are read-only, or for which no row can be made, by reason.</summary>
    public List<(string Table, string Reason)> NotExercised { get; } = [];

    /// <summary>
    /// Every request and its answer, a line each, but for what each run makes anew: times of the server's, versions and
    /// generated UUIDs.
    /// </summary>
    public IReadOnlyList<string> Transcript => app.Transcript;

    /// <summary>How lines of the transcript begin that are known to be other ones on other databases.</summary>
    public List<string> OfItsOwn { get; } = [];

    /// <summary>How many rows went the whole way.</summary>
    public int Exercised { get; private set; }

    // InnoDB takes them for rows that others refer to.
    private bool KeepsRowsThatReferToThemselves => app.Database.Provider == "mysql";

    public async Task RunAsync()
    {
        app.NotTranscribed.UnionWith(api.Resources.SelectMany(resource => resource.Properties).Where(IsNotEverywhere).Select(property => property.JsonName));
        foreach (var (resource, startsCircle) in CreationOrder.Of(api))
        {
            await TryAsync(resource, () => BeginAsync(resource, startsCircle));
        }

        foreach (var (resource, path) in _created)
        {
            await TryAsync(resource, () => ReadRelatedAsync(resource, path));
        }

        foreach (var resource in _circleStarts)
        {
            await app.Database.DeleteUncheckedAsync(resource);
        }

        foreach (var (resource, path) in Enumerable.Reverse(_created))
        {
            await TryAsync(resource, () => EndAsync(resource, path));
        }
    }

    private async Task BeginAsync(Resource resource, bool startsCircle)
    {
        var list = resource.Find(OperationKind.List)!.Path;
        Expect(HttpStatusCode.OK, await app.GetAsync(list), "GET " + list);
        if (resource.Find(OperationKind.Create) is not { } create)
        {
            NotExercised.Add((resource.Table, resource switch
            {
                { Role: TableRole.AuditLog } => "the audit log, which only the application writes",
                { EntityKey: null } => "no key, so only lists",
                { Key: null } => "a key that no path can hold, so only lists",
                _ => "a required column is of a type that the API does not show, so no creation",
            }));
            return;
        }

        var (sample, reason) = _rows.Make(resource, startsCircle);
        if (sample is null)
        {
            NotExercised.Add((resource.Table, reason!));
            return;
        }

        if (startsCircle)
        {
            await StartCircleAsync(sample, list);
            return;
        }

        var body = sample.Body;
        var posted = Expect(HttpStatusCode.Created, await app.PostAsync(create.Path, body), $"POST {create.Path} {body.ToJsonString()}");
        var row = (JsonObject)posted.Json!;
        _rows.Add(resource, row);
        var path = posted.Location ?? throw new RoundException("POST answers no Location");
        _created.Add((resource, path));
        foreach (var (property, value) in sample.Values.Where(pair => pair.Key.InResponse))
        {
            ExpectValue(property, value, row[property.JsonName]);
        }

        var got = Expect(HttpStatusCode.OK, await app.GetAsync(path), "GET " + path);
        ExpectRow(row, got.Json, "GET answers another row than POST");
        if (got.ETag is null || got.ETag != posted.ETag)
        {
            throw new RoundException($"The ETag is {posted.ETag} after POST and {got.ETag} on GET");
        }

        var listed = Expect(HttpStatusCode.OK, await app.GetAsync(list), "GET " + list);
        ExpectRow(row, listed.Json!["items"]!.AsArray().SingleOrDefault(), "The list does not hold the row alone");
        if (withFilters)
        {
            await FilterAsync(resource, list, row);
        }

        if (resource.Find(OperationKind.Update) is not null)
        {
            await ChangeAsync(sample, path, row);
        }
    }

    // No request can create the first row of a circle of required references; it is put in as a loader would.
    private async Task StartCircleAsync(SampleRow sample, string list)
    {
        await app.Database.InsertUncheckedAsync(sample);
        var listed = Expect(HttpStatusCode.OK, await app.GetAsync(list), "GET " + list);
        _rows.Add(sample.Resource, (JsonObject)listed.Json!["items"]!.AsArray().Single()!);
        _circleStarts.Add(sample.Resource);
        NotExercised.Add((sample.Resource.Table, "starts a circle of required references, so no request can create its first row: put in by SQL, and read"));
    }

    // The row is the only one, so each operator either finds it or finds nothing.
    private async Task FilterAsync(Resource resource, string list, JsonObject row)
    {
        var filters = new List<string>();
        var tried = new HashSet<ValueForm>();
        foreach (var property in resource.Properties.Where(property => property.Filterable && property.InResponse && !IsNotEverywhere(property)))
        {
            var name = Uri.EscapeDataString(property.JsonName);
            if (row[property.JsonName] is not JsonValue value)
            {
                filters.Add($"{name}[null]=true");
                continue;
            }

            var text = Uri.EscapeDataString(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString());
            if (!s_ownParameters.Contains(property.JsonName))
            {
                filters.Add(name + "=" + text);
            }

            filters.AddRange(property.FilterOperators.Except(["ne", "gt", "lt", "null"]).Select(op => $"{name}[{op}]={text}"));
            filters.Add($"{name}[null]=false");
            if (tried.Add(property.Form))
            {
                foreach (var op in property.FilterOperators.Intersect(["ne", "gt", "lt"]))
                {
                    await ExpectFoundAsync(false, $"{list}?{name}[{op}]={text}");
                }

                await ExpectFoundAsync(false, $"{list}?{name}[null]=true");
            }
        }

        foreach (var chunk in filters.Chunk(MaximumFilters))
        {
            await ExpectFoundAsync(true, $"{list}?{string.Join('&', chunk)}");
        }

        var sortable = resource.Properties.Where(property => property.Sortable && property.InResponse).Select(property => property.JsonName).Take(8);
        await ExpectFoundAsync(true, $"{list}?sort={Uri.EscapeDataString(string.Join(",-", sortable))}");
    }

    private async Task ExpectFoundAsync(bool isFound, string path)
    {
        var answer = Expect(HttpStatusCode.OK, await app.GetAsync(path), "GET " + path);
        if (answer.Json!["items"]!.AsArray().Count != (isFound ? 1 : 0))
        {
            throw new RoundException($"GET {path}\n    finds {(isFound ? "nothing" : "the row")}");
        }
    }

    private async Task ChangeAsync(SampleRow sample, string path, JsonObject row)
    {
        var patch = new JsonObject();
        if (sample.Change is { } change)
        {
            patch[change.Property.JsonName] = change.Value.Json?.DeepClone();
        }

        var patched = Expect(HttpStatusCode.OK, await app.PatchAsync(path, patch), $"PATCH {path} {patch.ToJsonString()}");
        var expected = (JsonObject)row.DeepClone();
        var answered = (JsonObject)patched.Json!;
        foreach (var property in sample.Resource.Properties.Where(property =>
            property.ServerValue is ServerValue.NowOnUpdate or ServerValue.Version or ServerValue.RowVersion or ServerValue.Computed || property == sample.Change?.Property))
        {
            if (property.InResponse)
            {
                expected[property.JsonName] = answered[property.JsonName]?.DeepClone();
            }
        }

        ExpectRow(expected, answered, "PATCH changes other fields");
        if (sample.Change is { } changed)
        {
            ExpectValue(changed.Property, changed.Value, answered[changed.Property.JsonName]);
        }

        var got = Expect(HttpStatusCode.OK, await app.GetAsync(path), "GET " + path);
        ExpectRow(answered, got.Json, "GET answers another row than PATCH");
    }

    private async Task ReadRelatedAsync(Resource resource, string path)
    {
        foreach (var collection in resource.Collections.Where(collection => collection.Operation is not null))
        {
            var nested = $"{path}/{collection.Route}";
            Expect(HttpStatusCode.OK, await app.GetAsync(nested), "GET " + nested);
        }

        var references = resource.References.Where(reference => reference.Expandable).ToList();
        var expanded = $"{path}?expand={string.Join(',', references.Select(reference => Uri.EscapeDataString(reference.JsonName)))}";
        var row = references.Count == 0 ? null : Expect(HttpStatusCode.OK, await app.GetAsync(expanded), "GET " + expanded).Json;
        foreach (var reference in references)
        {
            var refersToRow = reference.Properties.All(property => row![property.JsonName] is not null);
            if (refersToRow != row![reference.JsonName] is JsonObject)
            {
                throw new RoundException($"GET {expanded} answers {reference.JsonName}: {row[reference.JsonName]?.ToJsonString() ?? "nothing"}");
            }
        }
    }

    private async Task EndAsync(Resource resource, string path)
    {
        if (KeepsRowsThatReferToThemselves && resource.References.Any(reference => reference.Required && reference.Target.Entity == resource.Names.Entity))
        {
            OfItsOwn.Add($"DELETE {path} ");
            Expect(HttpStatusCode.Conflict, await app.DeleteAsync(path), "DELETE " + path);
            await app.Database.DeleteUncheckedAsync(resource);
        }
        else
        {
            Expect(HttpStatusCode.NoContent, await app.DeleteAsync(path), "DELETE " + path);
        }

        Expect(HttpStatusCode.NotFound, await app.GetAsync(path), "GET of the deleted " + path);
        Exercised++;
    }

    /// <summary>Whether one of the databases cannot compute it, and has null there, as the build has warned.</summary>
    public static bool IsNotEverywhere(Property property) =>
        property is { ServerValue: ServerValue.Computed, ComputedSql: not { Sqlite: not null, PostgreSql: not null, MySql: not null } };

    private async Task TryAsync(Resource resource, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is RoundException or HttpRequestException or TaskCanceledException)
        {
            Failures.Add($"{resource.Table}: {exception.Message}");
        }
    }

    private static Answer Expect(HttpStatusCode status, Answer answer, string request) => answer.Status == status
        ? answer
        : throw new RoundException($"{request}\n    answers {answer}");

    private static void ExpectRow(JsonNode expected, JsonNode? actual, string message)
    {
        if (!JsonNode.DeepEquals(expected, actual))
        {
            throw new RoundException($"{message}:\n    {expected.ToJsonString()}\n    {actual?.ToJsonString()}");
        }
    }

    private static void ExpectValue(Property property, SampleValue sent, JsonNode? answered)
    {
        // What is sent as null may be filled in by a default.
        var isSame = sent.Json is null
            ? answered is null || property.Default is not null
            : answered is not null && sent.IsSame(SampleValue.Of(property, answered));
        if (!isSame)
        {
            throw new RoundException($"{property.JsonName} is {answered?.ToJsonString() ?? "null"} where {sent.Json?.ToJsonString() ?? "null"} was sent");
        }
    }

    private sealed class RoundException(string message) : Exception(message);
}

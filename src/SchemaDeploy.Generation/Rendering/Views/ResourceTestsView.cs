using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Tests;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of a resource's tests prints.</summary>
internal sealed class ResourceTestsView(TestModel model, TestedResource tested) : TestedView(model, tested)
{
    public string Tests => TestNames.TestsOf(Resource.Names);

    public bool HasRow => Tested.Row is not null;

    public bool CanReplace => CanChange && Changeable.Count > 0
        && Resource.Properties.All(property => !property.RequiredOnUpdate || property.InResponse || property.KeptWhenAbsent);

    /// <summary>What is sent compared with what is answered.</summary>
    public IEnumerable<string> Comparisons => Tested.Row!.Values
        .Where(value => value.Property.InResponse)
        .Select(value => Comparison(value.Property, "request", "created.Row"));

    public IReadOnlyList<string> Filters => IsKeyFilterable
        ? [.. Tested.Row!.Values.Select(value => value.Property)
            .Where(property => property is { Filterable: true, InResponse: true, IsKey: false } && property.FilterOperators.Contains("ne"))
            .Select(property => Quote(property.JsonName))]
        : [];

    public string KeyLiterals => Literals(Resource.Key?.Properties ?? []);

    public IReadOnlyList<Property> Changeable => ChangeableProperties;

    public string ChangeableLiterals => Literals(ChangeableProperties);

    public string UpdatableLiterals => Literals(Resource.Properties.Where(property => property is { InUpdate: true, InResponse: true }));

    public string KeptByServer => string.Concat(Resource.Properties
        .Where(property => property.InResponse && property.ServerValue is ServerValue.NowOnUpdate or ServerValue.Version or ServerValue.RowVersion or ServerValue.Computed)
        .Select(property => ", " + Quote(property.JsonName)));

    public IReadOnlyList<FieldView> BrokenValues => [.. Tested.BrokenValues.Select(value => new FieldView(value))];

    public IReadOnlyList<FieldView> BrokenChanges => CanChange
        ? [.. Tested.BrokenValues.Where(value => value.Property is { InUpdate: true, KeptWhenAbsent: false }).Select(value => new FieldView(value))]
        : [];

    public IReadOnlyList<FieldView> UnknownReferences => [.. Tested.UnknownReferences.Select(value => new FieldView(value))];

    public IReadOnlyList<object> BrokenRules => [.. Tested.BrokenRules.Select(RuleOf)];

    public IReadOnlyList<object> BrokenRulesOfChanges => CanChange ? [.. Tested.BrokenRulesOfChanges.Select(RuleOf)] : [];

    public IReadOnlyList<object> BrokenRulesOfDeletions => CanDelete ? [.. Tested.BrokenRulesOfDeletions.Select(RuleOf)] : [];

    public bool HasDuplicateWindow => Tested.HasDuplicateWindow;

    public IEnumerable<object> UniqueKeys => Tested.UniqueFields.Select(key => new
    {
        Title = $"A_second_row_with_the_same_{string.Join("_and_", key.Select(property => property.RouteName))}_is_refused",
        Fields = key.Select(property => property.Name),
    });

    public object? Audit => Tested.Audit is not { } audit || Resource.Key is not { } key ? null : new
    {
        HasChange = IsChanged,
        Query = $"{audit.Log.Find(OperationKind.List)!.Path}?{audit.Key.JsonName}[eq]={{Uri.EscapeDataString(created.Path[({Rows}.Route.Length + 1)..])}}"
            + (audit.Subject is var (subject, name) ? $"&{subject.JsonName}[eq]={Uri.EscapeDataString(name)}" : ""),
        Actions = string.Join(", ", new[] { (true, audit.Actions[0]), (CanDelete, audit.Actions[2]) }
            .Where(action => action.Item1).Select(action => action.Item2).Select(Quote)),
        Change = Quote(audit.Actions[1]),
        ActionLiteral = Quote(audit.Action.JsonName),
    };

    public IEnumerable<object> Expectations => Tested.Expectations.Select(expected => new { Title = TitleOf(expected), Lines = LinesOf(expected).ToList() });

    private bool IsChanged => CanChange && Tested.Row!.Changeable.Any(value => value.IsTelling);

    private static object RuleOf(BrokenRule broken) => new
    {
        Field = Quote(broken.Value.Property.JsonName),
        Value = broken.Value.CSharp,
        Message = Quote(broken.Message),
    };

    private IEnumerable<string> LinesOf(Expectations expected)
    {
        var row = Tested.Row;
        var caller = expected.Caller == CallerKind.Anonymous ? "app.Anonymous" : "caller";
        if (expected.Caller != CallerKind.Anonymous)
        {
            yield return $"var caller = await app.JoinAsync({RoleOf(expected)});";
        }

        if (row is not null)
        {
            yield return $"var created = await {Rows}.CreateAsync(app{(expected.Caller == CallerKind.Owner ? ", caller" : "")});";
        }

        if (expected.Caller != CallerKind.Anonymous || row is not null)
        {
            yield return "";
        }

        var list = row is null ? Quote(Resource.Find(OperationKind.List)!.Path) : $"{Rows}.Route";
        yield return $"(await {caller}.GetAsync({list})).Expect({expected.List});";
        if (expected is { Get: { } get })
        {
            yield return $"(await {caller}.GetAsync(created.Path)).Expect({get});";
            if (expected.List == 200 && IsKeyFilterable)
            {
                yield return $"Assert.{(get == 200 ? "Single" : "Empty")}(await {caller}.FindAsync({list}, created.Json, {KeyLiterals}));";
            }
        }

        if (expected is { Create: { } create })
        {
            yield return $"(await {caller}.PostAsync({list}, await {RequestOf(expected)})).Expect({create});";
        }

        if (expected is { Update: { } update })
        {
            yield return $"(await {caller}.PatchAsync(created.Path, new JsonObject())).Expect({update});";
        }

        if (expected is { Delete: { } delete })
        {
            yield return $"(await {caller}.DeleteAsync(created.Path)).Expect({delete});";
        }
    }
}

/// <summary>A field with a value.</summary>
internal sealed class FieldView(BrokenValue broken)
{
    public string Field => Quote(broken.Property.JsonName);

    public string Value => broken.CSharp;
}

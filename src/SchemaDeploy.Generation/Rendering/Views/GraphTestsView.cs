using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Graph;
using SchemaDeploy.Generation.Design.Tests;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of a resource's tests in GraphQL prints.</summary>
internal sealed class GraphTestsView(TestModel model, TestedResource tested) : TestedView(model, tested)
{
    private readonly GraphResource _graph = model.Api.Graph!.Of(tested.Resource.Names);

    public string Tests => TestNames.GraphTestsOf(Resource.Names);

    public string RestTests => TestNames.TestsOf(Resource.Names);

    public string Read => Quote($"query ({Variables()}) {{ {_graph.One}({Arguments()}) {{ {Shown} }} }}");

    public string CreateMutation => Quote(_graph.HasCreateInput
        ? $"mutation (${_graph.Input}: {_graph.CreateInput}!) {{ {_graph.Create}({_graph.Input}: ${_graph.Input}) {{ {Shown} }} }}"
        : $"mutation {{ {_graph.Create} {{ {Shown} }} }}");

    public string UpdateMutation => Quote(
        $"mutation ({Variables()}, ${_graph.Input}: {_graph.UpdateInput}!) {{ {_graph.Update}({Arguments()}, {_graph.Input}: ${_graph.Input}) {{ {Shown} }} }}");

    public string DeleteMutation => Quote($"mutation ({Variables()}) {{ {_graph.Delete}({Arguments()}) }}");

    public string Input => Quote(_graph.Input);

    public string One => Quote(_graph.One!);

    public string CreateField => Quote(_graph.Create!);

    public string UpdateField => Quote(_graph.Update!);

    public string DeleteField => Quote(_graph.Delete!);

    public bool HasUpdate => _graph.Update is not null;

    public bool HasDelete => _graph.Delete is not null;

    public bool IsChanged => HasUpdate && ChangeableProperties.Count > 0;

    public bool HasBrokenValues => Tested.BrokenValues.Length > 0;

    /// <summary>Both names of every field.</summary>
    public IEnumerable<string> Fields => _graph.Fields.Select(member => $"({Quote(member.Property.JsonName)}, {Quote(member.Name)})");

    /// <summary>The literals that GraphQL cannot say as the schema has them.</summary>
    public IReadOnlyList<object> Enums => [.. EnumsOf()];

    public bool HasEnums => Enums.Count > 0;

    public string KeyLiterals => Literals(Resource.Key!.Properties);

    public string ChangeableLiterals => Literals(ChangeableProperties);

    /// <summary>What a request gives and a row shows.</summary>
    public string SentLiterals => Literals(Tested.Row!.Values.Select(value => value.Property).Where(property => property.InResponse));

    public IEnumerable<object> Expectations => Tested.Expectations.Select(expected => new { Title = TitleOf(expected), Lines = LinesOf(expected).ToList() });

    private string Shown => string.Join(' ', _graph.Fields.Where(member => member.Property.InResponse).Select(member => member.Name));

    /// <summary>Whether GraphQL has what is compared: rows that are made, and found again by their key.</summary>
    public static bool Has(TestModel model, TestedResource tested) =>
        tested.IsFoundByKey && model.Api.Apis.Contains(ApiKind.Rest) && model.Api.Graph?.Of(tested.Resource.Names) is { One: not null, Create: not null };

    private IEnumerable<object> EnumsOf() =>
        from member in _graph.Fields
        from enumeration in Model.Api.Graph!.Enums
        where enumeration.Name == member.Type && enumeration.Values.Any(value => value.Name != value.Text)
        select new
        {
            Field = Quote(member.Property.JsonName),
            Names = string.Join(", ", enumeration.Values.Where(value => value.Name != value.Text).Select(value => $"[{Quote(value.Text)}] = {Quote(value.Name)}")),
        };

    private string Variables() => string.Join(", ", _graph.Key.Select(member => $"${member.Name}: {member.Type}!"));

    private string Arguments() => string.Join(", ", _graph.Key.Select(member => $"{member.Name}: ${member.Name}"));

    private IEnumerable<string> LinesOf(Expectations expected)
    {
        var caller = "app.Anonymous";
        if (expected.Caller != CallerKind.Anonymous)
        {
            caller = "caller";
            yield return $"var caller = await app.JoinAsync({RoleOf(expected)});";
        }

        yield return $"var created = await {Rows}.CreateAsync(app{(expected.Caller == CallerKind.Owner ? ", caller" : "")});";
        yield return "";
        if (expected.Get is { } get)
        {
            yield return $"(await {caller}.QueryAsync(Read, Key(created.Json))).ExpectLike({get}, {One});";
        }

        if (expected.Create is { } create)
        {
            yield return $"(await {caller}.QueryAsync(Create, Input(Body.Of(await {RequestOf(expected)})))).ExpectLike({create}, {CreateField});";
        }

        if (expected.Update is { } update && HasUpdate)
        {
            yield return $"(await {caller}.QueryAsync(Update, Key(created.Json).With(Input(new JsonObject())))).ExpectLike({update}, {UpdateField});";
        }

        if (expected.Delete is { } delete && HasDelete)
        {
            yield return $"(await {caller}.QueryAsync(Delete, Key(created.Json))).ExpectLike({delete}, {DeleteField});";
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Tests.Design;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.OpenApi;

public partial class OpenApiDocumentTests
{
    private static readonly ApiModel s_api = DesignAll(DocumentGenerator.Database, new());

    [Fact]
    public void The_same_model_gives_the_same_document() => Assert.Equal(Write(s_api), Write(DesignAll(DocumentGenerator.Database, new())));

    [Fact]
    public async Task Readers_of_other_tools_find_no_error_in_it()
    {
        foreach (var api in new[] { s_api, Difficult() })
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Write(api)));
            var (document, diagnostic) = await Microsoft.OpenApi.OpenApiDocument.LoadAsync(stream, "json", cancellationToken: TestContext.Current.CancellationToken);

            Assert.Empty(diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
            Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
            const int authentication = 6;
            Assert.Equal(
                authentication + api.Resources.Sum(r => r.Operations.Length + r.Collections.Count(c => c.Operation is not null)),
                document!.Paths.Sum(path => path.Value.Operations!.Count));
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_names_are_plain()
    {
        using var document = JsonDocument.Parse(Write(Difficult()));
        var components = document.RootElement.GetProperty("components");
        foreach (var group in components.EnumerateObject())
        {
            Assert.All(group.Value.EnumerateObject(), component => Assert.Matches(ComponentName(), component.Name));
        }

        foreach (var reference in Values(document.RootElement, "$ref"))
        {
            var parts = reference.Split('/');
            Assert.True(components.GetProperty(parts[2]).TryGetProperty(parts[3], out _), reference);
        }
    }

    [Fact]
    public void Parameters_of_an_operation_differ_and_paths_declare_theirs()
    {
        using var document = JsonDocument.Parse(Write(Difficult()));
        var parameters = document.RootElement.GetProperty("components").GetProperty("parameters");
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var all = operation.Value.GetProperty("parameters").EnumerateArray()
                    .Select(p => p.TryGetProperty("$ref", out var reference) ? parameters.GetProperty(reference.GetString()!.Split('/')[3]) : p)
                    .Select(p => (In: p.GetProperty("in").GetString(), Name: p.GetProperty("name").GetString()))
                    .ToList();

                Assert.Equal(all.Count, all.Distinct().Count());
                Assert.Equal(
                    PathParameter().Matches(path.Name).Select(match => match.Groups[1].Value),
                    all.Where(p => p.In == "path").Select(p => p.Name));
            }
        }
    }

    [Fact]
    public void Passwords_are_in_requests_and_hashes_nowhere()
    {
        using var document = JsonDocument.Parse(Write(s_api));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");

        foreach (var request in new[] { "UserCreate", "UserUpdate", "UserPatch", "AuthRegistration" })
        {
            Assert.True(schemas.GetProperty(request).GetProperty("properties").GetProperty("password").GetProperty("writeOnly").GetBoolean(), request);
        }

        Assert.False(schemas.GetProperty("UserResponse").GetProperty("properties").TryGetProperty("password", out _));
        Assert.DoesNotContain("password_hash", document.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_the_schema_are_keywords()
    {
        var things = Table("things", Text("name", 20), Column("quantity") with { Default = Number("1") }, Column("tags", SqlTypeKind.Array) with { Element = SqlTypeKind.Int }) with
        {
            Checks =
            [
                new Check("c1", new BetweenExpression(Col("quantity"), Number("1"), Number("9"), false), Source),
                new Check("c2", new RegexExpression(Col("name"), Quoted("^a+$"), false), Source),
            ],
        };
        using var document = JsonDocument.Parse(Write(DesignAll(Database(SchemaDialect.PostgreSql, things), new())));
        var create = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("ThingCreate");

        Assert.Equal(
            """{"type":"integer","format":"int32","minimum":1,"maximum":9,"default":1}""",
            Compact(create.GetProperty("properties").GetProperty("quantity")));
        Assert.Equal("""{"type":"string","maxLength":20,"pattern":"^a\u002B$"}""", Compact(create.GetProperty("properties").GetProperty("name")));
        Assert.Equal("""{"type":"array","items":{"type":"integer"}}""", Compact(create.GetProperty("properties").GetProperty("tags")));
        Assert.Equal("""["name","tags"]""", Compact(create.GetProperty("required")));
    }

    [Fact]
    public void A_patch_requires_nothing_and_a_field_named_like_a_parameter_is_filtered_in_brackets()
    {
        using var document = JsonDocument.Parse(Write(Difficult()));
        var components = document.RootElement.GetProperty("components");

        Assert.False(components.GetProperty("schemas").GetProperty("LimitPatch").TryGetProperty("required", out _));
        Assert.Equal("limit[eq]", components.GetProperty("parameters").GetProperty("LimitValue.eq").GetProperty("name").GetString());
    }

    [Fact]
    public void Tables_share_the_filters_that_are_alike_and_no_others()
    {
        using var document = JsonDocument.Parse(Write(DesignAll(
            Indexed(Table("authors", Text("name"), Column("age"))),
            Indexed(Table("books", Text("name"), Text("age"))))));
        var filters = document.RootElement.GetProperty("paths").GetProperty("/api/books").GetProperty("get").GetProperty("parameters");

        Assert.Superset(
            new HashSet<string> { "#/components/parameters/Id.gt", "#/components/parameters/Name.contains", "#/components/parameters/BookResponse.Age.eq" },
            Values(filters, "$ref").ToHashSet());
        Assert.DoesNotContain("#/components/parameters/Age.eq", Values(filters, "$ref"));

        static Table Indexed(Table table) => table with { UniqueKeys = [new Key("by_name", ["name"]), new Key("by_age", ["age"])] };
    }

    /// <summary>Names and shapes that tools stumble over.</summary>
    private static ApiModel Difficult() => DesignAll(
        Table("größen", Text("größe"), Enum("art", "ä", "")),
        Table("limits", Column("limit"), Column("sort")) with { UniqueKeys = [new Key("uk", ["limit", "sort"])] },
        KeylessTable("log", Column("a")),
        KeylessTable("pairs", Column("a"), Column("größen_id", SqlTypeKind.BigInt), Column("blob", SqlTypeKind.Blob) with { Nullable = true }) with
        {
            PrimaryKey = new Key("pk", ["a", "größen_id"]),
            ForeignKeys = [Reference("größen_id", "größen")],
        });

    private static string Write(ApiModel api)
    {
        using var stream = new MemoryStream();
        Generation.OpenApi.OpenApiDocument.Write(api, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static IEnumerable<string> Values(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == name && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Values(member.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Values(item, name)),
        _ => [],
    };

    [GeneratedRegex(@"^[a-zA-Z0-9\.\-_]+$")]
    private static partial Regex ComponentName();

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex PathParameter();
}

using System.Text.Json;
using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests;

/// <summary>Text that means something to SQL, to shells, to browsers or to parsers, in everything that a client can write.</summary>
[Trait("Category", "Integration")]
public class InjectionTests
{
    /// <summary>The texts.</summary>
    internal static readonly string[] Payloads =
    [
        "'", "\"", "`", ";", "--", "/*", "\\", "\\'", "%", "_", "\0", "\u202e", "\ud83d\ude00", "é", "\r\nX-Injected: 1", "\u0001", " ", "",
        "' OR '1'='1", "' OR 1=1 --", "1 OR 1=1", "1); DROP TABLE items; --", "1; SELECT pg_sleep(10)", "' UNION SELECT password_hash FROM users --",
        "' || (SELECT password_hash FROM users LIMIT 1) || '", "0x27204f522031", "1e400", "-1e400", "NaN", "Infinity", "-0", "9223372036854775808",
        "00000000000000000001", "true", "null", "[]", "{}", "{\"$gt\":\"\"}", "{\"$where\":\"1\"}", "[gte]", "id", "users.password_hash", "password_hash",
        "owner.password_hash", "../../etc/passwd", "..%2f..", "%00", "%27", "%2527", "<script>alert(1)</script>", "${jndi:ldap://localhost/a}", "{{7*7}}", "$(id)", "`id`",
        "(SELECT 1)", "id;id", "id,id", "-id", "--id", "+id", "id desc", "id)--", "created_at", "0000-00-00", "9999-12-31T23:59:60Z", "2026-02-30", "infinity",
        "' AND 1=CAST((SELECT password_hash FROM users LIMIT 1) AS int) --", "\ud800", "ＳＥＬＥＣＴ", "%c0%a7", "a%'; --", "[a-z]", "(a+)+$",
    ];

    public static TheoryData<Database> All => [Database.Sqlite, Database.PostgreSql];

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_parameter_of_a_list_gives_a_failure_or_a_row_too_many(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        await OwnedRows.CreateAsync(api, "sample");
        var document = (await api.Anonymous.GetAsync("/openapi/v1.json")).Expect(200).Json;
        string[] parameters =
        [
            .. document.GetProperty("components").GetProperty("parameters").EnumerateObject()
                .Where(parameter => parameter.Value.GetProperty("in").GetString() == "query")
                .Select(parameter => parameter.Value.GetProperty("name").GetString()!).Distinct(),
            "sort", "fields", "expand",
        ];

        await AssertSafeAsync(
            api,
            parameters.SelectMany(parameter => Payloads.Select(payload => $"/api/items?{Uri.EscapeDataString(parameter)}={Escape(payload)}"))
                .Concat(Payloads.Select(payload => $"/api/items?{Escape(payload)}=1"))
                .Concat(Payloads.Select(payload => $"/api/items?id%5B{Escape(payload)}%5D=1")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_path_gives_a_failure_or_a_row_of_another(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        await OwnedRows.CreateAsync(api, "clinic");

        await AssertSafeAsync(api, Payloads.Where(payload => payload.Length > 0).SelectMany(payload => new[]
        {
            $"/api/visits/{Escape(payload)}", $"/api/accounts/{Escape(payload)}/visits", $"/api/treatments/{Escape(payload)}",
            $"/api/visit_treatments/1/{Escape(payload)}", $"/api/{Escape(payload)}",
        }));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Text_in_a_body_comes_back_as_it_went_in_or_is_refused(Database database)
    {
        var api = await SecuredApi.ClinicAsync(database);
        var (visit, _) = ((await api.Stranger.PostAsync("/api/visits", """{"starts_at":"2026-01-01T10:00:00"}""")).Expect(201)["id"], 0);
        foreach (var payload in Payloads)
        {
            var answer = await api.Stranger.PatchAsync($"/api/visits/{visit}", $$"""{"reason":{{JsonSerializer.Serialize(payload)}}}""");
            Assert.True(answer.Code is 200 or 400, $"{payload}: {answer.Code} {answer.Text}");
            if (answer.Code == 200 && !payload.Any(char.IsSurrogate))
            {
                Assert.Equal(payload, answer["reason"]);
                var found = (await api.Stranger.GetAsync($"/api/visits?reason={Escape(payload)}")).Expect(200).Json.GetProperty("items");
                Assert.Contains(found.EnumerateArray(), row => row.GetProperty("id").ToString() == visit);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Values_of_any_shape_in_any_field_of_a_body_give_no_failure(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        string[] values =
        [
            "null", "true", "0", "-1", "1e400", "99999999999999999999", "0.000000000000000000001", "\"\"", "[]", "{}", "[[]]", "{\"a\":{}}", "\"9999-99-99\"",
            .. Payloads.Select(payload => JsonSerializer.Serialize(payload)),
        ];
        foreach (var field in new[] { "item_type", "quantity", "value", "metadata", "uuid" })
        {
            foreach (var value in values)
            {
                var answer = await api.Stranger.PostAsync("/api/items", $$"""{"item_type":"{{Guid.NewGuid()}}","{{field}}":{{value}}}""");
                Assert.True(answer.Code < 500, $"{field}: {value}: {answer.Code} {answer.Text}");
            }
        }
    }

    private static async Task AssertSafeAsync(SecuredApi api, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var answer = await api.Stranger.GetAsync(path);
            Assert.True(answer.Code < 500, $"{path}: {answer.Code} {answer.Text}");
            Assert.Null(answer.Header("X-Injected"));
            Assert.DoesNotContain($"\"{api.Owner.Email}\"", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"owner_id\":{api.Owner.Id},", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"account_id\":\"{api.Owner.Id}\"", answer.Text, StringComparison.Ordinal);
        }
    }

    // A lone surrogate has no form in UTF-8; what comes of it is sent as it is.
    private static string Escape(string text) => text == "\ud800" ? "%ED%A0%80" : Uri.EscapeDataString(text);
}

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>Rows of the owner's, to which requests of all routes can be sent with bodies that are right.</summary>
public sealed class OwnedRows
{
    private readonly Dictionary<string, string> _keys;
    private readonly Func<Route, string?> _body;

    private OwnedRows(Dictionary<string, string> keys, Func<Route, string?> body)
    {
        _keys = keys;
        _body = body;
    }

    public static async Task<OwnedRows> CreateAsync(SecuredApi api, string schema) =>
        schema == "sample" ? await OfSampleAsync(api) : await OfClinicAsync(api);

    /// <summary>The key of the row that a parameter stands for.</summary>
    public string this[string parameter] => _keys[parameter];

    /// <summary>Sends a request of <paramref name="route"/> about the owner's rows.</summary>
    public Task<Answer> SendAsync(Route route, Session session)
    {
        var path = RouteTable.Parameter().Replace(route.Path, match => _keys[match.Value.Trim('{', '}')]);
        return session.SendAsync(route.Method, path, BodyOf(route));
    }

    /// <summary>What is sent to <paramref name="route"/>; null where it takes nothing.</summary>
    public string? BodyOf(Route route) => route.Method is "GET" or "DELETE" ? null : route.Path switch
    {
        "/api/auth/login" => $$"""{"email":"{{_keys["email"]}}","password":"{{Session.Password}}"}""",
        "/api/auth/refresh" => """{"refresh_token":"bm90IGEgdG9rZW4"}""",
        "/api/auth/logout" => """{"refresh_token":"bm90IGEgdG9rZW4"}""",
        "/api/auth/password" => $$"""{"current_password":"not the password","new_password":"{{Session.Password}} 2"}""",
        _ when route.Path.EndsWith("/batch", StringComparison.Ordinal) => $"[{_body(route)}]",
        _ => _body(route) ?? throw new InvalidOperationException($"No body for {route.Shape}."),
    };

    private static async Task<OwnedRows> OfSampleAsync(SecuredApi api)
    {
        var item = (await api.Owner.PostAsync("/api/items", NewItem())).Expect(201)["id"];
        var line = (await api.Admin.GetAsync("/api/audit-logs?limit=1")).Expect(200).Json.GetProperty("items")[0].GetProperty("id").ToString();
        return new OwnedRows(
            new() { ["a"] = api.Owner.Id, ["i"] = item, ["l"] = line, ["email"] = api.Owner.Email },
            route => (route.Method, route.Path.Split('/')[2]) switch
            {
                ("PUT", "users") => $$"""{"email":"{{api.Owner.Email}}","role":"USER","status":"ACTIVE"}""",
                ("PATCH", "users") => $$"""{"email":"{{api.Owner.Email}}"}""",
                ("PUT", "items") => $$"""{"uuid":"{{Guid.NewGuid()}}","item_type":"{{Guid.NewGuid()}}","quantity":1}""",
                ("PATCH", "items") => """{"quantity":2}""",
                (_, "items") => NewItem(),
                _ => $$"""{"email":"{{Guid.NewGuid():N}}@example.com","password":"{{Session.Password}}"}""",
            });
    }

    private static string NewItem() => $$"""{"item_type":"{{Guid.NewGuid()}}"}""";

    private static async Task<OwnedRows> OfClinicAsync(SecuredApi api)
    {
        var treatment = $"T{Guid.NewGuid():N}"[..10];
        var item = Guid.NewGuid().ToString();
        (await api.Admin.PostAsync("/api/treatments", $$"""{"code":"{{treatment}}","name":"A treatment","price":10}""")).Expect(201);
        var stock = (await api.Admin.PostAsync("/api/stock", $$"""{"item":"{{item}}"}""")).Expect(201)["id"];
        var visit = (await api.Owner.PostAsync("/api/visits", """{"starts_at":"2026-01-01T10:00:00"}""")).Expect(201)["id"];
        (await api.Owner.PostAsync("/api/visit_treatments", $$"""{"visit_id":{{visit}},"treatment_code":"{{treatment}}"}""")).Expect(201);
        var message = (await api.Owner.PostAsync("/api/messages", NewMessage())).Expect(201)["id"];
        var line = (await api.Admin.GetAsync("/api/audit-logs?limit=1")).Expect(200).Json.GetProperty("items")[0].GetProperty("id").ToString();

        // A new one each time it is asked for, for that of the rows exists.
        async Task<string> OtherTreatmentAsync()
        {
            var code = $"T{Guid.NewGuid():N}"[..10];
            (await api.Admin.PostAsync("/api/treatments", $$"""{"code":"{{code}}","name":"A treatment","price":10}""")).Expect(201);
            return code;
        }

        string NewMessage() => $$"""{"recipient_id":"{{api.Stranger.Id}}","visit_id":{{visit}},"body":"Hello"}""";

        var others = new Queue<string>([await OtherTreatmentAsync(), await OtherTreatmentAsync()]);
        return new OwnedRows(
            new() { ["a"] = api.Owner.Id, ["v"] = visit, ["t"] = treatment, ["s"] = stock, ["m"] = message, ["l"] = line, ["email"] = api.Owner.Email },
            route => (route.Method, route.Path.Split('/')[2]) switch
            {
                ("PUT", "accounts") => $$"""{"email":"{{api.Owner.Email}}","display_name":"Me","role":"PATIENT","is_active":true}""",
                ("PATCH", "accounts") => """{"display_name":"Myself"}""",
                ("PUT", "treatments") => """{"name":"Other","price":1}""",
                ("PATCH", "treatments") => """{"price":1}""",
                (_, "treatments") => $$"""{"code":"{{$"T{Guid.NewGuid():N}"[..10]}}","name":"New","price":1}""",
                (_, "visits") => """{"starts_at":"2026-01-02T10:00:00"}""",
                ("PUT", "visit_treatments") or ("PATCH", "visit_treatments") => """{"quantity":3}""",
                (_, "visit_treatments") => $$"""{"visit_id":{{visit}},"treatment_code":"{{(others.TryDequeue(out var other) ? other : treatment)}}"}""",
                ("PATCH", "messages") => """{"body":"Changed"}""",
                (_, "messages") => NewMessage(),
                (_, "stock") => $$"""{"item":"{{Guid.NewGuid()}}","amount":1}""",
                _ => $$"""{"email":"{{Guid.NewGuid():N}}@example.com","password":"{{Session.Password}}","display_name":"New"}""",
            });
    }
}

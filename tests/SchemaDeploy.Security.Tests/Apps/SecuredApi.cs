using System.Collections.Concurrent;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>The databases that the suite runs on.</summary>
public enum Database
{
    Sqlite,
    PostgreSql,
}

/// <summary>
/// A running application that tests share, with the people who use it: its ADMIN, a user who owns rows, and a stranger.
/// </summary>
public sealed class SecuredApi
{
    private static readonly ConcurrentDictionary<(string, Database), Lazy<Task<SecuredApi>>> s_apis = new();

    private SecuredApi(AppProcess process, Session admin, Session owner, Session stranger)
    {
        Process = process;
        Admin = admin;
        Owner = owner;
        Stranger = stranger;
    }

    public AppProcess Process { get; }

    public HttpClient Client => Process.Client;

    public Session Anonymous => new(Client);

    public Session Admin { get; }

    public Session Owner { get; }

    public Session Stranger { get; }

    /// <summary>The sample's application.</summary>
    public static Task<SecuredApi> SampleAsync(Database database) => GetAsync("sample", "", database);

    /// <summary>The clinic's application.</summary>
    public static Task<SecuredApi> ClinicAsync(Database database) => GetAsync("clinic", """,  "display_name":"Somebody" """, database);

    /// <summary>A user with a role.</summary>
    public async Task<Session> StaffAsync(string role)
    {
        var user = await Session.RegisterAsync(Client, """, "display_name":"Staff" """);
        (await Admin.PatchAsync($"/api/accounts/{user.Id}", $$"""{"role":"{{role}}"}""")).Expect(200);
        return await Session.LoginAsync(Client, user.Email);
    }

    private static Task<SecuredApi> GetAsync(string schema, string fields, Database database) =>
        s_apis.GetOrAdd((schema, database), _ => new Lazy<Task<SecuredApi>>(() => StartAsync(schema, fields, database))).Value;

    private static async Task<SecuredApi> StartAsync(string schema, string fields, Database database)
    {
        var app = await BuiltApp.GetAsync(schema);
        var url = database == Database.PostgreSql ? await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync() : null;
        // The suite sends more than people do; what is limited has tests of its own.
        var process = await AppProcess.StartAsync(app, url, Limits.None);
        return new SecuredApi(
            process,
            admin: await Session.RegisterAsync(process.Client, fields),
            owner: await Session.RegisterAsync(process.Client, fields),
            stranger: await Session.RegisterAsync(process.Client, fields));
    }
}

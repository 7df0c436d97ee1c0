using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.Testing.Data;
using SchemaDeploy.Testing.Http;

namespace SchemaDeploy.Testing.Hosting;

/// <summary>
/// The application on a port and a database of its own, started once for all tests. Its rate limits are off, because
/// tests send more than people do, and so is what takes equal requests for a slip; all else is as in Development.
/// </summary>
/// <typeparam name="TContext">The application's database.</typeparam>
public abstract class ApplicationUnderTest<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    /// <summary>The password of everybody.</summary>
    public const string Password = "the engine has no pretensions";

    private const string AdminEmail = "admin@tests.example";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("schemadeploy-tests-");
    private readonly TestDatabase _database;
    private readonly ConcurrentDictionary<string, Lazy<Task<object>>> _shared = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private HttpClient? _client;
    private OpenApiContract? _contract;

    /// <summary>An application that is not started yet.</summary>
    protected ApplicationUnderTest() => _database = new TestDatabase(_folder.FullName);

    /// <summary>Makes up the values of rows; SCHEMA_TEST_SEED gives others than the usual ones.</summary>
    public Fakes Fakes { get; } = new(
        int.TryParse(Environment.GetEnvironmentVariable("SCHEMA_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1);

    /// <summary>Somebody who has not signed in.</summary>
    public Session Anonymous => new(Client, Contract);

    /// <summary>An administrator.</summary>
    public Session Admin { get; private set; } = null!;

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services => App.Services;

    private WebApplication App => _app ?? throw NotStarted();

    private HttpClient Client => _client ?? throw NotStarted();

    private OpenApiContract Contract => _contract ?? throw NotStarted();

    /// <summary>Starts the application and signs an administrator in.</summary>
    public async ValueTask InitializeAsync()
    {
        var builder = SchemaApplication.CreateBuilder(
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--DATABASE_URL={_database.Url}", $"--contentRoot={AppContext.BaseDirectory}",
            // Hashing is slow on purpose, measurements are of all applications of a process together, and the key is nobody else's.
            "--Auth:PasswordIterations=1000", "--METRICS=false", $"--JWT_SECRET={Guid.NewGuid()}", "--RateLimits:Enabled=false", "--Fingerprints:Enabled=false",
            "--Logging:LogLevel:Default=Warning",
        ]);
        _app = Build(builder);
        await WithDatabaseAsync(_database.CreateAsync);
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _contract = new OpenApiContract(await _client.GetStringAsync("/openapi/v1.json"));
        (await Anonymous.PostAsync(AuthenticationPath("register"), Body.Of(await FirstAdminAsync(AdminEmail)))).Expect(201);
        Admin = await SignInAsync(AdminEmail);
    }

    /// <summary>Ends the application and removes its database.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await WithDatabaseAsync(TestDatabase.DeleteAsync);
            await _app.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Signs in somebody whose row is there.</summary>
    public async Task<Session> SignInAsync(string email)
    {
        var tokens = (await Anonymous.PostAsync(AuthenticationPath("login"), Body.Of(new Credentials(email, Password)))).Expect(200).Json;
        var token = tokens["access_token"]!.GetValue<string>();
        var me = (await new Session(Client, Contract, token).GetAsync(AuthenticationPath("me"))).Expect(200).Json;
        return new Session(Client, Contract, token, me["id"]!.ToString());
    }

    /// <summary>The row of a route that tests have in common, created when it is first asked for.</summary>
    public async Task<Created<T>> SharedAsync<T>(string route, Func<Task<Created<T>>> create) =>
        (Created<T>)await _shared.GetOrAdd(route, _ => new Lazy<Task<object>>(async () => await create())).Value;

    /// <summary>Does something with the database itself, on behalf of the application.</summary>
    public async Task WithDatabaseAsync(Func<TContext, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    /// <summary>Asks the database itself, on behalf of the application.</summary>
    public async Task<TResult> WithDatabaseAsync<TResult>(Func<TContext, Task<TResult>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    /// <summary>
    /// Does something with a service of the application on behalf of somebody, in a scope of its own as a request has.
    /// A class that the application does not know, such as one that a test derives from a service, is made with what the
    /// application has.
    /// </summary>
    /// <param name="caller">Who: <see cref="Admin"/>, somebody who has signed in, or <see cref="Anonymous"/>.</param>
    /// <param name="act">What is done.</param>
    public async Task WithServiceAsync<TService>(Session caller, Func<TService, Task> act)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        await caller.EnterAsync(scope.ServiceProvider);
        await act(ServiceOf<TService>(scope));
    }

    /// <summary>Does something with a service on behalf of somebody, and gives what comes of it.</summary>
    /// <param name="caller">Who: <see cref="Admin"/>, somebody who has signed in, or <see cref="Anonymous"/>.</param>
    /// <param name="act">What is done.</param>
    public async Task<TResult> WithServiceAsync<TService, TResult>(Session caller, Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        await caller.EnterAsync(scope.ServiceProvider);
        return await act(ServiceOf<TService>(scope));
    }

    /// <summary>Does something with a service on behalf of the application itself, which may do everything.</summary>
    /// <param name="act">What is done.</param>
    public async Task WithServiceAsync<TService>(Func<TService, Task> act)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        await act(ServiceOf<TService>(scope));
    }

    /// <summary>Does something with a service on behalf of the application itself, and gives what comes of it.</summary>
    /// <param name="act">What is done.</param>
    public async Task<TResult> WithServiceAsync<TService, TResult>(Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        return await act(ServiceOf<TService>(scope));
    }

    /// <summary>Puts the application together.</summary>
    protected abstract WebApplication Build(WebApplicationBuilder builder);

    /// <summary>The first segment of the application's paths with a slash in front; may be empty.</summary>
    protected abstract string RoutePrefix { get; }

    /// <summary>What the first administrator registers with.</summary>
    protected virtual Task<object> FirstAdminAsync(string email) => Task.FromResult<object>(new Credentials(email, Password));

    private static TService ServiceOf<TService>(AsyncServiceScope scope) =>
        ActivatorUtilities.GetServiceOrCreateInstance<TService>(scope.ServiceProvider);

    private string AuthenticationPath(string name) => $"{RoutePrefix}/auth/{name}";

    private static InvalidOperationException NotStarted() => new("The application under test is not started: InitializeAsync comes first.");

    private sealed record Credentials(
        [property: JsonPropertyName("email")] string Email,
        [property: JsonPropertyName("password")] string Password);
}

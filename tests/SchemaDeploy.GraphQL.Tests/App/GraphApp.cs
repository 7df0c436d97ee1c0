using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Golden;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;
using Npgsql;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.Tests.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace SchemaDeploy.GraphQL.Tests.App;

/// <summary>The generated application on a port and a database of its own, with an ADMIN and two users.</summary>
public class GraphApp : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
    private WebApplication? _app;
    private string _database = "";

    /// <summary>Settings beside those that every test needs, as <c>--Name=value</c>; later ones win.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The process of the same application that this one is another of; null for the first.</summary>
    public GraphApp? First { get; init; }

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => new(Client.BaseAddress!, "/graphql");

    public IServiceProvider Services => _app!.Services;

    /// <summary>The tokens of ADMIN, of a user, and of another one.</summary>
    public string Admin { get; private set; } = "";

    public string User { get; private set; } = "";

    public string Stranger { get; private set; } = "";

    /// <summary>The statements sent to the database.</summary>
    public Statements Statements { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (WhyMissing is not null)
        {
            return;
        }

        Api.Options
            .AddProvider("postgres", static (options, connection) => options.UseNpgsql(connection))
            .AddProvider("mysql", static (options, connection) => options.UseMySql(
                connection, connection is null ? MariaDbServerVersion.LatestSupportedServerVersion : ServerVersion.AutoDetect(connection)));
        _database = First?._database ?? await CreateDatabaseAsync();
        var builder = SchemaApplication.CreateBuilder(
            [
                "--environment=Development", "--urls=http://127.0.0.1:0", $"--DATABASE_URL={_database}", $"--contentRoot={_folder}",
                "--RateLimits:Enabled=false", "--Fingerprints:Enabled=false", "--Auth:PasswordIterations=1000", "--JWT_SECRET=only the tests of this project use it", .. Arguments,
            ]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureDbContext<AppDbContext>(Statements.Record);
        _app = Api.Build(builder);
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        if (First is not null)
        {
            (Admin, User, Stranger) = (First.Admin, First.User, First.Stranger);
            return;
        }

        Admin = await JoinAsync("admin@example.com");
        User = await JoinAsync("user@example.com");
        Stranger = await JoinAsync("stranger@example.com");
        await SeedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        // A server has room for the connections of a few applications, and a file in use cannot be deleted everywhere.
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        await MySqlConnection.ClearAllPoolsAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends the application as SIGTERM does.</summary>
    public Task StopAsync() => _app!.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Why the tests are skipped: the database's server is not installed.</summary>
    public virtual string? WhyMissing => null;

    /// <summary>Makes an empty database and gives its DATABASE_URL: a SQLite file, where nothing else is said.</summary>
    protected virtual Task<string> CreateDatabaseAsync() => Task.FromResult($"sqlite:{Path.Combine(_folder, "test.db")}");

    /// <summary>Sends a query by POST.</summary>
    public async Task<GraphAnswer> QueryAsync(string query, object? variables = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request, token);
    }

    public async Task<GraphAnswer> SendAsync(HttpRequestMessage request, string? token = null)
    {
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new GraphAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>What REST answers.</summary>
    public async Task<JsonElement> GetAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return (await SendAsync(request, token)).Json;
    }

    /// <summary>Does something with the database itself.</summary>
    public async Task WithDatabaseAsync(Func<AppDbContext, Task> act)
    {
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    // Ursula has a mentor, a biography and two books; Jorge has one book, and Nobody none.
    private Task SeedAsync() => WithDatabaseAsync(async database =>
    {
        var jorge = new Author { FullName = "Jorge", Mood = AuthorMood.InAHurry };
        var ursula = new Author { FullName = "Ursula", MentorId = 1, Mood = AuthorMood.Calm };
        await SaveAsync(database, jorge, ursula, new Author { FullName = "Nobody" }, new Biography { Author = ursula, Text = "Born in Berkeley." });
        var dispossessed = new Book
        {
            Author = ursula,
            Title = "The Dispossessed",
            Pages = 387,
            Price = 12.50m,
            Rating = 4.25,
            Weight = 0.1f,
            InPrint = true,
            Isbn = "6f9619ff-8b86-d011-b42d-00c04fc964ff",
            PublishedOn = new DateOnly(1974, 5, 1),
            OpensAt = new TimeOnly(9, 30),
            SoldAt = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Unspecified),
            Cover = [1, 2, 3],
            Details = """{"moons":["Anarres"],"n":1.50}""",
        };
        await SaveAsync(
            database,
            dispossessed,
            new Book { Author = ursula, Title = "The Lathe of Heaven", Pages = 184, Price = 9m, InPrint = false },
            new Book { Author = jorge, Title = "Ficciones, a, b", Pages = 174, InPrint = true });
        await SaveAsync(database, [.. Enumerable.Range(1, 3).Select(number => new Chapter { BookId = dispossessed.Id, Number = number, Heading = $"Chapter {number}" })]);
        await SaveAsync(
            database,
            new Paragraph { BookId = dispossessed.Id, ChapterNumber = 1, Text = "There was a wall." },
            new Paragraph { BookId = dispossessed.Id, ChapterNumber = 1, Text = "It did not look important." },
            new Paragraph { BookId = dispossessed.Id, ChapterNumber = 2, Text = "In a square window." });
        await database.Database.ExecuteSqlRawAsync("INSERT INTO sheep (name, wool) VALUES ('Dolly', 3), ('Shaun', 1), ('Timmy', 2)");
    });

    // One by one, so that their keys are in this order.
    private static async Task SaveAsync(DbContext database, params object[] rows)
    {
        foreach (var row in rows)
        {
            database.Add(row);
            await database.SaveChangesAsync();
        }
    }

    private async Task<string> JoinAsync(string email)
    {
        using var joined = await Client.PostAsJsonAsync("/api/auth/register", new { email, password = Password });
        Assert.True(joined.IsSuccessStatusCode, await joined.Content.ReadAsStringAsync());
        using var signedIn = await Client.PostAsJsonAsync("/api/auth/login", new { email, password = Password });
        return (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}

/// <summary>The application on PostgreSQL.</summary>
public sealed class GraphAppOnPostgreSql : GraphApp
{
    public override string? WhyMissing => PostgreSqlServer.WhyMissing;

    protected override async Task<string> CreateDatabaseAsync() => await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync();
}

/// <summary>The application on MariaDB.</summary>
public sealed class GraphAppOnMariaDb : GraphApp
{
    public override string? WhyMissing => MariaDbServer.WhyMissing;

    protected override async Task<string> CreateDatabaseAsync() => await (await SharedServers.MariaDbAsync()).CreateDatabaseAsync();
}

/// <summary>An answer, read whole.</summary>
public sealed record GraphAnswer(int Status, string Text, string? ContentType)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The data as compact JSON; fails where there are errors.</summary>
    public string Data
    {
        get
        {
            Assert.False(Json.TryGetProperty("errors", out _), Text);
            return Json.GetProperty("data").GetRawText();
        }
    }

    /// <summary>The codes of the errors with their paths, such as <c>FORBIDDEN at author.notes</c>.</summary>
    public IEnumerable<string> Errors => Json.TryGetProperty("errors", out var errors)
        ? errors.EnumerateArray().Select(error => error.GetProperty("extensions").GetProperty("code").GetString()
            + (error.TryGetProperty("path", out var path) ? " at " + string.Join('.', path.EnumerateArray()) : ""))
        : [];

    /// <summary>The messages of a field in the only error.</summary>
    public string FieldError(string field) => Assert.Single(Json.GetProperty("errors").EnumerateArray())
        .GetProperty("extensions").GetProperty("fields").GetProperty(field)[0].GetString()!;

    public string Message => Json.GetProperty("errors")[0].GetProperty("message").GetString()!;
}

/// <summary>Counts the statements that read. An interceptor would have requests read by themselves.</summary>
public sealed class Statements
{
    private readonly ConcurrentQueue<string> _texts = new();

    public IReadOnlyCollection<string> Texts => _texts;

    public void Clear() => _texts.Clear();

    // EF Core remembers for a second that nobody was interested in an event.
    public void Record(DbContextOptionsBuilder options) => options
        .ConfigureLoggingCacheTime(TimeSpan.Zero)
        .LogTo((id, _) => id == RelationalEventId.CommandExecuted, data =>
        {
            if (data is CommandExecutedEventData { ExecuteMethod: DbCommandMethod.ExecuteReader, Command: var command })
            {
                _texts.Enqueue(command.CommandText);
            }
        });
}

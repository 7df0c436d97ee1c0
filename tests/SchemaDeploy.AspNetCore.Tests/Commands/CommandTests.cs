using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using SchemaDeploy.AspNetCore.Commands;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Commands;

/// <summary>What the application does for whoever deploys it, instead of serving.</summary>
[Collection("console")]
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    private string[] Production =>
    [
        "--environment=Production", "--urls=http://127.0.0.1:0", $"--DATABASE_URL=sqlite:{_folder}/app.db", $"--contentRoot={_folder}",
        "--JWT_SECRET=0123456789012345678901234567890123456789",
    ];

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Tables_are_made_by_command_and_then_production_is_healthy()
    {
        await using var app = await StartAsync();
        Assert.Equal((1, "503"), await HealthAsync(app));
        await app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await SchemaApplication.RunAsync<AppDbContext>([MigrateCommand.Name, .. Production], Api.Options, Api.Build));

        await using var again = await StartAsync();
        Assert.Equal((0, "200"), await HealthAsync(again));
    }

    [Fact]
    public async Task A_migration_names_the_statement_that_it_is_at_in_one_line_of_the_terminal()
    {
        await using var terminal = new StringWriter();
        var builder = SchemaApplication.CreateBuilder(Production);
        await using var database = DatabaseChoice.From(builder.Configuration, builder.Environment, Api.Options).CreateContext<AppDbContext>();
        using (var progress = new ProgressLine(terminal, width: 40))
        {
            await Migrator.For(database, Api.Options).MigrateAsync(allowDataLoss: false, progress, TestContext.Current.CancellationToken);
        }

        var lines = terminal.ToString().Split("\r\u001b[2K");
        Assert.Equal(("", ""), (lines[0], lines[^1]));
        Assert.All(lines[1..^1], (line, i) => Assert.StartsWith($"{i + 1} of {lines.Length - 2}: ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 39));
    }

    [Fact]
    public async Task Tables_that_are_there_stay_as_they_are()
    {
        Assert.Equal(0, await SchemaApplication.RunAsync<AppDbContext>([MigrateCommand.Name, .. Production], Api.Options, Api.Build));
        await RunSqlAsync("INSERT INTO log_lines (level) VALUES ('kept')");

        Assert.Equal(0, await SchemaApplication.RunAsync<AppDbContext>([MigrateCommand.Name, .. Production], Api.Options, Api.Build));

        Assert.Equal(1L, await RunSqlAsync("SELECT count(*) FROM log_lines"));
    }

    [Fact]
    public async Task Waiting_ends_when_somebody_else_has_made_the_tables()
    {
        var waiting = SchemaApplication.RunAsync<AppDbContext>([WaitCommand.Name, .. Production], Api.Options, Api.Build);
        await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        Assert.Equal(0, await SchemaApplication.RunAsync<AppDbContext>([MigrateCommand.Name, .. Production], Api.Options, Api.Build));

        Assert.Equal(0, await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_command_may_follow_settings_as_dotnet_run_puts_them()
    {
        Assert.Equal(0, await SchemaApplication.RunAsync<AppDbContext>([.. Production, MigrateCommand.Name], Api.Options, Api.Build));

        await using var app = await StartAsync();
        Assert.Equal((0, "200"), await HealthAsync(app));
    }

    [Theory]
    [InlineData("migrat")]
    [InlineData("--environment=Development", "help")]
    public async Task A_word_that_is_no_command_does_not_serve(params string[] arguments)
    {
        var (exitCode, _, error) = await Migrations.CommandLine.RunAsync(arguments);

        Assert.Equal((1, $"'{arguments[^1]}' is no command. There are health, script, diff, migrate, wait, backup, restore; without one the application serves."), (exitCode, error.TrimEnd()));
    }

    [Theory]
    [InlineData("no URL")]
    [InlineData("ftp://localhost/health")]
    [InlineData("http://127.0.0.1:1/health")]
    public async Task An_application_that_cannot_be_asked_is_not_healthy(string url)
    {
        await using var written = new StringWriter();

        Assert.Equal(1, await HealthCommand.RunAsync([url], [], written));
        Assert.Single(written.ToString().TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("http://localhost:3000/health", "--x=y")]
    [InlineData("http://localhost:4711/health", "--PORT=4711")]
    [InlineData("http://localhost:8080/health", "--http_ports=8080;8081")]
    [InlineData("http://localhost:80/health", "--urls=http://+:80;https://+:443")]
    [InlineData("http://localhost:5000/health", "--urls=http://[::]:5000")]
    [InlineData("http://10.1.2.3:5000/health", "--urls=http://10.1.2.3:5000")]
    [InlineData("https://localhost:7001/health", "--Kestrel:Endpoints:Main:Url=https://*:7001")]
    public void Health_asks_where_the_same_settings_serve(string expected, string setting) =>
        Assert.Equal(new Uri(expected), HealthCommand.AddressOf(SchemaApplication.CreateBuilder([setting, $"--contentRoot={_folder}"]).Configuration));

    [Theory]
    [InlineData(null, null)]
    [InlineData("*", null)]
    [InlineData("api.example.com;example.org", "api.example.com")]
    [InlineData("*.example.org", "health.example.org")]
    public void Health_asks_by_a_host_that_is_allowed(string? allowed, string? expected) => Assert.Equal(expected, HealthCommand.HostOf(allowed));

    private async Task<WebApplication> StartAsync()
    {
        var app = Api.Build(SchemaApplication.CreateBuilder(Production));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(int ExitCode, string Status)> HealthAsync(WebApplication app)
    {
        await using var written = new StringWriter();
        var exitCode = await HealthCommand.RunAsync([$"{app.Urls.Single()}/health"], [], written);
        return (exitCode, written.ToString()[..3]);
    }

    private async Task<object?> RunSqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder}/app.db;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}

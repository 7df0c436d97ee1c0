using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

[Collection("console")]
public sealed class StartupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("", "No database is configured. Set DATABASE_URL")]
    [InlineData("oracle://x/y", "unknown database 'oracle'")]
    [InlineData("sqlserver://u:p@h/db", "the application has only sqlite, postgres, mysql")]
    [InlineData("postgres://u:p@h", "names no database")]
    [InlineData("://", "DATABASE_URL")]
    public async Task Production_without_a_usable_database_ends_with_one_line(string url, string message) =>
        Assert.Contains(message, await FailAsync("--environment=Production", "--urls=http://127.0.0.1:0", $"--DATABASE_URL={url}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_port_in_use_ends_with_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Contains("address already in use", await FailAsync(
            "--environment=Development", $"--urls=http://127.0.0.1:{port}", $"--DATABASE_URL=sqlite:{_folder}/a.db"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--PORT=eight", "PORT is 'eight'")]
    [InlineData("--urls=htp:/x", "Invalid url")]
    public async Task An_address_that_is_none_ends_with_one_line(string argument, string message) =>
        Assert.Contains(message, await FailAsync("--environment=Development", argument, $"--DATABASE_URL=sqlite:{_folder}/a.db"), StringComparison.Ordinal);

    [Theory]
    [InlineData("--RateLimits:Anonymous:Requests=0", "RateLimits:Anonymous needs Requests and Burst of 1 or more")]
    [InlineData("--RateLimits:User:Burst=-1", "RateLimits:User needs Requests and Burst of 1 or more")]
    [InlineData("--RateLimits:User:Period=00:00:00", "RateLimits:User needs")]
    [InlineData("--RateLimits:User:Requests=many", "section RateLimits cannot be read: Failed to convert configuration value 'many' at 'RateLimits:User:Requests'")]
    [InlineData("--RateLimits:Users:Requests=5", "It may have Enabled, User, Anonymous, Authentication.")]
    [InlineData("--Limits:RequestBodyBytes=0", "Limits:RequestBodyBytes must be greater than zero.")]
    [InlineData("--REDIS_URL=http://x", "REDIS_URL begins with 'http://'")]
    [InlineData("--TRUSTED_PROXIES=x", "TRUSTED_PROXIES has 'x'")]
    [InlineData("--CORS_ORIGINS=x", "CORS_ORIGINS has 'x'")]
    [InlineData("--METRICS=maybe", "METRICS is 'maybe', and must be true or false.")]
    [InlineData("--MANAGEMENT_PORT=http", "MANAGEMENT_PORT is 'http', and must be a number from 1 to 65535.")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4317', and must be a URL")]
    [InlineData("--OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=/traces", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is '/traces', and must be a URL")]
    [InlineData("--API_DOCS=yes", "API_DOCS is 'yes', and must be true or false.")]
    public async Task A_setting_that_cannot_be_is_told_in_one_line(string argument, string message) =>
        Assert.Contains(message, await FailAsync(
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--DATABASE_URL=sqlite:{_folder}/a.db", argument), StringComparison.Ordinal);

    [Fact]
    public async Task A_port_for_metrics_that_are_off_is_told_in_one_line() =>
        Assert.Contains("MANAGEMENT_PORT is set, and METRICS is false", await FailAsync(
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--DATABASE_URL=sqlite:{_folder}/a.db", "--MANAGEMENT_PORT=9464", "--METRICS=false"), StringComparison.Ordinal);

    [Theory]
    [InlineData("urls", "http://127.0.0.1:0", "http://127.0.0.1:0;http://*:9464")]
    [InlineData("http_ports", "3000", "3000;9464")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:0", "http://127.0.0.1:0")]
    public void The_management_port_is_listened_at_beside_other_addresses(string setting, string value, string expected)
    {
        var configuration = SchemaApplication.CreateBuilder([$"--{setting}={value}", "--MANAGEMENT_PORT=9464"]).Configuration;
        Assert.Equal(expected, configuration[setting]);
        Assert.Equal(setting.StartsWith("Kestrel", StringComparison.Ordinal) ? "http://*:9464" : null, configuration["Kestrel:Endpoints:Management:Url"]);
    }

    [Fact]
    public async Task A_database_file_that_cannot_be_made_ends_with_one_line() =>
        Assert.StartsWith($"SD4103: The database {_folder}/missing/a.db cannot be used", await FailAsync(
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--DATABASE_URL=sqlite:{_folder}/missing/a.db"), StringComparison.Ordinal);

    [Fact]
    public void What_the_user_configures_wins_over_the_defaults()
    {
        var builder = SchemaApplication.CreateBuilder(["--Logging:LogLevel:Microsoft.AspNetCore=Debug", "--PORT=4711"]);
        Assert.Equal("Debug", builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore"]);
        Assert.Equal("Warning", builder.Configuration["Logging:LogLevel:Microsoft.EntityFrameworkCore"]);
        Assert.Equal("http://*:4711", builder.Configuration["urls"]);
        Assert.Equal("http://h:1", SchemaApplication.CreateBuilder(["--PORT=4711", "--urls=http://h:1"]).Configuration["urls"]);
        Assert.Equal(SchemaApplication.DefaultUrl, SchemaApplication.CreateBuilder([]).Configuration["urls"]);
    }

    [Fact]
    public void No_folder_is_watched_for_settings_unless_asked_for()
    {
        static bool Watches(params string[] args) => SchemaApplication.CreateBuilder(args).Configuration.Sources
            .OfType<JsonConfigurationSource>()
            .Any(source => source.ReloadOnChange);

        Assert.False(Watches());
        Assert.True(Watches("--hostBuilder:reloadConfigOnChange=true"));
    }

    [Fact]
    public async Task No_key_ring_is_made_at_the_start()
    {
        await using var app = Api.Build(SchemaApplication.CreateBuilder(
            ["--environment=Development", $"--DATABASE_URL=sqlite:{_folder}/a.db", $"--contentRoot={_folder}"]));
        Assert.DoesNotContain(app.Services.GetServices<IHostedService>(), service => service.GetType().Assembly == typeof(KeyManagementOptions).Assembly);
    }

    [Fact]
    public async Task In_development_a_database_of_an_earlier_schema_is_brought_along()
    {
        var file = Path.Combine(_folder, "kept.db");
        await StartAndStopAsync(file);
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO log_lines (level) VALUES ('kept'); UPDATE schemadeploy_schema SET version = 'old'";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await StartAndStopAsync(file);
        Assert.Equal(1L, await CountAsync("log_lines"));
        Assert.Equal(2L, await CountAsync("schemadeploy_schema"));

        async Task<object?> CountAsync(string table)
        {
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the test's own.
            command.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task StartAndStopAsync(string file)
    {
        var builder = SchemaApplication.CreateBuilder(
            ["--environment=Development", "--urls=http://127.0.0.1:0", $"--DATABASE_URL=sqlite:{file}", $"--contentRoot={_folder}"]);
        await using var app = Api.Build(builder);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> FailAsync(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        await using var written = new StringWriter();
        try
        {
            Console.SetError(written);
            Assert.Equal(1, await SchemaApplication.RunAsync<AppDbContext>([.. args, $"--contentRoot={_folder}"], Api.Options, Api.Build));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        return Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

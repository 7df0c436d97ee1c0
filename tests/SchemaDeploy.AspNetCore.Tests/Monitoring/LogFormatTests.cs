using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>What stands on the console, as programs that collect logs read it.</summary>
[Collection("alone")]
public sealed class LogFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task In_production_lines_are_JSON_and_name_the_trace_that_the_client_was_told()
    {
        var (lines, problem) = await FailAsync("--environment=Production");

        var entries = lines.ConvertAll(line => JsonElement.Parse(line));
        var failure = Assert.Single(entries, entry => entry.GetProperty("LogLevel").GetString() == "Error");
        Assert.Equal("GET /boom failed", failure.GetProperty("Message").GetString());
        Assert.Contains("on purpose", failure.GetProperty("Exception").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Z", failure.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
        var trace = problem.Json.GetProperty("traceId").GetString();
        Assert.Contains(failure.GetProperty("Scopes").EnumerateArray(), scope => scope.TryGetProperty("TraceId", out var id) && id.GetString() == trace);
    }

    [Theory]
    [InlineData("--environment=Development")]
    [InlineData("--environment=Production", "--Logging:Console:FormatterName=simple")]
    public async Task People_read_plain_lines_in_development_and_where_they_ask_for_them(params string[] arguments)
    {
        var (lines, _) = await FailAsync(arguments);

        Assert.Contains(lines, line => line.Contains("GET /boom failed", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.False(line.StartsWith('{'), line));
    }

    private async Task<(List<string> Lines, Answer Answer)> FailAsync(params string[] arguments)
    {
        var output = Console.Out;
        await using var written = new StringWriter();
        Answer answer;
        try
        {
            Console.SetOut(TextWriter.Synchronized(written));
            var builder = SchemaApplication.CreateBuilder(
                [
                    .. arguments, "--urls=http://127.0.0.1:0", "--METRICS=false", $"--DATABASE_URL=sqlite:{_folder}/a.db", "--MIGRATE_ON_START=true",
                    "--JWT_SECRET=only the tests of this project use it", $"--contentRoot={_folder}",
                ]);
            await using var app = Api.Build(builder);
            app.MapGet("/boom", string () => throw new InvalidOperationException("on purpose"));
            await app.StartAsync(TestContext.Current.CancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            using var response = await client.GetAsync(new Uri("/boom", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            answer = await Answer.ReadAsync(response);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            Console.SetOut(output);
        }

        return ([.. written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)], answer);
    }
}

using System.Net;
using Microsoft.Data.Sqlite;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly RunningApp _app = new();

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_working_database_is_healthy()
    {
        var health = await _app.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.Equal("OK", health.Json.GetProperty("checks").GetProperty("database").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/ready")).Status);
        Assert.Equal("\"OK\"", (await _app.GetAsync("/live")).Text);
    }

    [Fact]
    public async Task A_database_file_that_is_gone_is_told()
    {
        File.Delete(_app.DatabaseFile);
        await ExpectDegradedAsync();
        Assert.False(File.Exists(_app.DatabaseFile));
    }

    [Fact]
    public async Task A_database_file_that_is_gone_is_not_replaced_by_an_empty_one()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_app.DatabaseFile);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _app.GetAsync("/api/people")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _app.PostAsync("/api/people", """{"code":"ADA"}""")).Status);
        Assert.False(File.Exists(_app.DatabaseFile));
    }

    [Fact]
    public async Task A_database_file_that_is_damaged_is_told()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_app.DatabaseFile + "-wal");
        await File.WriteAllBytesAsync(_app.DatabaseFile, new byte[8192], TestContext.Current.CancellationToken);
        await ExpectDegradedAsync();
    }

    [Fact]
    public async Task A_database_without_the_schemas_tables_is_told()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_app.DatabaseFile);
        File.Delete(_app.DatabaseFile + "-wal");
        await File.WriteAllBytesAsync(_app.DatabaseFile, [], TestContext.Current.CancellationToken);
        await ExpectDegradedAsync();
    }

    private async Task ExpectDegradedAsync()
    {
        var health = await _app.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.Status);
        Assert.Equal("DEGRADED", health.Json.GetProperty("status").GetString());
        Assert.Equal("ERROR", health.Json.GetProperty("checks").GetProperty("database").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _app.GetAsync("/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _app.GetAsync("/live")).Status);
    }
}

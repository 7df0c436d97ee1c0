using System.Net;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Servers;

/// <summary>Statements that connections to PostgreSQL keep prepared. An application of another test that ends closes all connections.</summary>
[Collection("alone")]
[Trait("Category", "Integration")]
public sealed class PreparedStatementTests
{
    // Npgsql prepares what a connection is asked the fifth time.
    private const int Repetitions = 8;

    [Fact]
    public async Task A_column_may_get_another_type_while_the_application_runs()
    {
        Assert.SkipWhen(PostgreSqlServer.WhyMissing is not null, PostgreSqlServer.WhyMissing ?? "");
        await using var server = new PostgreSqlServer();
        await server.StartAsync();
        var url = await server.CreateDatabaseAsync();
        // One connection, so that what asks is what was prepared.
        await using var app = new AppAt(url + "?Maximum Pool Size=1");
        await app.InitializeAsync();
        var created = await app.PostAsync("/api/people", """{"code":"first"}""");
        for (var i = 0; i < Repetitions; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/api/people")).Status);
            var changed = await app.PatchAsync(created["Location"]!, $$"""{"nickname":"{{i}}"}""");
            Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
        }

        await server.RunSqlAsync(url, "ALTER TABLE people ALTER COLUMN \"Nickname\" TYPE varchar(200);");

        // A write is tried again, a read is to be repeated by the client.
        Assert.Equal(HttpStatusCode.OK, (await app.PatchAsync(created["Location"]!, """{"nickname":"after"}""")).Status);
        var read = await app.GetAsync("/api/people");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, read.Status);
        Assert.NotNull(read["Retry-After"]);
        read = await app.GetAsync("/api/people");
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Contains("\"after\"", read.Text, StringComparison.Ordinal);
    }
}

using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public sealed class RowQueryTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_row_is_found_by_a_query_that_is_translated_once()
    {
        await app.PostAsync("/api/tickets", """{"name":"shown","subject":"shown"}""");
        Assert.Equal("shown", (await ReadAsync(database => new TicketService(database, new Caller(), []), "shown")).Name);
    }

    [Fact]
    public async Task Rows_that_the_application_does_not_let_exist_are_not_found()
    {
        await app.PostAsync("/api/tickets", """{"name":"hidden","subject":"hidden"}""");
        var missing = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(database => new VisibleTicketService(database), "hidden"));
        Assert.Equal(404, missing.Status);
    }

    // Several applications in one process have a model each.
    [Fact]
    public async Task Every_model_has_a_query_of_its_own()
    {
        var other = new RunningApp();
        await other.InitializeAsync();
        await using (other)
        {
            foreach (var one in (RunningApp[])[app, other])
            {
                await one.PostAsync("/api/tickets", """{"name":"twice","subject":"twice"}""");
                Assert.Equal("twice", (await one.GetAsync("/api/tickets/twice")).Json.GetProperty("name").GetString());
            }
        }
    }

    private async Task<TicketResponse> ReadAsync(Func<AppDbContext, TicketService> service, string name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await service(scope.ServiceProvider.GetRequiredService<AppDbContext>()).GetAsync(name, TestContext.Current.CancellationToken);
    }

    private sealed class VisibleTicketService(AppDbContext database) : TicketService(database, new Caller(), [])
    {
        protected override IQueryable<Ticket> Rows => base.Rows.Where(row => row.Name != "hidden");
    }
}

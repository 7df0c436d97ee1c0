using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>Migrations that end in the midst, and several at the same time.</summary>
[Trait("Category", "Integration")]
public sealed class BrokenMigrationTests
{
    [Fact]
    public async Task On_Sqlite_one_that_is_broken_off_anywhere_can_be_run_again() => await BreakAsync(SharedServers.Sqlite());

    [Fact]
    public async Task On_PostgreSql_one_that_is_broken_off_anywhere_can_be_run_again() => await BreakAsync(await SharedServers.PostgreSqlAsync());

    [Fact]
    public async Task On_MariaDb_one_that_is_broken_off_anywhere_can_be_run_again() => await BreakAsync(await SharedServers.MariaDbAsync());

    [Fact]
    public async Task Of_ten_on_Sqlite_one_migrates() => await RaceAsync(SharedServers.Sqlite());

    [Fact]
    public async Task Of_ten_on_PostgreSql_one_migrates() => await RaceAsync(await SharedServers.PostgreSqlAsync());

    [Fact]
    public async Task Of_ten_on_MariaDb_one_migrates() => await RaceAsync(await SharedServers.MariaDbAsync());

    [Fact]
    public async Task What_MariaDb_has_done_and_nobody_has_recorded_is_not_done_twice()
    {
        var server = await SharedServers.MariaDbAsync();
        var whole = await server.CreateDatabaseAsync();
        await EvolvingContext.MigrateAsync(whole, Before, version: "before");
        var counter = new Breaker(int.MaxValue, isAfter: true);
        await EvolvingContext.MigrateAsync(whole, After, version: "after", watcher: counter);
        var expected = await server.DumpSchemaAsync(whole);
        Assert.InRange(counter.Count, 4, 100);
        for (var at = 1; at <= counter.Count; at++)
        {
            var url = await server.CreateDatabaseAsync();
            await EvolvingContext.MigrateAsync(url, Before, version: "before");
            await Assert.ThrowsAsync<BrokenOffException>(() => EvolvingContext.MigrateAsync(url, After, version: "after", watcher: new Breaker(at, isAfter: true)));
            await EvolvingContext.MigrateAsync(url, After, version: "after");
            Assert.Equal(expected, await server.DumpSchemaAsync(url));
        }

        static void Before(ModelBuilder model, DatabaseFacade database)
        {
            model.Entity("authors", author => author.Property<int>("id").ValueGeneratedNever());
            model.Entity("books", book =>
            {
                book.Property<int>("id").ValueGeneratedNever();
                book.Property<int>("author_id");
                book.Property<int>("pages");
                book.Property<string?>("title").HasMaxLength(50);
            });
        }

        static void After(ModelBuilder model, DatabaseFacade database)
        {
            Before(model, database);
            model.Entity("books", book =>
            {
                book.ToTable(table => table.HasCheckConstraint("books_pages", "pages > 0"));
                book.Property<string?>("note").HasMaxLength(50);
                book.HasIndex(["title"], "books_title").IsUnique();
                book.HasOne("authors").WithMany().HasForeignKey("author_id").HasConstraintName("books_author_fk");
            });
        }
    }

    private static async Task RaceAsync(IDatabaseServer server)
    {
        var url = await server.CreateDatabaseAsync();
        var plans = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => MigrateAsync(url, new Breaker(int.MaxValue, isAfter: false)))));
        Assert.Single(plans, plan => !plan.IsUpToDate);
        Assert.Equal("1", (await server.RunSqlAsync(url, "SELECT count(*) FROM schemadeploy_schema;")).Trim());
    }

    // Before a statement is sent, and after it has run and before anybody has heard of it.
    private static async Task BreakAsync(IDatabaseServer server)
    {
        var whole = await server.CreateDatabaseAsync();
        var counter = new Breaker(int.MaxValue, isAfter: false);
        await MigrateAsync(whole, counter);
        var expected = await server.DumpSchemaAsync(whole);
        Assert.InRange(counter.Count, 10, 1000);
        for (var at = 1; at <= counter.Count; at++)
        {
            var url = await server.CreateDatabaseAsync();
            await Assert.ThrowsAsync<BrokenOffException>(() => MigrateAsync(url, new Breaker(at, isAfter: at % 2 == 0)));
            await MigrateAsync(url, new Breaker(int.MaxValue, isAfter: false));
            Assert.Equal(expected, await server.DumpSchemaAsync(url));
            Assert.Equal("0", (await server.RunSqlAsync(url, "SELECT count(*) FROM schemadeploy_schema WHERE id = 0;")).Trim());
        }
    }

    private static async Task<MigrationPlan> MigrateAsync(string url, Breaker breaker)
    {
        var parsed = DatabaseUrl.Parse(url);
        var options = new DbContextOptionsBuilder<AppDbContext>();
        Api.Options.FindProvider(parsed.Provider)!(options, parsed.ConnectionString + ";Pooling=False");
        options.AddInterceptors(breaker, new SqliteDecimalCollation());
        await using var database = new AppDbContext(options.Options);
        return await Migrator.For(database, Api.Options).MigrateAsync(allowDataLoss: false, progress: null, TestContext.Current.CancellationToken);
    }

    private sealed class BrokenOffException() : Exception("Broken off.");

    /// <summary>Breaks a migration off at the statement of a number that changes something.</summary>
    private sealed class Breaker(int at, bool isAfter) : DbCommandInterceptor
    {
        public int Count { get; private set; }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            IsChange(command) && ++Count == at && !isAfter ? throw new BrokenOffException() : base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);

        public override ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
            IsChange(command) && Count == at && isAfter ? throw new BrokenOffException() : base.NonQueryExecutedAsync(command, eventData, result, cancellationToken);

        // Taking the turn is none.
        private static bool IsChange(DbCommand command) =>
            command.CommandText.StartsWith("CREATE", StringComparison.Ordinal) || command.CommandText.StartsWith("ALTER", StringComparison.Ordinal);
    }
}

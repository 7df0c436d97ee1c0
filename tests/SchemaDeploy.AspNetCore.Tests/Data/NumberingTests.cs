using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Data;

/// <summary>Numbers that a schema has begin and step otherwise than 1, 2, 3.</summary>
public sealed class NumberingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_are_numbered_as_the_schema_says_on_sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        SqliteDecimalCollation.AddTo(connection);
        var (invoices, stairs) = await NumberAsync(options => options.UseSqlite(connection).AddInterceptors(new ServerValueInterceptor(TimeProvider.System)));

        Assert.Equal([1000, 1010, 1020], invoices);
        Assert.Equal([-1, -2, -3], stairs);
    }

    [Fact]
    public async Task The_number_of_a_deleted_row_is_not_given_again_on_sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        SqliteDecimalCollation.AddTo(connection);
        var options = new DbContextOptionsBuilder<Ledger>().UseSqlite(connection).AddInterceptors(new ServerValueInterceptor(TimeProvider.System)).Options;
        await using var ledger = new Ledger(options);
        await ledger.Database.EnsureCreatedAsync(Cancellation);
        var last = ledger.Add(new Invoice()).Entity;
        await ledger.SaveChangesAsync(Cancellation);
        ledger.Remove(last);
        await ledger.SaveChangesAsync(Cancellation);

        var next = ledger.Add(new Invoice()).Entity;
        await ledger.SaveChangesAsync(Cancellation);

        Assert.Equal([1000, 1010], [last.Id, next.Id]);
    }

    [Fact]
    public async Task Rows_are_numbered_as_the_schema_says_on_postgresql()
    {
        var url = DatabaseUrl.Parse(await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync());
        var (invoices, stairs) = await NumberAsync(options => options.UseNpgsql(url.ConnectionString));

        Assert.Equal([1000, 1010, 1020], invoices);
        Assert.Equal([-1, -2, -3], stairs);
    }

    [Fact]
    public async Task Rows_are_numbered_from_the_schemas_start_on_mariadb()
    {
        var url = DatabaseUrl.Parse(await (await SharedServers.MariaDbAsync()).CreateDatabaseAsync());
        var (invoices, stairs) = await NumberAsync(options => options.UseMySql(url.ConnectionString, ServerVersion.AutoDetect(url.ConnectionString)));

        Assert.Equal([1000, 1001, 1002], invoices);
        Assert.Equal([1, 2, 3], stairs);
    }

    [Fact]
    public async Task Numbers_below_1_are_given_on_postgresql()
    {
        var url = DatabaseUrl.Parse(await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync());

        Assert.Equal([(-5, 0, -1000), (0, 1, -999), (5, 2, -998)], await NumberBelowOneAsync(options => options.UseNpgsql(url.ConnectionString)));
    }

    [Fact]
    public async Task Numbers_below_1_but_0_are_given_on_sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        SqliteDecimalCollation.AddTo(connection);

        Assert.Equal(
            [(-5, 1, null), (5, 2, null), (10, 3, null)],
            await NumberBelowOneAsync(options => options.UseSqlite(connection).AddInterceptors(new ServerValueInterceptor(TimeProvider.System))));
    }

    private static async Task<IEnumerable<(int Id, long Place, long? Ticket)>> NumberBelowOneAsync(Action<DbContextOptionsBuilder<Cellar>> use)
    {
        var options = new DbContextOptionsBuilder<Cellar>();
        use(options);
        await using var cellar = new Cellar(options.Options);
        await cellar.Database.EnsureCreatedAsync(Cancellation);
        for (var i = 0; i < 3; i++)
        {
            cellar.Add(new Bottle());
            await cellar.SaveChangesAsync(Cancellation);
        }

        var bottles = await cellar.Set<Bottle>().AsNoTracking().OrderBy(bottle => bottle.Id).ToListAsync(Cancellation);
        return bottles.Select(bottle => (bottle.Id, bottle.Place, bottle.Ticket));
    }

    private static async Task<(IReadOnlyList<int> Invoices, IReadOnlyList<long> Stairs)> NumberAsync(Action<DbContextOptionsBuilder<Ledger>> use)
    {
        var options = new DbContextOptionsBuilder<Ledger>();
        use(options);
        await using var ledger = new Ledger(options.Options);
        await ledger.Database.EnsureCreatedAsync(Cancellation);
        for (var i = 0; i < 3; i++)
        {
            ledger.AddRange(new Invoice(), new Stair());
            await ledger.SaveChangesAsync(Cancellation);
        }

        var receipt = ledger.Add(new Receipt()).Entity;
        await ledger.SaveChangesAsync(Cancellation);
        ledger.Add(new ReceiptLine { ReceiptId = receipt.Id });
        await ledger.SaveChangesAsync(Cancellation);
        Assert.Equal(1, receipt.Id);
        Assert.Empty(await ledger.Set<ReceiptLine>().Where(line => line.ReceiptId > 100_000_000_000_000_000_000m).ToListAsync(Cancellation));

        return (
            await ledger.Set<Invoice>().Select(invoice => invoice.Id).OrderBy(id => id).ToListAsync(Cancellation),
            await ledger.Set<Stair>().Select(stair => stair.Id).OrderBy(id => Math.Abs(id)).ToListAsync(Cancellation));
    }

    private sealed class Ledger(DbContextOptions<Ledger> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Invoice>().Property(invoice => invoice.Id).IsNumbered(start: 1000, step: 10);
            modelBuilder.Entity<Stair>().Property(stair => stair.Id).IsNumbered(start: -1, step: -1);
            modelBuilder.Entity<Receipt>().Property(receipt => receipt.Id).HasPrecision(21, 0).ValueGeneratedOnAdd();
            modelBuilder.Entity<ReceiptLine>().Property(line => line.ReceiptId).HasPrecision(21, 0);
            modelBuilder.Entity<ReceiptLine>().HasOne<Receipt>().WithMany().HasForeignKey(line => line.ReceiptId);
            modelBuilder.AdaptTo(Database);
        }
    }

    private sealed class Cellar(DbContextOptions<Cellar> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasNumbers(Database, "tickets", null, start: -1000, increment: 1);
            modelBuilder.Entity<Bottle>().Property(bottle => bottle.Id).IsNumbered(start: -5, step: 5);
            modelBuilder.Entity<Bottle>().Property(bottle => bottle.Place).IsNumbered(start: 0, step: 1);
            modelBuilder.Entity<Bottle>().Property(bottle => bottle.Ticket).HasDefaultValueSql(Database.IsNpgsql() ? "nextval('tickets')" : null);
            modelBuilder.AdaptTo(Database);
        }
    }

    private sealed class Bottle
    {
        public int Id { get; init; }

        public long Place { get; init; }

        public long? Ticket { get; init; }
    }

    private sealed class Invoice
    {
        public int Id { get; init; }
    }

    private sealed class Stair
    {
        public long Id { get; init; }
    }

    // DECIMAL(21, 0) IDENTITY, as only SQL Server has it.
    private sealed class Receipt
    {
        public decimal Id { get; init; }
    }

    private sealed class ReceiptLine
    {
        public int Id { get; init; }

        public decimal ReceiptId { get; init; }
    }
}

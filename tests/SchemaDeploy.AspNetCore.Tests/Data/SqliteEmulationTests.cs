using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Tests.Data;

/// <summary>What schemas ask of a database and SQLite cannot do.</summary>
public sealed class SqliteEmulationTests : IDisposable
{
    // Keeps the database in memory while EF Core opens and closes connections of its own.
    private readonly SqliteConnection _connection = new($"Data Source={Guid.NewGuid()};Mode=Memory;Cache=Shared");
    private readonly Shop _shop;

    public SqliteEmulationTests()
    {
        _connection.Open();
        _shop = new Shop(new DbContextOptionsBuilder<Shop>()
            .UseSqlite(_connection.ConnectionString)
            .AddInterceptors(new ServerValueInterceptor(TimeProvider.System), new SqliteDecimalCollation())
            .Options);
        _shop.Database.EnsureCreated();
    }

    [Fact]
    public async Task Part_of_a_composite_key_is_numbered_over_the_whole_table()
    {
        _shop.Lines.AddRange(new Line { OrderId = 1 }, new Line { OrderId = 1 }, new Line { OrderId = 2 });
        await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);
        _shop.Lines.Add(new Line { OrderId = 2 });
        await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Equal([(1, 1), (1, 2), (2, 3), (2, 4)], _shop.Lines.AsNoTracking().OrderBy(line => line.LineId).Select(line => ValueTuple.Create(line.OrderId, line.LineId)));
    }

    [Fact]
    public async Task A_key_of_decimals_is_numbered_past_nine()
    {
        for (var i = 0; i < 12; i++)
        {
            _shop.Entries.Add(new Entry());
            await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Range(1, 12).Select(number => (decimal)number), _shop.Entries.AsNoTracking().Select(entry => entry.Id).ToList().Order());
    }

    [Fact]
    public async Task A_number_that_the_application_gives_is_kept_and_counted_from()
    {
        _shop.Lines.Add(new Line { OrderId = 1, LineId = 40 });
        await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);
        var next = _shop.Lines.Add(new Line { OrderId = 1 });
        await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(41, next.Entity.LineId);
    }

    [Fact]
    public async Task A_computed_key_is_known_when_the_row_is_saved()
    {
        _shop.Documents.AddRange(new Document { Json = """{"id":"a b"}""" }, new Document { Json = """{"id":"é"}""" });
        await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a b", "é"], _shop.Documents.AsNoTracking().Select(document => document.Id).ToList().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_row_that_gives_no_computed_key_is_refused()
    {
        _shop.Documents.Add(new Document { Json = "{}" });

        var refusal = await Assert.ThrowsAsync<ApiException>(() => _shop.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(400, refusal.Status);
    }

    [Fact]
    public async Task A_change_keeps_the_computed_key_or_is_refused()
    {
        var document = new Document { Json = """{"id":"a"}""" };
        _shop.Documents.Add(document);
        await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);
        document.Json = """{"id":"a","more":1}""";
        await _shop.SaveChangesAsync(TestContext.Current.CancellationToken);
        document.Json = """{"id":"b"}""";

        var refusal = await Assert.ThrowsAsync<ApiException>(() => _shop.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(422, refusal.Status);
    }

    [Fact]
    public void Tables_of_one_name_in_two_schemas_are_two_tables()
    {
        var names = _shop.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' ORDER BY name").ToList();

        Assert.Contains("sales_price", names);
        Assert.Contains("stock_price", names);
        Assert.Contains("lines", names);
    }

    public void Dispose()
    {
        _shop.Dispose();
        _connection.Dispose();
    }

    private sealed class Line
    {
        public int OrderId { get; set; }

        public int LineId { get; set; }
    }

    private sealed class Entry
    {
        public decimal Id { get; set; }
    }

    private sealed class Document
    {
        public string Id { get; set; } = null!;

        public string Json { get; set; } = null!;
    }

    private sealed class SalesPrice
    {
        public int Id { get; set; }
    }

    private sealed class StockPrice
    {
        public int Id { get; set; }
    }

    private sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        public DbSet<Line> Lines => Set<Line>();

        public DbSet<Entry> Entries => Set<Entry>();

        public DbSet<Document> Documents => Set<Document>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Line>(line =>
            {
                line.ToTable("lines", "sales").HasKey(row => new { row.OrderId, row.LineId });
                line.Property(row => row.OrderId).ValueGeneratedNever();
                line.Property(row => row.LineId).ValueGeneratedOnAdd();
            });
            modelBuilder.Entity<Entry>().Property(row => row.Id).HasPrecision(19, 0).ValueGeneratedOnAdd();
            modelBuilder.Entity<Document>().Property(row => row.Id).HasComputedColumnSql("json_extract(\"Json\", '$.id')", stored: true);
            modelBuilder.Entity<SalesPrice>().ToTable("price", "sales");
            modelBuilder.Entity<StockPrice>().ToTable("price", "stock");
            modelBuilder.AdaptTo(Database);
        }
    }
}

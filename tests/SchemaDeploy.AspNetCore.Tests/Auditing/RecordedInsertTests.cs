using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Auditing;

/// <summary>Rows and records of tables whose keys are whole numbers without a sign, as <c>BIGINT UNSIGNED</c> is, and are the databases' own to give.</summary>
public sealed class RecordedInsertTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_and_records_are_written_on_sqlite()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Cancellation);
        await WriteAsync(options => options.UseSqlite(connection), given: null);
        await WriteAsync(options => options.UseSqlite(connection), given: 70);
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Rows_and_records_are_written_on_mariadb()
    {
        Assert.SkipWhen(MariaDbServer.WhyMissing is not null, MariaDbServer.WhyMissing ?? "");
        var url = DatabaseUrl.Parse(await (await SharedServers.MariaDbAsync()).CreateDatabaseAsync());
        await WriteAsync(options => options.UseMySql(url.ConnectionString, ServerVersion.AutoDetect(url.ConnectionString)), given: null);
        await WriteAsync(options => options.UseMySql(url.ConnectionString, ServerVersion.AutoDetect(url.ConnectionString)), given: 70);
    }

    // PostgreSQL has given the number before.
    [Fact]
    [Trait("Category", "Integration")]
    public async Task Rows_and_records_are_written_on_postgresql()
    {
        Assert.SkipWhen(PostgreSqlServer.WhyMissing is not null, PostgreSqlServer.WhyMissing ?? "");
        var url = DatabaseUrl.Parse(await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync());
        await WriteAsync(options => options.UseNpgsql(url.ConnectionString), given: 70);
    }

    private static async Task WriteAsync(Func<DbContextOptionsBuilder, DbContextOptionsBuilder> use, long? given)
    {
        await using var database = new Meters(use(new DbContextOptionsBuilder()).Options);
        await database.Database.EnsureCreatedAsync(Cancellation);
        var insert = RecordedInsert.Of(database, database.Model.FindEntityType(typeof(Reading))!);
        Assert.NotNull(insert);
        var readings = Enumerable.Range(0, 3).Select(i => new Reading { Id = given is { } first ? (ulong)(first + i) : 0, Value = i }).ToList();
        var rows = readings.ConvertAll(reading => new NewRow(
            RecordedChange.Of(database.Add(reading))!,
            () => (new Note { Key = reading.Id.ToString(CultureInfo.InvariantCulture), Text = $"value {reading.Value}" }, "CREATE")));
        Assert.All(rows, row => Assert.True(insert.Accepts(row)));

        await insert.ExecuteAsync(database, rows, Cancellation);
        rows.ForEach(row => row.Accept());

        Assert.All(database.ChangeTracker.Entries(), entry => Assert.Equal(EntityState.Unchanged, entry.State));
        Assert.Equal(3, readings.Select(reading => reading.Id).Where(id => given is { } least ? id >= (ulong)least : id > 0).Distinct().Count());
        foreach (var reading in readings)
        {
            Assert.Equal(reading.Value, (await database.Set<Reading>().AsNoTracking().SingleAsync(row => row.Id == reading.Id, Cancellation)).Value);
            var key = reading.Id.ToString(CultureInfo.InvariantCulture);
            Assert.Equal($"value {reading.Value}", (await database.Set<Note>().SingleAsync(note => note.Key == key, Cancellation)).Text);
        }
    }

    private sealed class Reading
    {
        public ulong Id { get; set; }

        public int Value { get; set; }
    }

    private sealed class Note
    {
        public ulong Id { get; set; }

        public string Key { get; set; } = null!;

        public string Text { get; set; } = null!;
    }

    private sealed class Meters(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            // Names that are no format.
            modelBuilder.Entity<Reading>().ToTable("{0} readings").Property(row => row.Id).HasColumnName("{id}").ValueGeneratedOnAdd();
            modelBuilder.Entity<Note>().ToTable("notes").IsAuditLog().Property(row => row.Id).ValueGeneratedOnAdd();
            modelBuilder.AdaptTo(Database);
        }
    }
}

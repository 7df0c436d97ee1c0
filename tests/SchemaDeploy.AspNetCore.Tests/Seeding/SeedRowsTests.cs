using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.AspNetCore.Seeding;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Seeding;

/// <summary>Rows that a schema brings along, as statements.</summary>
[Trait("Category", "Integration")]
public sealed class SeedRowsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_of_the_number_0_keeps_it_on_mariadb_and_numbering_goes_on()
    {
        var url = DatabaseUrl.Parse(await (await SharedServers.MariaDbAsync()).CreateDatabaseAsync());
        await using var garage = new Garage(new DbContextOptionsBuilder<Garage>().UseMySql(url.ConnectionString, ServerVersion.AutoDetect(url.ConnectionString)).Options);
        await garage.Database.EnsureCreatedAsync(Cancellation);
        var block = new SeedBlock(null, "Cars", [], ["Id"], 2);
        var rows = new SeedRows(block, garage.Model.FindEntityType(typeof(Car))!, garage.GetService<ISqlGenerationHelper>(), garage.Database.ProviderName!, now: null);
        var text = new StringBuilder(rows.Beginning);
        rows.AppendValues(text, JsonElement.Parse("[0]"));
        text.Append(',');
        rows.AppendValues(text, JsonElement.Parse("[7]"));

        await garage.Database.OpenConnectionAsync(Cancellation);
        await garage.RunAsync(rows.End(text), Cancellation);
        garage.Add(new Car());
        await garage.SaveChangesAsync(Cancellation);

        Assert.Equal([0, 7, 8], await garage.Cars.Select(car => car.Id).OrderBy(id => id).ToListAsync(Cancellation));
    }

    private sealed class Garage(DbContextOptions<Garage> options) : DbContext(options)
    {
        public DbSet<Car> Cars => Set<Car>();
    }

    private sealed class Car
    {
        public int Id { get; init; }
    }
}

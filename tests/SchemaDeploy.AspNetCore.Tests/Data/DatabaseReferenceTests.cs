using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Data;

/// <summary>What clients are told of foreign keys that EF Core knows nothing of.</summary>
public sealed class DatabaseReferenceTests
{
    [Fact]
    public Task They_are_refused_as_others_are_on_sqlite() => RefuseAsync("sqlite", SharedServers.Sqlite());

    [Fact]
    [Trait("Category", "Integration")]
    public async Task They_are_refused_as_others_are_on_postgresql() => await RefuseAsync("postgres", await SharedServers.PostgreSqlAsync());

    [Fact]
    [Trait("Category", "Integration")]
    public async Task They_are_refused_as_others_are_on_mariadb() => await RefuseAsync("mysql", await SharedServers.MariaDbAsync());

    private static async Task RefuseAsync(string provider, IDatabaseServer server)
    {
        var url = DatabaseUrl.Parse(await server.CreateDatabaseAsync());
        Map Open()
        {
            var options = new DbContextOptionsBuilder<Map>();
            Api.Options.FindProvider(provider)!(options, url.ConnectionString + ";Pooling=False");
            return new Map(options.AddInterceptors(new SqliteDecimalCollation()).Options);
        }

        await using (var map = Open())
        {
            await Migrator.For(map, Api.Options).MigrateAsync(allowDataLoss: false, progress: null, TestContext.Current.CancellationToken);
            map.AddRange(new Country { Id = 1, Code = "FR" }, new Country { Id = 2 });
            // EF Core does not know what has to be there first.
            await map.SaveChangesAsync(TestContext.Current.CancellationToken);
            map.AddRange(new City { Id = 1, CountryCode = "FR", FoundedBy = 2 }, new City { Id = 2 });
            await map.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var unknown = await RefusalAsync(map => map.Add(new City { Id = 3, CountryCode = "XX" }));
        Assert.Equal(422, unknown.Status);
        Assert.Equal(["refers to a row of countries that does not exist"], unknown.Errors["country_code"]);

        var renamed = await RefusalAsync(map => map.Set<Country>().Find(1L)!.Code = "FX");
        Assert.Equal((409, "Rows of cities refer to this one."), (renamed.Status, renamed.Message));
        var deleted = await RefusalAsync(map => map.Remove(map.Set<Country>().Find(1L)!));
        Assert.Equal((409, "Rows of cities refer to this one."), (deleted.Status, deleted.Message));

        if (provider != "mysql")
        {
            var founded = await RefusalAsync(map => map.Set<City>().Find(2L)!.FoundedBy = 7);
            Assert.Equal(["refers to a row of countries that does not exist"], founded.Errors["FoundedBy"]);
            Assert.Equal(409, (await RefusalAsync(map => map.Remove(map.Set<Country>().Find(2L)!))).Status);
        }

        async Task<ApiException> RefusalAsync(Action<Map> change)
        {
            await using var map = Open();
            change(map);
            var exception = await Assert.ThrowsAsync<DbUpdateException>(() => map.SaveChangesAsync(TestContext.Current.CancellationToken));
            return Assert.IsType<ApiException>(await DatabaseRefusal.ExplainAsync(map, exception, null, DateTime.UtcNow, TestContext.Current.CancellationToken));
        }
    }

    private sealed class Map(DbContextOptions<Map> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Country>(country =>
            {
                country.ToTable("countries").Property(row => row.Id).ValueGeneratedNever();
                country.HasIndex(row => row.Code).IsUnique();
            });
            modelBuilder.Entity<City>(city =>
            {
                city.ToTable("cities").Property(row => row.Id).ValueGeneratedNever();
                city.Property(row => row.CountryCode).HasJsonName("country_code");
                city.HasDatabaseReference<City, Country>(Database, new ProviderSql("fk_code"), [nameof(City.CountryCode)], [nameof(Country.Code)]);
                city.HasDatabaseReference<City, Country>(Database, new ProviderSql("fk_founder", "fk_founder", null, null), [nameof(City.FoundedBy)], [nameof(Country.Id)]);
            });
            modelBuilder.AdaptTo(Database);
        }
    }

    private sealed class Country
    {
        public long Id { get; init; }

        public string? Code { get; set; }
    }

    private sealed class City
    {
        public long Id { get; init; }

        public string? CountryCode { get; init; }

        public int? FoundedBy { get; set; }
    }
}

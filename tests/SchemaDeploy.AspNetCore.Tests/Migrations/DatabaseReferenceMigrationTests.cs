using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>Foreign keys that EF Core knows nothing of come, stay and go with the schema.</summary>
public abstract class DatabaseReferenceMigrationTests(string provider)
{
    private const string Name = "books_nickname_fk";

    /// <summary>Where databases are made.</summary>
    protected abstract Task<IDatabaseServer> ServerAsync();

    private IDatabaseServer Server { get; set; } = null!;

    private string Url { get; set; } = null!;

    [Fact]
    public async Task It_comes_with_its_tables_and_the_database_acts_on_it()
    {
        await StartAsync(Nickname);

        await RunAsync("INSERT INTO authors (id, nickname) VALUES (1, 'Ursula'), (2, NULL), (3, NULL); INSERT INTO books (id, nickname) VALUES (1, 'Ursula'), (2, NULL)");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("INSERT INTO books (id, nickname) VALUES (3, 'nobody')"));
        await RunAsync("UPDATE authors SET nickname = 'U. K.' WHERE id = 1");
        Assert.Equal("U. K.", await RunAsync("SELECT nickname FROM books WHERE id = 1"));
        await RunAsync("DELETE FROM authors WHERE id = 1");
        Assert.Equal("2", await RunAsync("SELECT count(*) FROM books WHERE nickname IS NULL"));
    }

    [Fact]
    public async Task It_is_added_where_the_rows_allow_it_and_dropped_again()
    {
        await StartAsync(Columns);
        await RunAsync("INSERT INTO authors (id, nickname) VALUES (1, 'Ursula'); INSERT INTO books (id, nickname) VALUES (1, 'Ursula'), (2, 'nobody')");

        var refused = await Assert.ThrowsAsync<StartupException>(() => EvolvingContext.MigrateAsync(Url, Nickname));
        Assert.Contains($"add foreign key {Name} of books: 1 rows refer to none", refused.Message, StringComparison.Ordinal);
        await RunAsync("UPDATE books SET nickname = NULL WHERE id = 2");
        Assert.Contains($"add foreign key {Name} of books", (await ChangeAsync(Nickname)).Describe(), StringComparison.Ordinal);
        Assert.Equal("Ursula", await RunAsync("SELECT nickname FROM books WHERE id = 1"));

        Assert.Contains($"drop foreign key {Name} of books", (await ChangeAsync(Columns)).Describe(), StringComparison.Ordinal);
        await RunAsync("UPDATE books SET nickname = 'nobody' WHERE id = 2");
    }

    [Fact]
    public async Task It_gives_way_while_the_index_that_it_stands_on_changes()
    {
        await StartAsync(Nickname);
        await RunAsync("INSERT INTO authors (id, nickname) VALUES (1, 'Ursula'); INSERT INTO books (id, nickname) VALUES (1, 'Ursula')");

        await ChangeAsync((model, database) => Nickname(model, "authors_called"));
        await ChangeAsync((model, database) =>
        {
            Nickname(model, "authors_called");
            model.Entity("authors").Property("nickname").HasMaxLength(120);
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("UPDATE books SET nickname = 'nobody' WHERE id = 1"));
    }

    [Fact]
    public async Task A_relationship_becomes_one_when_its_key_may_be_null()
    {
        await StartAsync((model, _) =>
        {
            Tables(model);
            model.Entity("authors").Property<string>("nickname").IsRequired();
            model.Entity("authors").HasAlternateKey("nickname").HasName("authors_nickname");
            model.Entity("books").HasOne("authors").WithMany().HasForeignKey("nickname").HasPrincipalKey("nickname").HasConstraintName(Name).OnDelete(DeleteBehavior.SetNull);
        });
        await RunAsync("INSERT INTO authors (id, nickname) VALUES (1, 'Ursula'); INSERT INTO books (id, nickname) VALUES (1, 'Ursula')");

        await ChangeAsync(Nickname);
        await RunAsync("INSERT INTO authors (id, nickname) VALUES (2, NULL)");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("UPDATE books SET nickname = 'nobody' WHERE id = 1"));
    }

    [Fact]
    public async Task Whole_numbers_of_different_sizes_are_compared_where_the_database_does()
    {
        void Schema(ModelBuilder model, DatabaseFacade database)
        {
            Tables(model);
            model.Entity("books").Property<int?>("author_id");
            if (provider != "mysql")
            {
                new DatabaseReference("books_author_fk", ["author_id"], "authors", ["id"], ReferentialAction.Cascade, ReferentialAction.NoAction).AddTo(model.Entity("books").Metadata);
            }
        }

        await StartAsync(Columns);
        await RunAsync("INSERT INTO authors (id) VALUES (1)");
        await ChangeAsync(Schema);
        await RunAsync("INSERT INTO books (id, author_id) VALUES (1, 1)");
        await RunAsync("DELETE FROM authors");
        Assert.Equal(provider == "mysql" ? "1" : "0", await RunAsync("SELECT count(*) FROM books"));
    }

    private static void Tables(ModelBuilder model)
    {
        foreach (var name in (string[])["authors", "books"])
        {
            model.SharedTypeEntity<Dictionary<string, object>>(name, table =>
            {
                table.ToTable(name);
                table.Property<long>("id").ValueGeneratedNever();
                table.HasKey("id").HasName(name + "_pk");
                table.Property<string?>("nickname").HasMaxLength(name == "books" ? 60 : 80);
            });
        }
    }

    private static void Columns(ModelBuilder model, DatabaseFacade database)
    {
        Tables(model);
        model.Entity("authors").HasIndex(["nickname"], "authors_nickname").IsUnique();
    }

    private static void Nickname(ModelBuilder model, DatabaseFacade database) => Nickname(model, "authors_nickname");

    private static void Nickname(ModelBuilder model, string index)
    {
        Tables(model);
        model.Entity("authors").HasIndex(["nickname"], index).IsUnique();
        new DatabaseReference(Name, ["nickname"], "authors", ["nickname"], ReferentialAction.SetNull, ReferentialAction.Cascade).AddTo(model.Entity("books").Metadata);
    }

    private async Task StartAsync(Action<ModelBuilder, DatabaseFacade> schema)
    {
        Server = await ServerAsync();
        Url = await Server.CreateDatabaseAsync();
        await EvolvingContext.MigrateAsync(Url, schema);
        Assert.Null(await EvolvingContext.CheckAsync(Url, schema));
    }

    // Then the database is as one that was made by the new schema.
    private async Task<MigrationPlan> ChangeAsync(Action<ModelBuilder, DatabaseFacade> schema)
    {
        var plan = await EvolvingContext.MigrateAsync(Url, schema);
        var fresh = await Server.CreateDatabaseAsync();
        await EvolvingContext.MigrateAsync(fresh, schema);
        Assert.Equal(await Structure.OfAsync(fresh), await Structure.OfAsync(Url));
        Assert.Null(await EvolvingContext.CheckAsync(Url, schema));
        return plan;
    }

    // SQLite's own client watches references only when told to.
    private async Task<string> RunAsync(string sql) =>
        (await Server.RunSqlAsync(Url, (provider == "sqlite" ? "PRAGMA foreign_keys = ON; " : "") + sql + ";")).Trim();
}

[Trait("Category", "Integration")]
public sealed class DatabaseReferenceSqliteTests() : DatabaseReferenceMigrationTests("sqlite")
{
    protected override Task<IDatabaseServer> ServerAsync() => Task.FromResult<IDatabaseServer>(SharedServers.Sqlite());
}

[Trait("Category", "Integration")]
public sealed class DatabaseReferencePostgreSqlTests() : DatabaseReferenceMigrationTests("postgres")
{
    protected override async Task<IDatabaseServer> ServerAsync() => await SharedServers.PostgreSqlAsync();
}

[Trait("Category", "Integration")]
public sealed class DatabaseReferenceMariaDbTests() : DatabaseReferenceMigrationTests("mysql")
{
    protected override async Task<IDatabaseServer> ServerAsync() => await SharedServers.MariaDbAsync();
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>Databases with rows, brought from one schema to another.</summary>
public abstract class ChangedSchemaTests
{
    private const string Rows =
        "INSERT INTO authors (id, name) VALUES (1, 'Ursula'), (2, 'Octavia'); "
        + "INSERT INTO books (id, author_id, title, pages, note) VALUES (1, 1, 'Tehanu', 219, 'kept'), (2, 2, 'Kindred', 264, NULL), (3, 2, 'Dawn', 248, 'kept too');";

    /// <summary>Where databases are made.</summary>
    protected abstract Task<IDatabaseServer> ServerAsync();

    [Fact]
    public async Task A_column_that_allows_null_is_added()
    {
        await ChangeAsync(book => book.Property<string?>("subtitle").HasMaxLength(50));
        await ExpectAsync("Tehanu\nKindred\nDawn", "SELECT title FROM books WHERE subtitle IS NULL ORDER BY id");
    }

    [Fact]
    public async Task A_column_with_a_default_gets_it_in_every_row()
    {
        await ChangeAsync(book => book.Property<int>("edition").HasColumnDefault(Facade!, new ProviderSql("7")));
        await ExpectAsync("7\n7\n7", "SELECT edition FROM books");
    }

    [Fact]
    public async Task A_column_that_needs_a_value_and_has_none_is_refused()
    {
        var message = await RefusedAsync(book => book.Property<int>("edition"));
        Assert.StartsWith("SD4105: New columns need a value in rows that are there, and nothing was changed:\n  add column books.edition: 3 rows need a value\nGive the columns a DEFAULT", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_column_loses_data_and_goes_when_that_is_allowed()
    {
        Assert.StartsWith("SD4102: The migration loses data, and nothing was changed:\n  drop column books.note: 2 values go\n", await RefusedAsync(book => book.Metadata.RemoveProperty("note")), StringComparison.Ordinal);
        var plan = await ChangeAsync(book => book.Metadata.RemoveProperty("note"), allowDataLoss: true);
        Assert.Contains("loses data  drop column books.note: 2 values go", plan.Describe(), StringComparison.Ordinal);
        await ExpectAsync("3", "SELECT count(*) FROM books");
    }

    [Fact]
    public async Task A_tag_makes_it_a_rename_and_without_the_tag_the_plan_asks()
    {
        void Rename(EntityTypeBuilder book)
        {
            book.Metadata.RemoveProperty("note");
            book.Property<string?>("remark");
        }

        Assert.Contains("if books.remark is note by another name, tag the column with '@renamed-from note'.", await RefusedAsync(Rename), StringComparison.Ordinal);
        await ChangeAsync(book =>
        {
            Rename(book);
            book.Property<string?>("remark").WasNamed("note");
        });
        await ExpectAsync("kept\nkept too", "SELECT remark FROM books WHERE remark IS NOT NULL ORDER BY id");
    }

    [Fact]
    public async Task Lengths_are_checked_against_the_rows()
    {
        Assert.StartsWith("SD4104: Rows do not fit the new schema, and nothing was changed:\n  change column books.title", await RefusedAsync(book => book.Property<string>("title").HasMaxLength(6)), StringComparison.Ordinal);
        await ChangeAsync(book => book.Property<string>("title").HasMaxLength(7));
        await ExpectAsync("Tehanu\nKindred\nDawn", "SELECT title FROM books ORDER BY id");
    }

    [Fact]
    public async Task Nulls_are_counted_before_they_are_forbidden()
    {
        Assert.Contains(": 1 rows have no value", await RefusedAsync(book => book.Property<string?>("note").IsRequired()), StringComparison.Ordinal);
        await Server.RunSqlAsync(Url, "UPDATE books SET note = 'now' WHERE note IS NULL;");
        await ChangeAsync(book => book.Property<string?>("note").IsRequired());
        await ExpectAsync("now", "SELECT note FROM books WHERE id = 2");
    }

    [Fact]
    public async Task Numbers_become_wider_and_narrower_where_they_fit()
    {
        await ChangeAsync(book => Retype<long>(book, "pages"));
        await ExpectAsync("219\n264\n248", "SELECT pages FROM books ORDER BY id");
        Assert.Contains("1 rows are not from 0 to 255", await RefusedAsync(book => Retype<byte>(book, "pages")), StringComparison.Ordinal);
        await ChangeAsync(book => Retype<short>(book, "pages"));
        await ExpectAsync("219\n264\n248", "SELECT pages FROM books ORDER BY id");
    }

    [Fact]
    public async Task A_type_without_a_form_for_the_values_loses_them()
    {
        Assert.StartsWith("SD4102", await RefusedAsync(book => Retype<DateOnly?>(book, "note")), StringComparison.Ordinal);
        await ChangeAsync(book => Retype<DateOnly?>(book, "note"), allowDataLoss: true);
        await ExpectAsync("3", "SELECT count(*) FROM books WHERE note IS NULL");
    }

    [Fact]
    public async Task New_keys_are_checked_against_the_rows()
    {
        Assert.Contains("2 rows have the same values", await RefusedAsync(book => book.HasIndex(["author_id"], "books_author").IsUnique()), StringComparison.Ordinal);
        await ChangeAsync(book => book.HasIndex(["title"], "books_title").IsUnique());
    }

    [Fact]
    public async Task New_checks_are_checked_against_the_rows()
    {
        Assert.Contains("1 rows break it", await RefusedAsync(book => book.ToTable(table => table.HasCheckConstraint("books_pages", Delimited("pages") + " < 250"))), StringComparison.Ordinal);
        await ChangeAsync(book => book.ToTable(table => table.HasCheckConstraint("books_pages", Delimited("pages") + " < 265")));
    }

    [Fact]
    public async Task New_references_are_checked_against_the_rows()
    {
        void Refer(EntityTypeBuilder book) => book.HasOne("authors").WithMany().HasForeignKey("pages").HasConstraintName("books_pages_author");
        void Retyped(EntityTypeBuilder book)
        {
            Retype<long>(book, "pages");
            Refer(book);
        }

        Assert.Contains("3 rows refer to none", await RefusedAsync(Retyped), StringComparison.Ordinal);
        await Server.RunSqlAsync(Url, "UPDATE books SET pages = 2;");
        await ChangeAsync(Retyped);
    }

    [Fact]
    public async Task The_script_does_what_migrate_does()
    {
        await StartAsync();
        void Change(ModelBuilder model, DatabaseFacade database)
        {
            Base(model);
            Retype<long>(model.Entity("books"), "pages");
            model.Entity("books").HasIndex(["title"], "books_title");
        }

        await Server.RunSqlAsync(Url, await EvolvingContext.ScriptAsync(Url, Change, "second"));
        Assert.True((await EvolvingContext.MigrateAsync(Url, Change, version: "second")).IsUpToDate);
        await ExpectAsync("219\n264\n248", "SELECT pages FROM books ORDER BY id");
    }

    [Fact]
    public async Task What_failed_or_was_refused_is_written_down_until_a_migration_succeeds()
    {
        await RefusedAsync(book => book.Property<int>("edition"));
        Assert.StartsWith("SD4105: New columns need a value", await FailureAsync(), StringComparison.Ordinal);

        // Not only what was foreseen: somebody has made the index already.
        var index = With(book => book.HasIndex(["title"], "books_title"));
        await Server.RunSqlAsync(Url, "CREATE INDEX books_title ON books (title);");
        await Assert.ThrowsAnyAsync<DbException>(() => EvolvingContext.MigrateAsync(Url, index, version: "second"));
        Assert.Contains("books_title", await FailureAsync(), StringComparison.Ordinal);

        await Server.RunSqlAsync(Url, Url.StartsWith("mysql", StringComparison.Ordinal) ? "DROP INDEX books_title ON books;" : "DROP INDEX books_title;");
        await EvolvingContext.MigrateAsync(Url, index, version: "second");
        Assert.Equal("", await FailureAsync());

        // Nor does it last where the attempt is given up, or a script does the work.
        await Assert.ThrowsAsync<StartupException>(() => EvolvingContext.MigrateAsync(Url, With(book => book.Property<int>("edition"))));
        Assert.NotEqual("", await FailureAsync());
        Assert.True((await EvolvingContext.MigrateAsync(Url, index, version: "second")).IsUpToDate);
        Assert.Equal("", await FailureAsync());
        await Assert.ThrowsAsync<StartupException>(() => EvolvingContext.MigrateAsync(Url, With(book => book.Property<int>("edition"))));
        await Server.RunSqlAsync(Url, await EvolvingContext.ScriptAsync(Url, With(book => Retype<long>(book, "pages")), "third"));
        Assert.Equal("", await FailureAsync());

        async Task<string> FailureAsync() => (await Server.RunSqlAsync(Url, "SELECT plan FROM schemadeploy_schema WHERE id = 0;")).Trim();
    }

    [Fact]
    public async Task A_snapshot_takes_the_database_back()
    {
        void Change(EntityTypeBuilder book)
        {
            book.Property<string?>("subtitle").HasMaxLength(50);
            book.HasIndex(["title"], "books_title").IsUnique();
            Retype<long>(book, "pages");
        }

        await ChangeAsync(Change);
        await Server.RunSqlAsync(Url, "UPDATE books SET subtitle = 'The last book' WHERE id = 1;");

        var exception = await Assert.ThrowsAsync<StartupException>(() => EvolvingContext.ReturnAsync(Url, (model, _) => Base(model), With(Change), allowDataLoss: false));
        Assert.StartsWith("SD4102: The migration loses data, and nothing was changed:\n  drop column books.subtitle: 1 values go\n", exception.Message, StringComparison.Ordinal);
        await EvolvingContext.ReturnAsync(Url, (model, _) => Base(model), With(Change), allowDataLoss: true);

        var fresh = await Server.CreateDatabaseAsync();
        await EvolvingContext.MigrateAsync(fresh, (model, _) => Base(model));
        Assert.Equal(await Structure.OfAsync(fresh), await Structure.OfAsync(Url));
        await ExpectAsync("219\n264\n248", "SELECT pages FROM books ORDER BY id");
    }

    [Fact]
    public async Task Keys_and_indexes_over_the_same_columns_are_no_drift()
    {
        static void Schema(ModelBuilder model, DatabaseFacade database) => model.Entity("places", place =>
        {
            place.Property<int>("id");
            place.Property<int>("line");
            place.Property<int>("number");
            place.Property<int>("level");
            place.HasKey("id");
            place.HasAlternateKey("line", "number");
            place.HasAlternateKey("number", "line");
            place.HasIndex(["line", "number"], "places_index");
            place.HasIndex(["line", "level"], "places_level");
            place.HasIndex(["level", "line"], "places_line");
            place.HasIndex(["number"], "places_numbers").IsUnique();
        });

        var url = await (await ServerAsync()).CreateDatabaseAsync();

        await EvolvingContext.MigrateAsync(url, Schema);

        var drift = await EvolvingContext.CheckAsync(url, Schema);
        Assert.True(drift is null, drift);
    }

    [Fact]
    public async Task Drift_is_told_in_words()
    {
        await StartAsync();
        Assert.Null(await EvolvingContext.CheckAsync(Url, (model, _) => Base(model)));

        var drift = await EvolvingContext.CheckAsync(Url, With(book =>
        {
            book.Metadata.RemoveProperty("note");
            book.Property<string?>("subtitle").HasMaxLength(50);
            Retype<double?>(book, "pages");
            book.HasIndex(["title"], "books_title").IsUnique();
            book.Metadata.RemoveForeignKey(book.Metadata.GetForeignKeys().Single());
            book.HasOne("authors").WithMany().HasForeignKey("author_id").HasConstraintName("books_author_fk").OnDelete(DeleteBehavior.SetNull);
        }));

        Assert.Matches(
            """
            ^SD4107: The database is not what the schema says:
              column books\.pages is (integer|int\(11\)|INTEGER), not (double precision|double|REAL)
              column books\.pages forbids NULL
              column books\.subtitle is missing
              column books\.note is not in the schema
              unique key of books \(title\) is missing
              foreign key of books \(author_id to authors id, on delete set null\) is missing
              foreign key of books \(author_id to authors id, on delete cascade\) is not in the schema
            It records another schema: run the application's command 'migrate', then check again\.$
            """,
            drift);
    }

    private DatabaseFacade? Facade { get; set; }

    private IDatabaseServer Server { get; set; } = null!;

    private string Url { get; set; } = null!;

    private static void Base(ModelBuilder model)
    {
        model.SharedTypeEntity<Dictionary<string, object>>("authors", author =>
        {
            author.ToTable("authors");
            author.Property<long>("id");
            author.HasKey("id").HasName("authors_pk");
            author.Property<string>("name").HasMaxLength(100);
        });
        model.SharedTypeEntity<Dictionary<string, object>>("books", book =>
        {
            book.ToTable("books");
            book.Property<long>("id");
            book.HasKey("id").HasName("books_pk");
            book.Property<long>("author_id");
            book.Property<string>("title").HasMaxLength(200).IsRequired();
            book.Property<int>("pages");
            book.Property<string?>("note").HasMaxLength(80);
            book.HasOne("authors").WithMany().HasForeignKey("author_id").HasConstraintName("books_author_fk").OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void Retype<T>(EntityTypeBuilder book, string column)
    {
        foreach (var key in book.Metadata.GetForeignKeys().Where(key => key.Properties[0].Name == column).ToList())
        {
            book.Metadata.RemoveForeignKey(key);
        }

        book.Metadata.RemoveProperty(column);
        book.Property<T>(column);
    }

    private string Delimited(string column) => Url.StartsWith("mysql", StringComparison.Ordinal) ? $"`{column}`" : $"\"{column}\"";

    private async Task StartAsync()
    {
        if (Url is null)
        {
            Server = await ServerAsync();
            Url = await Server.CreateDatabaseAsync();
            await EvolvingContext.MigrateAsync(Url, (model, _) => Base(model), version: "first");
            await Server.RunSqlAsync(Url, Rows);
        }
    }

    private Action<ModelBuilder, DatabaseFacade> With(Action<EntityTypeBuilder> change) => (model, database) =>
    {
        Facade = database;
        Base(model);
        change(model.Entity("books"));
    };

    // Carries a change out; then the database is as one that was made by the new schema.
    private async Task<MigrationPlan> ChangeAsync(Action<EntityTypeBuilder> change, bool allowDataLoss = false)
    {
        await StartAsync();
        var plan = await EvolvingContext.MigrateAsync(Url, With(change), allowDataLoss);
        var fresh = await Server.CreateDatabaseAsync();
        await EvolvingContext.MigrateAsync(fresh, With(change));
        Assert.Equal(await Structure.OfAsync(fresh), await Structure.OfAsync(Url));
        return plan;
    }

    private async Task<string> RefusedAsync(Action<EntityTypeBuilder> change)
    {
        await StartAsync();
        var before = await Server.DumpSchemaAsync(Url);
        var exception = await Assert.ThrowsAsync<StartupException>(() => EvolvingContext.MigrateAsync(Url, With(change)));
        Assert.Equal(before, await Server.DumpSchemaAsync(Url));
        return exception.Message;
    }

    private async Task ExpectAsync(string expected, string sql) => Assert.Equal(expected, (await Server.RunSqlAsync(Url, sql + ";")).Trim());
}

[Trait("Category", "Integration")]
public sealed class ChangedSqliteSchemaTests : ChangedSchemaTests
{
    protected override Task<IDatabaseServer> ServerAsync() => Task.FromResult<IDatabaseServer>(SharedServers.Sqlite());
}

[Trait("Category", "Integration")]
public sealed class ChangedPostgreSqlSchemaTests : ChangedSchemaTests
{
    protected override async Task<IDatabaseServer> ServerAsync() => await SharedServers.PostgreSqlAsync();
}

[Trait("Category", "Integration")]
public sealed class ChangedMariaDbSchemaTests : ChangedSchemaTests
{
    protected override async Task<IDatabaseServer> ServerAsync() => await SharedServers.MariaDbAsync();
}

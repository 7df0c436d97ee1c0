using System.Linq.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

/// <summary>Lists whose queries are translated once, for all callers.</summary>
public sealed class ListQueryTests : IAsyncLifetime
{
    private static readonly Guid s_ada = Guid.Parse("10000000-0000-0000-0000-000000000000");
    private static readonly Guid s_bob = Guid.Parse("20000000-0000-0000-0000-000000000000");

    private static readonly ResourceShape<Author> s_authors = new([ResourceField.Of<Author, Guid>("id", row => row.Id, FieldUses.FilterAndSort)], ["id"], []);

    private static readonly ResourceShape<Note> s_notes = new(
        [
            ResourceField.Of<Note, Guid>("id", row => row.Id, FieldUses.FilterAndSort),
            ResourceField.Of<Note, int>("length", row => row.Length, FieldUses.FilterAndSort),
        ],
        ["id"],
        []);

    private static readonly ResourceShape<Line> s_lines = new(
        [
            ResourceField.Of<Line, Guid>("note_id", row => row.NoteId, FieldUses.FilterAndSort),
            ResourceField.Of<Line, int>("number", row => row.Number, FieldUses.FilterAndSort),
        ],
        ["note_id", "number"],
        []);

    // The owner is the key itself, a column that may be null, and a column of another row.
    private static readonly RowQueries<Author, Guid> s_authorQueries =
        RowQueries.Of<Author, Guid, Guid>(s_authors, (row, key) => row.Id == key, (row, owner) => row.Id == owner);

    private static readonly RowQueries<Note, Guid> s_noteQueries =
        RowQueries.Of<Note, Guid, Guid>(s_notes, (row, key) => row.Id == key, (row, owner) => row.OwnerId == owner);

    private static readonly RowQueries<Line, (Guid Note, int Number)> s_lineQueries = RowQueries.Of<Line, (Guid Note, int Number), Guid>(
        s_lines, (row, key) => row.NoteId == key.Note && row.Number == key.Number, (row, owner) => row.Note.OwnerId == owner);

    private readonly ExecutedCommands _commands = new();
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private NoteContext _database = null!;

    public async ValueTask InitializeAsync()
    {
        await _connection.OpenAsync(TestContext.Current.CancellationToken);
        var options = new DbContextOptionsBuilder<NoteContext>().UseSqlite(_connection);
        _commands.Record(options);
        _database = new NoteContext(options.Options);
        await _database.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        Author[] authors = [new() { Id = s_ada }, new() { Id = s_bob }];
        var notes = Enumerable.Range(1, 12).Select(i => new Note
        {
            Id = Guid.Parse($"{i:x8}-0000-0000-0000-000000000000"),
            OwnerId = i == 12 ? null : authors[i % 2].Id,
            Length = i % 3,
            IsDeleted = i > 10 && i < 12,
        }).ToList();
        _database.AddRange(authors);
        _database.AddRange(notes);
        _database.AddRange(notes.SelectMany(note => Enumerable.Range(1, 2).Select(number => new Line { NoteId = note.Id, Number = number })));
        await _database.SaveChangesAsync(TestContext.Current.CancellationToken);
        _database.ChangeTracker.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _connection.DisposeAsync();
    }

    [Fact]
    public async Task Users_that_ask_one_after_the_other_see_their_own_rows_only()
    {
        foreach (var user in (Guid[])[s_ada, s_bob, s_ada, Guid.NewGuid()])
        {
            var notes = await Notes(User(user)).ListAsync(First(s_notes), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(user == s_ada || user == s_bob ? 5 : 0, notes.Items.Count);
            Assert.All(notes.Items, note => Assert.Equal(user, note.OwnerId));

            var lines = await Lines(User(user)).ListAsync(First(s_lines), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(notes.Items.SelectMany(note => (Guid[])[note.Id, note.Id]), lines.Items.Select(line => line.NoteId));

            var authors = await Authors(User(user)).ListAsync(First(s_authors), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(notes.Items.Select(note => note.OwnerId!.Value).Distinct(), authors.Items.Select(author => author.Id));
        }
    }

    [Fact]
    public async Task Users_walk_through_their_own_rows_only()
    {
        foreach (var user in (Guid[])[s_ada, s_bob])
        {
            var pages = await WalkAsync(Notes(User(user)), First(s_notes) with { Limit = 2 });
            Assert.Equal([2, 2, 1], pages.Select(page => page.Items.Count));
            Assert.All(pages.SelectMany(page => page.Items), note => Assert.Equal(user, note.OwnerId));
        }
    }

    [Fact]
    public async Task ADMIN_sees_every_row_that_is_not_deleted()
    {
        await Notes(User(s_ada)).ListAsync(First(s_notes), cancellationToken: TestContext.Current.CancellationToken);
        var page = await Notes(User(s_ada, isAdmin: true)).ListAsync(First(s_notes), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(11, page.Items.Count);
        Assert.DoesNotContain(page.Items, note => note.IsDeleted);
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<ApiException>(() =>
            Notes(User(null)).ListAsync(First(s_notes), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(401, refusal.Status);
    }

    [Fact]
    public async Task A_page_is_one_command()
    {
        foreach (var limit in (int[])[1, 3, 500])
        {
            var before = _commands.Texts.Count;
            await Notes(User(s_ada)).ListAsync(First(s_notes) with { Limit = limit }, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(before + 1, _commands.Texts.Count);
        }
    }

    [Theory]
    [InlineData("id")]
    [InlineData("-id")]
    [InlineData("length")]
    public async Task Translated_pages_are_those_that_are_put_together(string sort)
    {
        foreach (var (caller, fromEnd, limit) in
            from caller in (Caller[])[User(s_ada), User(s_bob, isAdmin: true)]
            from fromEnd in (bool[])[false, true]
            from limit in (int[])[1, 2, 5, 50]
            select (caller, fromEnd, limit))
        {
            var request = First(s_notes, sort) with { Limit = limit, FromEnd = fromEnd };
            Assert.Equal(sort != "length", s_noteQueries.All.Page(_database, caller, request) is not null);
            var translated = await WalkAsync(Notes(caller), request);
            var composed = await WalkAsync(Notes(caller, translated: false), request);
            Assert.Equal(composed.Select(Told), translated.Select(Told));
        }

        static string Told(Page<Note> page) => $"{string.Join(' ', page.Items.Select(note => note.Id))} {page.Previous} {page.Next}";
    }

    [Fact]
    public async Task Keys_of_several_columns_find_rows_and_pages()
    {
        var lines = Lines(User(s_ada));
        var pages = await WalkAsync(lines, First(s_lines) with { Limit = 4 });
        Assert.Equal([4, 4, 2], pages.Select(page => page.Items.Count));
        foreach (var line in pages.SelectMany(page => page.Items))
        {
            var found = await lines.GetAsync((line.NoteId, line.Number), TestContext.Current.CancellationToken);
            Assert.Equal((line.NoteId, line.Number), (found.NoteId, found.Number));
            await Assert.ThrowsAsync<ApiException>(() => Lines(User(s_bob)).GetAsync((line.NoteId, line.Number), TestContext.Current.CancellationToken));
            await Lines(User(s_bob, isAdmin: true)).GetAsync((line.NoteId, line.Number), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Filters_counts_and_scopes_are_kept()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var notes = Notes(User(s_ada));
        Assert.Equal(5, (await notes.ListAsync(First(s_notes) with { Limit = 1, Count = true }, cancellationToken: cancellationToken)).Total);
        Assert.All((await notes.ListAsync(First(s_notes) with { Filters = [row => row.Length == 1] }, cancellationToken: cancellationToken)).Items, note => Assert.Equal(1, note.Length));
        Assert.All((await notes.ListAsync(First(s_notes), row => row.Length == 2, cancellationToken)).Items, note => Assert.Equal(2, note.Length));
    }

    [Fact]
    public async Task Rows_that_the_application_does_not_let_exist_are_not_listed()
    {
        var notes = new LongNotes(_database, User(s_ada));
        Assert.All((await notes.ListAsync(First(s_notes), cancellationToken: TestContext.Current.CancellationToken)).Items, note => Assert.Equal(2, note.Length));
    }

    private static Caller User(Guid? id, bool isAdmin = false)
    {
        var caller = new Caller();
        caller.SignIn(id?.ToString(), null, isAdmin);
        return caller;
    }

    private static ListRequest<TEntity> First<TEntity>(ResourceShape<TEntity> shape, string? sort = null) => new()
    {
        Sort = ListRequestReader.WithKey(
            sort is null ? [] : [new SortTerm<TEntity>(shape.Find(sort.TrimStart('-'))!, sort.StartsWith('-'))], shape),
    };

    // To the end of the rows, or from their end to their beginning.
    private static async Task<List<Page<TEntity>>> WalkAsync<TEntity, TKey>(KeyedReader<TEntity, TKey, TEntity> reader, ListRequest<TEntity> request)
        where TEntity : class
        where TKey : notnull
    {
        var pages = new List<Page<TEntity>>();
        for (var here = request; ;)
        {
            var page = await reader.ListAsync(here, cancellationToken: TestContext.Current.CancellationToken);
            pages.Add(page);
            if ((request.FromEnd ? page.Previous : page.Next) is not { } cursor)
            {
                return pages;
            }

            Assert.True(Cursor.TryDecode(cursor, out var place));
            here = request with { Cursor = place };
        }
    }

    private Reader<Author, Guid> Authors(Caller caller) => new(_database, caller, s_authorQueries, key => row => row.Id == key, owner => row => row.Id == owner);

    private Reader<Note, Guid> Notes(Caller caller, bool translated = true) =>
        new(_database, caller, translated ? s_noteQueries : null, key => row => row.Id == key, owner => row => row.OwnerId == owner);

    private Reader<Line, (Guid Note, int Number)> Lines(Caller caller) => new(
        _database, caller, s_lineQueries, key => row => row.NoteId == key.Note && row.Number == key.Number, owner => row => row.Note.OwnerId == owner);

    private class Reader<TEntity, TKey>(
        DbContext database,
        Caller caller,
        RowQueries<TEntity, TKey>? queries,
        Func<TKey, Expression<Func<TEntity, bool>>> isKey,
        Func<Guid, Expression<Func<TEntity, bool>>> isOwn)
        : KeyedReader<TEntity, TKey, TEntity>(database, caller, ResourceAccess.Of(Grant.Owner))
        where TEntity : class
        where TKey : notnull
    {
        protected override RowQueries<TEntity, TKey>? Queries => queries;

        protected override Expression<Func<TEntity, bool>> HasKey(TKey key) => isKey(key);

        protected override Expression<Func<TEntity, bool>> IsOwn() => isOwn(Caller.Key<Guid>());

        protected override TEntity ToResponse(TEntity entity) => entity;
    }

    private sealed class LongNotes(DbContext database, Caller caller)
        : Reader<Note, Guid>(database, caller, s_noteQueries, key => row => row.Id == key, owner => row => row.OwnerId == owner)
    {
        protected override IQueryable<Note> Rows => base.Rows.Where(row => row.Length == 2);
    }

    private sealed class NoteContext(DbContextOptions<NoteContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Author>();
            modelBuilder.Entity<Note>().HasQueryFilter(row => !row.IsDeleted);
            modelBuilder.Entity<Line>().HasKey(row => new { row.NoteId, row.Number });
        }
    }

    private sealed class Author
    {
        public Guid Id { get; set; }
    }

    private sealed class Note
    {
        public Guid Id { get; set; }
        public Guid? OwnerId { get; set; }
        public int Length { get; set; }
        public bool IsDeleted { get; set; }
    }

    private sealed class Line
    {
        public Guid NoteId { get; set; }
        public int Number { get; set; }
        public Note Note { get; set; } = null!;
    }
}

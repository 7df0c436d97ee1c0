using System.Data.Common;
using System.Diagnostics;
using System.Linq.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests;

/// <summary>Rows that are asked for at the same time and read together.</summary>
public abstract class SharedReadTests(Func<Task<IDatabaseServer>> start, string? whyMissing) : IAsyncLifetime
{
    private const int Ada = 1;
    private const int Bob = 2;
    private const int Rows = 200;

    private readonly ExecutedCommands _commands = new();
    private IDatabaseServer _server = null!;
    private Action<DbContextOptionsBuilder> _database = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(whyMissing is not null, whyMissing ?? "");
        _server = await start();
        var text = await _server.CreateDatabaseAsync();
        if (_server is SqliteFiles)
        {
            // Units of work make no file.
            await File.WriteAllBytesAsync(text["sqlite:".Length..], [], TestContext.Current.CancellationToken);
        }

        var url = DatabaseUrl.Parse(text);
        _database = options => Api.Options.FindProvider(url.Provider)!(options, url.ConnectionString);
        _services = Services<NoteContext>();
        await using var scope = _services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NoteContext>();
        await database.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        for (var i = 1; i <= Rows; i++)
        {
            var owner = i % 2 == 0 ? Ada : Bob;
            database.AddRange(
                new Note<long> { Id = i, OwnerId = owner, Text = $"long {i}" },
                new Note<int> { Id = i, OwnerId = owner, Text = $"int {i}" },
                new Note<short> { Id = (short)i, OwnerId = owner, Text = $"short {i}" },
                new Note<Guid> { Id = GuidOf(i), OwnerId = owner, Text = $"guid {i}" },
                new Note<string> { Id = $"{i}", OwnerId = owner, Text = $"text {i}" },
                new Kept { Id = i, DeletedAt = i % 2 == 0 ? null : DateTime.UnixEpoch });
        }

        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        if (_server is SqliteFiles files)
        {
            SqliteConnection.ClearAllPools();
            files.Dispose();
        }
    }

    [Fact]
    public async Task Many_rows_are_found_by_fewer_statements()
    {
        var found = await AskAsync(Enumerable.Range(1, Rows).Select(i => (User: Ada, IsAdmin: true, Key: (long)i)));
        Assert.Equal(Enumerable.Range(1, Rows).Select(i => $"long {i}"), found.Select(note => note?.Text));
        Assert.InRange(_commands.Texts.Count(text => text.Contains("SELECT", StringComparison.Ordinal) && text.Contains("long_notes", StringComparison.Ordinal)), 1, Rows - 1);
    }

    [Fact]
    public async Task Each_sees_the_rows_that_are_theirs_and_no_others()
    {
        var asked = Enumerable.Range(0, 1000).Select(i => (User: i % 3 == 0 ? Ada : Bob, IsAdmin: i % 7 == 0, Key: (long)((i * 31 % (Rows + 20)) + 1))).ToList();
        var found = await AskAsync(asked);
        foreach (var ((user, isAdmin, key), note) in asked.Zip(found))
        {
            var isSeen = key <= Rows && (isAdmin || user == (key % 2 == 0 ? Ada : Bob));
            Assert.Equal(isSeen ? $"long {key}" : null, note?.Text);
        }
    }

    [Fact]
    public async Task Keys_of_every_kind_find_their_rows()
    {
        Assert.Equal("int 4", await AskTogetherAsync(4));
        Assert.Equal("short 4", await AskTogetherAsync((short)4));
        Assert.Equal("guid 4", await AskTogetherAsync(GuidOf(4)));
        Assert.Equal("text 4", await AskTogetherAsync("4"));
        Assert.Null(await AskTogetherAsync(GuidOf(3)));
        Assert.Null(await AskTogetherAsync(GuidOf(Rows + 1)));
        Assert.True(await IsSharedAsync<Note<int>, int>());
        Assert.True(await IsSharedAsync<Note<short>, short>());
        Assert.True(await IsSharedAsync<Note<Guid>, Guid>());
        // What text is the same is for the database to say.
        Assert.Null(RowsByKey<Note<string>, string>.Of((row, key) => row.Id == key));
    }

    [Fact]
    public async Task Each_has_a_row_of_their_own_to_change()
    {
        var found = await AskAsync(Enumerable.Repeat((User: Ada, IsAdmin: false, Key: 2L), 20));
        Assert.Equal(20, found.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.All(found, note => Assert.Equal("long 2", note?.Text));
    }

    [Fact]
    public async Task Who_gives_up_does_not_take_the_others_along()
    {
        using var impatient = new CancellationTokenSource();
        var asked = Enumerable.Range(1, 20).Select(i => FindAsync((long)i * 2, giveUp: i == 1 ? impatient.Token : null)).ToList();
        await impatient.CancelAsync();
        Assert.All(await Task.WhenAll(asked.Skip(1)), Assert.NotNull);
        try
        {
            await asked[0];
        }
        catch (OperationCanceledException)
        {
        }
    }

    [Fact]
    public async Task A_failure_is_told_to_all_and_forgotten()
    {
        await RunAsync(database => database.Database.ExecuteSqlRawAsync("ALTER TABLE int_notes RENAME TO gone", TestContext.Current.CancellationToken));
        foreach (var asked in Enumerable.Range(1, 10).Select(i => FindAsync(i)).ToList())
        {
            await Assert.ThrowsAnyAsync<DbException>(() => asked);
        }

        await RunAsync(database => database.Database.ExecuteSqlRawAsync("ALTER TABLE gone RENAME TO int_notes", TestContext.Current.CancellationToken));
        Assert.NotNull(await FindAsync(2));
    }

    [Fact]
    public async Task A_row_of_the_transaction_that_asks_is_seen_by_it() => await RunAsync(async database =>
    {
        await using var transaction = await database.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        database.Add(new Note<long> { Id = 5000, OwnerId = Ada, Text = "not yet" });
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.Equal("not yet", (await new Notes<long>(database, User(Ada)).FindAsync(5000, TestContext.Current.CancellationToken))?.Text);
        Assert.Null(await FindAsync(5000L));
    });

    [Fact]
    public async Task Rows_marked_as_deleted_are_left_out_and_the_others_read_together()
    {
        Assert.True(await IsSharedAsync<Kept, long>());
        await RunAsync(async database =>
        {
            var lookup = FindLookup<Kept, long>(database)!;
            var found = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => lookup.TryFindAsync(2 + (i % 2), TestContext.Current.CancellationToken)));
            var together = found.Select((one, i) => (one.IsFound, one.Row, IsKept: i % 2 == 0)).Where(one => one.IsFound).ToList();
            Assert.NotEmpty(together);
            Assert.All(together, one => Assert.Equal(one.IsKept, one.Row is not null));
        });
    }

    // Whatever a filter goes by, the unit of work that reads for others knows nothing of it.
    [Fact]
    public async Task An_application_with_filters_of_its_own_reads_each_row_by_itself()
    {
        await using var filtered = Services<FilteredContext>();
        await using var scope = filtered.CreateAsyncScope();
        Assert.Null(FindLookup<Note<long>, long>(scope.ServiceProvider.GetRequiredService<FilteredContext>()));
    }

    [Fact]
    public async Task Who_has_set_up_the_unit_of_work_reads_with_it()
    {
        Assert.True(await IsSharedAsync<Note<long>, long>());
        await RunAsync(async database =>
        {
            await database.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            Assert.Null(FindLookup<Note<long>, long>(database));
        });
        await RunAsync(database =>
        {
            database.Database.SetConnectionString(database.Database.GetConnectionString() + ";Pooling=false");
            Assert.Null(FindLookup<Note<long>, long>(database));
            return Task.CompletedTask;
        });
        await using var own = new NoteContext((DbContextOptions<NoteContext>)_services.GetRequiredService<DbContextOptions>());
        Assert.Null(FindLookup<Note<long>, long>(own));
    }

    [Fact]
    public async Task Code_of_the_application_that_watches_reads_watches_those_of_its_request()
    {
        await using var watched = Services<NoteContext>(configure: options => options.AddInterceptors(new Watch()));
        await using var scope = watched.CreateAsyncScope();
        Assert.Null(FindLookup<Note<long>, long>(scope.ServiceProvider.GetRequiredService<NoteContext>()));
    }

    [Fact]
    public async Task The_setting_turns_it_off()
    {
        await using var off = Services<NoteContext>(isOn: false);
        await using var scope = off.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NoteContext>();
        Assert.Null(FindLookup<Note<long>, long>(database));
        Assert.NotNull(await new Notes<long>(database, User(Ada)).FindAsync(2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_request_that_is_traced_reads_by_itself()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == nameof(SharedReadTests), Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(SharedReadTests));
        using (source.StartActivity("request"))
        {
            Assert.False(await IsSharedAsync<Note<long>, long>());
        }

        Assert.True(await IsSharedAsync<Note<long>, long>());
    }

    private static Guid GuidOf(int number) => Guid.Parse($"abcdef{number:x2}-0000-0000-0000-0000000000ff");

    private static Caller User(int id, bool isAdmin = false)
    {
        var caller = new Caller();
        caller.SignIn($"{id}", null, isAdmin);
        return caller;
    }

    private ServiceProvider Services<TContext>(bool isOn = true, Action<DbContextOptionsBuilder>? configure = null)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("SHARED_READS", $"{isOn}")]).Build();
        services.AddSingleton(provider => new SharedContexts(provider.GetRequiredService<IServiceScopeFactory>(), typeof(TContext), settings));
        services.AddDbContextPool<TContext>(options =>
        {
            _database(options);
            options.AddInterceptors(new RowLockInterceptor());
            _commands.Record(options);
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    private async Task RunAsync(Func<NoteContext, Task> work)
    {
        await using var scope = _services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<NoteContext>());
    }

    private static SharedLookup<TEntity, TKey>? FindLookup<TEntity, TKey>(DbContext database)
        where TEntity : class, INote<TKey>
        where TKey : notnull => SharedLookup<TEntity, TKey>.Find(database, Tables<TEntity, TKey>.ByKey);

    private async Task<bool> IsSharedAsync<TEntity, TKey>()
        where TEntity : class, INote<TKey>
        where TKey : notnull
    {
        var isShared = false;
        await RunAsync(database =>
        {
            isShared = FindLookup<TEntity, TKey>(database) is not null;
            return Task.CompletedTask;
        });
        return isShared;
    }

    private async Task<Note<TKey>?> FindAsync<TKey>(TKey key, int user = Ada, bool isAdmin = false, CancellationToken? giveUp = null)
        where TKey : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await new Notes<TKey>(scope.ServiceProvider.GetRequiredService<NoteContext>(), User(user, isAdmin)).FindAsync(key, giveUp ?? TestContext.Current.CancellationToken);
    }

    private async Task<string?> AskTogetherAsync<TKey>(TKey key)
        where TKey : notnull
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => FindAsync(key)));
        return Assert.Single(found.Select(note => note?.Text).Distinct());
    }

    // All at once, as far as the processors go.
    private async Task<Note<long>?[]> AskAsync(IEnumerable<(int User, bool IsAdmin, long Key)> asked) =>
        await Task.WhenAll(asked.Select(one => FindAsync(one.Key, one.User, one.IsAdmin)));

    private sealed class Notes<TKey>(DbContext database, Caller caller) : KeyedReader<Note<TKey>, TKey, Note<TKey>>(database, caller, ResourceAccess.Of(Grant.Owner))
        where TKey : notnull
    {
        private static readonly RowQueries<Note<TKey>, TKey> s_queries = RowQueries.Of<Note<TKey>, TKey, int>(
            new ResourceShape<Note<TKey>>([ResourceField.Shown<Note<TKey>>("id")], ["id"], []), Tables<Note<TKey>, TKey>.IsKey, (row, owner) => row.OwnerId == owner);

        protected override RowQueries<Note<TKey>, TKey> Queries => s_queries;

        protected override Expression<Func<Note<TKey>, bool>> HasKey(TKey key) => throw new UnreachableException();

        protected override Note<TKey> ToResponse(Note<TKey> entity) => entity;
    }

    // An operator cannot be named of a type that is not known.
    private static class Tables<TEntity, TKey>
        where TEntity : class, INote<TKey>
        where TKey : notnull
    {
        public static RowsByKey<TEntity, TKey> ByKey { get; } = RowsByKey<TEntity, TKey>.Of(Equal())!;

        public static Expression<Func<TEntity, TKey, bool>> IsKey { get; } = Equal();

        private static Expression<Func<TEntity, TKey, bool>> Equal()
        {
            var (row, key) = (Expression.Parameter(typeof(TEntity), "row"), Expression.Parameter(typeof(TKey), "key"));
            return Expression.Lambda<Func<TEntity, TKey, bool>>(Expression.Equal(Expression.Property(row, "Id"), key), row, key);
        }
    }

    private sealed class NoteContext(DbContextOptions<NoteContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            Add<long>("long_notes");
            Add<int>("int_notes");
            Add<short>("short_notes");
            Add<Guid>("guid_notes");
            Add<string>("text_notes");
            modelBuilder.Entity<Kept>().IsSoftDeleted(row => row.DeletedAt).Property(row => row.Id).ValueGeneratedNever();

            void Add<TKey>(string table) => modelBuilder.Entity<Note<TKey>>().ToTable(table).Property(row => row.Id).ValueGeneratedNever();
        }
    }

    // Filters another table than the one that is asked for, which may be shown beside it.
    private sealed class FilteredContext(DbContextOptions<FilteredContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Note<long>>();
            modelBuilder.Entity<Kept>().IsSoftDeleted(row => row.DeletedAt).HasQueryFilter(row => row.DeletedAt == null && row.Id > 0);
        }
    }

    private interface INote<TKey>
    {
        TKey Id { get; }
    }

    private sealed class Watch : DbConnectionInterceptor;

    private sealed class Note<TKey> : INote<TKey>
    {
        public TKey Id { get; set; } = default!;
        public int OwnerId { get; set; }
        public string Text { get; set; } = null!;
    }

    private sealed class Kept : INote<long>
    {
        public long Id { get; set; }
        public DateTime? DeletedAt { get; set; }
    }
}

public sealed class SharedReadsOnSqlite() : SharedReadTests(() => Task.FromResult<IDatabaseServer>(new SqliteFiles()), null);

public sealed class SharedReadsOnPostgreSql() : SharedReadTests(async () => await SharedServers.PostgreSqlAsync(), PostgreSqlServer.WhyMissing);

public sealed class SharedReadsOnMariaDb() : SharedReadTests(async () => await SharedServers.MariaDbAsync(), MariaDbServer.WhyMissing);

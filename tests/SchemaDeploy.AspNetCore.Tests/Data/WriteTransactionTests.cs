using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Tests.Data;

/// <summary>Writes within the transaction of a caller.</summary>
public sealed class WriteTransactionTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly DbContext _database;

    public WriteTransactionTests()
    {
        _connection.Open();
        _database = new DbContext(new DbContextOptionsBuilder().UseSqlite(_connection).Options);
        Execute("CREATE TABLE words (word TEXT)");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_is_undone_alone()
    {
        await using var whole = await WriteTransaction.BeginAsync(_database, serializable: false, Cancellation);
        Execute("INSERT INTO words VALUES ('whole')");
        await using var part = await WriteTransaction.BeginAsync(_database, serializable: false, Cancellation);
        Execute("INSERT INTO words VALUES ('part')");
        await part.RollbackAsync();
        await whole.CommitAsync(Cancellation);

        Assert.Equal(["whole"], Words());
    }

    [Fact]
    public async Task A_part_of_what_the_database_gave_up_needs_no_undoing()
    {
        await using (await WriteTransaction.BeginAsync(_database, serializable: false, Cancellation))
        {
            await using var part = await WriteTransaction.BeginAsync(_database, serializable: false, Cancellation);
            Execute("INSERT INTO words VALUES ('part')");

            // As databases do of their own accord where two transactions wait for each other.
            Execute("ROLLBACK");
            await part.RollbackAsync();
        }

        Assert.Empty(Words());
    }

    public void Dispose()
    {
        _database.Dispose();
        _connection.Dispose();
    }

    private void Execute(string sql) => _database.Database.ExecuteSqlRaw(sql);

    private List<string> Words() => [.. _database.Database.SqlQueryRaw<string>("SELECT word AS Value FROM words")];
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.Testing.Hosting;

/// <summary>
/// The database of a run of the tests: a SQLite file, or a new database on the server that TEST_DATABASE_URL names.
/// Either is removed behind the tests.
/// </summary>
internal sealed class TestDatabase
{
    /// <summary>The environment variable that names a server, as DATABASE_URL would.</summary>
    public const string Variable = "TEST_DATABASE_URL";

    private readonly bool _isFile;

    public TestDatabase(string folder)
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        _isFile = string.IsNullOrEmpty(server);
        Url = _isFile ? $"sqlite:{Path.Combine(folder, "test.db")}" : Renamed(server!);
    }

    /// <summary>Its DATABASE_URL.</summary>
    public string Url { get; }

    /// <summary>Makes the database, empty.</summary>
    public async Task CreateAsync(DbContext context)
    {
        if (!_isFile)
        {
            await context.Database.GetService<IRelationalDatabaseCreator>().CreateAsync();
        }
    }

    /// <summary>Removes the database.</summary>
    public static Task DeleteAsync(DbContext context) => context.Database.EnsureDeletedAsync();

    // A name of its own beside the one in the address: what is there already is nobody's to fill with rows of tests.
    private static string Renamed(string url)
    {
        var address = new UriBuilder(url);
        address.Path = $"{address.Path.TrimEnd('/')}_tests_{Guid.NewGuid():N}"[..Math.Min(address.Path.Length + 20, 60)];
        // The password stays escaped.
        return address.Uri.AbsoluteUri;
    }
}

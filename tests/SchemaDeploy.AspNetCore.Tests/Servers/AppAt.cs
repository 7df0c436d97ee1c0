using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Servers;

/// <summary>The application on a database of a server that a test has to itself.</summary>
/// <param name="url">The database, with options of the connection perhaps.</param>
internal sealed class AppAt(string url) : RunningApp
{
    protected override Task<string> CreateDatabaseAsync() => Task.FromResult(url);
}

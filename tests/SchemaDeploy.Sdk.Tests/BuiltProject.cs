namespace SchemaDeploy.Sdk.Tests;

/// <summary>One project for the tests of a class, which take turns: each builds only what it changes.</summary>
public sealed class BuiltProject(PackedSdk sdk) : IDisposable
{
    private readonly TestProject _project = new(sdk);

    /// <summary>The project with the schema of two tables, built.</summary>
    internal async Task<TestProject> AsBuiltAsync()
    {
        _project.Write("schema.sql", TestProject.Schema);
        await _project.BuildCleanlyAsync();
        return _project;
    }

    public void Dispose() => _project.Dispose();
}

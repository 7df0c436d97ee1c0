using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>A schema that our own checks found sound, and DacFx's examination of it, which may still be under way.</summary>
public sealed class CompilationResult : IDisposable
{
    private readonly DacFxReferee _referee;

    internal CompilationResult(DatabaseModel model, SeedData? seed, DacFxReferee referee)
    {
        Model = model;
        Seed = seed;
        _referee = referee;
    }

    /// <summary>The model. It may be worked with at once, but nothing made from it may be published before the verdict.</summary>
    public DatabaseModel Model { get; }

    /// <summary>The rows that the schema brings along; null where it has none, or where they were not read.</summary>
    public SeedData? Seed { get; }

    /// <summary>Waits for DacFx and reports what it found. Whether the schema was accepted.</summary>
    public bool AwaitVerdict(DiagnosticBag diagnostics) => _referee.AwaitVerdict(diagnostics);

    /// <summary>Writes the .dacpac of an accepted schema: the same bytes for the same schema.</summary>
    public void WriteDacpac(Stream output, string name) => _referee.WriteDacpac(output, name);

    /// <inheritdoc/>
    public void Dispose() => _referee.Dispose();
}

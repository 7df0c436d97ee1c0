using SchemaDeploy.Schema.Compilation.Seeding;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>The second stage as a whole: one script in, the model of the database out.</summary>
public static class SchemaCompiler
{
    /// <summary>
    /// Begins to load DacFx on another thread, which takes as long as reading a large schema: for callers that are
    /// about to read one.
    /// </summary>
    public static void WarmUp() => DacFxReferee.WarmUp();

    /// <summary>
    /// Folds the statements of <paramref name="script"/> into tables and judges them. The model comes back at once,
    /// while DacFx examines the tables on another thread: <see cref="CompilationResult.AwaitVerdict"/> before anything
    /// is published. Null where <paramref name="diagnostics"/> has errors.
    /// </summary>
    /// <param name="script">The statements in order.</param>
    /// <param name="projectDirectory">The model's positions are relative to it.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    public static CompilationResult? Compile(SchemaScript script, string projectDirectory, DiagnosticBag diagnostics)
    {
        var schema = ScriptFolder.Fold(script, diagnostics);
        SchemaChecks.Run(schema, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        var model = ModelBuilder.Build(schema, projectDirectory, diagnostics);
        var referee = DacFxReferee.Start(schema);
        return new CompilationResult(model, SeedCompiler.Compile(schema, model, diagnostics), referee);
    }
}

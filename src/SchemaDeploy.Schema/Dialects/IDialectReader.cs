using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects;

/// <summary>Reads the text of one file in one dialect. Errors go to the bag, each with its place; reading goes on behind them.</summary>
public interface IDialectReader
{
    /// <summary>The statements of <paramref name="source"/> in order. What could not be read is left out and reported.</summary>
    ImmutableArray<Statement> Read(SourceText source, DiagnosticBag diagnostics);
}

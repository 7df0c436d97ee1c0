using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Reads the DDL of PostgreSQL, as people, pg_dump and migration tools write it.</summary>
/// <param name="readsData">Whether rows of literals are read, and not passed over.</param>
public sealed class PostgreSqlReader(bool readsData = false) : IDialectReader
{
    private readonly SearchPath _path = new();

    /// <inheritdoc/>
    public ImmutableArray<Statement> Read(SourceText source, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        // Each file is a session of its own on one database.
        _path.Reset();
        return new PostgreSqlParser(source, _path, readsData, diagnostics).ParseAll();
    }
}

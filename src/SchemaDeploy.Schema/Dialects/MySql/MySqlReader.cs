using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Reads the DDL of MySQL and MariaDB, as people, mysqldump, phpMyAdmin and Workbench write it.</summary>
/// <param name="readsData">Whether rows of literals are read, and not passed over.</param>
public sealed class MySqlReader(bool readsData = false) : IDialectReader
{
    /// <inheritdoc/>
    public ImmutableArray<Statement> Read(SourceText source, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        return new MySqlParser(source, readsData, diagnostics).ParseAll();
    }
}

using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Reads the DDL of MySQL and MariaDB, as people, mysqldump, phpMyAdmin and Workbench write it.</summary>
public sealed class MySqlReader : IDialectReader
{
    /// <inheritdoc/>
    public ImmutableArray<Statement> Read(SourceText source, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        return new MySqlParser(source, diagnostics).ParseAll();
    }
}

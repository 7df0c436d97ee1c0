using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Finds names that are too long, and names of constraints and indexes that are given twice.</summary>
internal sealed class NameChecks
{
    private readonly FoldedSchema _schema;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, (string Owner, SourceSpan Span)> _taken;

    private NameChecks(FoldedSchema schema, DiagnosticBag diagnostics)
    {
        _schema = schema;
        _diagnostics = diagnostics;
        _taken = new(schema.Rules.Comparer);
    }

    public static void Run(FoldedSchema schema, DiagnosticBag diagnostics)
    {
        var checks = new NameChecks(schema, diagnostics);
        foreach (var table in schema.Tables)
        {
            checks.CheckLength(table.Name, table.Span);
            foreach (var column in table.Columns)
            {
                checks.CheckLength(column.Name, column.Identifier.Span);
            }

            checks.ClaimTable(table);
        }

        foreach (var table in schema.Tables)
        {
            // The later in the text is the one to be blamed.
            foreach (var constraint in table.Constraints().OrderBy(c => c.Span.Line).ThenBy(c => c.Span.Column))
            {
                checks.CheckLength(constraint.Name!.Value.Text, constraint.Name.Value.Span);
                checks.Claim(table, constraint);
            }

            if (schema.Dialect == SchemaDialect.TSql)
            {
                foreach (var column in table.Columns)
                {
                    if (column.Definition.Default?.Name is { } name)
                    {
                        checks.Claim($"object/{table.Schema}/", name, $"the default of '{table.DisplayName}.{column.Name}'");
                    }
                }
            }
        }
    }

    private void CheckLength(string name, SourceSpan span)
    {
        if (name.Length > _schema.Rules.MaxNameLength)
        {
            _diagnostics.Report(
                ModelDiagnostics.NameTooLong, span, name[..20], name.Length, _schema.Rules.DialectName,
                _schema.Rules.MaxNameLength);
        }
    }

    /// <summary>Tables share their name space with constraints in SQL Server, with indexes in PostgreSQL.</summary>
    private void ClaimTable(FoldedTable table)
    {
        var scope = _schema.Dialect switch
        {
            SchemaDialect.TSql => $"object/{table.Schema}/",
            SchemaDialect.PostgreSql => $"index/{table.Schema}/",
            _ => null,
        };
        if (scope is not null)
        {
            _taken.TryAdd(scope + table.Name, ($"table '{table.DisplayName}'", table.Span));
        }
    }

    private void Claim(FoldedTable table, ConstraintDefinition constraint)
    {
        foreach (var scope in Scopes(table, constraint))
        {
            Claim(scope, constraint.Name!.Value, $"{Describe(constraint)} of table '{table.DisplayName}'");
        }
    }

    private void Claim(string scope, Identifier name, string owner)
    {
        if (!_taken.TryAdd(scope + name.Text, (owner, name.Span)))
        {
            _diagnostics.Report(ModelDiagnostics.DuplicateName, name.Span, name.Text, _taken[scope + name.Text].Owner);
        }
    }

    /// <summary>Where the name must be the only one of its kind.</summary>
    private IEnumerable<string> Scopes(FoldedTable table, ConstraintDefinition constraint)
    {
        var inTable = $"{table.Schema}/{table.Name}/";
        return (_schema.Dialect, constraint) switch
        {
            (SchemaDialect.MySql, UniqueDefinition or IndexDefinition) => [$"index/{inTable}"],
            (SchemaDialect.MySql, ForeignKeyDefinition) => ["foreign key/"],
            (SchemaDialect.MySql, CheckDefinition) => ["check/"],
            (SchemaDialect.TSql, IndexDefinition) => [$"index/{inTable}"],
            (SchemaDialect.TSql, PrimaryKeyDefinition or UniqueDefinition) => [$"index/{inTable}", $"object/{table.Schema}/"],
            (SchemaDialect.TSql, _) => [$"object/{table.Schema}/"],
            (SchemaDialect.PostgreSql, IndexDefinition) => [$"index/{table.Schema}/"],
            (SchemaDialect.PostgreSql, PrimaryKeyDefinition or UniqueDefinition) => [$"index/{table.Schema}/", $"constraint/{inTable}"],
            (SchemaDialect.PostgreSql, _) => [$"constraint/{inTable}"],
            _ => [],
        };
    }

    private static string Describe(ConstraintDefinition constraint) => constraint switch
    {
        PrimaryKeyDefinition => "the primary key",
        UniqueDefinition => "a unique key",
        IndexDefinition => "an index",
        CheckDefinition => "a check",
        _ => "a foreign key",
    };
}

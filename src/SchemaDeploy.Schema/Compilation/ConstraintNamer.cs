using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// Names constraints and indexes that the user left unnamed: as MySQL and PostgreSQL themselves do, so that a later
/// DROP finds them, and for SQL Server, which draws random names, by a fixed rule.
/// </summary>
internal sealed class ConstraintNamer(SchemaDialect dialect, NameRules rules)
{
    /// <summary>The name of <paramref name="constraint"/>, given or made.</summary>
    public Identifier NameOf(FoldedTable table, ConstraintDefinition constraint)
    {
        // MySQL calls every primary key PRIMARY; that name would collide where keys share a name space.
        if (constraint.Name is { } given && !(dialect == SchemaDialect.MySql && constraint is PrimaryKeyDefinition))
        {
            return given;
        }

        var (name, numbered) = dialect switch
        {
            SchemaDialect.MySql => MySqlName(table, constraint),
            SchemaDialect.TSql => (TSqlName(table, constraint), false),
            _ => (PostgreSqlName(table, constraint), false),
        };
        return new Identifier(MakeFree(table, name, numbered), constraint.Span);
    }

    private string MakeFree(FoldedTable table, string name, bool numbered)
    {
        var taken = table.Constraints().Select(c => c.Name?.Text).OfType<string>().ToHashSet(rules.Comparer);
        if (!numbered)
        {
            name = Cut(name, 0);
            if (!taken.Contains(name))
            {
                return name;
            }
        }

        // MySQL's own numbers begin at 1 for ibfk and chk, at 2 for indexes; PostgreSQL's at 1.
        var number = numbered || dialect == SchemaDialect.PostgreSql ? 1 : 2;
        while (true)
        {
            var suffix = dialect == SchemaDialect.PostgreSql ? $"{number}" : $"_{number}";
            var candidate = Cut(name, suffix.Length) + suffix;
            if (!taken.Contains(candidate))
            {
                return candidate;
            }

            number++;
        }
    }

    private string Cut(string name, int reserve) =>
        name.Length + reserve <= rules.MaxNameLength ? name : name[..(rules.MaxNameLength - reserve)];

    private static (string Name, bool Numbered) MySqlName(FoldedTable table, ConstraintDefinition constraint) => constraint switch
    {
        PrimaryKeyDefinition => ($"pk_{table.Name}", false),
        UniqueDefinition unique => (unique.Parts.FirstOrDefault()?.Column ?? "functional_index", false),
        IndexDefinition index => (index.Parts.FirstOrDefault()?.Column ?? "functional_index", false),
        ForeignKeyDefinition => ($"{table.Name}_ibfk", true),
        _ => ($"{table.Name}_chk", true),
    };

    private static string TSqlName(FoldedTable table, ConstraintDefinition constraint) => constraint switch
    {
        PrimaryKeyDefinition => $"PK_{table.Name}",
        UniqueDefinition unique => $"UQ_{table.Name}_{Columns(unique.Parts)}",
        IndexDefinition index => $"IX_{table.Name}_{Columns(index.Parts)}",
        ForeignKeyDefinition foreignKey => $"FK_{table.Name}_{string.Join('_', foreignKey.Columns)}",
        CheckDefinition check when SoleColumn(check.Expression) is { } column => $"CK_{table.Name}_{column}",
        _ => $"CK_{table.Name}",
    };

    private static string PostgreSqlName(FoldedTable table, ConstraintDefinition constraint) => constraint switch
    {
        PrimaryKeyDefinition => $"{table.Name}_pkey",
        UniqueDefinition unique => $"{table.Name}_{Columns(unique.Parts)}_key",
        IndexDefinition index => $"{table.Name}_{Columns(index.Parts)}_idx",
        ForeignKeyDefinition foreignKey => $"{table.Name}_{string.Join('_', foreignKey.Columns)}_fkey",
        CheckDefinition check when SoleColumn(check.Expression) is { } column => $"{table.Name}_{column}_check",
        _ => $"{table.Name}_check",
    };

    private static string Columns(IEnumerable<KeyPart> parts) => string.Join('_', parts.Select(p => p.Column ?? "expr"));

    private static string? SoleColumn(SqlExpression expression)
    {
        var names = ExpressionColumns.Of(expression).Distinct().Take(2).ToList();
        return names.Count == 1 ? names[0] : null;
    }
}

using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// Names constraints and indexes that the user left unnamed: as MySQL and PostgreSQL themselves do, so that a later
/// DROP finds them, and for SQL Server, which draws random names, by a fixed rule.
/// </summary>
internal sealed class ConstraintNamer(SchemaDialect dialect, NameRules rules, TableCatalog catalog)
{
    private readonly Dictionary<(string? Schema, string Name), FoldedTable> _owners = [];

    /// <summary>The name of <paramref name="constraint"/>, given or made.</summary>
    public Identifier NameOf(FoldedTable table, ConstraintDefinition constraint)
    {
        // MySQL calls every primary key PRIMARY; that name would collide where keys share a name space.
        if (constraint.Name is { } given && !(dialect == SchemaDialect.MySql && constraint is PrimaryKeyDefinition))
        {
            _owners[(table.Schema, given.Text)] = table;
            return given;
        }

        if (dialect == SchemaDialect.PostgreSql)
        {
            return new Identifier(PostgreSqlName(table, constraint), constraint.Span);
        }

        var (name, numbered) = dialect == SchemaDialect.MySql ? MySqlName(table, constraint) : (TSqlName(table, constraint), false);
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

        // MySQL's own numbers begin at 1 for ibfk and chk, at 2 for indexes.
        var number = numbered ? 1 : 2;
        while (true)
        {
            var suffix = $"_{number}";
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

    /// <summary>table_columns_label, of which table and columns are cut to fit, with a number where the schema has the name.</summary>
    private string PostgreSqlName(FoldedTable table, ConstraintDefinition constraint)
    {
        var (columns, label) = constraint switch
        {
            PrimaryKeyDefinition => ("", "pkey"),
            UniqueDefinition unique => (Columns(unique.Parts), "key"),
            IndexDefinition index => (string.Join('_', index.Include.Select(i => i.Text).Prepend(Columns(index.Parts))), "idx"),
            ForeignKeyDefinition foreignKey => (string.Join('_', foreignKey.Columns), "fkey"),
            CheckDefinition check => (SoleColumn(check.Expression) ?? "", "check"),
            _ => ("", "excl"),
        };
        for (var number = 0; ; number++)
        {
            var name = PostgreSqlName(table.Name, columns, number == 0 ? label : $"{label}{number}");
            if (!IsTaken(table, name))
            {
                _owners[(table.Schema, name)] = table;
                return name;
            }
        }
    }

    private string PostgreSqlName(string table, string columns, string label)
    {
        var room = rules.MaxNameLength - label.Length - 1 - (columns.Length > 0 ? 1 : 0);
        var (first, second) = (table.Length, columns.Length);
        while (first + second > room)
        {
            (first, second) = first > second ? (first - 1, second) : (first, second - 1);
        }

        return second == 0 ? $"{table[..first]}_{label}" : $"{table[..first]}_{columns[..second]}_{label}";
    }

    /// <summary>Whether a table, or a constraint or index of a table that is still there, has the name in the schema.</summary>
    private bool IsTaken(FoldedTable table, string name)
    {
        bool Has(FoldedTable owner) => owner.Constraints().Any(c => c.Name?.Text == name);
        return catalog.Has(table.Schema, name) || Has(table)
            || (_owners.TryGetValue((table.Schema, name), out var owner) && catalog.Contains(owner) && Has(owner));
    }

    private static string Columns(IEnumerable<KeyPart> parts) => string.Join('_', parts.Select(p => p.Column ?? (p.Expression as FunctionExpression)?.Name ?? "expr"));

    private static string? SoleColumn(SqlExpression expression)
    {
        var names = ExpressionColumns.Of(expression).Distinct().Take(2).ToList();
        return names.Count == 1 ? names[0] : null;
    }
}

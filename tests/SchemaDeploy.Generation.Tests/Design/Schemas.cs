using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Tests.Design;

/// <summary>Schemas written by hand, and the APIs that are designed for them.</summary>
internal static class Schemas
{
    public static readonly SourcePosition Source = new("schema.sql", 3, 5);

    public static DatabaseModel Database(params Table[] tables) => Database(SchemaDialect.MySql, tables);

    public static DatabaseModel Database(SchemaDialect dialect, params Table[] tables) =>
        new() { Dialect = dialect, Tables = [.. tables] };

    /// <summary>A table with the numbered key <c>id</c> in front.</summary>
    public static Table Table(string name, params Column[] columns) => KeylessTable(
        name, [Column("id", SqlTypeKind.BigInt) with { Identity = new IdentityDefinition() }, .. columns]) with
    {
        PrimaryKey = new Key($"pk_{name}", ["id"]),
    };

    public static Table KeylessTable(string name, params Column[] columns) =>
        new() { Name = name, Columns = [.. columns], Source = Source };

    public static Column Column(string name, SqlTypeKind type = SqlTypeKind.Int) =>
        new() { Name = name, Type = type, NativeType = type.ToString().ToLowerInvariant(), Nullable = false, Source = Source };

    public static Column Text(string name, int length = 50) => Column(name, SqlTypeKind.VarChar) with { Length = length };

    public static Column Enum(string name, params string[] values) => Column(name, SqlTypeKind.Enum) with { EnumValues = [.. values] };

    public static ForeignKey Reference(string column, string table, string referenced = "id") => new()
    {
        Name = $"fk_{column}_{table}",
        Columns = [column],
        ReferencedTable = table,
        ReferencedColumns = [referenced],
        Source = Source,
    };

    public static SchemaDeploy.Schema.Model.Index UniqueIndex(string name, params SqlExpression[] parts) =>
        new() { Name = name, Unique = true, Parts = [.. parts.Select(part => new IndexPart(part))], Source = Source };

    public static SqlExpression Col(string name) => new ColumnExpression(name);

    public static LiteralExpression Number(string text) => new(LiteralKind.Number, text);

    public static LiteralExpression Quoted(string text) => new(LiteralKind.String, text);

    public static SqlExpression Call(string name, params SqlExpression[] arguments) => new FunctionExpression(name, [.. arguments]);

    public static SqlExpression Compare(SqlExpression left, BinaryOperator op, SqlExpression right) => new BinaryExpression(op, left, right);

    public static SmartTag Tag(string name, string argument = "") => new(name, argument, Source);

    public static ApiModel DesignAll(params Table[] tables) => DesignAll(Database(tables), new DiagnosticBag());

    public static ApiModel DesignAll(DatabaseModel database, DiagnosticBag diagnostics, DatabaseKind kind = DatabaseKind.Sqlite) =>
        ApiDesigner.Design(database, new DesignOptions { Namespace = "Acme.Depot", Title = "Depot", Databases = [kind] }, diagnostics);

    /// <summary>The only resource of a schema of one table.</summary>
    public static Resource DesignOne(Table table) => Assert.Single(DesignAll(table).OfTables());

    /// <summary>The codes of what is reported, in order, without the informational ones.</summary>
    public static string[] Codes(DatabaseModel database, DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var diagnostics = new DiagnosticBag();
        DesignAll(database, diagnostics, kind);
        return [.. diagnostics.ToImmutable().Where(d => d.Severity != DiagnosticSeverity.Info).Select(d => d.Code)];
    }

    /// <summary>The resources of the schema's own tables.</summary>
    public static IEnumerable<Resource> OfTables(this ApiModel api) => api.Resources.Where(resource => !resource.Table.StartsWith("schemadeploy_", StringComparison.Ordinal));

    public static Resource Of(this ApiModel api, string table) => api.Resources.Single(resource => resource.Table == table);

    public static Property Of(this Resource resource, string column) => resource.Properties.Single(property => property.ColumnName == column);
}

using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.Compilation;

/// <summary>Scripts made by hand. Each node made here gets a line of its own, so that tests can tell positions.</summary>
internal sealed class ScriptBuilder(SchemaDialect dialect)
{
    private readonly List<Statement> _statements = [];
    private int _line;

    public SchemaScript Script => new(dialect, [.. _statements]);

    public SourceSpan NextSpan()
    {
        _line++;
        return new SourceSpan("schema.sql", _line, 1, _line, 10);
    }

    public Identifier Id(string name) => new(name, NextSpan());

    public ObjectName Table(string name) => name.Split('.') is [var schema, var table]
        ? new ObjectName(schema, table, NextSpan())
        : new ObjectName(null, name, NextSpan());

    public static SqlType Type(string native) => native.ToLowerInvariant().Split('(')[0] switch
    {
        "int" => new SqlType(SqlTypeKind.Int, native),
        "bigint" => new SqlType(SqlTypeKind.BigInt, native),
        "varchar" => new SqlType(SqlTypeKind.VarChar, native) { Length = int.Parse(native[8..^1], null) },
        "text" => new SqlType(SqlTypeKind.Text, native),
        "nvarchar" => new SqlType(SqlTypeKind.Text, native),
        "json" => new SqlType(SqlTypeKind.Json, native),
        "date" => new SqlType(SqlTypeKind.Date, native),
        _ => new SqlType(SqlTypeKind.Other, native) { UserType = new ObjectName(null, native, SourceSpan.None) },
    };

    public ColumnDefinition Column(string name, string type = "int", bool? nullable = null) =>
        new(Id(name), Type(type), NextSpan()) { Nullable = nullable };

    public ImmutableArray<KeyPart> Parts(params string[] columns) =>
        [.. columns.Select(c => new KeyPart(new ColumnExpression(c), NextSpan()))];

    public PrimaryKeyDefinition PrimaryKey(params string[] columns) => new(null, Parts(columns), NextSpan());

    public UniqueDefinition Unique(string? name, params string[] columns) => new(Name(name), Parts(columns), NextSpan());

    public IndexDefinition Index(string? name, params string[] columns) => new(Name(name), Parts(columns), NextSpan());

    public CheckDefinition Check(string? name, string expression) =>
        new(Name(name), NeutralExpressionParser.Parse(expression), NextSpan());

    public ForeignKeyDefinition ForeignKey(string? name, string columns, string table, string referenced = "") =>
        new(Name(name), Ids(columns), Table(table), Ids(referenced), NextSpan());

    public ScriptBuilder Create(string table, params object[] parts)
    {
        _statements.Add(new CreateTable(
            Table(table), [.. parts.OfType<ColumnDefinition>()], [.. parts.OfType<ConstraintDefinition>()], NextSpan())
        {
            Comments = [.. parts.OfType<SqlComment>()],
        });
        return this;
    }

    public ScriptBuilder Alter(string table, params AlterAction[] actions) =>
        Add(new AlterTable(Table(table), [.. actions], NextSpan()));

    public ScriptBuilder Add(Statement statement)
    {
        _statements.Add(statement);
        return this;
    }

    private Identifier? Name(string? name) => name is null ? null : Id(name);

    private ImmutableArray<Identifier> Ids(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Id)];
}

using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.PostgreSql;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

/// <summary>A text read as PostgreSQL.</summary>
internal sealed record PostgreSqlScript(ImmutableArray<Statement> Statements, ImmutableArray<Diagnostic> Diagnostics)
{
    public static PostgreSqlScript Read(string sql)
    {
        var bag = new DiagnosticBag();
        var statements = new PostgreSqlReader().Read(new SourceText("schema.sql", sql), bag);
        return new PostgreSqlScript(statements, bag.ToImmutable());
    }

    /// <summary>Reads text that must give no diagnostic at all.</summary>
    public static PostgreSqlScript ReadClean(string sql)
    {
        var script = Read(sql);
        Assert.Empty(script.Messages);
        return script;
    }

    /// <summary>The only table of a text that must give no diagnostic.</summary>
    public static CreateTable Table(string sql) => ReadClean(sql).Single<CreateTable>();

    /// <summary>The only column of a table whose only item is <paramref name="definition"/>.</summary>
    public static ColumnDefinition Column(string definition) => Assert.Single(Table($"CREATE TABLE t ({definition});").Columns);

    /// <summary>The condition of a check, or every other expression, in neutral words.</summary>
    public static SqlExpression Expression(string expression) =>
        Assert.IsType<CheckDefinition>(Assert.Single(Table($"CREATE TABLE t (a int, CHECK ({expression}));").Constraints)).Expression;

    /// <summary>The actions of the only ALTER TABLE.</summary>
    public static ImmutableArray<AlterAction> Actions(string actions) =>
        ReadClean($"ALTER TABLE t {actions};").Single<AlterTable>().Actions;

    public IEnumerable<string> Messages => Diagnostics.Select(d => d.ToString());

    public IEnumerable<string> Errors =>
        Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    public IEnumerable<string> Tables => Statements.OfType<CreateTable>().Select(t => t.Name.ToString());

    public T Single<T>()
        where T : Statement => Assert.IsType<T>(Assert.Single(Statements));
}

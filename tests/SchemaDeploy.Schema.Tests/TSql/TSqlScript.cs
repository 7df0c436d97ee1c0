using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.TSql;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.TSql;

/// <summary>A text read as T-SQL.</summary>
internal sealed record TSqlScript(ImmutableArray<Statement> Statements, ImmutableArray<Diagnostic> Diagnostics)
{
    public IEnumerable<string> Messages => Diagnostics.Select(d => d.ToString());

    public IEnumerable<string> Errors =>
        Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    /// <summary>The names of the tables the script creates, in order.</summary>
    public IEnumerable<string> Tables => Statements.OfType<CreateTable>().Select(t => t.Name.ToString());

    public static TSqlScript Read(string sql)
    {
        var bag = new DiagnosticBag();
        var statements = new TSqlReader().Read(new SourceText("schema.sql", sql), bag);
        return new TSqlScript(statements, bag.ToImmutable());
    }

    /// <summary>Reads text that must give no diagnostic at all.</summary>
    public static TSqlScript ReadClean(string sql)
    {
        var script = Read(sql);
        Assert.Empty(script.Messages);
        return script;
    }

    /// <summary>The only table of a text that must give no diagnostic.</summary>
    public static CreateTable Table(string sql) => ReadClean(sql).Single<CreateTable>();

    /// <summary>The only column of a table whose only item is <paramref name="definition"/>.</summary>
    public static ColumnDefinition Column(string definition) => Assert.Single(Table($"CREATE TABLE t ({definition});").Columns);

    /// <summary>The only table constraint of a table with the columns a and b.</summary>
    public static T Constraint<T>(string definition)
        where T : ConstraintDefinition =>
        Assert.IsType<T>(Assert.Single(Table($"CREATE TABLE t (a int, b int, {definition});").Constraints));

    /// <summary>The actions of the only ALTER TABLE.</summary>
    public static ImmutableArray<AlterAction> Actions(string actions) =>
        ReadClean($"ALTER TABLE t {actions};").Single<AlterTable>().Actions;

    public T Single<T>()
        where T : Statement => Assert.IsType<T>(Assert.Single(Statements));
}

using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Compilation;

/// <summary>A schema text taken through reading, folding and DacFx.</summary>
internal sealed class Compiled
{
    private Compiled(DatabaseModel? model, IReadOnlyList<Diagnostic> diagnostics)
    {
        Model = model;
        Diagnostics = diagnostics;
    }

    public DatabaseModel? Model { get; }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The diagnostics without the file: <c>(2,3): error SD2005: …</c>.</summary>
    public IEnumerable<string> Messages => Diagnostics.Select(d => d.ToString().Replace("schema.sql", "", StringComparison.Ordinal));

    public Table Table(string name) => Assert.Single(Sound().Tables, t => t.Name == name);

    /// <summary>The model, of a schema in which nothing is wrong.</summary>
    public DatabaseModel Sound()
    {
        Assert.Empty(Messages);
        return Model!;
    }

    public static Compiled MySql(string sql) => From(SchemaDialect.MySql, sql);

    public static Compiled TSql(string sql) => From(SchemaDialect.TSql, sql);

    public static Compiled PostgreSql(string sql) => From(SchemaDialect.PostgreSql, sql);

    public static Compiled From(SchemaDialect dialect, string sql)
    {
        var bag = new DiagnosticBag();
        var script = SchemaScriptReader.Read([new SourceText("schema.sql", sql)], dialect, bag);
        return script is null || bag.HasErrors ? new Compiled(null, bag.ToImmutable()) : From(script, bag);
    }

    public static Compiled From(SchemaScript script) => From(script, new DiagnosticBag());

    private static Compiled From(SchemaScript script, DiagnosticBag bag)
    {
        using var result = SchemaCompiler.Compile(script, Environment.CurrentDirectory, bag);
        var accepted = result?.AwaitVerdict(bag) == true;
        return new Compiled(accepted ? result!.Model : null, bag.ToImmutable());
    }
}

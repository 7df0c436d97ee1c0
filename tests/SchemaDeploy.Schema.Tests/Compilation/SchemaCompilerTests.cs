using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Compilation;

public sealed class SchemaCompilerTests
{
    [Theory]
    [InlineData(SchemaDialect.MySql)]
    [InlineData(SchemaDialect.TSql)]
    [InlineData(SchemaDialect.PostgreSql)]
    public void A_sound_schema_passes_DacFx_and_becomes_a_model(SchemaDialect dialect)
    {
        var b = new ScriptBuilder(dialect);
        b.Create(
            "users",
            b.Column("id") with { Identity = new IdentityDefinition() },
            b.Column("email", "varchar(100)", nullable: false),
            b.PrimaryKey("id"),
            b.Unique(null, "email"));
        b.Create(
            "items",
            b.Column("id"),
            b.Column("owner_id"),
            b.PrimaryKey("id"),
            b.ForeignKey(null, "owner_id", "users", "id") with { OnDelete = ReferentialAction.Cascade },
            b.Check(null, "id > 0 and owner_id is not null"));
        var bag = new DiagnosticBag();

        using var result = SchemaCompiler.Compile(b.Script, "/project", bag);

        Assert.NotNull(result);
        Assert.True(result.AwaitVerdict(bag));
        Assert.Empty(bag.ToImmutable());
        Assert.Equal(["users", "items"], result.Model.Tables.Select(t => t.Name));
        Assert.Equal(ReferentialAction.Cascade, result.Model.Tables[1].ForeignKeys[0].OnDelete);
        var json = DatabaseModelJson.Write(result.Model);
        Assert.Equal(json, DatabaseModelJson.Write(DatabaseModelJson.Read(json)));
        Assert.Equal(Dacpac(result), Dacpac(result));
    }

    private static byte[] Dacpac(CompilationResult result)
    {
        using var stream = new MemoryStream();
        result.WriteDacpac(stream, "schema");
        return stream.ToArray();
    }
}

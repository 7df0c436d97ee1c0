using SchemaDeploy.Generation.Design.Samples;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

/// <summary>The values that tests send meet the schema's checks.</summary>
public sealed class SampleRowTests
{
    private static readonly SqlExpression s_length = Call(NeutralFunctions.Length, Col("code"));

    public static TheoryData<string, SqlExpression[]> Checks => new()
    {
        { "AAAAAAAAAA", [Compare(s_length, BinaryOperator.Equal, Number("10"))] },
        { "AAAAAAA", [Compare(s_length, BinaryOperator.Greater, Number("6"))] },
        { "AAAA", [Compare(s_length, BinaryOperator.Greater, Number("3")), Compare(Call(NeutralFunctions.Position, Quoted(" "), Col("code")), BinaryOperator.Equal, Number("0"))] },
        { "111111", [Compare(s_length, BinaryOperator.Equal, Number("6")), new LikeExpression(Col("code"), Quoted("%[^0-9]%"), null, true)] },
    };

    [Theory]
    [MemberData(nameof(Checks))]
    public void Text_has_the_length_that_a_check_asks_for(string expected, SqlExpression[] checks)
    {
        var database = Database(SchemaDialect.TSql, Table("things", Text("code")) with
        {
            Checks = [.. checks.Select((check, number) => new Check($"ck_{number}", check, Source))],
        });

        Assert.Equal(expected, RowOf(database).Values.Single().Value.Sql);
    }

    [Fact]
    public void Bytes_have_the_length_that_a_check_asks_for()
    {
        var database = Database(SchemaDialect.PostgreSql, Table("things", Column("digest", SqlTypeKind.Blob)) with
        {
            Checks = [new Check("ck", Compare(Call(NeutralFunctions.Length, Col("digest")), BinaryOperator.Equal, Number("32")), Source)],
        });

        Assert.Equal(new byte[32], RowOf(database).Values.Single().Value.Sql);
    }

    private static SampleRow RowOf(DatabaseModel database) =>
        new SampleRows(database).Make(DesignAll(database, new DiagnosticBag()).Of("things"), startsCircle: false).Row!;
}

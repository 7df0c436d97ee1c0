using SchemaDeploy.Generation.Diagrams;
using SchemaDeploy.Schema.Model;
using static SchemaDeploy.Generation.Tests.Diagrams.DiagramModels;

namespace SchemaDeploy.Generation.Tests.Diagrams;

public sealed class MermaidDiagramTests
{
    [Fact]
    public void Tables_columns_keys_comments_and_relations_are_written_in_the_order_of_the_schema() => Assert.Equal(
        """
        erDiagram
          "users" {
            int id PK
            varchar(255) email UK "Used to sign in."
            varchar(255) password_hash
            enum role
            timestamp created_at
          }
          "items" {
            int id PK
            int owner_id FK
            varchar(100) item_type
            int quantity
            text note
            timestamp created_at
            timestamp updated_at
          }
          "audit_logs" {
            int id PK
            int user_id FK
            varchar(50) action
            varchar(100) entity
            json details
            timestamp created_at
          }
          "users" ||..o{ "items" : "owner_id"
          "users" |o..o{ "audit_logs" : "user_id"

        """.ReplaceLineEndings("\n"),
        MermaidDiagram.Write(Three));

    [Fact]
    public void A_unique_foreign_key_joins_at_most_one_row() =>
        AssertRelation("\"users\" ||..o| \"profiles\" : \"user_id\"", Table("profiles", "user_id int").UniqueOver("user_id").References("user_id", "users"));

    [Fact]
    public void A_unique_key_over_more_columns_than_the_foreign_key_leaves_many() =>
        AssertRelation("\"users\" ||..o{ \"profiles\" : \"user_id\"", Table("profiles", "user_id int", "kind int").UniqueOver("user_id", "kind").References("user_id", "users"));

    [Fact]
    public void A_foreign_key_inside_the_primary_key_is_identifying() =>
        AssertRelation("\"users\" ||--o| \"profiles\" : \"id\"", Table("profiles").References("id", "users"));

    [Fact]
    public void A_table_may_refer_to_itself() =>
        AssertRelation("\"users\" |o..o{ \"users\" : \"manager_id\"", Table("users", "manager_id int?").References("manager_id", "users"));

    [Fact]
    public void Tables_of_one_name_in_two_schemas_stay_apart()
    {
        var text = MermaidDiagram.Write(Of(Table("log") with { Schema = "sales" }, Table("log")));

        Assert.Contains("\"sales.log\" {", text, StringComparison.Ordinal);
        Assert.Contains("\"log\" {", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_key_to_a_table_outside_the_model_is_left_out() =>
        Assert.DoesNotContain("elsewhere", MermaidDiagram.Write(Of(Table("items", "other_id int").References("other_id", "elsewhere"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("order date", "int order_date \"order date\"")]
    [InlineData("2nd", "int _2nd \"2nd\"")]
    [InlineData("pk", "int _pk \"pk\"")]
    [InlineData("fk-old", "int _fk-old \"fk-old\"")]
    [InlineData("pkey", "int pkey")]
    [InlineData("Straße", "int Straße")]
    [InlineData("!", "int _ \"!\"")]
    public void A_column_name_that_is_no_word_of_Mermaid_is_made_one_and_told(string name, string line) =>
        Assert.Contains($"    {line}\n", MermaidDiagram.Write(Of(WithColumn(Column(name)))), StringComparison.Ordinal);

    [Theory]
    [InlineData("double precision", "double_precision")]
    [InlineData("DECIMAL(10, 2)", "DECIMAL(10,2)")]
    [InlineData("[nvarchar](50)", "nvarchar(50)")]
    [InlineData("[dbo].[Name]", "dbo.Name")]
    [InlineData("int\n unsigned", "int_unsigned")]
    [InlineData("text[]", "text[]")]
    public void A_type_is_written_as_one_word(string type, string word) =>
        Assert.Contains($"    {word} a\n", MermaidDiagram.Write(Of(WithColumn(Column("a", type)))), StringComparison.Ordinal);

    [Fact]
    public void A_comment_with_quotes_and_line_breaks_stays_on_its_line() => Assert.Contains(
        "    int a \"say #34;yes#34; or no#59; 100#37;\"\n",
        MermaidDiagram.Write(Of(WithColumn(Column("a") with { Comment = "say \"yes\"\r\n  or no; 100%" }))),
        StringComparison.Ordinal);

    [Fact]
    public void The_same_model_gives_the_same_text() => Assert.Equal(MermaidDiagram.Write(Business(200)), MermaidDiagram.Write(Business(200)));

    private static Table WithColumn(Column column) => Table("t") with { Columns = [column], PrimaryKey = null };

    private static void AssertRelation(string expected, Table child)
    {
        var text = MermaidDiagram.Write(child.Name == "users" ? Of(child) : Of(Table("users"), child));
        Assert.Equal("  " + expected, text.TrimEnd('\n').Split('\n')[^1]);
    }
}

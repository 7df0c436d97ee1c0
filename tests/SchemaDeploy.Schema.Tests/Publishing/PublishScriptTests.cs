using SchemaDeploy.Schema.Publishing;

namespace SchemaDeploy.Schema.Tests.Publishing;

/// <summary>What DacFx makes of two scripts for SQL Server.</summary>
public sealed class PublishScriptTests : IDisposable
{
    private const string Before = """
        CREATE TABLE [note] ([id] int NOT NULL, [text] nvarchar(100) NULL, [shelf] nvarchar(10) NULL, CONSTRAINT [PK_note] PRIMARY KEY ([id]));
        GO
        INSERT INTO [note] ([id]) VALUES (1);
        """;

    private readonly string _log = Path.GetTempFileName();

    public void Dispose() => File.Delete(_log);

    [Fact]
    public void A_dropped_column_stops_the_script_where_there_are_rows()
    {
        const string without = "CREATE TABLE [note] ([id] int NOT NULL, [text] nvarchar(100) NULL, CONSTRAINT [PK_note] PRIMARY KEY ([id]));";

        Assert.Contains("because data loss might occur", Between(Before, without), StringComparison.Ordinal);

        var allowed = Between(Before, without, allowDataLoss: true);
        Assert.DoesNotContain("because data loss might occur", allowed, StringComparison.Ordinal);
        Assert.Contains("ALTER TABLE [dbo].[note] DROP COLUMN [shelf];", allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_in_another_place_is_none_that_moves()
    {
        const string elsewhere = "CREATE TABLE [note] ([shelf] nvarchar(10) NULL, [id] int NOT NULL, [text] nvarchar(100) NULL, [added] int NULL, CONSTRAINT [PK_note] PRIMARY KEY ([id]));";

        var script = Between(Before, elsewhere);

        Assert.Contains("ADD [added] INT NULL;", script, StringComparison.Ordinal);
        Assert.DoesNotContain("tmp_ms_xx", script, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_refactor_log_names_is_renamed_and_keeps_its_values()
    {
        File.WriteAllText(_log, """
            <?xml version="1.0" encoding="utf-8"?>
            <Operations Version="1.0" xmlns="http://schemas.microsoft.com/sqlserver/dac/Serialization/2012/02">
              <Operation Name="Rename Refactor" Key="3f2504e0-4f89-41d3-9a0c-0305e82c3301" ChangeDateTime="01/01/2000 00:00:00">
                <Property Name="ElementName" Value="[dbo].[note].[text]" />
                <Property Name="ElementType" Value="SqlSimpleColumn" />
                <Property Name="ParentElementName" Value="[dbo].[note]" />
                <Property Name="ParentElementType" Value="SqlTable" />
                <Property Name="NewName" Value="[body]" />
              </Operation>
            </Operations>
            """);

        var script = Between(Before, "CREATE TABLE [note] ([id] int NOT NULL, [body] nvarchar(100) NULL, [shelf] nvarchar(10) NULL, CONSTRAINT [PK_note] PRIMARY KEY ([id]));", _log);

        Assert.Contains("EXECUTE sp_rename @objname = N'[dbo].[note].[text]', @newname = N'body', @objtype = N'COLUMN';", script, StringComparison.Ordinal);
        Assert.DoesNotContain("DROP COLUMN", script, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_script_is_said_with_its_place()
    {
        using var script = SqlServerScript.Load("CREATE TABLE [note] (\n[id] int NOT NULL,,);");
        Assert.StartsWith("(2,19) ", Assert.Single(script.Errors), StringComparison.Ordinal);
    }

    private static string Between(string before, string after, string? log = null, bool allowDataLoss = false)
    {
        using var old = SqlServerScript.Load(before);
        using var current = SqlServerScript.Load(after);
        Assert.Empty(old.Errors);
        Assert.Empty(current.Errors);
        return PublishScript.Between(old, current, log, "App", allowDataLoss);
    }
}

using System.Xml.Linq;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>What the tools of SQL Server are told of renames; that they take it, the tests of <c>-t:SchemaDiff</c> see.</summary>
public sealed class RefactorLogTests
{
    private static readonly RenameTableOperation s_table = new() { Name = "note", Schema = "old", NewName = "remark", NewSchema = null };
    private static readonly RenameColumnOperation s_column = new() { Table = "remark", Name = "te]xt", NewName = "body" };

    [Fact]
    public void A_table_that_moves_is_renamed_first_and_its_columns_last()
    {
        var entries = XDocument.Parse(RefactorLog.Write([s_table, s_column])).Root!.Elements();

        Assert.Equal(
            [
                "Rename Refactor [old].[note] NewName=[remark]",
                "Move Schema [old].[remark] NewSchema=dbo",
                "Rename Refactor [dbo].[remark].[te]]xt] NewName=[body]",
            ],
            entries.Select(entry =>
            {
                var properties = entry.Elements().ToDictionary(property => (string)property.Attribute("Name")!, property => (string)property.Attribute("Value")!);
                var to = properties.Single(property => property.Key is "NewName" or "NewSchema");
                return $"{(string)entry.Attribute("Name")!} {properties["ElementName"]} {to.Key}={to.Value}";
            }));
    }

    [Fact]
    public void A_rename_has_the_same_key_in_every_build_and_another_one_another()
    {
        Assert.Equal(RefactorLog.Write([s_table, s_column]), RefactorLog.Write([s_table, s_column]));
        var keys = XDocument.Parse(RefactorLog.Write([s_table, s_column])).Root!.Elements().Select(entry => (string)entry.Attribute("Key")!).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }
}

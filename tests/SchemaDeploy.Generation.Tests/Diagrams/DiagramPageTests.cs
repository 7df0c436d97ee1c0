using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SchemaDeploy.Generation.Diagrams;
using static SchemaDeploy.Generation.Tests.Diagrams.DiagramModels;

namespace SchemaDeploy.Generation.Tests.Diagrams;

public sealed partial class DiagramPageTests
{
    [Fact]
    public void The_page_names_no_address_outside_itself()
    {
        var page = DiagramPage.Write(Shop, "Shop");

        Assert.Equal(["http://www.w3.org/2000/svg"], Address().Matches(page).Select(match => match.Value).Distinct());
        Assert.All(Reference().Matches(page), match => Assert.Matches("^(data:|#)", match.Groups[1].Value));
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_admits_the_page_s_own_style_and_script_and_nothing_else()
    {
        var page = DiagramPage.Write(Shop, "Shop");
        var policy = Policy().Match(page).Groups[1].Value;

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{Hash(page, "<style>", "</style>")}'", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{Hash(page, "<script>", "</script>")}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_name_ends_the_script_or_becomes_an_element()
    {
        const string Hostile = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>";

        var page = DiagramPage.Write(Of(Table(Hostile, "a int") with { Comment = Hostile }), Hostile);

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.Contains($"<title>{WebUtility.HtmlEncode(Hostile)}</title>", page, StringComparison.Ordinal);
        Assert.Equal(Hostile, ModelOf(page).GetProperty("tables")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_title_that_looks_like_a_placeholder_stays_a_title() =>
        Assert.Contains("<title>{{model}}</title>", DiagramPage.Write(Three, "{{model}}"), StringComparison.Ordinal);

    [Fact]
    public void The_model_in_the_page_tells_keys_relations_checks_and_indexes()
    {
        var tables = ModelOf(DiagramPage.Write(Three, "Three")).GetProperty("tables");
        var items = tables[1];
        var key = items.GetProperty("foreignKeys")[0];

        Assert.Equal(0, key.GetProperty("table").GetInt32());
        Assert.Equal("cascade", key.GetProperty("onDelete").GetString());
        Assert.False(key.TryGetProperty("optional", out _));
        Assert.True(tables[2].GetProperty("foreignKeys")[0].GetProperty("optional").GetBoolean());
        Assert.Equal("quantity between 1 and 100", items.GetProperty("checks")[0].GetProperty("expression").GetString());
        Assert.Equal("owner_id, created_at desc", items.GetProperty("indexes")[0].GetProperty("parts").GetString());
        Assert.Equal("'USER'", tables[0].GetProperty("columns")[3].GetProperty("default").GetString());
        Assert.Equal(["USER", "ADMIN"], tables[0].GetProperty("columns")[3].GetProperty("values").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public void The_same_model_gives_the_same_page() => Assert.Equal(DiagramPage.Write(Business(200), "Same"), DiagramPage.Write(Business(200), "Same"));

    [Fact]
    public void The_page_grows_by_less_than_a_kilobyte_a_table_of_ten_columns()
    {
        var empty = DiagramPage.Write(Of(), "Empty").Length;

        Assert.InRange(empty, 1, 100_000);
        Assert.InRange(DiagramPage.Write(Business(3000), "Large").Length - empty, 1, 3_000_000);
    }

    private static string Hash(string page, string start, string end)
    {
        var from = page.LastIndexOf(start, StringComparison.Ordinal) + start.Length;
        var text = page[from..page.IndexOf(end, from, StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static JsonElement ModelOf(string page) => JsonSerializer.Deserialize<JsonElement>(Model().Match(page).Groups[1].Value);

    [GeneratedRegex(@"\b\w+://[^\s'""`)<]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(?:src|href|url|action)\s*[=(]\s*[""']?((?:data|http|/|\.)[^\s""')>]*)")]
    private static partial Regex Reference();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<script type=\"application/json\" id=\"model\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Model();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Primitives;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Tests.Unit;

public sealed class ValueTests
{
    [Fact]
    public void A_cursor_comes_back_as_it_was() =>
        Gen.Select(Gen.String, Gen.Bool, Gen.String.Null().Array[0, 5]).Sample((order, backward, values) =>
        {
            // Halves of surrogate pairs are no text.
            var texts = values.Select(value => value is null ? null : Clean(value)).ToArray();
            Assert.True(Cursor.TryDecode(new Cursor(Clean(order), backward, texts).Encode(), out var cursor));
            Assert.Equal(Clean(order), cursor.Order);
            Assert.Equal(backward, cursor.Backward);
            Assert.Equal(texts, cursor.Values);
        });

    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":null}""")]
    public void A_merge_patch_follows_RFC_7396(string target, string patch, string expected) =>
        Assert.Equal(expected, MergePatch.Apply((JsonObject)JsonNode.Parse(target)!, (JsonObject)JsonNode.Parse(patch)!).ToJsonString());

    [Theory]
    [InlineData("\"a\"", "\"a\"", true)]
    [InlineData("*", "\"a\"", true)]
    [InlineData("\"b\", \"a\"", "\"a\"", true)]
    [InlineData("W/\"a\"", "\"a\"", true)]
    [InlineData("\"b\"", "\"a\"", false)]
    [InlineData("a", "\"a\"", false)]
    [InlineData("", "\"a\"", false)]
    public void A_header_names_an_ETag_or_not(string header, string etag, bool expected) =>
        Assert.Equal(expected, ETag.Matches(new StringValues(header), etag));

    [Fact]
    public void Spellings_of_one_document_have_one_ETag()
    {
        static string Of(string document)
        {
            var json = AppJsonContext.Default.GadgetResponse;
            var row = JsonSerializer.SerializeToUtf8Bytes(new GadgetResponse { Document = JsonElement.Parse(document) }, json);
            return ETag.Of(row, ETag.HoldsDocuments(json));
        }

        Assert.Equal(Of("""{"a":1.50,"b":[1e2,{"d":1,"c":2}]}"""), Of("""{ "b": [100, {"c":2, "d":1.0}], "a": 1.5 }"""));
        Assert.Equal(Of("""{"a":"\u0041"}"""), Of("""{"a":"A"}"""));
        Assert.Equal(Of("1.0"), Of("1"));
        Assert.NotEqual(Of("[1,2]"), Of("[2,1]"));
        Assert.NotEqual(Of("1"), Of("\"1\""));
    }

    [Fact]
    public void An_enum_is_its_literal()
    {
        Assert.Equal("brand new", EnumText<GadgetState>.ToText(GadgetState.BrandNew));
        Assert.True(EnumText<GadgetState>.TryParse("USED", out var state));
        Assert.Equal(GadgetState.Used, state);
        Assert.False(EnumText<GadgetState>.TryParse("Used", out _));
        Assert.False(EnumText<GadgetState>.TryParse("1", out _));
        Assert.Throws<FormatException>(() => EnumText<GadgetState>.FromText("lost"));
    }

    [Theory]
    [InlineData("3.5", 2, "3.50")]
    [InlineData("3.500", 2, "3.50")]
    [InlineData("0", 4, "0.0000")]
    [InlineData("-0.005", 2, "-0.01")]
    [InlineData("79228162514264337593543950335", 4, "79228162514264337593543950335")]
    public void A_decimal_gets_the_scale_of_its_column(string value, int scale, string expected) =>
        Assert.Equal(expected, StoredForm.WithScale(
            decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), scale).ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(TimeUnit.Second, "2030-05-06T07:08:09", 0.25)]
    [InlineData(TimeUnit.Minute, "2030-05-06T07:08:00", 50.25)]
    [InlineData(TimeUnit.Hour, "2030-05-06T07:00:00", 3110.25)]
    [InlineData(TimeUnit.Day, "2030-05-06T00:00:00", 60710.25)]
    public void A_time_window_has_a_beginning_and_an_end(TimeUnit unit, string start, double secondsLeft)
    {
        var now = new DateTime(2030, 5, 6, 7, 8, 9, 750, DateTimeKind.Utc);
        var window = new TimeWindow("x", unit);
        Assert.Equal(DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture), window.StartOf(now));
        Assert.Equal(secondsLeft, window.UntilNext(now).TotalSeconds);
    }

    [Fact]
    public void A_validator_collects_every_broken_rule()
    {
        var validator = new Validator();
        validator.Required<string>("a", null);
        validator.MaxLength("b", "\U0001F600\U0001F600", 2);
        validator.MaxLength("c", "\U0001F600\U0001F600x", 2);
        validator.MinLength("d", "\U0001F600", 2);
        validator.Digits("e", 1.500m, precision: 3, scale: 1);
        validator.Digits("f", 1.55m, precision: 3, scale: 1);
        validator.Digits("g", 100m, precision: 3, scale: 1);
        validator.Digits("q", 1_000_000_000_000_000_000m, precision: 30, scale: 10);
        validator.Digits("r", 123_456_789_012_345_678.0123456789m, precision: 30, scale: 10);
        validator.Minimum<int>("h", 4, 5);
        validator.Maximum<int>("i", null, 5);
        validator.Item(3).Maximum<int>("j", 6, 5);
        validator.Finite<double>("k", double.NaN);
        validator.Text("l", "\0");
        validator.Text("m", ["a", null!]);
        validator.MaxLength("n", ["a", "bcd"], 2);
        validator.JsonList("o", JsonElement.Parse("{}"));
        validator.JsonList("p", JsonElement.Parse("[]"));
        var problem = Assert.Throws<ApiException>(validator.ThrowIfInvalid);
        Assert.Equal(400, problem.Status);
        Assert.Equal(["[3].j", "a", "c", "d", "f", "g", "h", "k", "l", "m", "n", "o", "q"], problem.Errors.Keys.Order(StringComparer.Ordinal));
    }

    private static string Clean(string text) => string.Concat(text.Where(character => !char.IsSurrogate(character)));
}

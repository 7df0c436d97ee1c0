using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public abstract class PagingTests(RunningApp app) : AppTests(app)
{
    private static readonly string[] s_sortable =
        ["id", "tiny", "number", "huge", "price", "amount", "real", "single", "text", "uid", "moment", "clock", "offset", "day", "hour", "span"];

    // Few different values, so that ties and nulls are everywhere.
    private static readonly Gen<Gadget> s_row =
        from tiny in Gen.Byte[0, 2].Nullable()
        from number in Gen.Int[-1, 1].Nullable()
        from scaled in Gen.Int[-3, 3].Nullable()
        from text in OneOf<string?>(null, "", "a", "A", "ä", "a%", "\U0001F600")
        from ticks in Gen.Int[0, 2].Nullable()
        select new Gadget
        {
            Tiny = tiny,
            Number = number,
            Huge = tiny,
            Price = scaled / 4m,
            Amount = scaled / 16m,
            Real = scaled / 3d,
            Single = scaled / 3f,
            Text = text,
            Uid = number is { } n ? new Guid(n, 0, 0, new byte[8]) : null,
            Moment = ticks is { } t ? new DateTime(2030, 1, 1, 0, 0, t, DateTimeKind.Utc) : null,
            Clock = ticks is { } c ? new DateTime(2030, 1, 1, 0, 0, 0, c) : null,
            Offset = ticks is { } o ? new DateTimeOffset(2030, 1, 1, o, 0, 0, TimeSpan.Zero) : null,
            Day = ticks is { } d ? new DateOnly(2030, 1, 1 + d) : null,
            Hour = ticks is { } h ? new TimeOnly(9 + h, 0) : null,
            Span = number is { } s ? TimeSpan.FromHours(s * 30) : null,
        };

    private static readonly Gen<(string Sort, int Limit)> s_walk =
        from first in OneOf(s_sortable)
        from second in OneOf(s_sortable)
        from signs in Gen.Int[0, 3]
        from limit in Gen.Int[1, 7]
        select (
            ((signs & 1) == 1 ? "-" : "") + first + (second == first ? "" : "," + ((signs & 2) == 2 ? "-" : "") + second),
            limit);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public async Task Walking_to_the_end_and_back_gives_every_row_once_and_in_order()
    {
        await s_row.Array[1, 25].SampleAsync(ReplaceRowsAsync, iter: 1);
        var rowCount = 0;
        await Gen.Select(s_row.Array[0, 25], s_walk.Array[8, 8]).SampleAsync(
            async (rows, walks) =>
            {
                await ReplaceRowsAsync(rows);
                rowCount += rows.Length;
                foreach (var (sort, limit) in walks)
                {
                    var whole = Ids(await App.GetAsync($"/api/gadgets?limit=500&sort={sort}"));
                    Assert.Equal(rows.Length, whole.Distinct().Count());
                    var (forth, last) = await WalkAsync(sort, limit, "next", null);
                    Assert.Equal(whole, forth.SelectMany(page => page));
                    var (back, _) = await WalkAsync(sort, limit, "previous", last);
                    back.Reverse();
                    Assert.Equal(whole, back.SelectMany(page => page));
                }
            },
            iter: 12,
            threads: 1);
        Assert.True(rowCount > 0);
    }

    [Fact]
    public async Task Rows_are_walked_through_in_the_order_of_a_key_that_is_text()
    {
        string[] names = [.. Enumerable.Range(1, 9).Select(i => $"walked {i}")];
        foreach (var name in names)
        {
            await App.PostAsync("/api/tickets", $$"""{"name":"{{name}}","subject":"{{name}}"}""");
        }

        foreach (var (order, expected) in ((string, IEnumerable<string>)[])[("", names), ("&sort=-name", names.Reverse())])
        {
            var (seen, last) = (new List<string>(), "");
            for (string? path = $"/api/tickets?limit=4{order}"; path is not null;)
            {
                var page = (await App.GetAsync(last = path)).Json;
                seen.AddRange(NamesOf(page));
                path = page.GetProperty("next").GetString() is { } next ? $"/api/tickets?limit=4{order}&cursor={next}" : null;
            }

            Assert.Equal(expected, seen);
            var previous = (await App.GetAsync(last)).Json.GetProperty("previous").GetString();
            Assert.Equal(expected.Skip(4).Take(4), NamesOf((await App.GetAsync($"/api/tickets?limit=4{order}&cursor={previous}")).Json));
        }

        static IEnumerable<string> NamesOf(System.Text.Json.JsonElement page) =>
            page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!);
    }

    [Fact]
    public async Task Rows_without_a_key_are_all_reached()
    {
        await using (var scope = App.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            await database.Database.ExecuteSqlRawAsync(
                "INSERT INTO log_lines (level) VALUES ('a'), ('b'), ('a'), (NULL), ('a')", TestContext.Current.CancellationToken);
        }

        var seen = new List<string?>();
        for (var path = "/api/log_lines?limit=2"; path is not null;)
        {
            var answer = await App.GetAsync(path);
            seen.AddRange(answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("level").GetString()));
            path = answer.Json.GetProperty("next").GetString() is { } next ? $"/api/log_lines?limit=2&cursor={next}" : null;
        }

        Assert.Equal(["a", "a", "a", "b", null], seen);
    }

    [Fact]
    public async Task A_cursor_that_was_tampered_with_is_refused()
    {
        await ReplaceRowsAsync([new Gadget { Number = 1 }, new Gadget { Number = 2 }, new Gadget()]);
        var first = await App.GetAsync("/api/gadgets?limit=1&sort=number");
        var cursor = first.Json.GetProperty("next").GetString()!;
        string[] forged =
        [
            new Cursor("number,id", false, [null, null]).Encode(),
            new Cursor("number,id", false, ["x", "1"]).Encode(),
            new Cursor("number,id", false, ["1"]).Encode(),
            new Cursor("number,id", false, ["1", "2", "3"]).Encode(),
            new Cursor("id", false, ["1"]).Encode(),
            Encode("""[">"]"""),
            Encode("""[]"""),
            Encode("""[null,null]"""),
            Encode("""{"a":1}"""),
            Encode("""["?","number,id","1","1"]"""),
            Encode("""[">","number,id",1,1]"""),
            cursor[1..],
            cursor + "A",
            cursor[..^4],
            new string('A', 20000)[..6000],
        ];
        foreach (var text in forged)
        {
            var answer = await App.GetAsync($"/api/gadgets?limit=1&sort=number&cursor={text}");
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{text}: {(int)answer.Status} {answer.Text}");
        }

        static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    [Fact]
    public async Task Random_bytes_as_a_cursor_never_break_the_server() =>
        await Gen.Byte.Array[0, 60].SampleAsync(
            async bytes =>
            {
                var answer = await App.GetAsync($"/api/gadgets?cursor={Base64Url.EncodeToString(bytes)}");
                Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            },
            iter: 50,
            threads: 1);

    private static List<long> Ids(Answer answer) =>
        [.. answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64())];

    private async Task<(List<List<long>> Pages, string? Last)> WalkAsync(string sort, int limit, string direction, string? start)
    {
        var pages = new List<List<long>>();
        var cursor = start;
        string? here = null;
        do
        {
            var answer = await App.GetAsync($"/api/gadgets?limit={limit}&sort={sort}" + (cursor is null ? "" : $"&cursor={cursor}"));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            pages.Add(Ids(answer));
            here = cursor;
            cursor = answer.Json.GetProperty(direction).GetString();
            Assert.True(pages.Count < 100, "The walk does not end.");
        }
        while (cursor is not null);
        return (pages, here);
    }

    private async Task ReplaceRowsAsync(Gadget[] rows)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await database.Set<Gadget>().ExecuteDeleteAsync();
        database.AddRange(rows);
        await database.SaveChangesAsync();
    }
}

public sealed class PagingTestsOnSqlite(RunningApp app) : PagingTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed partial class PagingTestsOnPostgreSql(AppOnPostgreSql app) : PagingTests(app), IClassFixture<AppOnPostgreSql>
{
    [Theory]
    [InlineData("number", null)]
    [InlineData("-number", null)]
    [InlineData("-number", "100")]
    public async Task A_sorted_page_reads_its_rows_from_an_index(string sort, string? behind)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await database.Database.ExecuteSqlRawAsync(
            """
            CREATE INDEX IF NOT EXISTS ix_gadgets_number ON gadgets (number);
            INSERT INTO gadgets (number) SELECT n FROM generate_series(1, 20000) AS n;
            ANALYZE gadgets
            """,
            TestContext.Current.CancellationToken);
        var request = new ListRequest<Gadget>
        {
            Limit = 10,
            Sort = ListRequestReader.WithKey([new SortTerm<Gadget>(GadgetService.Shape.Find("number")!, sort[0] == '-')], GadgetService.Shape),
            Cursor = behind is null ? null : new Cursor(sort, false, [behind, "1"]),
        };

        await using var command = KeysetPaging.Page(database.Set<Gadget>().AsNoTracking(), request, hasNullsLast: true).CreateDbCommand();
#pragma warning disable CA2100 // It is the query of the library itself.
        command.CommandText = $"EXPLAIN (ANALYZE, FORMAT JSON) {command.CommandText}";
#pragma warning restore CA2100
        await database.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var plan = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        Assert.Contains("ix_gadgets_number", plan, StringComparison.Ordinal);
        Assert.All(
            RowCount().Matches(plan).Select(match => int.Parse(match.Groups["rows"].Value, CultureInfo.InvariantCulture)),
            rows => Assert.InRange(rows, 0, 1000));
    }

    [GeneratedRegex("\"(?:Actual Rows|Rows Removed by Filter)\": (?<rows>\\d+)")]
    private static partial Regex RowCount();
}

[Trait("Category", "Integration")]
public sealed class PagingTestsOnMariaDb(AppOnMariaDb app) : PagingTests(app), IClassFixture<AppOnMariaDb>;

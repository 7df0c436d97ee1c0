using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Security;

/// <summary>Tests that measure the whole process, and so run while no others do.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneTests;

/// <summary>Requests that are made to wear the server out.</summary>
[Collection("alone")]
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const string PostHead = "POST /api/gadgets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private readonly RunningApp _app = new()
    {
        Arguments = ["--Limits:HeaderTimeout=00:00:02", "--Limits:RequestTimeout=00:00:20", "--Limits:BodyBytesPerSecond=1000"],
    };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Headers_that_do_not_end_are_not_waited_for()
    {
        using var connection = await RawConnection.OpenAsync(_app);
        await connection.SendAsync("GET /api/gadgets HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        var waited = Stopwatch.StartNew();
        Assert.StartsWith("HTTP/1.1 408 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.InRange(waited.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_body_that_trickles_in_is_not_waited_for()
    {
        using var connection = await RawConnection.OpenAsync(_app);
        await connection.SendAsync($"{PostHead}Content-Length: 100000\r\n\r\n{{");
        var waited = Stopwatch.StartNew();
        Assert.StartsWith("HTTP/1.1 408 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.InRange(waited.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_body_that_comes_just_fast_enough_is_waited_for_only_so_long()
    {
        await using var app = new RunningApp { Arguments = ["--Limits:RequestTimeout=00:00:02"] };
        await app.InitializeAsync();
        using var connection = await RawConnection.OpenAsync(app);
        await connection.SendAsync($"{PostHead}Content-Length: 100000\r\nConnection: close\r\n\r\n{{");
        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 504 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("longer than the server allows", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_that_is_only_announced_takes_no_memory()
    {
        await _app.PostAsync("/api/gadgets/batch", "[{}]");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var connections = new List<RawConnection>();
        for (var number = 0; number < 40; number++)
        {
            var connection = await RawConnection.OpenAsync(_app);
            connections.Add(connection);
            await connection.SendAsync(PostHead.Replace("gadgets", "gadgets/batch", StringComparison.Ordinal) + "Content-Length: 8000000\r\n\r\n[");
        }

        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 40 * 1_000_000);
        connections.ForEach(connection => connection.Dispose());
    }

    [Theory]
    [InlineData("X-Big: ", 40_000, "431")]
    [InlineData("Authorization: Bearer ", 40_000, "431")]
    [InlineData("", 0, "431")]
    public async Task Headers_that_are_too_large_or_too_many_are_refused(string name, int length, string status)
    {
        using var connection = await RawConnection.OpenAsync(_app);
        var headers = length > 0
            ? $"{name}{new string('x', length)}\r\n"
            : string.Concat(Enumerable.Range(0, 200).Select(number => $"X-{number}: x\r\n"));
        await connection.SendAsync($"GET /live HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_refused()
    {
        using var connection = await RawConnection.OpenAsync(_app);
        await connection.SendAsync($"GET /api/gadgets?text={new string('x', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 414 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a{0}=")]
    [InlineData("text=&")]
    [InlineData("&&{0}")]
    [InlineData("expand=nobody&")]
    [InlineData("number[gte]={0}&")]
    public async Task Thousands_of_query_parameters_are_refused_in_a_moment(string parameter)
    {
        var query = new StringBuilder();
        for (var number = 0; query.Length < 7800; number++)
        {
            query.AppendFormat(CultureInfo.InvariantCulture, parameter, number).Append('&');
        }

        var waited = Stopwatch.StartNew();
        var answer = await _app.GetAsync($"/api/gadgets?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(answer.Text.Length, 1, 200_000);
    }

    [Theory]
    [InlineData("/api/gadgets", "{\"document\":")]
    [InlineData("/api/gadgets", "{\"unknown\":")]
    [InlineData("/api/gadgets", "")]
    [InlineData("/api/gadgets/batch", "[{\"document\":")]
    [InlineData("/api/gadgets/batch", "[")]
    public async Task Nesting_without_end_is_refused_in_a_moment(string path, string before)
    {
        foreach (var opening in (string[])["[", "{\"a\":", "[{\"a\":"])
        {
            var waited = Stopwatch.StartNew();
            var answer = await _app.PostAsync(path, before + string.Concat(Enumerable.Repeat(opening, 150_000)));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.InRange(answer.Text.Length, 1, 10_000);
        }
    }

    [Fact]
    public async Task Mistakes_without_number_are_not_answered_without_end()
    {
        var body = $"{{{string.Join(',', Enumerable.Range(0, 60_000).Select(number => $"\"field{number}\":1"))}}}";
        var waited = Stopwatch.StartNew();
        var answer = await _app.PostAsync("/api/gadgets", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(100, answer.Json.GetProperty("errors").EnumerateObject().Count());
        Assert.EndsWith("60000 fields have mistakes, of which 100 are named.", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}

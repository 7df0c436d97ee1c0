using System.Globalization;
using System.Text.RegularExpressions;
using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests;

/// <summary>
/// What a request costs at the sample on PostgreSQL, with sign-in, limits, fingerprints and audit on: the statements it
/// sends, and what it allocates. A change that makes one dearer has to say so here.
/// </summary>
[Trait("Category", "Integration")]
public sealed partial class RequestCostTests : IAsyncLifetime
{
    private const int Requests = 400;

    private AppProcess _app = null!;
    private Session _admin = null!;
    private Session _user = null!;
    private int _items;

    // Versions of the driver differ in how they call it.
    [GeneratedRegex(@"^(?:db_client_(?:operation|commands)_duration_seconds_(?<name>count)|dotnet_gc_heap_total_(?<name>allocated)_bytes_total)(?:\{[^}]*\})? (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Sample();

    public async ValueTask InitializeAsync()
    {
        if (PostgreSqlServer.WhyMissing is null)
        {
            await StartAsync(fingerprintWindow: "00:00:00.0000001");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Reading_a_row_is_one_statement_and_allocates_little()
    {
        var item = (await CreateAsync()).Expect(201)["id"];
        await MeasureAsync(statements: 1, kilobytes: 20, async () => (await _user.GetAsync($"/api/items/{item}")).Expect(200));
    }

    [Fact]
    public async Task A_page_of_fifty_rows_is_one_statement_and_allocates_little()
    {
        for (var i = 0; i < 60; i++)
        {
            (await CreateAsync()).Expect(201);
        }

        await MeasureAsync(statements: 1, kilobytes: 69, async () => (await _user.GetAsync("/api/items?limit=50")).Expect(200));
    }

    [Fact]
    public async Task Creating_a_row_is_one_statement_together_with_its_audit_row_and_allocates_little() =>
        await MeasureAsync(statements: 1, kilobytes: 48, async () => (await CreateAsync()).Expect(201));

    [Fact]
    public async Task A_duplicate_that_the_database_refuses_is_one_statement_and_allocates_little() => await RefuseAsync(statements: 1, kilobytes: 100);

    [Fact]
    public async Task A_duplicate_that_is_known_by_its_fingerprint_is_no_statement_and_allocates_little()
    {
        await _app.DisposeAsync();
        await StartAsync(fingerprintWindow: "00:00:30");
        await RefuseAsync(statements: 0, kilobytes: 50);
    }

    private async Task RefuseAsync(int statements, int kilobytes)
    {
        (await CreateAsync("same")).Expect(201);
        await MeasureAsync(statements, kilobytes, async () =>
        {
            // The first of a new minute is none; many would cost too much.
            var answer = await CreateAsync("same");
            answer.Expect(answer.Code == 201 ? 201 : 429);
        });
    }

    private async Task StartAsync(string fingerprintWindow)
    {
        _app = await AppProcess.StartAsync(
            await BuiltApp.GetAsync("sample"), await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync(),
            ("RateLimits__User__Requests", "1000000"), ("RateLimits__User__Burst", "1000000"), ("Fingerprints__Window", fingerprintWindow));
        _admin = await Session.RegisterAsync(_app.Client);
        _user = await Session.RegisterAsync(_app.Client);
    }

    private Task<Answer> CreateAsync(string? type = null) =>
        _user.PostAsync("/api/items", $$$"""{"item_type":"{{{type ?? $"type {_items++}"}}}","quantity":3,"value":12.5,"metadata":{"color":"red"}}""");

    private async Task MeasureAsync(int statements, int kilobytes, Func<Task> send)
    {
        // What is slow at first is compiled anew.
        await RepeatAsync(send);
        var before = await ReadAsync();
        await RepeatAsync(send);
        var after = await ReadAsync();
        var (sent, allocated) = ((after.Statements - before.Statements) / Requests, (after.Bytes - before.Bytes) / Requests / 1024);
        Assert.True(
            // Sessions are looked up every few seconds, beside all requests.
            sent > statements - 0.1 && sent < statements + 0.1 && allocated <= kilobytes,
            string.Create(CultureInfo.InvariantCulture, $"A request sent {sent:0.00} statements, and is to send {statements}; it allocated {allocated:0.0} KB, and may allocate {kilobytes}."));
    }

    private static async Task RepeatAsync(Func<Task> send)
    {
        for (var i = 0; i < Requests; i++)
        {
            await send();
        }
    }

    private async Task<(double Statements, double Bytes)> ReadAsync()
    {
        // Metrics of a moment ago are given again.
        await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        var sums = Sample().Matches((await _admin.GetAsync("/metrics")).Expect(200).Text)
            .ToLookup(match => match.Groups["name"].Value, match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        return (sums["count"].Sum(), sums["allocated"].Sum());
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests;

/// <summary>What docs/rules.md says.</summary>
[Trait("Category", "Integration")]
public sealed class RulesPageTests(RulesApp app, PackedSdk sdk) : IClassFixture<RulesApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_of_the_page_is_answered_as_it_says()
    {
        using var running = await app.StartAsync();
        var lines = RulesApp.Blocks("http").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.True(lines.Length >= 20);
        foreach (var example in lines.Chunk(2))
        {
            var (request, expected) = (example[0], example[1]);
            var parts = request.Split(' ', 4);
            using var message = new HttpRequestMessage(HttpMethod.Parse(parts[1]), parts[2]);
            if (parts.Length == 4)
            {
                var type = parts[1] == "PATCH" ? "application/merge-patch+json" : "application/json";
                message.Content = new StringContent(parts[3], Encoding.UTF8, type);
            }

            using var answer = await (await running.AsAsync(parts[0].TrimEnd('>'))).SendAsync(message, Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(
                $"{(int)answer.StatusCode}" == expected[..3] && IsWithin(JsonElement.Parse(expected[4..]), JsonElement.Parse(text)),
                $"{request}\n{(int)answer.StatusCode} {text}\nmust be\n{expected}");
        }
    }

    [Fact]
    public async Task Mistakes_are_told_at_their_place()
    {
        using var project = new TestProject(sdk);
        project.Write("schema.sql", RulesApp.Schema
            .Replace("@rule ends_at > starts_at", "@rule end_at > starts_at", StringComparison.Ordinal)
            .Replace("old.status <> 'CANCELLED'", "old.status <> 'CANCELED'", StringComparison.Ordinal));

        var result = await project.BuildAsync();

        Assert.NotEqual(0, result.ExitCode);
        Assert.All(
            RulesApp.Blocks("text").Single().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains(line, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_has_one_row_too_many_by_asking_for_many_at_once()
    {
        // Everybody's requests are on their way before the first is answered.
        using var running = await app.StartAsync();
        var client = await running.AsAsync("dan");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var answer = await client.PostAsJsonAsync("/api/bookings", new { desk = $"D-{i:00}", starts_at = "2999-04-01T08:00:00" }, Cancellation);
            return answer.StatusCode;
        }));

        Assert.Equal(3, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(17, answers.Count(status => status == HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Requests_are_described_with_their_rules()
    {
        using var running = await app.StartAsync();
        var document = JsonElement.Parse(await (await running.AsAsync("ada")).GetStringAsync("/openapi/v1.json", Cancellation));
        var schemas = document.GetProperty("components").GetProperty("schemas");

        Assert.Contains("- Book ahead. (`starts_at > now()`)", Description(schemas.GetProperty("BookingCreate")), StringComparison.Ordinal);
        Assert.Contains("within 60s is taken for a duplicate", Description(schemas.GetProperty("BookingCreate")), StringComparison.Ordinal);
        Assert.Contains("A cancelled booking stays cancelled.", Description(schemas.GetProperty("BookingUpdate")), StringComparison.Ordinal);
        Assert.DoesNotContain("Book ahead.", Description(schemas.GetProperty("BookingUpdate")), StringComparison.Ordinal);
        Assert.Contains(
            "Cancel the booking instead of deleting it.",
            Description(document.GetProperty("paths").GetProperty("/api/bookings/{id}").GetProperty("delete")), StringComparison.Ordinal);

        static string Description(JsonElement element) => element.GetProperty("description").GetString()!;
    }

    private static bool IsWithin(JsonElement expected, JsonElement actual) => expected.ValueKind == JsonValueKind.Object
        ? actual.ValueKind == JsonValueKind.Object && expected.EnumerateObject().All(
            member => actual.TryGetProperty(member.Name, out var value) && IsWithin(member.Value, value))
        : JsonElement.DeepEquals(expected, actual);
}

using System.Net;
using System.Text.Json;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>An answer, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public int Code => (int)Status;

    /// <summary>The key <c>id</c> of the row that is answered, as a path has it.</summary>
    public string this[string field] => Json.GetProperty(field).ToString();

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Fails, showing the answer, unless it has <paramref name="code"/>.</summary>
    public Answer Expect(int code)
    {
        Assert.True(Code == code, $"{Message.RequestMessage!.Method} {Message.RequestMessage.RequestUri!.PathAndQuery} gave {Code}, not {code}: {Text}");
        return this;
    }

    /// <summary>Fails unless the request was refused and <paramref name="field"/> is named.</summary>
    public void ExpectRefusalOf(string field)
    {
        Assert.InRange(Code, 400, 499);
        Assert.True(Json.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _), $"'{field}' is not named: {Text}");
    }
}

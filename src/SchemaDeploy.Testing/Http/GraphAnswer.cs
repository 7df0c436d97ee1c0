using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace SchemaDeploy.Testing.Http;

/// <summary>What GraphQL answers.</summary>
/// <param name="Answer">The answer over HTTP.</param>
public sealed record GraphAnswer(Answer Answer)
{
    /// <summary>The code of the first error; null where there is none.</summary>
    public string? Code => Answer.Json["errors"]?[0]?["extensions"]?["code"]?.ToString();

    /// <summary>The value of a field.</summary>
    /// <exception cref="UnexpectedAnswerException">It is null, or there are errors.</exception>
    public JsonNode Expect(string field) => Answer.Json["errors"] is null && Answer.Json["data"]?[field] is { } value
        ? value
        : throw new UnexpectedAnswerException($"{Answer}\nwhere {field} was expected.");

    /// <summary>Expects what REST would say with a status: the field's value, nothing where there is no such row, or an error.</summary>
    /// <exception cref="UnexpectedAnswerException">It is something else.</exception>
    public void ExpectLike(int status, string field)
    {
        if (status < 300)
        {
            Expect(field);
            return;
        }

        var code = ReasonPhrases.GetReasonPhrase(status).ToUpperInvariant().Replace(' ', '_');
        // A query of a row that is not there is answered with null, a mutation with an error.
        if (Code != code && !(status == 404 && Code is null && Answer.Json["data"] is JsonObject data && data.ContainsKey(field) && data[field] is null))
        {
            throw new UnexpectedAnswerException($"{Answer}\nwhere {code} was expected.");
        }
    }
}

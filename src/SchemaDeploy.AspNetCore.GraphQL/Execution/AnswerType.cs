using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>The form of an answer: GraphQL over HTTP has a media type of its own, in which statuses tell of failures, and the older JSON; server-sent events are for results that come one after the other.</summary>
/// <param name="ContentType">The header.</param>
/// <param name="FailureStatus">The status of a request that was not carried out.</param>
internal sealed record AnswerType(string ContentType, int FailureStatus)
{
    private static readonly AnswerType s_json = new("application/json; charset=utf-8", StatusCodes.Status200OK);
    private static readonly AnswerType s_graphQL = new("application/graphql-response+json; charset=utf-8", StatusCodes.Status400BadRequest);

    private static readonly AnswerType s_events = new("text/event-stream; charset=utf-8", StatusCodes.Status200OK) { IsStream = true };

    /// <summary>Whether results come as events.</summary>
    public bool IsStream { get; private init; }

    /// <summary>What a client accepts; null where it takes neither form.</summary>
    public static AnswerType? Of(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0
            ? s_json
            : accepted.OrderByDescending(type => type.Quality ?? 1).Select(Match).FirstOrDefault(type => type is not null);
    }

    private static AnswerType? Match(MediaTypeHeaderValue type) => type.MediaType.Value?.ToLowerInvariant() switch
    {
        "application/graphql-response+json" => s_graphQL,
        "text/event-stream" => s_events,
        "application/json" or "application/*" or "*/*" => s_json,
        _ => null,
    };
}

using System.Diagnostics;
using System.Text.Json;
using GraphQL;
using Microsoft.AspNetCore.WebUtilities;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What a client learns of something that went wrong.</summary>
/// <param name="Source">Where it happened.</param>
/// <param name="Message">What is wrong, for the client's developer.</param>
/// <param name="Code">What is wrong, for the client.</param>
internal sealed record GraphError(ExecutionError Source, string Message, string Code)
{
    /// <summary>The problem that REST would have answered with; null where REST knows none such.</summary>
    public ApiException? Problem { get; private init; }

    /// <summary>Whether nobody but the operator is to know the cause.</summary>
    public bool IsUnexpected { get; private init; }

    /// <summary>Says of an error what may be said.</summary>
    /// <param name="error">The error.</param>
    /// <param name="suggests">Whether it may tell what the schema has.</param>
    public static GraphError Of(ExecutionError error, bool suggests)
    {
        var cause = error.InnerException;
        if ((cause as ApiException ?? (cause is null ? null : DatabaseRefusal.FindBusy(cause))) is { } problem)
        {
            return new GraphError(error, problem.Message, CodeOf(problem.Status)) { Problem = problem };
        }

        if (error.Path is not null && cause is not null)
        {
            return new GraphError(error, "The server failed to carry out the request. The cause is in its log.", CodeOf(500)) { IsUnexpected = true };
        }

        var hint = suggests ? -1 : error.Message.IndexOf(" Did you mean", StringComparison.Ordinal);
        return new GraphError(
            error,
            hint < 0 ? error.Message : error.Message[..hint],
            // Errors of the library's own have types of their own, and codes in which clients see no meaning.
            error.GetType() == typeof(ExecutionError) && error.Code is { } code ? code : "GRAPHQL_VALIDATION_FAILED");
    }

    /// <summary>Writes the error.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("message", Message);
        WriteLocations(writer);
        WritePath(writer);
        writer.WriteStartObject("extensions");
        writer.WriteString("code", Code);
        if (Problem is { Errors.Count: > 0 })
        {
            writer.WriteStartObject("fields");
            foreach (var (field, messages) in Problem.Errors)
            {
                writer.WriteStartArray(field);
                foreach (var message in messages)
                {
                    writer.WriteStringValue(message);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        if (Problem?.RetryAfter is { } delay)
        {
            writer.WriteNumber("retryAfter", Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds)));
        }

        if (IsUnexpected && Activity.Current is { } activity)
        {
            writer.WriteString("traceId", activity.TraceId.ToString());
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteLocations(Utf8JsonWriter writer)
    {
        if (Source.Locations is not { Count: > 0 } locations)
        {
            return;
        }

        writer.WriteStartArray("locations");
        foreach (var location in locations)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", location.Line);
            writer.WriteNumber("column", location.Column);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WritePath(Utf8JsonWriter writer)
    {
        if (Source.Path is null)
        {
            return;
        }

        writer.WriteStartArray("path");
        foreach (var part in Source.Path)
        {
            if (part is int index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteStringValue(part.ToString());
            }
        }

        writer.WriteEndArray();
    }

    private static string CodeOf(int status) => ReasonPhrases.GetReasonPhrase(status).ToUpperInvariant().Replace(' ', '_');
}

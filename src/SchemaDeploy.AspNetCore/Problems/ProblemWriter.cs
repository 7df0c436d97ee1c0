using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Problems;

/// <summary>Writes problems to responses.</summary>
public static class ProblemWriter
{
    /// <summary>The most fields that a problem names: who sends nothing but mistakes is not sent all of them back.</summary>
    private const int MaxErrors = 100;

    /// <summary>Answers with <paramref name="status"/> and the reason.</summary>
    public static Task WriteProblemAsync(
        this HttpResponse response, int status, string? detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        if (errors?.Count > MaxErrors)
        {
            detail = $"{detail} {errors.Count} fields have mistakes, of which {MaxErrors} are named.".TrimStart();
            errors = errors.Take(MaxErrors).ToDictionary();
        }

        var problem = new Problem
        {
            Type = $"https://www.rfc-editor.org/rfc/rfc9110#name-{ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '-')}",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Errors = errors is { Count: > 0 } ? errors : null,
            TraceId = status >= 500 ? Activity.Current?.TraceId.ToString() ?? response.HttpContext.TraceIdentifier : null,
        };
        if (status == StatusCodes.Status401Unauthorized && StringValues.IsNullOrEmpty(response.Headers.WWWAuthenticate))
        {
            // RFC 9110 §11.6.1: a 401 says how to sign in.
            response.Headers.WWWAuthenticate = "Bearer";
        }

        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        return JsonSerializer.SerializeAsync(
            response.Body, problem, RuntimeJsonContext.Readable.Problem, response.HttpContext.RequestAborted);
    }

    /// <summary>Answers with the problem that <paramref name="exception"/> tells of.</summary>
    public static Task WriteProblemAsync(this HttpResponse response, ApiException exception)
    {
        if (exception.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (exception.Reason is { } reason)
        {
            Instruments.CountRefusal(response.HttpContext, reason);
        }

        return response.WriteProblemAsync(exception.Status, exception.Message, exception.Errors);
    }
}

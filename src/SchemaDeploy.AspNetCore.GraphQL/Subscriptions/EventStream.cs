using System.Buffers;
using GraphQL;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>An answer in server-sent events, as the protocol GraphQL over SSE has them: <c>next</c> again and again, then <c>complete</c>.</summary>
internal sealed class EventStream(HttpResponse response)
{
    /// <summary>How long a client may take to read what is sent, beyond what fits into buffers.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>The header that proxies of the family of nginx go by.</summary>
    private const string Buffering = "X-Accel-Buffering";

    /// <summary>Sends the headers, so that the client knows that it is heard.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        Prepare();
        await response.StartAsync(cancellationToken);
        await BeatAsync(cancellationToken);
    }

    /// <summary>A result.</summary>
    public async Task NextAsync(ExecutionResult result, IReadOnlyList<GraphError> errors, CancellationToken cancellationToken)
    {
        Prepare();
        response.BodyWriter.Write("event: next\ndata: "u8);
        await ResultWriter.WriteAsync(response, result, errors);
        response.BodyWriter.Write("\n\n"u8);
        await FlushAsync(cancellationToken);
    }

    /// <summary>There are no more results.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => SendAsync("event: complete\ndata:\n\n"u8, cancellationToken);

    /// <summary>A comment, by which both sides find out that the connection is still there.</summary>
    public Task BeatAsync(CancellationToken cancellationToken) => SendAsync(":\n\n"u8, cancellationToken);

    private void Prepare()
    {
        if (!response.HasStarted)
        {
            // Neither proxies nor browsers are to wait for more before they hand on what there is.
            response.Headers.CacheControl = "no-store, no-transform";
            response.Headers[Buffering] = "no";
        }
    }

    private Task SendAsync(ReadOnlySpan<byte> text, CancellationToken cancellationToken)
    {
        response.BodyWriter.Write(text);
        return FlushAsync(cancellationToken);
    }

    // The server itself gives a client the more time, the more there is to read.
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        var flush = await response.BodyWriter.FlushAsync(limit.Token);
        if (flush.IsCanceled || limit.IsCancellationRequested)
        {
            response.HttpContext.Abort();
            throw new OperationCanceledException(limit.Token);
        }
    }
}

using GraphQL;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Idempotency;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>
/// Answers subscriptions: a stream that stays open, and tells of each change what a query at that time would give the
/// caller, who is asked for anew each time.
/// </summary>
internal sealed class Subscriptions(
    GraphQLExecutor executor, AnswerWriter answers, GraphQLSettings settings, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ChangeRelay? relay = null)
{
    public async Task AnswerAsync(HttpContext http, AnswerType type, GraphQLRequest request, GraphQLDocument document)
    {
        if (!type.IsStream)
        {
            const string message = "A subscription is answered by a stream of events: send Accept: text/event-stream.";
            await answers.RefuseAsync(http, type, StatusCodes.Status406NotAcceptable, new ExecutionError(message) { Code = "NOT_ACCEPTABLE" });
            return;
        }

        // Its transaction would stay open as long as the stream.
        if (http.Request.Headers.ContainsKey(IdempotencyMiddleware.Header))
        {
            const string message = $"A subscription has no {IdempotencyMiddleware.Header}: it changes nothing.";
            await answers.RefuseAsync(http, type, StatusCodes.Status200OK, new ExecutionError(message) { Code = "BAD_REQUEST" });
            return;
        }

        using var rows = await BeginAsync(http, type, request, document);
        if (rows is null)
        {
            return;
        }

        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
        {
            // How long it is open says nothing of how fast the server is.
            metrics.MetricsDisabled = true;
        }

        await RunAsync(new Open(http, request, document, rows, new EventStream(http.Response)));
    }

    // Carried out without a change, the operation is checked and begins to listen. Null where it was answered with errors.
    private async Task<SubscribedRows?> BeginAsync(HttpContext http, AnswerType type, GraphQLRequest request, GraphQLDocument document)
    {
        var state = new RequestState();
        // The scope of the request stays open for as long as the stream, and would keep a context of the database.
        await using var scope = scopes.CreateAsyncScope();
        var result = await executor.ExecuteAsync(request, document, await RenewedRequest.OfAsync(http, scope.ServiceProvider), state);
        if (state.Subscribed is null)
        {
            await answers.WriteAsync(http, type, result);
        }
        else if (relay is not null)
        {
            await relay.AnnounceAsync();
        }

        return state.Subscribed;
    }

    private async Task RunAsync(Open open)
    {
        var http = open.Http;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await open.Events.OpenAsync(end.Token);
            await TellAsync(open, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The client has gone or does not read, or the server goes: without the event complete, clients try again, elsewhere.
        }
        catch (ListenerTooSlowException)
        {
            const string message = "More has changed than was read in time. Read what you need, and subscribe anew.";
            await EndAsync(open, new ExecutionError(message) { Code = "SUBSCRIPTION_TOO_SLOW" }, end.Token);
        }
        catch (Exception exception) when (!end.IsCancellationRequested)
        {
            await EndAsync(open, new ExecutionError(exception.Message, exception) { Path = [open.Rows.Field] }, end.Token);
        }
    }

    private async Task TellAsync(Open open, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(settings.Heartbeat);
        var changes = open.Rows.Listener.Changes;
        var (more, beat) = (changes.WaitToReadAsync(cancellationToken).AsTask(), timer.WaitForNextTickAsync(cancellationToken).AsTask());
        while (true)
        {
            await Task.WhenAny(more, beat);
            if (more.IsCompleted)
            {
                await more;
                while (changes.TryRead(out var change))
                {
                    await TellAsync(open, change, cancellationToken);
                }

                more = changes.WaitToReadAsync(cancellationToken).AsTask();
            }

            if (beat.IsCompleted)
            {
                await beat;
                await BeatAsync(open, cancellationToken);
                beat = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }
        }
    }

    private async Task TellAsync(Open open, RowChange change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var renewed = await RenewedRequest.OfAsync(open.Http, scope.ServiceProvider);
        if (await open.Rows.ShowAsync(change, scope.ServiceProvider, cancellationToken) is { } shown)
        {
            var result = await executor.ExecuteAsync(open.Request, open.Document, renewed, change: shown);
            cancellationToken.ThrowIfCancellationRequested();
            await open.Events.NextAsync(result, answers.Describe(open.Http, result.Errors ?? []), cancellationToken);
        }
    }

    // Who has lost the right to read learns of it, also where nothing changes.
    private async Task BeatAsync(Open open, CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            await RenewedRequest.OfAsync(open.Http, scope.ServiceProvider);
            open.Rows.RequireRead(scope.ServiceProvider);
        }

        await open.Events.BeatAsync(cancellationToken);
    }

    private async Task EndAsync(Open open, ExecutionError error, CancellationToken cancellationToken)
    {
        await open.Events.NextAsync(new ExecutionResult(), answers.Describe(open.Http, [error]), cancellationToken);
        await open.Events.CompleteAsync(cancellationToken);
    }

    /// <summary>A stream that is open.</summary>
    private sealed record Open(HttpContext Http, GraphQLRequest Request, GraphQLDocument Document, SubscribedRows Rows, EventStream Events);
}

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>
/// Carries out a write with an Idempotency-Key once, however often it is sent: the answer is kept in the transaction of
/// the data, and given again. Of several at the same time one is carried out, and the others wait for its answer.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IdempotencySettings settings, RequestLimits limits, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const string ReplayHeader = "Idempotency-Replayed";
    private const int LongestKey = 255;
    private const int Attempts = 5;

    public Task InvokeAsync(HttpContext context) =>
        RequestIdentity.IsWrite(context.Request)
        && context.Request.Headers.TryGetValue(Header, out var keys)
        && context.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<RepeatMetadata>()?.Policy != RepeatPolicy.Allowed
            ? HandleAsync(context, keys is [{ Length: > 0 and <= LongestKey } key] && key.All(c => c is > ' ' and < '\x7F')
                ? key
                : throw new ApiException(400, $"{Header} must be one value of 1 to {LongestKey} visible ASCII characters, such as a UUID."))
            : next(context);

    private async Task HandleAsync(HttpContext context, string key)
    {
        var database = context.RequestServices.GetRequiredService<DbContext>();
        var body = await RequestBody.ReadAsync(context.Request, limits.BatchBodyBytes);
        var request = Describe(context, key, body.Span);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindAsync(database, request, context.RequestAborted) is { } stored)
            {
                await ReplayAsync(context.Response, stored, request);
                return;
            }

            var response = await WriteTransaction.RetryAsync(
                database, () => TryAsync(context, database, request, body), context.RequestAborted);
            if (response is not null)
            {
                await response.CopyToAsync(context.Response.Body, context.RequestAborted);
                return;
            }
        }

        throw new ApiException(409, $"Another request with this {Header} is being carried out.") { RetryAfter = TimeSpan.FromSeconds(1) };
    }

    private StoredAnswer Describe(HttpContext context, string key, ReadOnlySpan<byte> body)
    {
        var client = RequestIdentity.ClientOf(context);
        using var hash = RequestIdentity.Begin(context.Request);
        hash.AppendData(body);
        var request = RequestIdentity.End(hash);
        RequestIdentity.Append(hash, client);
        RequestIdentity.Append(hash, key);
        return new StoredAnswer { Id = RequestIdentity.End(hash), Client = client, Request = request, ExpiresAt = clock.GetUtcNow().UtcDateTime + settings.Lifetime };
    }

    private async Task<StoredAnswer?> FindAsync(DbContext database, StoredAnswer request, CancellationToken cancellationToken)
    {
        var answers = database.Set<StoredAnswer>().AsNoTracking();
        var stored = await answers.FirstOrDefaultAsync(answer => answer.Id == request.Id, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        if (stored?.ExpiresAt > now)
        {
            return stored;
        }

        if (stored is not null)
        {
            await database.Set<StoredAnswer>().Where(answer => answer.Id == request.Id && answer.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        }

        return await answers.CountAsync(answer => answer.Client == request.Client && answer.ExpiresAt > now, cancellationToken) < settings.KeysPerClient
            ? null
            : throw new ApiException(429, $"No more than {settings.KeysPerClient} requests with an {Header} may be made in {settings.Lifetime.TotalHours:0.#} hours.")
            {
                RetryAfter = await answers.Where(answer => answer.Client == request.Client).MinAsync(answer => answer.ExpiresAt, cancellationToken) - now,
            };
    }

    private static Task ReplayAsync(HttpResponse response, StoredAnswer stored, StoredAnswer request)
    {
        if (stored.Request != request.Request)
        {
            throw new ApiException(422, $"This {Header} came with another request before: use a new one for each.");
        }

        if (stored.Headers is null || stored.Body is null)
        {
            throw new ApiException(409, "The request was carried out before, and its answer was too long to be kept.");
        }

        response.StatusCode = stored.Status;
        foreach (var line in stored.Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = line.IndexOf(':', StringComparison.Ordinal);
            response.Headers[line[..end]] = line[(end + 1)..];
        }

        response.Headers[ReplayHeader] = "true";
        return stored.Body.Length > 0 ? response.Body.WriteAsync(stored.Body).AsTask() : Task.CompletedTask;
    }

    // The answer, which goes out when everything is committed; null where the same key has been taken meanwhile.
    private async Task<MemoryStream?> TryAsync(HttpContext context, DbContext database, StoredAnswer request, ReadOnlyMemory<byte> body)
    {
        // A precondition holds only if nobody changes the row between the check and the write.
        await using var transaction = await WriteTransaction.BeginAsync(
            database, serializable: context.Request.Headers.IfMatch.Count > 0, context.RequestAborted);
        if (!await TakeAsync(database, request, context.RequestAborted))
        {
            return null;
        }

        RequestBody.Keep(context.Request, body);
        var (response, headers) = await AnswerAsync(context);
        if (context.Response.StatusCode is >= 200 and < 300 && context.Features.Get<FailedAnswer>() is null)
        {
            await KeepAsync(database, request, context.Response.StatusCode, headers, response);
            await transaction.CommitAsync(CancellationToken.None);
        }
        else
        {
            // What failed may be tried again.
            await transaction.RollbackAsync();
        }

        return response;
    }

    // Whoever takes the same key at the same time waits here until this transaction ends.
    private static async Task<bool> TakeAsync(DbContext database, StoredAnswer request, CancellationToken cancellationToken)
    {
        var entry = database.Add(request);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (DatabaseError.Find(exception)?.Kind == DatabaseErrorKind.Unique)
        {
            return false;
        }
        finally
        {
            entry.State = EntityState.Detached;
        }
    }

    private async Task<(MemoryStream Body, string Headers)> AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        var before = response.Headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (body, sent) = (new MemoryStream(), response.Body);
        response.Body = body;
        var isComplete = false;
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
            isComplete = true;
        }
        finally
        {
            response.Body = sent;
            if (!isComplete)
            {
                // Whatever is answered instead, or at a second attempt, begins anew.
                response.StatusCode = StatusCodes.Status200OK;
                foreach (var name in response.Headers.Keys.Where(name => !before.Contains(name)).ToList())
                {
                    response.Headers.Remove(name);
                }
            }
        }

        body.Position = 0;
        var headers = response.Headers.Where(header => !before.Contains(header.Key) && !string.Equals(header.Key, "Set-Cookie", StringComparison.OrdinalIgnoreCase));
        return (body, string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")));
    }

    private async Task KeepAsync(DbContext database, StoredAnswer request, int status, string headers, MemoryStream body)
    {
        request.Status = status;
        (request.Headers, request.Body) = body.Length <= settings.ResponseBytes ? (headers, body.ToArray()) : (null, null);
        // Nothing is saved here that the handler has left unsaved.
        database.ChangeTracker.Clear();
        database.Update(request);
        await database.SaveChangesAsync(CancellationToken.None);
    }
}

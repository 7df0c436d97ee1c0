using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>
/// Passes changes on to the other processes of the application, by Redis. A process says from time to time what somebody
/// listens to there; where nobody does, nothing is sent. Keys alone are sent: each process reads the rows itself.
/// </summary>
internal sealed partial class ChangeRelay(RedisState redis, ChangeFeed feed, IServiceScopeFactory scopes, ILogger<ChangeRelay> logger) : BackgroundService
{
    private const string Channel = "changes";

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>Tells the others what somebody listens to here.</summary>
    public async Task AnnounceAsync()
    {
        if (feed.Heard.Select(entity => entity.FullName!).ToArray() is { Length: > 0 } heard)
        {
            await SendAsync(new Message(_process, Heard: heard));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Relay = Send;
        await redis.SubscribeAsync(Channel, Receive);
        using var timer = new PeriodicTimer(s_interval);
        try
        {
            do
            {
                await AnnounceAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private static Dictionary<string, JsonElement> Write(IReadOnlyEntityType type, object keys) => RowKeys.Of(type).ToDictionary(
        property => property.Name, property => JsonSerializer.SerializeToElement(property.PropertyInfo!.GetValue(keys), property.ClrType));

    private static object Read(IReadOnlyEntityType type, Dictionary<string, JsonElement> values) =>
        RowKeys.Make(type, property => values[property.Name].Deserialize(property.ClrType));

    // A commit does not wait for it.
    private void Send(RowChange change)
    {
        using var scope = scopes.CreateScope();
        var type = scope.ServiceProvider.GetRequiredService<DbContext>().Model.FindEntityType(change.Entity)!;
        _ = SendAsync(new Message(_process, type.Name, change.Kind, Write(type, change.Keys)));
    }

    private async Task SendAsync(Message message)
    {
        try
        {
            await redis.PublishAsync(Channel, JsonSerializer.Serialize(message));
        }
        catch (Exception exception) when (RedisState.IsFailure(exception))
        {
            LogNotSent(logger, exception);
        }
    }

    private void Receive(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<Message>(text) is not { } message || message.Process == _process)
            {
                return;
            }

            using var scope = scopes.CreateScope();
            var model = scope.ServiceProvider.GetRequiredService<DbContext>().Model;
            // A process of another version may know of tables that this one does not.
            foreach (var heard in (message.Heard ?? []).Select(model.FindEntityType).OfType<IEntityType>())
            {
                feed.HearElsewhere(heard.ClrType, s_interval * 3);
            }

            if (message.Entity is not null && model.FindEntityType(message.Entity) is { } type)
            {
                feed.Hand(new RowChange(type.ClrType, message.Kind, Read(type, message.Keys!)));
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or NotSupportedException)
        {
            LogNotRead(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Subscribers at other processes are not told of changes: Redis does not answer")]
    private static partial void LogNotSent(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A change that another process has told of cannot be read")]
    private static partial void LogNotRead(ILogger logger, Exception exception);

    /// <summary>What goes through Redis: a change, or the entities that somebody listens to.</summary>
    private sealed record Message(
        string Process, string? Entity = null, ChangeKind Kind = ChangeKind.Created, Dictionary<string, JsonElement>? Keys = null, string[]? Heard = null);
}

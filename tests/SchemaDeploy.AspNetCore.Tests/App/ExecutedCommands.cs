using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>The statements that the application has sent to its database. An interceptor would have requests read by themselves.</summary>
public sealed class ExecutedCommands
{
    private readonly ConcurrentQueue<string> _texts = new();

    public IReadOnlyCollection<string> Texts => _texts;

    // EF Core remembers for a second that nobody was interested in an event.
    public void Record(DbContextOptionsBuilder options) => options
        .ConfigureLoggingCacheTime(TimeSpan.Zero)
        .LogTo((id, _) => id == RelationalEventId.CommandExecuted, data => _texts.Enqueue(((CommandExecutedEventData)data).Command.CommandText));
}

namespace SchemaDeploy.Tests.Servers;

/// <summary>A Redis server that keeps everything in memory: a restart forgets it.</summary>
public sealed class RedisServer : TestServer
{
    public static string? WhyMissing => Command.Exists("redis-server") ? null : "Redis is not installed (Debian package redis-server).";

    /// <summary>The server as REDIS_URL names it.</summary>
    public string Url => $"redis://127.0.0.1:{PortText}";

    protected override IReadOnlyList<string> ServerCommand =>
        ["redis-server", "--bind", "127.0.0.1", "--port", PortText, "--dir", DataFolder, "--save", "", "--appendonly", "no"];

    protected override async Task<bool> IsReadyAsync() =>
        (await Command.RunAsync("redis-cli", ["-h", "127.0.0.1", "-p", PortText, "ping"])).Output.StartsWith("PONG", StringComparison.Ordinal);
}

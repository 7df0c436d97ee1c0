using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>Clients that create rows one after another, whatever becomes of the server, and remember which it said to have created.</summary>
internal sealed class WritesUnderLoad : IAsyncDisposable
{
    private const int Clients = 4;

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _enough = new();
    private readonly ConcurrentQueue<Uri> _acknowledged = new();
    private readonly Task _clients;

    public WritesUnderLoad(HttpClient client)
    {
        _client = client;
        _clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(WriteAsync));
    }

    public int Count => _acknowledged.Count;

    /// <summary>Stops writing, and gives the rows that were acknowledged and are not there.</summary>
    public async Task<IReadOnlyList<Uri>> FindLostAsync()
    {
        await _enough.CancelAsync();
        await _clients;
        var lost = new List<Uri>();
        foreach (var row in _acknowledged)
        {
            using var answer = await _client.GetAsync(row, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                lost.Add(row);
            }
        }

        return lost;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _clients;
        _enough.Dispose();
    }

    private async Task WriteAsync(int number)
    {
        for (var i = 0; !_enough.IsCancellationRequested; i++)
        {
            try
            {
                using var answer = await _client.PostAsJsonAsync("/api/items", new { item_type = $"load-{number}-{Guid.NewGuid()}" }, TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.Created)
                {
                    _acknowledged.Enqueue(answer.Headers.Location!);
                    continue;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens, or the answer did not come: nothing was acknowledged.
            }

            await Task.Delay(TimeSpan.FromSeconds(0.2), TestContext.Current.CancellationToken);
        }
    }
}

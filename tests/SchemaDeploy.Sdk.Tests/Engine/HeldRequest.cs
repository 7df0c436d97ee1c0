using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>A body of which the server gets the first half at once, and the rest when it is let go: the request is in flight until then.</summary>
internal sealed class HeldRequest : HttpContent
{
    private readonly byte[] _body;
    private readonly Task _release;
    private readonly TaskCompletionSource _isInFlight = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldRequest(string json, Task release)
    {
        _body = Encoding.UTF8.GetBytes(json);
        _release = release;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Ends when the first half was sent.</summary>
    public Task IsInFlight => _isInFlight.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_body.AsMemory(0, _body.Length / 2));
        await stream.FlushAsync();
        _isInFlight.SetResult();
        await _release;
        await stream.WriteAsync(_body.AsMemory(_body.Length / 2));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}

using System.Buffers;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Rented memory that grows with what is written, for answers whose length is told before they are sent.</summary>
internal sealed class RentedBuffer : IBufferWriter<byte>, IDisposable
{
    private const int UsualSize = 16 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(UsualSize);
    private int _written;

    /// <summary>What has been written so far, until the buffer is disposed of.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _written);

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int size)
    {
        if (_bytes.Length - _written >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(Math.Min(_bytes.Length * 2L, Array.MaxLength), (long)_written + size));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

using System.IO.Compression;
using System.Text;
using SchemaDeploy.Deployment.Bundles;

namespace SchemaDeploy.Deployment.Serverless;

/// <summary>What a function weighs: the application, and the files of the bundle beside it.</summary>
internal sealed class FunctionSize(PublishedApplication application, IEnumerable<BundleFile> files)
{
    /// <summary>The bytes of all files.</summary>
    public long Uncompressed => application.Size + files.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Text));

    /// <summary>The bytes of all files in an archive, compressed in haste, as Netlify's own build does it.</summary>
    public long Compress()
    {
        var counter = new CountingStream();
        foreach (var file in application.Files)
        {
            using var source = File.OpenRead(application.PathOf(file));
            Compress(source, counter);
        }

        foreach (var file in files)
        {
            using var source = new MemoryStream(Encoding.UTF8.GetBytes(file.Text));
            Compress(source, counter);
        }

        return counter.Count;
    }

    private static void Compress(Stream source, CountingStream counter)
    {
        // Level 1 of others: .NET's own goes without codes for what it finds, and makes more of what is dense already.
        using var compression = new DeflateStream(counter, new ZLibCompressionOptions { CompressionLevel = 2 }, leaveOpen: true);
        source.CopyTo(compression);
    }

    /// <summary>Keeps nothing but how much was written.</summary>
    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Count += count;

        public override void Write(ReadOnlySpan<byte> buffer) => Count += buffer.Length;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Web.Sovereignty.Exports;

/// <summary>A ZIP that is being written: part after part, each with its length and SHA-256 taken down.</summary>
internal sealed class ExportArchive(Stream to) : IDisposable
{
    private readonly ZipArchive zip = new(to, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>What was written until now.</summary>
    public List<Part> Parts { get; } = [];

    /// <summary>Adds a file.</summary>
    public async Task Add(string name, Func<Stream, Task> write)
    {
        await using var entry = new MeasuredStream(zip.CreateEntry(name, CompressionLevel.Fastest).Open());
        await write(entry);
        Parts.Add(entry.Part(name));
    }

    /// <summary>Adds a page or another text.</summary>
    public Task AddText(string name, Func<TextWriter, Task> write) => Add(name, async stream =>
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 14, leaveOpen: true);
        await write(text);
    });

    public Task AddText(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    public Task Add(string name, byte[] content) => Add(name, stream => stream.WriteAsync(content).AsTask());

    /// <summary>Adds the list that <c>sha256sum --check</c> reads. It comes last.</summary>
    public Task AddChecksums() => AddText(Export.ChecksumsPart, Checksums(Parts));

    /// <summary>That list.</summary>
    public static string Checksums(IEnumerable<Part> parts) => string.Concat(parts.Select(part => $"{part.Sha256}  {part.Name}\n"));

    public void Dispose() => zip.Dispose();

    /// <summary>Passes on what is written and takes its measure.</summary>
    private sealed class MeasuredStream(Stream inner) : Stream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long length;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public Part Part(string name) => new(name, length, Convert.ToHexStringLower(hash.GetCurrentHash()));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            hash.AppendData(buffer);
            length += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
            // A compressor that is flushed after every row compresses nothing.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                hash.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}

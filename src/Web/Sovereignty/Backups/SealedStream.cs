using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// Encrypts what is written, in chunks of AES-256-GCM: each is authentic by itself, in its place, and the last one says that it
/// is the last. So nothing can be changed, moved, left out or cut off unseen (the STREAM construction of Hoang, Reyhanitabar,
/// Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015).
/// </summary>
/// <param name="to">Where the chunks go; stays open.</param>
/// <param name="key">32 bytes, for this one stream: the nonces only count its chunks.</param>
internal sealed class SealingStream(Stream to, byte[] key) : Stream
{
    private readonly AesGcm aes = new(key, Chunks.Tag);
    private readonly byte[] plain = new byte[Chunks.Plain];
    private readonly byte[] sealedChunk = new byte[Chunks.Sealed];
    private int filled;
    private uint number;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Writes the last chunk. Without it the stream is one that was cut off.</summary>
    public void Finish() => Seal(isLast: true);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // Only when more comes is a full chunk known not to be the last.
            if (filled == Chunks.Plain) Seal(isLast: false);
            var taken = Math.Min(buffer.Length, Chunks.Plain - filled);
            buffer[..taken].CopyTo(plain.AsSpan(filled));
            filled += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // A chunk goes out when it is full.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) aes.Dispose();
        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        aes.Encrypt(Chunks.Nonce(number, isLast), plain.AsSpan(0, filled), sealedChunk.AsSpan(0, filled), sealedChunk.AsSpan(filled, Chunks.Tag));
        to.Write(sealedChunk.AsSpan(0, filled + Chunks.Tag));
        (filled, number) = (0, checked(number + 1));
    }
}

/// <summary>Decrypts what <see cref="SealingStream"/> wrote.</summary>
/// <param name="from">Where the chunks come from; stays open.</param>
/// <param name="key">The key they were encrypted with.</param>
internal sealed class OpeningStream(Stream from, byte[] key) : Stream
{
    private readonly AesGcm aes = new(key, Chunks.Tag);
    private readonly byte[] plain = new byte[Chunks.Plain];
    private readonly byte[] sealedChunk = new byte[Chunks.Sealed + 1];
    private int kept;
    private int filled;
    private int read;
    private uint number;
    private bool ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    /// <exception cref="BackupException">A chunk is not what was written, or chunks are missing.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (read == filled && !ended) Open();
        var taken = Math.Min(buffer.Length, filled - read);
        plain.AsSpan(read, taken).CopyTo(buffer);
        read += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) aes.Dispose();
        base.Dispose(disposing);
    }

    private void Open()
    {
        // One byte more than a chunk: whether anything follows says whether this is the last.
        kept += from.ReadAtLeast(sealedChunk.AsSpan(kept), sealedChunk.Length - kept, throwOnEndOfStream: false);
        var isLast = kept <= Chunks.Sealed;
        var length = Math.Min(kept, Chunks.Sealed) - Chunks.Tag;
        if (length < 0) throw new BackupException("The backup ends too early: it was cut off. Use another one.");
        try
        {
            aes.Decrypt(Chunks.Nonce(number, isLast), sealedChunk.AsSpan(0, length), sealedChunk.AsSpan(length, Chunks.Tag), plain.AsSpan(0, length));
        }
        catch (CryptographicException changed)
        {
            throw new BackupException("The backup is damaged or was changed. Use another one.", changed);
        }
        (filled, read, ended) = (length, 0, isLast);
        number = checked(number + 1);
        if (isLast) return;
        sealedChunk[0] = sealedChunk[Chunks.Sealed];
        kept = 1;
    }
}

/// <summary>How the chunks of a sealed stream are laid out.</summary>
internal static class Chunks
{
    public const int Plain = 64 * 1024;
    public const int Tag = 16;
    public const int Sealed = Plain + Tag;

    public static byte[] Nonce(uint number, bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(7), number);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}

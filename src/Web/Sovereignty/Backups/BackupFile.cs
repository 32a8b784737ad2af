using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// One backup as one file: a line in clear (<see cref="BackupHead"/>), then, compressed and sealed with a key of its own, the
/// <see cref="Manifest"/> and the content of every part. The head is part of the key: nobody can change it, either.
/// </summary>
internal static partial class BackupFile
{
    /// <summary>The layout this program writes.</summary>
    public const int Format = 1;

    /// <summary>How the file's name ends.</summary>
    public const string Extension = ".vetbackup";

    private const string Magic = "vetbooking-backup ";
    private const int LongestHead = 4096;
    private const int LongestManifest = 1 << 20;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;

    /// <summary>Writes a backup; <paramref name="head"/> comes without its key.</summary>
    public static void Write(Stream to, BackupHead head, RecoveryCode key, Manifest manifest, Func<Part, Stream> open)
    {
        var own = RandomNumberGenerator.GetBytes(KeyBytes);
        var line = Encoding.UTF8.GetBytes(Magic + JsonSerializer.Serialize(head with { Key = key.Id, Wrapped = Wrap(own, key) }, BackupJson.Default.BackupHead) + "\n");
        to.Write(line);
        using var sealing = new SealingStream(to, ContentKey(own, line));
        using (var compressed = new BrotliStream(sealing, CompressionLevel.Fastest, leaveOpen: true))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.Manifest);
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, json.Length);
            compressed.Write(length);
            compressed.Write(json);
            foreach (var part in manifest.Parts)
            {
                using var content = open(part);
                content.CopyTo(compressed);
            }
        }
        sealing.Finish();
    }

    /// <summary>Reads the line in clear. Nothing proves it yet.</summary>
    /// <exception cref="BackupException">It is no backup, or one of a later program.</exception>
    public static BackupHead ReadHead(Stream from) => ReadHead(from, out _);

    /// <summary>Reads a backup to its last byte, hands out every part, and checks all of it.</summary>
    /// <param name="from">The file, from its start.</param>
    /// <param name="keys">The practice's keys.</param>
    /// <param name="into">Where a part's content goes; closed afterwards.</param>
    /// <exception cref="BackupException">It is no backup, the key does not fit, or anything is not as it was written.</exception>
    public static (BackupHead Head, Manifest Manifest) Read(Stream from, BackupKeys keys, Func<Part, Stream> into)
    {
        var head = ReadHead(from, out var line);
        var key = keys.Find(head.Key) ?? throw new BackupException($"The key at hand does not open this backup: it was made with the recovery code {head.Key}. Give that one with --key FILE.");
        using var opening = new OpeningStream(from, ContentKey(Unwrap(head, key), line));
        using var content = new BrotliStream(opening, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            var manifest = ReadManifest(content);
            foreach (var part in manifest.Parts) ReadPart(content, part, into);
            if (content.ReadByte() != -1) throw Damaged();
            // To the very end: the last chunk says that it is the last.
            while (opening.ReadByte() != -1) { }
            return (head, manifest);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or JsonException or InvalidOperationException)
        {
            throw Damaged(broken);
        }
    }

    /// <summary>Reads no further than the journal of erasures in it.</summary>
    /// <exception cref="BackupException">It cannot be read up to there.</exception>
    public static ErasureJournal ReadJournal(Stream from, BackupKeys keys)
    {
        using var journal = new MemoryStream();
        try
        {
            Read(from, keys, part => part.Name == Snapshot.ErasuresPart ? journal : throw new OperationCanceledException());
        }
        catch (OperationCanceledException)
        {
            using var read = new MemoryStream(journal.ToArray());
            return ErasureJournal.Read(read);
        }
        throw Damaged();
    }

    private static BackupHead ReadHead(Stream from, out byte[] line)
    {
        var read = new List<byte>(512);
        int next;
        while ((next = from.ReadByte()) >= 0)
        {
            read.Add((byte)next);
            if (next == '\n' || read.Count > LongestHead) break;
        }
        line = [.. read];
        var text = Encoding.UTF8.GetString(line);
        if (next != '\n' || !text.StartsWith(Magic, StringComparison.Ordinal)) throw new BackupException("This is no backup of a practice, or its beginning is damaged. Use another one.");
        BackupHead? head;
        try
        {
            using var json = JsonDocument.Parse(text.AsMemory(Magic.Length));
            if (json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("format", out var format)
                && format.ValueKind == JsonValueKind.Number && format.TryGetInt32(out var number) && number > Format)
            {
                throw new BackupException("This backup was made by a newer release. Use that one to read it.");
            }
            head = json.Deserialize(BackupJson.Default.BackupHead);
        }
        catch (JsonException broken)
        {
            throw Damaged(broken);
        }
        if (head is not { Format: Format, Practice: not null, CreatedAt: not null, Version: not null, Key: not null, Wrapped: not null }) throw Damaged();
        if (head.Schema > Migrations.Newest) throw new BackupException($"This backup was made by a newer release ({head.Version}). Use that one to read it.");
        return head;
    }

    private static Manifest ReadManifest(Stream content)
    {
        var length = new byte[4];
        content.ReadExactly(length);
        var bytes = BinaryPrimitives.ReadInt32BigEndian(length);
        if (bytes is < 2 or > LongestManifest) throw Damaged();
        var json = new byte[bytes];
        content.ReadExactly(json);
        var manifest = JsonSerializer.Deserialize(json, BackupJson.Default.Manifest) ?? throw Damaged();
        return manifest.Parts.All(part => part.Bytes >= 0 && KnownName().IsMatch(part.Name)) ? manifest : throw Damaged();
    }

    private static void ReadPart(Stream content, Part part, Func<Part, Stream> into)
    {
        using var to = into(part);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = part.Bytes; left > 0;)
        {
            var read = content.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            if (read == 0) throw Damaged();
            hash.AppendData(buffer.AsSpan(0, read));
            to.Write(buffer.AsSpan(0, read));
            left -= read;
        }
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != part.Sha256) throw Damaged();
    }

    private static byte[] ContentKey(byte[] own, byte[] line) => HKDF.DeriveKey(HashAlgorithmName.SHA256, own, KeyBytes, SHA256.HashData(line), "vetbooking backup content"u8.ToArray());

    private static byte[] WrappingKey(RecoveryCode key) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret, KeyBytes, info: "vetbooking backup key"u8.ToArray());

    private static string Wrap(byte[] own, RecoveryCode key)
    {
        var wrapped = new byte[NonceBytes + KeyBytes + Chunks.Tag];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(WrappingKey(key), Chunks.Tag);
        aes.Encrypt(wrapped.AsSpan(0, NonceBytes), own, wrapped.AsSpan(NonceBytes, KeyBytes), wrapped.AsSpan(NonceBytes + KeyBytes));
        return Convert.ToBase64String(wrapped);
    }

    private static byte[] Unwrap(BackupHead head, RecoveryCode key)
    {
        try
        {
            var (wrapped, own) = (Convert.FromBase64String(head.Wrapped), new byte[KeyBytes]);
            if (wrapped.Length != NonceBytes + KeyBytes + Chunks.Tag) throw Damaged();
            using var aes = new AesGcm(WrappingKey(key), Chunks.Tag);
            aes.Decrypt(wrapped.AsSpan(0, NonceBytes), wrapped.AsSpan(NonceBytes, KeyBytes), wrapped.AsSpan(NonceBytes + KeyBytes), own);
            return own;
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException)
        {
            throw Damaged(broken);
        }
    }

    private static BackupException Damaged(Exception? broken = null) => new("The backup is damaged or was changed. Use another one.", broken);

    [GeneratedRegex(@"^(practice\.db|erasures\.journal|instance\.json|keys/[A-Za-z0-9-]{1,80}\.xml)\z", RegexOptions.NonBacktracking)]
    private static partial Regex KnownName();
}

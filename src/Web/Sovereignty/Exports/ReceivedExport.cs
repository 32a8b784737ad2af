using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports;

/// <summary>
/// A ZIP that says it is an export. It comes from outside, so nothing in it is believed: only known names, each once; no more
/// bytes than announced, none of them squeezed beyond what text can be; every one checked before any is used.
/// </summary>
internal sealed partial class ReceivedExport : IDisposable
{
    private const int MostParts = 20_000;
    private const int LongestManifest = 8 << 20;
    private const long LongestPart = 4L << 30;
    private const long LongestInAll = 16L << 30;

    /// <summary>Text that a practice has written is squeezed to a tenth; a bomb to a thousandth.</summary>
    private const int MostSqueezed = 250;
    private const int AlwaysAllowed = 1 << 20;

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

    private ReceivedExport(ZipArchive zip, ExportManifest manifest, Dictionary<string, ZipArchiveEntry> entries) => (this.zip, Manifest, this.entries) = (zip, manifest, entries);

    public ExportManifest Manifest { get; }

    /// <summary>Opens it and reads every byte of it.</summary>
    /// <exception cref="ExportException">It is no export, one of a newer release, or anything is not as it was written.</exception>
    public static async Task<ReceivedExport> Open(string path)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(Backup.Open(path), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostParts) throw NotOurs("holds too many files");
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                if (!KnownName().IsMatch(entry.FullName)) throw NotOurs("holds a file that no export holds");
                if (!entries.TryAdd(entry.FullName, entry)) throw NotOurs("holds a file twice");
                if (entry.Length > LongestPart || (entry.Length > AlwaysAllowed && entry.Length / Math.Max(1, entry.CompressedLength) > MostSqueezed)) throw NotOurs("would unpack into more than any practice has");
            }
            if (entries.Values.Sum(entry => entry.Length) > LongestInAll) throw NotOurs("would unpack into more than any practice has");
            var (manifest, written) = ReadManifest(entries);
            var announced = manifest.Parts.ToDictionary(part => part.Name, StringComparer.Ordinal);
            if (!entries.Keys.ToHashSet().SetEquals(announced.Keys.Append(Export.ManifestPart).Append(Export.ChecksumsPart))) throw Damaged();
            if (ReadText(entries, Export.ChecksumsPart) != ExportArchive.Checksums(manifest.Parts.Append(written))) throw Damaged();
            foreach (var part in manifest.Parts) await Check(entries[part.Name], part);
            return new ReceivedExport(zip, manifest, entries);
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or ArgumentException or EndOfStreamException or NotSupportedException)
        {
            zip?.Dispose();
            throw Damaged(broken);
        }
        catch (ExportException)
        {
            zip?.Dispose();
            throw;
        }
    }

    /// <summary>A part's content.</summary>
    public Stream Open(ExportedTable table) => entries.TryGetValue(table.File, out var entry) ? entry.Open() : throw new ExportException($"{table.File} is missing. Use another export.");

    /// <summary>The journal of erasures that came along.</summary>
    public Stream OpenJournal() => entries.TryGetValue(Snapshot.ErasuresPart, out var entry) ? entry.Open() : throw new ExportException("The journal of erasures is missing: who was erased could come back. Use another export.");

    public void Dispose() => zip.Dispose();

    // The list of checksums covers the manifest, which covers everything else.
    private static (ExportManifest Manifest, Part Written) ReadManifest(Dictionary<string, ZipArchiveEntry> entries)
    {
        var text = ReadText(entries, Export.ManifestPart);
        var bytes = Encoding.UTF8.GetBytes(text);
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.Number || !format.TryGetInt32(out var number)) throw Damaged();
        if (number > Export.Format || (root.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.Number && schema.TryGetInt32(out var version) && version > Migrations.Newest))
            throw new ExportException("This export was made by a newer release. Use that one to read it.");
        return root.Deserialize(ExportJson.Default.ExportManifest) is { Practice: not null, CreatedAt: not null, Version: not null, Parts: not null, Tables: not null, Schema: >= Export.FirstSchema } manifest && manifest.Parts.TrueForAll(part => part is not null)
            ? (manifest, new Part(Export.ManifestPart, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))))
            : throw Damaged();
    }

    private static string ReadText(Dictionary<string, ZipArchiveEntry> entries, string name)
    {
        if (!entries.TryGetValue(name, out var entry) || entry.Length > LongestManifest) throw NotOurs($"holds no {name}");
        using var text = new StreamReader(entry.Open(), Encoding.UTF8);
        return text.ReadToEnd();
    }

    private static async Task Check(ZipArchiveEntry entry, Part part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var left = part.Bytes;
        await using var content = entry.Open();
        for (int read; (read = await content.ReadAsync(buffer)) > 0; left -= read)
        {
            if (read > left) throw Damaged();
            hash.AppendData(buffer.AsSpan(0, read));
        }
        if (left != 0 || Convert.ToHexStringLower(hash.GetHashAndReset()) != part.Sha256) throw new ExportException($"{part.Name} is damaged or was changed. Use another export.");
    }

    private static ExportException NotOurs(string why) => new($"This is no export of a practice: it {why}. Use another file.");

    private static ExportException Damaged(Exception? inner = null) => new("The export is damaged or was changed. Use another one.", inner);

    [GeneratedRegex(@"^(manifest\.json|SHA256SUMS|erasures\.journal|index\.html|liesmich\.txt|(stil\.css|suche\.js|suche-daten\.js)|termine\.ics|tabellen/[a-z-]{1,40}\.csv|(kunden|tage|nachrichten)/[0-9-]{1,12}\.html|bilder/[a-z0-9.-]{1,80}|daten/[a-z_]{1,40}\.json)\z", RegexOptions.NonBacktracking)]
    private static partial Regex KnownName();
}

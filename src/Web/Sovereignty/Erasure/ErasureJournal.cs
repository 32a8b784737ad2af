using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Erasure;

/// <summary>One erasure: when, and the random names of what it took. Nothing in it says who that was.</summary>
/// <param name="Entry">Counts from 1.</param>
/// <param name="At">The moment, in UTC as ISO 8601 has it.</param>
/// <param name="Subjects">What was erased, by its <c>subject</c>.</param>
/// <param name="Hash">Covers this entry and the one before, in hexadecimal.</param>
internal sealed record JournalEntry(int Entry, string At, string[] Subjects, string Hash);

/// <summary>The first line of the journal: whose it is.</summary>
internal sealed record JournalHead(string Practice, int Format);

/// <summary>
/// What has been erased, outside the database and in every backup: a restored practice erases it all again before it answers
/// (BayLfD, 30th report, 12.5). One JSON line an entry, each with a hash that covers the one before.
/// </summary>
internal sealed class ErasureJournal
{
    private const int Format = 1;

    private ErasureJournal(string practice, List<JournalEntry> entries) => (Practice, Entries) = (practice, entries);

    public string Practice { get; }

    public IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>How many entries there are.</summary>
    public int Length => Entries.Count;

    /// <summary>The hash of the last entry; empty if there is none.</summary>
    public string LastHash => Entries.Count == 0 ? "" : Entries[^1].Hash;

    public static ErasureJournal Empty(string practice) => new(practice, []);

    /// <summary>Reads a journal and checks its chain. A line that was torn off by a crash was never acted upon and does not count.</summary>
    /// <exception cref="JournalException">It is none, or it was changed.</exception>
    public static ErasureJournal Read(Stream from)
    {
        using var reader = new StreamReader(from, new UTF8Encoding(false, true), leaveOpen: true);
        string text;
        try
        {
            text = reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new JournalException("holds something else.");
        }
        var lines = text.Split('\n');
        var head = Parse(lines[0], JournalJson.Default.JournalHead);
        if (lines.Length < 2 || head is not { Practice.Length: 32, Format: Format }) throw new JournalException("has no first line of this program's.");
        var (entries, before) = (new List<JournalEntry>(), "");
        foreach (var line in lines[1..^1])
        {
            if (Parse(line, JournalJson.Default.JournalEntry) is not { At: not null, Subjects: not null } entry
                || entry.Entry != entries.Count + 1 || entry.Hash != HashOf(head.Practice, before, entry))
            {
                throw new JournalException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"was changed at entry {entries.Count + 1}."));
            }
            entries.Add(entry);
            before = entry.Hash;
        }
        return new ErasureJournal(head.Practice, entries);
    }

    /// <summary>The folder's journal; null if there is none.</summary>
    /// <exception cref="JournalException">It was changed.</exception>
    public static ErasureJournal? Of(DataFolder folder)
    {
        if (!File.Exists(folder.Erasures)) return null;
        using var file = File.OpenRead(folder.Erasures);
        return Read(file);
    }

    /// <summary>The same with one entry more.</summary>
    public ErasureJournal With(IEnumerable<string> subjects, Instant at) => With(new JournalEntry(0, InstantPattern.General.Format(at), [.. subjects], ""));

    /// <summary>Everything in both: copies that went different ways come together again.</summary>
    public ErasureJournal Merge(ErasureJournal other)
    {
        var known = Entries.Select(Content).ToHashSet(StringComparer.Ordinal);
        return other.Entries.Where(entry => !known.Contains(Content(entry))).Aggregate(this, (merged, entry) => merged.With(entry));
    }

    /// <summary>Whether it goes on from where another one ended.</summary>
    public bool Continues(int length, string hash) => length <= Length && (length == 0 ? "" : Entries[length - 1].Hash) == hash;

    /// <summary>Puts it in its place; on disk when this returns.</summary>
    public void Save(DataFolder folder) => Files.Replace(folder.Erasures, ToBytes());

    /// <summary>As it is kept.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(JsonSerializer.Serialize(new JournalHead(Practice, Format), JournalJson.Default.JournalHead)).Append('\n');
        foreach (var entry in Entries) text.Append(JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private ErasureJournal With(JournalEntry entry)
    {
        var next = entry with { Entry = Length + 1 };
        return new ErasureJournal(Practice, [.. Entries, next with { Hash = HashOf(Practice, LastHash, next) }]);
    }

    private static string Content(JournalEntry entry) => entry.At + " " + string.Join(' ', entry.Subjects);

    private static string HashOf(string practice, string before, JournalEntry entry) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{practice} {before} {entry.Entry} {Content(entry)}"))));

    private static T? Parse<T>(string line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The journal of erasures is not what it must be; the message goes on from "The journal of erasures".</summary>
internal sealed class JournalException(string message) : Exception(message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(JournalEntry))]
[JsonSerializable(typeof(JournalHead))]
internal sealed partial class JournalJson : JsonSerializerContext;

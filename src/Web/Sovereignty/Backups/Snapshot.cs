using System.Security.Cryptography;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>
/// The practice as it is at one moment, while it goes on: SQLite's own copy of the database (never the file's), looked over
/// from end to end, and beside it what else a practice needs. Lies in the practice's folder and is overwritten at the end.
/// </summary>
internal sealed class Snapshot : IDisposable
{
    public const string DatabasePart = "practice.db";
    public const string ErasuresPart = "erasures.journal";
    public const string SettingsPart = "instance.json";

    private const string Prefix = ".snapshot-";

    private readonly string database;
    private readonly DataFolder folder;
    private readonly byte[] journal;
    private readonly Pace pace;

    private Snapshot(DataFolder folder, string database, byte[] journal, Pace pace) => (this.folder, this.database, this.journal, this.pace) = (folder, database, journal, pace);

    public required string Practice { get; init; }

    public required int Schema { get; init; }

    public required int Erasures { get; init; }

    public required Manifest Manifest { get; init; }

    /// <summary>Takes it. Whoever books meanwhile does not wait: readers never stop the writer.</summary>
    /// <param name="folder">The practice's.</param>
    /// <param name="pace">How it gives way to them; what is read of the snapshot goes by it, too.</param>
    /// <exception cref="BackupException">The database is not sound: such a practice is not backed up over good ones.</exception>
    /// <exception cref="JournalException">The journal of erasures is not.</exception>
    public static Snapshot Take(DataFolder folder, Pace pace)
    {
        var database = Path.Combine(folder.Path, Prefix + Guid.NewGuid().ToString("N"));
        try
        {
            using (var source = Db.Open(folder.Database))
            {
                Migrations.RefuseNewer(source);
                pace.Set(source);
                source.Execute("VACUUM INTO $file", ("$file", database));
            }
            using var db = Db.Open(database);
            pace.Set(db);
            if (Migrations.VersionOf(db) < Migrations.Newest) throw new BackupException("The database is older than this program. Run 'vetbooking migrate' first.");
            if (db.Rows("PRAGMA integrity_check", row => row.GetString(0)) is not ["ok"]) throw new BackupException("The database is damaged. Look at 'vetbooking check' and restore the last good backup; older backups were left alone.");
            // The journal is read after the copy was made: it knows at least what the copy knows.
            var journal = Erasing.Sound(db, folder);
            var tables = LogicalDigest.Of(db);
            var audit = db.Row("SELECT hash FROM audit ORDER BY id DESC LIMIT 1", row => Convert.ToHexStringLower(row.GetFieldValue<byte[]>(0))) ?? "";
            db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return new Snapshot(folder, database, journal.ToBytes(), pace)
            {
                Practice = journal.Practice,
                Schema = Migrations.VersionOf(db),
                Erasures = journal.Length,
                Manifest = new Manifest { Parts = Parts(folder, database, journal.ToBytes(), pace), Tables = tables, JournalHash = journal.LastHash, AuditHash = audit },
            };
        }
        catch
        {
            Remove(database);
            throw;
        }
    }

    /// <summary>Removes what a backup that was killed has left: of at least such an age, for another may be at work.</summary>
    public static void Sweep(DataFolder folder, TimeSpan age)
    {
        var unfinished = Directory.Exists(folder.Backups) ? Directory.GetFiles(folder.Backups, "*" + BackupFile.Extension + ".new") : [];
        foreach (var file in Directory.GetFiles(folder.Path, Prefix + "*").Concat(unfinished).Where(file => DateTime.UtcNow - File.GetLastWriteTimeUtc(file) >= age)) Files.Shred(file);
    }

    /// <summary>A part's content.</summary>
    public Stream Open(Part part) => part.Name switch
    {
        DatabasePart => pace.Open(database),
        ErasuresPart => new MemoryStream(journal),
        _ => File.OpenRead(Path.Combine(folder.Path, part.Name)),
    };

    /// <summary>The copy itself, to be read.</summary>
    public Db OpenCopy() => Db.Open(database, readOnly: true);

    /// <summary>The journal of erasures as it was then.</summary>
    public Stream OpenJournal() => new MemoryStream(journal);

    public void Dispose() => Remove(database);

    private static void Remove(string database)
    {
        foreach (var end in (string[])["", "-wal", "-shm", "-journal"]) Files.Shred(database + end);
    }

    private static List<Part> Parts(DataFolder folder, string database, byte[] journal, Pace pace)
    {
        // The journal first: whoever restores an older backup wants no more of this one.
        List<Part> parts = [PartOf(ErasuresPart, new MemoryStream(journal)), PartOf(DatabasePart, pace.Open(database))];
        if (File.Exists(folder.Settings)) parts.Add(PartOf(SettingsPart, File.OpenRead(folder.Settings)));
        // What opens backups is never inside one; the others open what is encrypted in the database.
        parts.AddRange(Directory.GetFiles(folder.Keys, "*.xml").Order(StringComparer.Ordinal).Select(file => PartOf("keys/" + Path.GetFileName(file), File.OpenRead(file))));
        return parts;
    }

    private static Part PartOf(string name, Stream content)
    {
        using (content) return new Part(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}

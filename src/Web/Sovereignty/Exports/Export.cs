using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Exports.Reading;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports;

/// <summary>
/// The whole practice as a folder in a ZIP: pages that a browser opens from the disk, tables for spreadsheets, a calendar, and
/// every row as JSON, so that another installation can take it over (GDPR Art. 20; Regulation (EU) 2023/2854, Art. 25 and 30).
/// </summary>
internal static class Export
{
    /// <summary>The layout this program writes.</summary>
    public const int Format = 1;

    /// <summary>The schema of the first release that wrote exports; there is none of an earlier one.</summary>
    public const int FirstSchema = 28;

    public const string ManifestPart = "manifest.json";

    public const string ChecksumsPart = "SHA256SUMS";

    /// <summary>Writes it while the practice goes on; the file bears its name only once it is whole. It is not encrypted.</summary>
    /// <param name="folder">The practice's.</param>
    /// <param name="to">A file that does not exist.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="ExportException">There is a file already.</exception>
    /// <exception cref="BackupException">The database is not sound.</exception>
    public static async Task<ExportManifest> Write(DataFolder folder, string to, Instant now)
    {
        if (File.Exists(to) || Directory.Exists(to)) throw new ExportException($"{to} is there already; nothing was overwritten.");
        using var snapshot = Snapshot.Take(folder, new Pace(folder));
        using var db = snapshot.OpenCopy();
        var unfinished = to + ".new";
        try
        {
            ExportManifest manifest;
            await using (var file = Files.Create(unfinished))
            {
                manifest = await Write(file, snapshot, db, now);
                file.Flush(flushToDisk: true);
            }
            Files.Move(unfinished, to);
            return manifest;
        }
        catch
        {
            Files.Shred(unfinished);
            throw;
        }
    }

    private static async Task<ExportManifest> Write(Stream file, Snapshot snapshot, Db db, Instant now)
    {
        using var archive = new ExportArchive(file);
        await Pages.Write(archive, db, now);
        await Tables.Write(archive, db);
        await archive.AddText("termine.ics", Calendar.Write(db, now));
        foreach (var table in ExportedTable.Of(db))
        {
            await archive.Add(table.File, stream =>
            {
                table.Write(db, stream);
                return Task.CompletedTask;
            });
        }
        await archive.Add(Snapshot.ErasuresPart, async stream =>
        {
            await using var journal = snapshot.OpenJournal();
            await journal.CopyToAsync(stream);
        });
        var manifest = new ExportManifest
        {
            Format = Format,
            Practice = snapshot.Practice,
            CreatedAt = InstantPattern.General.Format(now),
            Version = Verbs.VersionVerb.Version,
            Schema = snapshot.Schema,
            Parts = [.. archive.Parts],
            Tables = ExportedTable.Digests(db),
        };
        await archive.Add(ManifestPart, JsonSerializer.SerializeToUtf8Bytes(manifest, ExportJson.Default.ExportManifest));
        await archive.AddChecksums();
        return manifest;
    }
}

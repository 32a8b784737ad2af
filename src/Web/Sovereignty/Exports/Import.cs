using NodaTime;
using VetBooking.Web.Setup;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Invited;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports;

/// <summary>What an import has done.</summary>
/// <param name="Manifest">Of the export.</param>
/// <param name="Link">With it the first administrator chooses how to sign in: what opened the old installation opens nothing here. Null if there is none.</param>
internal sealed record ImportResult(ExportManifest Manifest, string? Link);

/// <summary>
/// Takes an export over into an empty folder. Made ready and looked over beside, then put in its place: killed at any moment,
/// there is no practice or a whole one.
/// </summary>
internal static class Import
{
    private static readonly string[] Harmless = ["instance.json", "keys", "in-use", ".restoring", "before-restore"];

    /// <summary>Does it; the database says afterwards what the export says, value by value.</summary>
    /// <exception cref="ExportException">The export or the folder is not what it must be; nothing was changed.</exception>
    public static async Task<ImportResult> Run(string from, DataFolder folder, Instant now)
    {
        var isNew = !Directory.Exists(folder.Path);
        if (!isNew) RefuseUsed(folder);
        EmptyPractice.Prepare(folder);
        try
        {
            using var alone = FolderLock.Alone(folder) ?? throw new ExportException("Somebody works in the folder. Import into an empty one; nothing was changed.");
            RefuseUsed(folder);
            using var export = await ReceivedExport.Open(from);
            var staged = Swap.Begin(folder);
            var token = await MakeReady(export, staged, now);
            BackupKeys.Of(folder);
            if (!File.Exists(folder.Settings)) new InstanceSettings().Save(folder.Settings);
            Swap.Ready(staged, copyExists: true);
            Swap.Run(folder);
            return new ImportResult(export.Manifest, token is null ? null : $"{InstanceSettings.Load(folder.Settings).PublicUrl}/praxis/einladung/{token}");
        }
        catch (Exception failed)
        {
            if (!Swap.IsHalfDone(folder)) Swap.Abandon(folder);
            if (isNew && !folder.HasPractice) Directory.Delete(folder.Path, recursive: true);
            if (failed is JournalException) throw new ExportException($"The journal of erasures {failed.Message} Use another export.", failed);
            throw;
        }
    }

    private static void RefuseUsed(DataFolder folder)
    {
        if (Swap.IsHalfDone(folder)) Swap.Run(folder);
        if (folder.HasPractice) throw new ExportException($"A practice lives in {folder.Path}. Import into an empty folder; nothing was changed.");
        if (Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).FirstOrDefault(name => !Harmless.Contains(name)) is { } other)
            throw new ExportException($"{folder.Path} is not empty ({other}). Import into an empty folder; nothing was changed.");
    }

    private static async Task<string?> MakeReady(ReceivedExport export, DataFolder staged, Instant now)
    {
        using var db = Db.Open(staged.Database);
        Migrations.Run(db, export.Manifest.Schema);
        await Fill(db, export);
        var journal = ReadJournal(export);
        if (PracticeFacts.Identity(db) != export.Manifest.Practice || journal.Practice != export.Manifest.Practice) throw new ExportException("The export is of another practice than it says. Use another one.");
        journal.Save(staged);
        Erasing.CatchUp(db, staged, now);
        Migrations.Run(db);
        if (Check.Run(db) is [var problem, ..]) throw new ExportException($"The practice in the export is not sound: {problem}. Use another export.");
        var token = Invite(db, now);
        db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return token;
    }

    // Row by row, without what the schema does by itself: the rows hold the outcome already.
    private static async Task Fill(Db db, ReceivedExport export)
    {
        db.Execute("PRAGMA foreign_keys = OFF");
        db.Execute("BEGIN IMMEDIATE");
        var triggers = db.Rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", row => (Name: row.GetString(0), Sql: row.GetString(1)));
        foreach (var (name, _) in triggers) db.Execute($"DROP TRIGGER \"{name}\"");
        foreach (var table in ExportedTable.Of(db))
        {
            await using var rows = export.Open(table);
            await table.Fill(db, rows);
        }
        foreach (var (_, sql) in triggers) db.Execute(sql);
        var digests = ExportedTable.Digests(db);
        if (digests.Except(export.Manifest.Tables).Concat(export.Manifest.Tables.Except(digests)).Select(table => table.Key).FirstOrDefault() is { } other)
            throw new ExportException($"The rows of {other} in the export are not what its manifest says. Use another export.");
        db.Execute("COMMIT");
        db.Execute("PRAGMA foreign_keys = ON");
    }

    private static ErasureJournal ReadJournal(ReceivedExport export)
    {
        using var stream = export.OpenJournal();
        return ErasureJournal.Read(stream);
    }

    private static string? Invite(Db db, Instant now)
    {
        var administrator = db.Row("SELECT id FROM account WHERE role = 'administrator' AND active ORDER BY id LIMIT 1", row => row.GetInt64(0));
        return administrator == 0 ? SetupLink.Create(db, now) : Invitations.Create(new Change(db, Book.Load(db, now), now), Actor.Practice, administrator);
    }
}

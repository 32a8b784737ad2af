using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Exports;

/// <summary>The practice takes everything along at a press.</summary>
internal static class ExportPages
{
    /// <summary>How what is on its way to somebody is called; nothing of it stays.</summary>
    private const string Prefix = ".export-";

    /// <summary><c>POST /praxis/einstellungen/sicherung/auszug</c>: the log says that it left the house, so it is no GET.</summary>
    public static async Task<IResult> Fetch(Staff staff, HttpContext http, Writer writer, Readers readers, BackupRoutine routine, DataFolder folder, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        var file = Path.Combine(folder.Path, Prefix + Guid.NewGuid().ToString("N"));
        http.Response.OnCompleted(() =>
        {
            Files.Shred(file);
            return Task.CompletedTask;
        });
        try
        {
            await Export.Write(folder, file, now);
        }
        catch (Exception failed) when (failed is BackupException or JournalException or SqliteException or IOException)
        {
            return BackupPages.Shown(staff, readers, routine, staff.T.ExportFailed, StatusCodes.Status503ServiceUnavailable);
        }
        await writer.Write(change =>
        {
            Audit.Add(change, staff.Actor, "practice.exported", "practice", 1);
            return true;
        });
        var day = NodaTime.Text.LocalDatePattern.Iso.Format(now.InZone(staff.Book.Practice.Zone).Date);
        return Results.File(file, "application/zip", $"praxis-{day}.zip");
    }

    /// <summary>Removes what a program that was killed has left.</summary>
    public static void Sweep(DataFolder folder)
    {
        foreach (var file in Directory.GetFiles(folder.Path, Prefix + "*")) Files.Shred(file);
    }
}

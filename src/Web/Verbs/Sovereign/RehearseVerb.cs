using System.CommandLine;
using NodaTime;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking rehearse</c></summary>
internal static class RehearseVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var from = new Option<FileInfo?>("--from") { Description = "Another backup than the newest in the practice's folder." };
        var command = new Command("rehearse", "Bring a backup back in a place of its own, look it over and book an appointment there; nothing of it stays. Also while the practice runs.") { data, from, Answer.Json };
        command.SetAction(async (verb, _) => await verb.Sovereign(verb.Folder(data), async folder =>
        {
            using var db = Db.Open(folder.Database);
            var backup = verb.GetValue(from)?.FullName ?? Backup.In(folder.Backups, PracticeFacts.Identity(db)).Select(one => one.Path).FirstOrDefault()
                ?? throw new BackupException("There is no backup yet. Make one with 'vetbooking backup', then run this again.");
            try
            {
                var booked = await Rehearsal.Run(backup, folder, SystemClock.Instance);
                Note(db, backup, null);
                return verb.Done(
                    $"{backup} brings the practice back, and it is sound. {(booked ? "An appointment was booked there." : "There was no free time to book there.")}",
                    new VerbAnswer("rehearse", true) { File = backup, Bytes = new FileInfo(backup).Length, Counts = new Dictionary<string, long> { ["booked"] = booked ? 1 : 0 } });
            }
            catch (BackupException failed)
            {
                Note(db, backup, failed.GetType().Name);
                throw;
            }
        }));
        return command;
    }

    private static void Note(Db db, string backup, string? problem) =>
        new BackupRun("rehearsal", SystemClock.Instance.GetCurrentInstant(), backup, File.Exists(backup) ? new FileInfo(backup).Length : 0, problem).Note(db);
}

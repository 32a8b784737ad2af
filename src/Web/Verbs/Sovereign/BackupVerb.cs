using System.CommandLine;
using NodaTime;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary>What a backup holds.</summary>
internal enum BackupLevel { Practice, Database, Files }

/// <summary><c>vetbooking backup</c></summary>
internal static class BackupVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var to = new Option<string>("--to") { Description = "A new file, or a folder that is there.", Required = true };
        var level = new Option<BackupLevel>("--level") { Description = "practice: one encrypted file with everything. database: a plain SQLite database. files: a plain folder that can be started." };
        var command = new Command("backup", "Make a verified backup, also while the practice runs.") { data, to, level, Answer.Json };
        command.SetVerb(verb => verb.Sovereign(verb.Folder(data), folder =>
        {
            var target = verb.GetRequiredValue(to);
            // Whoever books meanwhile goes first; a backup has the night.
            using (var self = System.Diagnostics.Process.GetCurrentProcess()) self.PriorityClass = System.Diagnostics.ProcessPriorityClass.Idle;
            switch (verb.GetValue(level))
            {
                case BackupLevel.Database:
                    Backup.TakeDatabase(folder, target);
                    return verb.Done($"The database is in {target}. It is not encrypted: keep it where only the practice can read it.", new VerbAnswer("backup", true) { File = target });
                case BackupLevel.Files:
                    Backup.TakeFiles(folder, target);
                    return verb.Done($"The folder is in {target}. It is not encrypted: keep it where only the practice can read it.", new VerbAnswer("backup", true) { File = target });
                default:
                    var now = SystemClock.Instance.GetCurrentInstant();
                    var made = Backup.Take(folder, target, now);
                    using (var db = Db.Open(folder.Database)) new BackupRun("backup", now, made.File, made.Bytes, null).Note(db);
                    return verb.Done($"The backup is {made.File}; it was read through and is whole.", new VerbAnswer("backup", true) { File = made.File, Bytes = made.Bytes, CreatedAt = made.CreatedAt, Digest = made.Digest });
            }
        }));
        return command;
    }
}

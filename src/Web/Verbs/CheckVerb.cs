using System.CommandLine;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking check</c></summary>
internal static class CheckVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var command = new Command("check", "Check the database's integrity, the product's invariants and the configuration.") { data, Answer.Json };
        command.SetVerb(verb =>
        {
            var folder = verb.Folder(data);
            if (Swap.IsHalfDone(folder)) return verb.Refused(DataOption.HalfRestored);
            if (!folder.HasPractice) return verb.Refused(DataOption.NoPractice(folder));
            using var db = Db.Open(folder.Database);
            // Only looked at: what is in the log stays there.
            db.LeaveLog();
            try
            {
                Migrations.RefuseNewer(db);
                InstanceSettings.Load(folder.Settings);
            }
            catch (Exception wrong) when (wrong is NewerDatabaseException or SettingsException)
            {
                return verb.Refused(wrong.Message);
            }
            List<string> problems = [.. PageRound.Problems(db, folder), .. Check.Run(db)];
            if (Migrations.VersionOf(db) == Migrations.Newest && Erasing.Problem(db, folder) is { } journal) problems.Add("the journal of erasures " + journal);
            var missing = Profile.Load(db).Missing;
            var answer = new VerbAnswer("check", problems.Count == 0)
            {
                Problems = [.. problems, .. missing.Select(column => "not public yet: the practice's " + column + " is missing")],
                Schema = Migrations.VersionOf(db),
                Counts = new Dictionary<string, long> { ["appointments"] = db.Number("SELECT count(*) FROM appointment"), ["outbox"] = db.Number("SELECT count(*) FROM outbox WHERE state = 'waiting'") },
            };
            foreach (var problem in answer.Problems) Console.Error.WriteLine(problem);
            return problems.Count == 0
                ? verb.Done("The practice is sound.", answer)
                : verb.Say($"{problems.Count} problems. Restore the last verified backup, or ask for help before anything else is written.", answer, ExitCode.Failed);
        });
        return command;
    }
}

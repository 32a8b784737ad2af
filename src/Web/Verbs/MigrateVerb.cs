using System.CommandLine;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking migrate</c></summary>
internal static class MigrateVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var command = new Command("migrate", "Bring the practice's database to this program's schema.") { data, Answer.Json };
        command.SetVerb(verb =>
        {
            var folder = verb.Folder(data);
            if (Swap.IsHalfDone(folder)) return verb.Refused(DataOption.HalfRestored);
            if (!folder.HasPractice) return verb.Refused(DataOption.NoPractice(folder));
            using var db = Db.Open(folder.Database);
            try
            {
                var steps = Migrations.Run(db);
                return verb.Done(
                    steps == 0 ? $"The database already has schema {Migrations.Newest}." : $"The database now has schema {Migrations.Newest}.",
                    new VerbAnswer("migrate", true) { Schema = Migrations.Newest, Migrated = steps });
            }
            catch (NewerDatabaseException newer)
            {
                return verb.Refused(newer.Message);
            }
        });
        return command;
    }
}

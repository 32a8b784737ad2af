using System.CommandLine;
using NodaTime;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Exports;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking import</c></summary>
internal static class ImportVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var from = new Option<string>("--from") { Description = "A file that export has written.", Required = true };
        var command = new Command("import", "Take over the export of a practice, into an empty folder.") { from, data, Answer.Json };
        command.SetVerb(verb =>
        {
            try
            {
                var folder = verb.Folder(data);
                var done = Import.Run(verb.GetRequiredValue(from), folder, SystemClock.Instance.GetCurrentInstant()).GetAwaiter().GetResult();
                return verb.Done(
                    $"The practice of {done.Manifest.CreatedAt} is in {folder.Path}, and says the same value by value. Start it: vetbooking serve --data {folder.Path}\nThe first administrator signs in anew, within a day: {done.Link}",
                    new VerbAnswer("import", true) { Data = folder.Path, CreatedAt = done.Manifest.CreatedAt, Digest = done.Manifest.Digest, SetupLink = done.Link });
            }
            catch (Exception refused) when (refused is ExportException or BackupException)
            {
                return verb.Refused(refused.Message);
            }
        });
        return command;
    }
}

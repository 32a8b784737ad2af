using System.CommandLine;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking init</c></summary>
internal static class InitVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var name = new Option<string>("--name") { Description = "The practice's name.", Required = true };
        var email = new Option<string>("--email") { Description = "The practice's mail address.", Required = true };
        var command = new Command("init", "Make an empty practice.") { data, name, email, Answer.Json };
        command.SetVerb(verb =>
        {
            var folder = verb.Folder(data);
            if (Swap.IsHalfDone(folder)) return verb.Refused(DataOption.HalfRestored);
            if (folder.HasPractice) return verb.Refused($"There is a practice in {folder.Path} already; nothing was changed.");
            var fields = new Fields();
            var practice = fields.Required("name", verb.GetRequiredValue(name), Fields.LongestName);
            var address = fields.Email("email", verb.GetRequiredValue(email));
            if (address is null || fields.Problems.Count > 0)
            {
                var wrong = string.Join(" and ", fields.Problems.Select(problem => $"--{problem.Field} ({problem.Problem})"));
                return verb.Say($"Please correct {wrong}.", new VerbAnswer("init", false) { Error = wrong }, ExitCode.WrongUsage);
            }
            var link = EmptyPractice.Make(folder, practice, address.Address, SystemClock.Instance.GetCurrentInstant());
            return verb.Done(
                $"The practice is in {folder.Path}. Start it, and set it up within 24 hours at {link}\nIt stays closed to the public until then.",
                new VerbAnswer("init", true) { Data = folder.Path, Schema = Migrations.Newest, SetupLink = link });
        });
        return command;
    }
}

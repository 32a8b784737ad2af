using System.CommandLine;
using NodaTime;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking retain</c></summary>
internal static class RetainVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var dryRun = new Option<bool>("--dry-run") { Description = "Count only; nothing is removed." };
        var command = new Command("retain", "Remove what is over its time, as the practice has set it; also while it runs.") { data, dryRun, Answer.Json };
        command.SetAction(async (verb, stop) => await verb.Sovereign(verb.Folder(data), async folder =>
        {
            if (verb.GetValue(dryRun))
            {
                using var db = Db.Open(folder.Database);
                return Said(verb, "would be removed", Retention.Due(db, SystemClock.Instance.GetCurrentInstant()));
            }
            await using var writer = new Writer(folder, SystemClock.Instance);
            return Said(verb, "removed", await Retention.Apply(writer, Storage.Actor.Operator, stop));
        }));
        return command;
    }

    private static int Said(System.CommandLine.ParseResult verb, string what, IReadOnlyDictionary<string, long> counts) => verb.Done(
        counts.Count == 0 ? $"Nothing {what}." : $"{what}: {string.Join(", ", counts.Select(row => $"{row.Value} {row.Key}"))}.",
        new VerbAnswer("retain", true) { Counts = counts });
}

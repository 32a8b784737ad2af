using System.CommandLine;
using System.Globalization;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking erase</c></summary>
internal static class EraseVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var owner = new Option<string>("--owner") { Description = "The owner's number in the practice's records, or a mail address.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go; nothing is erased." };
        var command = new Command("erase", "Erase a person, also while the practice runs, and after every restore again.") { data, owner, dryRun, Answer.Json };
        command.SetAction(async (verb, _) => await verb.Sovereign(verb.Folder(data), async folder =>
        {
            using var db = Db.Open(folder.Database);
            var (person, refusal) = MayGo(db, verb.GetRequiredValue(owner), SystemClock.Instance.GetCurrentInstant());
            if (person is null) return verb.Refused(refusal);
            var counts = Counts(person);
            if (verb.GetValue(dryRun)) return verb.Done($"Would be erased: {Said(counts)}.", new VerbAnswer("erase", true) { Counts = counts });
            JournalEntry entry;
            await using (var writer = new Writer(folder, SystemClock.Instance)) entry = await writer.Write(change => Erasing.Erase(change, folder, Actor.Operator, person));
            var scrubbed = Erasing.CleanUp(db, folder);
            return verb.Done(
                $"Erased: {Said(counts)}. Entry {entry.Entry} of the journal." + (scrubbed ? "" : " The log is in use; what is left in it goes with the next erasure or restart."),
                new VerbAnswer("erase", true) { Counts = counts, Erasures = entry.Entry });
        }));
        return command;
    }

    // An address may be shared by several owners of the records: then only a number says who is meant.
    internal static (Person? Person, string Refusal) Whom(Db db, string owner)
    {
        Person person;
        if (long.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) person = Person.Of(db, id);
        else
        {
            if (EmailAddress.Read(owner).Address is not { } address) return (null, "--owner wants a number or a mail address. Nothing was changed.");
            var owners = db.Rows("SELECT id FROM owner WHERE email_key = $key ORDER BY id", row => row.GetInt64(0), ("$key", address.Key));
            if (owners.Count > 1) return (null, $"Several owners share this address: {string.Join(", ", owners)}. Say which with --owner NUMBER; nothing was changed.");
            person = owners is [var only] ? Person.Of(db, only) : Person.Unknown(db, address.Key);
        }
        return person.IsNobody ? (null, "There is nobody like that here. Nothing was changed.") : (person, "");
    }

    private static (Person? Person, string Refusal) MayGo(Db db, string owner, Instant now)
    {
        var known = Whom(db, owner);
        if (known.Person is not { } person) return known;
        var today = now.InZone(PracticeFacts.Load(db).Zone).Date;
        return Erasing.HeldBack(db, person, today) is { } hold
            ? (null, $"Must be kept until {NodaTime.Text.LocalDatePattern.Iso.Format(hold.Until)}: {hold.Reason}. Nothing was changed.")
            : known;
    }

    private static Dictionary<string, long> Counts(Person person) => new()
    {
        ["owners"] = person.Owners.Count,
        ["appointments"] = person.Appointments.Count,
        ["waiting"] = person.Waiting.Count,
        ["walk-ins"] = person.WalkIns.Count,
    };

    private static string Said(Dictionary<string, long> counts) => string.Join(", ", counts.Select(one => $"{one.Value} {one.Key}"));
}

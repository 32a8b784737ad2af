using System.Text.RegularExpressions;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Disclosure;

/// <summary>
/// Finds free text that somebody should read before it is given away: what the team wrote, and what looks like an address, a
/// telephone number or the name of somebody else. It points; it decides nothing, and what it does not see may still be there.
/// </summary>
internal static partial class Reviewing
{
    private const int ShortestNumber = 6;

    public static IReadOnlyList<FreeText> Of(Db db, Book book, PersonFile file)
    {
        var own = file.Records.SelectMany(one => one.Phones.Append(one.Email).Append(one.Name))
            .Concat(file.Appointments.SelectMany(one => new[] { one.Name, one.Email, one.Phone ?? "" }))
            .Concat(file.Waiting.SelectMany(one => new[] { one.Name, one.Email, one.Phone }))
            .Append(book.Profile.Email).Append(book.Profile.Phone).Where(one => one.Length > 0).ToList();
        var others = db.Rows("SELECT name FROM owner UNION SELECT name FROM account", row => row.GetString(0).Trim())
            .Where(name => name.Contains(' ', StringComparison.Ordinal) && !own.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        return
        [
            .. from text in Texts(file)
               let why = Why(text.Said!, own, others) ?? (text.ByTeam ? "note" : null)
               where why is not null
               select new FreeText(text.Where, text.Field, why),
        ];
    }

    private static IEnumerable<(string Where, string Field, string? Said, bool ByTeam)> Texts(PersonFile file)
    {
        IEnumerable<(string Where, string Field, string? Said, bool ByTeam)> all =
        [
            .. file.Records.SelectMany(one => new[] { ("record", "note", one.Note, true), ("record", "heldBecause", one.HeldBecause, true) }),
            .. file.Animals.Select(one => ($"animal {one.Name}", "note", one.Note, true)),
            .. file.Appointments.SelectMany(one => new[]
            {
                ($"appointment {one.Number}", "note", one.Note, true), ($"appointment {one.Number}", "cancelReason", one.CancelReason, true), ($"appointment {one.Number}", "message", one.Message, false),
            }),
            .. file.Appointments.SelectMany(one => one.Answers.Select(answer => ($"appointment {one.Number}", "answers", (string?)answer.Said, false))),
            .. file.Appointments.SelectMany(one => one.Animals.Select(animal => ($"appointment {one.Number}", "reason", animal.Reason, false))),
            .. file.Requests.Select(one => ("request", "more", one.More, false)),
        ];
        return all.Where(one => one.Said is not null);
    }

    private static string? Why(string text, List<string> own, List<string> others)
    {
        if (Address().Matches(text).Any(one => !own.Contains(one.Value, StringComparer.OrdinalIgnoreCase))) return "address";
        var numbers = own.Select(OwnerRecord.Digits).ToList();
        if (Telephone().Matches(text).Select(one => OwnerRecord.Digits(one.Value)).Any(digits => digits.Length >= ShortestNumber && !numbers.Contains(digits))) return "telephone";
        return others.Exists(name => text.Contains(name, StringComparison.OrdinalIgnoreCase)) ? "name" : null;
    }

    [GeneratedRegex(@"[^\s@,;<>]+@[^\s@,;<>]+\.[a-z]{2,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"\+?[0-9][0-9 /()\-]{5,}[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Telephone();
}

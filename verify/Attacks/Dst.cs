using System.Text.RegularExpressions;
using NodaTime;

namespace VetBooking.Verify.Attacks;

/// <summary>
/// Every change of the clocks from 2024 to 2040 in three zones: what can be booked on that day, and whether the API, the
/// database, the mail, its calendar file and the page all mean the same moment.
/// </summary>
internal sealed partial class Dst(Run run)
{
    private static readonly string[] Zones = ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"];
    private (ClockChange Change, Mail Mail, List<Slot> Slots)? sample;
    private int bookings;
    private int slotsSeen;

    public async Task Execute(int most)
    {
        var readyAfter = new List<double>();
        var changes = 0;
        foreach (var change in Zones.SelectMany(Changes).Take(most))
        {
            if (run.TimeIsUp) break;
            using var target = new Target(run.Executable, run.CopyOfDemo($"dst-{changes++}"));
            var (type, species) = Prepare(target.Database, change);
            // The server's clock starts two days before, at nine.
            var clock = change.Date.PlusDays(-2).At(new LocalTime(9, 0)).InZoneStrictly(change.Zone).ToInstant();
            readyAfter.Add(await target.Start("--clock", Times.Iso(clock, change.Zone)));
            using var api = new Api(target.Url);
            var complaints = await Try(target, api, change, new Choice(type, species, clock, type.People[0]));
            run.Report.CheckNone($"{change}", complaints);
            await target.Stop();
            // A hundred copies of a practice are worth no disk, unless there is something to look at.
            if (complaints.Count == 0) Directory.Delete(target.Data, recursive: true);
            if (changes % 17 == 0) run.Report.Say($"{changes} changes of the clocks, {bookings} bookings");
        }
        NegativeControl();
        run.Report.Figure("changes", changes);
        run.Report.Figure("bookings", bookings);
        run.Report.Figure("slots", slotsSeen);
        run.Report.Durations("readyMs", readyAfter);
    }

    private static IEnumerable<ClockChange> Changes(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var intervals = zone.GetZoneIntervals(Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2041, 1, 1, 0, 0)).ToList();
        foreach (var (before, after) in intervals.Zip(intervals.Skip(1)))
        {
            var date = after.Start.InZone(zone).Date;
            var spring = after.WallOffset > before.WallOffset;
            yield return new ClockChange(zone, date, spring)
            {
                Grid = date.Year % 2 == 0 ? 10 : 5,
                // Sixty minutes fill exactly what lies between the two half past twos.
                Length = spring ? (date.Year % 2 == 0 ? 10 : 30) : new[] { 60, 30, 20 }[date.Year % 3],
                SundayOnly = date.Year % 4 < 2,
            };
        }
    }

    /// <summary>An empty diary, open all day, in the change's zone; the visit type to book, with the length the case wants.</summary>
    private static (Bookable Type, string Species) Prepare(string database, ClockChange change)
    {
        using (var connection = Database.OpenToWrite(database))
        {
            Facts.OpenAroundTheClock(connection, change.SundayOnly ? [7] : Facts.AllWeek);
            connection.Execute("DELETE FROM appointment");
            connection.Execute("UPDATE practice SET zone = $1", change.Zone.Id);
            connection.Execute(
                "UPDATE visit_type SET mode = 'at-once', buffer_before = 0, buffer_after = 0, travel = 0, cancel_hours = 0, grid_minutes = $1", change.Grid);
            connection.Execute("UPDATE visit_type_species SET minutes = $1", change.Length);
        }
        var type = Facts.Read(database).Types[0];
        return (type, type.Minutes.Keys.First());
    }

    private async Task<List<string>> Try(Target target, Api api, ClockChange change, Choice choice)
    {
        var facts = Facts.Read(target.Database);
        var slots = await api.Slots(choice.Type, choice.Species, choice.Vet, change.Date, 1);
        var complaints = DstEvidence.OfSlots(change, slots).ToList();
        slotsSeen += slots.Count;

        var random = run.RandomFor(change.Date.Year * 100 + change.Date.Month);
        var shown = new List<(Mail Mail, string Page)>();
        foreach (var start in change.Starts)
        {
            if (shown.Count == 1 && change is { Spring: true, Length: > 10 })
            {
                // On the wall clock 01:50 and 03:00 are far apart; in truth it is ten minutes.
                var tooSoon = await api.Book(facts.Ask(random, choice with { Start = change.Starts[0] + Duration.FromMinutes(10) }));
                if (!tooSoon.LostProperly) complaints.Add($"{change}: a visit inside another one, across the gap, was answered {tooSoon}");
            }
            var wanted = facts.Ask(random, choice with { Start = start });
            var answer = await api.Book(wanted);
            complaints.AddRange(DstEvidence.OfAnswer(change, start, answer));
            if (!answer.Won) return complaints;
            bookings++;
            complaints.AddRange(DstEvidence.OfRow(change, start, Row(target, answer.Number)));
            var mail = await Mails.WaitFor(target.Data, wanted.Email);
            complaints.AddRange(DstEvidence.OfMail(change, start, mail));
            var (status, page) = await api.Open(HttpMethod.Get, $"termin/{mail.Token}");
            if (status != 200) complaints.Add($"{change}: the appointment's page answered {status}");
            complaints.AddRange(DstEvidence.OfPage(change, start, page));
            shown.Add((mail, page));
        }
        complaints.AddRange(DstEvidence.OfDoubledHour(change, "the mail's text", shown[0].Mail.Text, shown[1].Mail.Text));
        complaints.AddRange(DstEvidence.OfDoubledHour(
            change, "the mail's html", Mails.VisibleText(shown[0].Mail.Html), Mails.VisibleText(shown[1].Mail.Html)));
        complaints.AddRange(DstEvidence.OfDoubledHour(change, "the page", Mails.VisibleText(shown[0].Page), Mails.VisibleText(shown[1].Page)));
        // An autumn case shows more: it has two times that look alike.
        if (complaints.Count == 0 && sample is not { Change.Spring: false }) sample = (change, shown[0].Mail, slots);
        return complaints;
    }

    private static (long, string) Row(Target target, string number)
    {
        using var connection = Database.OpenToRead(target.Database);
        return connection.Rows("SELECT starts_at, starts_local FROM appointment WHERE number = $1", row => (row.GetInt64(0), row.GetString(1)), number).Single();
    }

    /// <summary>A mail that was right, with its times moved by an hour, and a list of slots that does not know the change.</summary>
    private void NegativeControl()
    {
        if (sample is not var (change, mail, slots))
        {
            run.Report.Check("negative control", false, "no case was right, so none can be spoilt");
            return;
        }
        string Later(string text) => WallTime().Replace(text, match => $"{(int.Parse(match.Groups[1].ValueSpan, null) + 1) % 24:00}:{match.Groups[2].Value}");
        var start = change.Starts[0];
        run.Report.Check("negative control: a mail that is right is not complained about", !DstEvidence.OfMail(change, start, mail).Any());
        run.Report.Check("negative control: a mail an hour late is", DstEvidence.OfMail(change, start, mail with { Text = Later(mail.Text) }).Any());
        run.Report.Check("negative control: so is a calendar file in local time",
            DstEvidence.OfMail(change, start, mail with { Calendar = mail.Calendar.Replace("Z\n", "\n", StringComparison.Ordinal) }).Any());
        var naive = slots.Select(slot => slot with { Start = slot.Start.WithOffset(slots[0].Start.Offset) }).ToList();
        run.Report.Check("negative control: so are slots without the change", DstEvidence.OfSlots(change, naive).Any());
        run.Report.Check("negative control: so are two times nobody can tell apart",
            change.Spring || DstEvidence.OfDoubledHour(change, "the mail", mail.Text, mail.Text).Any());
    }

    [GeneratedRegex(@"\b(\d\d):(\d\d)\b")]
    private static partial Regex WallTime();
}

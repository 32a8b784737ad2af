using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Site;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;
using VetBooking.Web.Today.Lists;

namespace VetBooking.Web.Messages.ToStaff;

/// <summary>
/// The list of the next working day, for those of the team who want it by mail, at an hour of their choice on days on which
/// the practice is open. Mail is read on many devices: it names animals and visit types, no owner.
/// </summary>
internal sealed record TomorrowList(Recipient Reader, LocalDate Date) : Matter
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public required DayList List { get; init; }

    public override Recipient To => Reader;

    /// <summary>When the next list is due; null if nobody wants one.</summary>
    public static Instant? NextDue(Db db) =>
        db.Row("SELECT min(list_due) FROM account WHERE active", row => row.Number(0)) is { } due ? Instant.FromUnixTimeSeconds(due) : null;

    /// <summary>Puts the lists that have come due into the outbox. One whose evening has passed is left out.</summary>
    public static void Settle(Change change)
    {
        var accounts = change.Db.Rows(
            "SELECT id, list_due, list_at, ends_at FROM account WHERE active AND list_due <= $now",
            row => (Id: row.GetInt64(0), Due: Instant.FromUnixTimeSeconds(row.GetInt64(1)), At: row.GetString(2), Ends: row.Number(3)),
            ("$now", change.Now.ToUnixTimeSeconds()));
        foreach (var account in accounts)
        {
            SetDue(change, account.Id, account.At);
            var practice = change.Book.Practice;
            var today = change.Now.InZone(practice.Zone).Date;
            if (account.Due.InZone(practice.Zone).Date != today || account.Ends <= change.Now.ToUnixTimeSeconds() || OpeningTimes.On(practice, today).Stretches.IsEmpty) continue;
            Outbox.ToStaff(change, account.Id, MailKind.Tomorrow, LocalDatePattern.Iso.Format(DayList.NextWorkingDay(practice, today)));
        }
    }

    /// <summary>Sets when somebody's next list is due.</summary>
    /// <param name="change">The change this is part of.</param>
    /// <param name="account">Whose.</param>
    /// <param name="at">At this time of the practice's clock, like 18:00; null for never.</param>
    public static void SetDue(Change change, long account, string? at)
    {
        Instant? due = null;
        if (at is not null)
        {
            var zone = change.Book.Practice.Zone;
            var today = change.Now.InZone(zone).Date;
            due = new[] { today, today.PlusDays(1) }.Select(day => (day + Clock.Parse(at).Value).InZoneLeniently(zone).ToInstant()).First(moment => moment > change.Now);
        }
        change.Db.Execute("UPDATE account SET list_at = $at, list_due = $due WHERE id = $id", ("$at", at), ("$due", due?.ToUnixTimeSeconds()), ("$id", account));
    }

    /// <summary>The list a row of the outbox is about; null if its day has begun or its reader may not read it any more.</summary>
    public static TomorrowList? Find(Change change, OutboxRow row)
    {
        if (DayList.Read(row.About) is not { } date || change.Now.InZone(change.Book.Practice.Zone).Date >= date) return null;
        if (StaffRecipient.Of(change, row.Account) is not { } reader) return null;
        var list = DayList.Load(change.Db, change.Book, Text.In(reader.Language), date);
        var own = change.Db.Row("SELECT CASE WHEN list_own THEN resource_id END FROM account WHERE id = $id", one => one.Text(0), ("$id", row.Account));
        return new TomorrowList(reader, date) { List = own is null ? list : list.Of(own) };
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var t = Text.In(Reader.Language);
        return new MailText
        {
            Words = t,
            Subject = t.StaffmailListSubject(Date),
            Heading = t.StaffmailListSubject(Date),
            Intro = t.StaffmailListIntro(List.Visits.Count),
            Button = new MailButton(t.StaffmailListButton, links.Book + "praxis/morgen"),
            Sections = [.. List.ByPerson.Select(part => new MailSection(Shown.Line(part.Heading), [.. part.Visits.Select(Line)]))],
            Colour = book.Profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(book.Profile, t),
        };

        string Line(DayVisit visit) => string.Join(" · ", new[]
        {
            List.Time(visit), Shown.Line(List.VisitType(visit)), Shown.Line(List.Animals(visit)), List.State(visit),
        }.Where(part => part.Length > 0));
    }
}

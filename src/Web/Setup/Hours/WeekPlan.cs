using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Hours;

/// <summary>Opening hours that hold from a date to a date: a row of the list, and what a form changes.</summary>
/// <param name="Id">Id of its first row; 0 for one that is not saved.</param>
/// <param name="From">First date; always, if null.</param>
/// <param name="To">Last date; for ever, if null.</param>
/// <param name="Days">The hours of the seven days, Monday first.</param>
internal sealed record WeekPlan(long Id, LocalDate? From, LocalDate? To, IReadOnlyList<IReadOnlyList<(LocalTime From, LocalTime To)>> Days)
{
    public static WeekPlan Empty { get; } = new(0, null, null, [.. Enumerable.Repeat<IReadOnlyList<(LocalTime, LocalTime)>>([], 7)]);

    /// <summary>The practice's plans, the one without a beginning first. They never overlap: see <see cref="Put"/>.</summary>
    public static IReadOnlyList<WeekPlan> All(Db db) =>
        [.. db.Rows(
            "SELECT id, weekday, opens, closes, valid_from, valid_to FROM opening_hours ORDER BY valid_from, id",
            row => (Id: row.GetInt64(0), Weekday: row.GetInt32(1), Opens: Clock.Parse(row.GetString(2)).Value, Closes: Clock.Parse(row.GetString(3)).Value, From: row.Text(4), To: row.Text(5)))
            .GroupBy(row => (row.From, row.To))
            .Select(rows => new WeekPlan(rows.Min(row => row.Id), Day(rows.Key.From), Day(rows.Key.To),
                [.. Enumerable.Range(1, 7).Select(day => (IReadOnlyList<(LocalTime, LocalTime)>)[.. rows.Where(row => row.Weekday == day).Select(row => (row.Opens, row.Closes)).Order()])]))];

    /// <summary>Takes the plan out. The one before it goes on in its place, as it did before this one came.</summary>
    public void Take(Db db)
    {
        Delete(db);
        if (From is not { } first) return;
        var (before, after) = (All(db).FirstOrDefault(plan => plan.To == first.PlusDays(-1)), To is { } end ? All(db).FirstOrDefault(plan => plan.From == end.PlusDays(1)) : null);
        if (before is null) return;
        before.Delete(db);
        if (after is not null && after.Days.Zip(before.Days).All(pair => pair.First.SequenceEqual(pair.Second)))
        {
            after.Delete(db);
            (before with { To = after.To }).Insert(db);
        }
        else (before with { To = To }).Insert(db);
    }

    /// <summary>Puts the plan in. Others give way to it while it lasts, and go on afterwards.</summary>
    public void Put(Db db)
    {
        foreach (var other in All(db).Where(Overlaps))
        {
            other.Delete(db);
            if (From is { } first && (other.From is not { } begins || begins < first)) (other with { To = first.PlusDays(-1) }).Insert(db);
            if (To is { } last && (other.To is not { } ends || ends > last)) (other with { From = last.PlusDays(1) }).Insert(db);
        }
        Insert(db);
    }

    /// <summary>Takes out the very rows, and leaves their time empty.</summary>
    public void Delete(Db db) => db.Execute("DELETE FROM opening_hours WHERE valid_from IS $from AND valid_to IS $to", ("$from", Iso(From)), ("$to", Iso(To)));

    private bool Overlaps(WeekPlan other) => (From is not { } from || other.To is not { } ends || ends >= from) && (To is not { } to || other.From is not { } begins || begins <= to);

    private void Insert(Db db)
    {
        for (var day = 1; day <= 7; day++)
        {
            foreach (var (opens, closes) in Days[day - 1])
            {
                db.Execute("INSERT INTO opening_hours (weekday, opens, closes, valid_from, valid_to) VALUES ($day, $opens, $closes, $from, $to)",
                    ("$day", day), ("$opens", Clock.Format(opens)), ("$closes", Clock.Format(closes)), ("$from", Iso(From)), ("$to", Iso(To)));
            }
        }
    }

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static string? Iso(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : null;

    private static LocalDate? Day(string? text) => text is null ? null : LocalDatePattern.Iso.Parse(text).Value;
}

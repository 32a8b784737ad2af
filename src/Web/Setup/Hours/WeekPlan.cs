using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Hours;

/// <summary>Hours of the seven weekdays that hold from a date to a date.</summary>
/// <param name="Id">Id of its first row; 0 for one that is not saved.</param>
/// <param name="From">First date; always, if null.</param>
/// <param name="To">Last date; for ever, if null.</param>
/// <param name="Even">The hours of the days in even weeks, Monday first.</param>
/// <param name="Odd">The same in odd weeks; the very same list unless weeks alternate.</param>
internal sealed record WeekPlan(long Id, LocalDate? From, LocalDate? To, WeekDays Even, WeekDays Odd)
{
    public static WeekPlan Empty { get; } = new(0, null, null, WeekDays.None, WeekDays.None);

    /// <summary>Whether even and odd weeks differ.</summary>
    public bool Alternates => !Even.Equals(Odd);

    public bool Overlaps(WeekPlan other) => (From is not { } from || other.To is not { } ends || ends >= from) && (To is not { } to || other.From is not { } begins || begins <= to);
}

/// <summary>The stretches of seven weekdays, Monday first.</summary>
internal sealed class WeekDays(IEnumerable<IReadOnlyList<(LocalTime From, LocalTime To)>> days) : IEquatable<WeekDays>
{
    private readonly IReadOnlyList<(LocalTime From, LocalTime To)>[] days = [.. days];

    public static WeekDays None { get; } = new(Enumerable.Repeat<IReadOnlyList<(LocalTime, LocalTime)>>([], 7));

    /// <summary>The stretches of a weekday, 1 for Monday.</summary>
    public IReadOnlyList<(LocalTime From, LocalTime To)> On(int weekday) => days[weekday - 1];

    public bool IsEmpty => days.All(day => day.Count == 0);

    public bool Equals(WeekDays? other) => other is not null && days.Zip(other.days).All(pair => pair.First.SequenceEqual(pair.Second));

    public override bool Equals(object? obj) => Equals(obj as WeekDays);

    public override int GetHashCode() => days.Sum(day => day.Count);
}

/// <summary>
/// The plans of the practice, its opening hours, or those of somebody at work, their shifts. Plans put in here never
/// overlap: a new one takes the place of others while it lasts.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="resource">Whose shifts; the practice's opening hours if null.</param>
internal sealed class WeekPlans(Db db, string? resource)
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>All of them, the one without a beginning first.</summary>
    public IReadOnlyList<WeekPlan> All() => [.. db.Rows(
        resource is null
            ? "SELECT id, weekday, opens, closes, 'every', valid_from, valid_to, $resource FROM opening_hours ORDER BY valid_from, opens"
            : "SELECT id, weekday, starts, ends, rhythm, valid_from, valid_to FROM shift WHERE resource_id = $resource ORDER BY valid_from, starts",
        row => new Row(row.GetInt64(0), row.GetInt32(1), Clock.Parse(row.GetString(2)).Value, Clock.Parse(row.GetString(3)).Value, row.GetString(4), row.Text(5), row.Text(6)),
        ("$resource", resource))
        .GroupBy(row => (row.From, row.To))
        .Select(rows => new WeekPlan(rows.Min(row => row.Id), Day(rows.Key.From), Day(rows.Key.To), Days(rows, "even"), Days(rows, "odd")))];

    /// <summary>Puts the plan in. Others give way to it while it lasts, and go on afterwards.</summary>
    public void Put(WeekPlan plan)
    {
        foreach (var other in All().Where(plan.Overlaps))
        {
            Delete(other);
            if (plan.From is { } first && (other.From is not { } begins || begins < first)) Insert(other with { To = first.PlusDays(-1) });
            if (plan.To is { } last && (other.To is not { } ends || ends > last)) Insert(other with { From = last.PlusDays(1) });
        }
        Insert(plan);
    }

    /// <summary>Takes the plan out. The one before it goes on in its place, as it did before this one came.</summary>
    public void Take(WeekPlan plan)
    {
        Delete(plan);
        if (plan.From is not { } first || All().FirstOrDefault(other => other.To == first.PlusDays(-1)) is not { } before) return;
        var after = plan.To is { } end ? All().FirstOrDefault(other => other.From == end.PlusDays(1)) : null;
        Delete(before);
        if (after is null || !after.Even.Equals(before.Even) || !after.Odd.Equals(before.Odd))
        {
            Insert(before with { To = plan.To });
            return;
        }
        Delete(after);
        Insert(before with { To = after.To });
    }

    /// <summary>Takes out the very rows, and leaves their time empty.</summary>
    public void Delete(WeekPlan plan) => db.Execute(
        resource is null
            ? "DELETE FROM opening_hours WHERE valid_from IS $from AND valid_to IS $to AND $resource IS NULL"
            : "DELETE FROM shift WHERE valid_from IS $from AND valid_to IS $to AND resource_id = $resource",
        ("$from", Iso(plan.From)), ("$to", Iso(plan.To)), ("$resource", resource));

    private void Insert(WeekPlan plan)
    {
        for (var day = 1; day <= 7; day++)
        {
            if (plan.Even.On(day).SequenceEqual(plan.Odd.On(day))) Insert(plan, day, plan.Even.On(day), "every");
            else
            {
                Insert(plan, day, plan.Even.On(day), "even");
                Insert(plan, day, plan.Odd.On(day), "odd");
            }
        }
    }

    private void Insert(WeekPlan plan, int day, IReadOnlyList<(LocalTime From, LocalTime To)> hours, string rhythm)
    {
        foreach (var (from, to) in hours)
        {
            db.Execute(
                resource is null
                    ? "INSERT INTO opening_hours (weekday, opens, closes, valid_from, valid_to) SELECT $day, $opens, $closes, $from, $to WHERE $resource IS NULL AND $rhythm = 'every'"
                    : "INSERT INTO shift (weekday, starts, ends, valid_from, valid_to, resource_id, rhythm) VALUES ($day, $opens, $closes, $from, $to, $resource, $rhythm)",
                ("$day", day), ("$opens", Clock.Format(from)), ("$closes", Clock.Format(to)), ("$from", Iso(plan.From)), ("$to", Iso(plan.To)),
                ("$resource", resource), ("$rhythm", rhythm));
        }
    }

    private static WeekDays Days(IEnumerable<Row> rows, string week) => new(Enumerable.Range(1, 7).Select(day =>
        (IReadOnlyList<(LocalTime, LocalTime)>)[.. rows.Where(row => row.Weekday == day && (row.Rhythm == "every" || row.Rhythm == week)).Select(row => (row.Begins, row.Ends)).Order()]));

    private static string? Iso(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : null;

    private static LocalDate? Day(string? text) => text is null ? null : LocalDatePattern.Iso.Parse(text).Value;

    private sealed record Row(long Id, int Weekday, LocalTime Begins, LocalTime Ends, string Rhythm, string? From, string? To);
}

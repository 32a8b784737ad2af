using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Glance;

/// <summary>How the appointments of a month went.</summary>
/// <param name="Month">Which one, of which year.</param>
/// <param name="Visits">Appointments that were neither cancelled nor missed.</param>
/// <param name="NoShows">Appointments to which nobody came.</param>
/// <param name="Cancelled">Appointments that were cancelled.</param>
/// <param name="Online">How many of all of them owners had booked online.</param>
public sealed record MonthFigures(YearMonth Month, int Visits, int NoShows, int Cancelled, int Online)
{
    public int All => Visits + NoShows + Cancelled;
}

/// <summary>An hour of the week, in minutes of all people together.</summary>
/// <param name="Booked">In which visits occupied somebody, buffers and ways included.</param>
/// <param name="Squeezed">Squeezed in over something else.</param>
/// <param name="Offered">In which somebody was at work, without what was blocked.</param>
public readonly record struct HourFigures(int Booked, int Squeezed, int Offered)
{
    /// <summary>Minutes in which somebody was there: whoever has a visit outside their hours was, too.</summary>
    public int There => Math.Max(Offered, Booked);

    /// <summary>How full it was, beyond 100 only by what was squeezed in; null if nobody was there.</summary>
    public int? Percent => There > 0 ? (int)Math.Round(100.0 * (Booked + Squeezed) / There) : Squeezed > 0 ? 100 : null;
}

/// <summary>
/// The practice in numbers, up to yesterday: from appointments as long as they are kept, afterwards from the counts that
/// remain of them. Nobody's name or number is in here.
/// </summary>
public sealed class Figures
{
    /// <summary>The least days of each class of lead times.</summary>
    public static readonly IReadOnlyList<int> Leads = [0, 1, 3, 7, 14, 30];

    /// <summary>Appointments there are, as they ended, and the tally of those that are gone.</summary>
    internal const string VisitsSql =
        """
        SELECT month, outcome, online, lead, count(*) FROM visit_counted WHERE starts_at >= $since AND starts_at < $before GROUP BY 1, 2, 3, 4
        UNION ALL SELECT month, outcome, online, lead, visits FROM tally_visit WHERE month BETWEEN $from AND $to
        """;

    /// <summary>The minutes they take of each hour of the week; a part on another day than the start's counts on its own.</summary>
    internal const string HoursSql =
        """
        SELECT weekday, hour, sum(minutes), sum(squeezed) FROM visit_hour WHERE starts_at >= $since AND starts_at < $before AND day BETWEEN $first AND $last GROUP BY 1, 2
        UNION ALL SELECT weekday, hour, minutes, squeezed FROM tally_hour WHERE month BETWEEN $from AND $to
        """;

    // So far, in seconds, a visit reaches at the most beyond the day of its start: with buffers and ways, three days.
    private const long Reach = 3 * 86400;

    // Read back, it is the first day of the month.
    private static readonly LocalDatePattern MonthPattern = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    private readonly HourFigures[,] hours = new HourFigures[8, 24];

    private Figures(DateInterval days) => Days = days;

    public DateInterval Days { get; }

    /// <summary>Every month from the first with an appointment on.</summary>
    public IReadOnlyList<MonthFigures> Months { get; private init; } = [];

    /// <summary>How many visits were booked so early, by <see cref="Leads"/>.</summary>
    public IReadOnlyList<int> ByLead { get; private init; } = [];

    /// <summary>Whether there is anything to show.</summary>
    public bool IsEmpty => Months.All(month => month.All == 0);

    /// <summary>One hour of the week; Monday is 1.</summary>
    public HourFigures At(int weekday, int hour) => hours[weekday, hour];

    /// <summary>The weekdays on which somebody was there.</summary>
    public IEnumerable<int> Weekdays => Enumerable.Range(1, 7).Where(day => Enumerable.Range(0, 24).Any(hour => IsUsed(day, hour)));

    /// <summary>The hours from the first to the last in which somebody was there.</summary>
    public IEnumerable<int> Hours
    {
        get
        {
            var used = Enumerable.Range(0, 24).Where(hour => Enumerable.Range(1, 7).Any(day => IsUsed(day, hour))).ToList();
            return used.Count == 0 ? [] : Enumerable.Range(used[0], used[^1] - used[0] + 1);
        }
    }

    /// <summary>All hours together.</summary>
    public HourFigures Overall
    {
        get
        {
            var all = hours.Cast<HourFigures>().ToList();
            return new(all.Sum(one => one.Booked), all.Sum(one => one.Squeezed), all.Sum(one => one.There));
        }
    }

    /// <summary>Reads the last calendar months, this one up to yesterday included.</summary>
    public static Figures Load(Db db, Practice practice, Instant now, int months)
    {
        var today = now.InZone(practice.Zone).Date;
        // On the first of a month there is nothing of it yet.
        var last = today.PlusDays(-1);
        var first = last.With(DateAdjusters.StartOfMonth).PlusMonths(1 - months);
        var (from, to) = (Month(first), Month(last));
        var (since, before) = (Seconds(practice, first), Seconds(practice, today));

        var visits = db.Rows(VisitsSql,
            row => (Month: row.GetString(0), Outcome: row.GetString(1), Online: row.GetBoolean(2), Lead: row.GetInt32(3), Count: row.GetInt32(4)),
            ("$since", since), ("$before", before), ("$from", from), ("$to", to));
        var booked = db.Rows(HoursSql,
            row => (Weekday: row.GetInt32(0), Hour: row.GetInt32(1), Minutes: row.GetInt32(2), Squeezed: row.GetInt32(3)),
            ("$since", since - Reach), ("$before", before + Reach), ("$first", LocalDatePattern.Iso.Format(first)), ("$last", LocalDatePattern.Iso.Format(last)),
            ("$from", from), ("$to", to));

        // Months before the first appointment would only thin the figures out.
        if (visits.Count > 0) first = Day(visits.Min(row => row.Month)!);
        var figures = new Figures(new DateInterval(first, last))
        {
            Months = [.. Enumerable.Range(0, Period.Between(first, last.With(DateAdjusters.StartOfMonth), PeriodUnits.Months).Months + 1).Select(first.PlusMonths).Select(month =>
            {
                var its = visits.Where(row => row.Month == Month(month)).ToList();
                return new MonthFigures(month.ToYearMonth(), Sum("visit"), Sum("no-show"), Sum("cancelled"), its.Where(row => row.Online).Sum(row => row.Count));
                int Sum(string outcome) => its.Where(row => row.Outcome == outcome).Sum(row => row.Count);
            })],
            ByLead = [.. Leads.Select(lead => visits.Where(row => row.Lead == lead && row.Outcome != "cancelled").Sum(row => row.Count))],
        };
        var offered = StaffedHours.Of(practice, figures.Days, Blocked(db, Seconds(practice, first), before));
        for (var day = 1; day <= 7; day++)
            for (var hour = 0; hour < 24; hour++)
            {
                var its = booked.Where(row => row.Weekday == day && row.Hour == hour).ToList();
                figures.hours[day, hour] = new HourFigures(its.Sum(row => row.Minutes), its.Sum(row => row.Squeezed), offered[day, hour]);
            }
        return figures;
    }

    private static List<Occupancy> Blocked(Db db, long since, long before) => db.Rows(
        "SELECT resource_id, starts_at, ends_at FROM blocked_time WHERE ends_at > $since AND starts_at < $before",
        row => Book.OccupancyOf(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), ("$since", since), ("$before", before));

    private static long Seconds(Practice practice, LocalDate date) => practice.Zone.AtStartOfDay(date).ToInstant().ToUnixTimeSeconds();

    private bool IsUsed(int weekday, int hour) => hours[weekday, hour] is { There: > 0 } or { Squeezed: > 0 };

    private static string Month(LocalDate date) => MonthPattern.Format(date);

    private static LocalDate Day(string month) => MonthPattern.Parse(month).Value;
}

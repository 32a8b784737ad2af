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

/// <summary>An hour of the week: minutes booked and minutes in which people were there.</summary>
public readonly record struct HourFigures(int Booked, int Staffed)
{
    /// <summary>0 to 100; null if nobody was there.</summary>
    public int? Percent => Staffed == 0 ? null : Math.Min(100, (int)Math.Round(100.0 * Booked / Staffed));
}

/// <summary>
/// The practice in numbers, up to yesterday: from appointments as long as they are kept, afterwards from the counts that
/// remain of them. Nobody's name or number is in here.
/// </summary>
public sealed class Figures
{
    /// <summary>The least days of each class of lead times.</summary>
    public static readonly IReadOnlyList<int> Leads = [0, 1, 3, 7, 14, 30];

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

    /// <summary>The weekdays on which people were there or something was booked.</summary>
    public IEnumerable<int> Weekdays => Enumerable.Range(1, 7).Where(day => Enumerable.Range(0, 24).Any(hour => IsUsed(day, hour)));

    /// <summary>The hours from the first to the last in which people were there or something was booked.</summary>
    public IEnumerable<int> Hours
    {
        get
        {
            var used = Enumerable.Range(0, 24).Where(hour => Enumerable.Range(1, 7).Any(day => IsUsed(day, hour))).ToList();
            return used.Count == 0 ? [] : Enumerable.Range(used[0], used[^1] - used[0] + 1);
        }
    }

    /// <summary>All hours together.</summary>
    public HourFigures Overall => new(hours.Cast<HourFigures>().Sum(one => one.Booked), hours.Cast<HourFigures>().Sum(one => one.Staffed));

    /// <summary>Reads the last calendar months, this one up to yesterday included.</summary>
    public static Figures Load(Db db, Practice practice, Instant now, int months)
    {
        var today = now.InZone(practice.Zone).Date;
        // On the first of a month there is nothing of it yet.
        var last = today.PlusDays(-1);
        var first = last.With(DateAdjusters.StartOfMonth).PlusMonths(1 - months);
        var (from, to, before) = (Month(first), Month(last), practice.Zone.AtStartOfDay(today).ToInstant().ToUnixTimeSeconds());

        var visits = db.Rows(
            """
            SELECT month, outcome, online, lead, count(*) FROM visit_counted WHERE month BETWEEN $from AND $to AND starts_at < $before GROUP BY 1, 2, 3, 4
            UNION ALL SELECT month, outcome, online, lead, visits FROM tally_visit WHERE month BETWEEN $from AND $to
            """,
            row => (Month: row.GetString(0), Outcome: row.GetString(1), Online: row.GetBoolean(2), Lead: row.GetInt32(3), Count: row.GetInt32(4)),
            ("$from", from), ("$to", to), ("$before", before));
        var booked = db.Rows(
            """
            SELECT weekday, hour, sum(minutes) FROM visit_hour WHERE month BETWEEN $from AND $to AND starts_at < $before GROUP BY 1, 2
            UNION ALL SELECT weekday, hour, minutes FROM tally_hour WHERE month BETWEEN $from AND $to
            """,
            row => (Weekday: row.GetInt32(0), Hour: row.GetInt32(1), Minutes: row.GetInt32(2)),
            ("$from", from), ("$to", to), ("$before", before));

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
        var staffed = StaffedHours.Of(practice, figures.Days);
        for (var day = 1; day <= 7; day++)
            for (var hour = 0; hour < 24; hour++)
                figures.hours[day, hour] = new HourFigures(booked.Where(row => row.Weekday == day && row.Hour == hour).Sum(row => row.Minutes), staffed[day, hour]);
        return figures;
    }

    private bool IsUsed(int weekday, int hour) => hours[weekday, hour] is { Booked: > 0 } or { Staffed: > 0 };

    private static string Month(LocalDate date) => MonthPattern.Format(date);

    private static LocalDate Day(string month) => MonthPattern.Parse(month).Value;
}

using System.Globalization;
using NodaTime;

namespace VetBooking.Web.Clients.Busy;

/// <summary>A rule by which an event repeats (RFC 5545, 3.3.10), as far as calendars of people use it.</summary>
internal sealed record Recurrence
{
    private const int MostSteps = 40_000;
    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private LocalDateTime First { get; init; }
    private string Frequency { get; init; } = "";
    private int Interval { get; init; } = 1;
    private int? Count { get; init; }
    private LocalDateTime? Until { get; init; }
    private IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;
    private IReadOnlyList<(int Nth, IsoDayOfWeek Day)> Days { get; init; } = [];
    private List<int> MonthDays { get; init; } = [];
    private List<int> Months { get; init; } = [];

    /// <summary>Reads a rule; null if any part of it is not understood: half a rule would be a wrong one.</summary>
    public static Recurrence? Read(string rule, LocalDateTime first, Func<string, LocalDateTime?> readUntil)
    {
        var read = new Recurrence { First = first };
        foreach (var part in rule.Trim().ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var left, var right] ? (left, right) : (part, "");
            Recurrence? next = name switch
            {
                "FREQ" when value is "DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY" => read with { Frequency = value },
                "INTERVAL" when Number(value) is { } number && number is >= 1 and <= 1000 => read with { Interval = number },
                "COUNT" when Number(value) is { } number && number >= 1 => read with { Count = number },
                "UNTIL" when readUntil(value) is { } until => read with { Until = value.Contains('T', StringComparison.Ordinal) ? until : until.Date.At(LocalTime.MaxValue) },
                "WKST" when Array.IndexOf(Weekdays, value) is >= 0 and var day => read with { WeekStart = (IsoDayOfWeek)(day + 1) },
                "BYDAY" when value.Split(',').Select(DayOf).ToList() is var days && days.TrueForAll(one => one is not null) => read with { Days = [.. days.Select(one => one!.Value)] },
                "BYMONTHDAY" when Numbers(value, 31) is { } numbers => read with { MonthDays = numbers },
                "BYMONTH" when Numbers(value, 12) is { } numbers && numbers.All(one => one > 0) => read with { Months = numbers },
                _ => null,
            };
            if (next is null) return null;
            read = next;
        }
        // "The twentieth Monday of the year" is possible, and nobody's appointment.
        var isClear = read.Frequency switch
        {
            "" => false,
            "YEARLY" => read.Days.Count == 0 || read.Months.Count > 0,
            "MONTHLY" => true,
            _ => read.Days.All(one => one.Nth == 0) && read.MonthDays.Count == 0,
        };
        return isClear ? read : null;
    }

    /// <summary>All starts up to a last one, in order.</summary>
    public IEnumerable<LocalDateTime> Starts(LocalDateTime last)
    {
        var (count, steps) = (0, 0);
        for (var step = 0; steps < MostSteps; step++)
        {
            var (dates, begins) = Dates(step);
            if (begins.AtMidnight() > last || begins.Year > 2250) yield break;
            steps += 1;
            foreach (var date in dates)
            {
                steps++;
                var start = date.At(First.TimeOfDay);
                if (start < First) continue;
                if (start > last || start > Until || count++ >= Count) yield break;
                yield return start;
            }
        }
    }

    /// <summary>The dates of the n-th period, and on which date that period begins.</summary>
    private (IEnumerable<LocalDate> Dates, LocalDate Begins) Dates(int step)
    {
        var date = First.Date;
        switch (Frequency)
        {
            case "DAILY":
                var day = date.PlusDays(step * Interval);
                return (Fits(day) ? [day] : [], day);
            case "WEEKLY":
                var back = ((int)date.DayOfWeek - (int)WeekStart + 7) % 7;
                var week = date.PlusDays(-back).PlusDays(step * Interval * 7);
                var wanted = Days.Count > 0 ? Days.Select(one => one.Day).ToHashSet() : [date.DayOfWeek];
                return (Enumerable.Range(0, 7).Select(i => week.PlusDays(i)).Where(one => wanted.Contains(one.DayOfWeek) && InMonths(one)), week);
            case "MONTHLY":
                var month = new LocalDate(date.Year, date.Month, 1).PlusMonths(step * Interval);
                return (InMonths(month) ? OfMonth(month) : [], month);
            default:
                var year = new LocalDate(date.Year + step * Interval, 1, 1);
                var months = Months.Count > 0 ? Months.Order() : Enumerable.Repeat(date.Month, 1);
                return (months.SelectMany(number => OfMonth(new LocalDate(year.Year, number, 1))), year);
        }
    }

    private IEnumerable<LocalDate> OfMonth(LocalDate month)
    {
        var length = month.Calendar.GetDaysInMonth(month.Year, month.Month);
        var days = Enumerable.Range(0, length).Select(i => month.PlusDays(i));
        if (MonthDays.Count > 0) days = days.Where(day => MonthDays.Contains(day.Day) || MonthDays.Contains(day.Day - length - 1));
        if (Days.Count > 0) return days.Where(day => Days.Any(one => one.Day == day.DayOfWeek && (one.Nth == 0 || one.Nth == (day.Day + 6) / 7 || one.Nth == -((length - day.Day) / 7 + 1))));
        return MonthDays.Count > 0 ? days : days.Where(day => day.Day == First.Day);
    }

    private bool Fits(LocalDate day) => InMonths(day) && (Days.Count == 0 || Days.Any(one => one.Day == day.DayOfWeek));

    private bool InMonths(LocalDate day) => Months.Count == 0 || Months.Contains(day.Month);

    private static (int Nth, IsoDayOfWeek Day)? DayOf(string text)
    {
        if (text.Length < 2 || Array.IndexOf(Weekdays, text[^2..]) is not (>= 0 and var day)) return null;
        if (text.Length == 2) return (0, (IsoDayOfWeek)(day + 1));
        return Number(text[..^2]) is { } nth && nth is >= -5 and <= 5 and not 0 ? (nth, (IsoDayOfWeek)(day + 1)) : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<int>? Numbers(string text, int most)
    {
        var numbers = text.Split(',').Select(Number).ToList();
        return numbers.TrueForAll(one => one is not null and not 0 && one >= -most && one <= most) ? [.. numbers.Select(one => one!.Value)] : null;
    }
}

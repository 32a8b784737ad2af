using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Site;

/// <summary>Says in words when the practice is open.</summary>
public static class OpeningWords
{
    /// <summary>The one sentence somebody looks for who thinks of coming now.</summary>
    public static string Headline(Text t, OpeningNow state) => state switch
    {
        { NeverCloses: true } => t.HoursAlways,
        { Open: { } open } => Open(t, state.Today.Date, open.To, state.Next),
        { Today.Closed: { } closure } => Reason(t, closure) is { } reason ? t.HoursClosedBecause(reason) : t.HoursClosedToday,
        { Next: { } next } when next.From.Date == state.Today.Date => IsFirst(state.Today, next) ? t.HoursOpensToday(next.From.TimeOfDay) : t.HoursOpensAgainToday(next.From.TimeOfDay),
        { Next: null } => t.HoursAsk,
        { Today.Stretches.IsEmpty: false } => t.HoursClosedForToday,
        _ => t.HoursClosedToday,
    };

    /// <summary>What comes after that; nothing if it goes without saying.</summary>
    public static string? Detail(Text t, OpeningNow state) => state switch
    {
        { Next: null } => null,
        { Next: { } next } when next.From.Date == state.Today.Date => state.Open is null ? null : t.HoursThenAgain(next.From.TimeOfDay),
        { Open: not null } => null,
        { Next: { } next } when next.From.Date == state.Today.Date.PlusDays(1) => t.HoursNextTomorrow(next.From.TimeOfDay),
        { Next: { } next } => t.HoursNext(next.From.Date, next.From.TimeOfDay),
    };

    /// <summary>A stretch of a day.</summary>
    public static string Stretch(Text t, OpenStretch stretch) => stretch.IsAllDay ? t.HoursAllDay : t.HoursStretch(stretch.From.TimeOfDay, stretch.To.TimeOfDay);

    /// <summary>The hours of a day in one line.</summary>
    public static string Line(Text t, OpeningDay day) =>
        day.Stretches.IsEmpty ? t.HoursClosed : string.Join(", ", day.Stretches.Select(stretch => Stretch(t, stretch)));

    /// <summary>When a closure is: one day, or from one to another.</summary>
    public static string When(Text t, Closure closure) =>
        closure.From == closure.To ? t.HoursOnDay(closure.From) : t.HoursFromTo(closure.From, closure.To);

    /// <summary>The practice's own reason, or the holiday; null if it gives none.</summary>
    public static string? Reason(Text t, Closure closure) =>
        !string.IsNullOrWhiteSpace(closure.Reason) ? closure.Reason
        : closure.Holiday is { } holiday ? t.HolidayName(holiday.ToString())
        : null;

    private static string Open(Text t, LocalDate today, LocalDateTime until, OpenStretch? next)
    {
        if (until == today.PlusDays(1).AtMidnight()) return t.HoursOpenUntilMidnight;
        if (until.Date == today.PlusDays(1)) return t.HoursOpenUntilTomorrow(until.TimeOfDay);
        if (until.Date > today) return t.HoursOpenUntilDay(until.Date, until.TimeOfDay);
        return next?.From.Date == today ? t.HoursOpenNowUntil(until.TimeOfDay) : t.HoursOpenTodayUntil(until.TimeOfDay);
    }

    private static bool IsFirst(OpeningDay day, OpenStretch stretch) => day.Stretches[0].From == stretch.From;
}

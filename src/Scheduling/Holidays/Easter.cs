using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>When Easter is.</summary>
public static class Easter
{
    /// <summary>Easter Sunday of a year of the Gregorian calendar, by the method published as "anonymous Gregorian" in 1876.</summary>
    public static LocalDate Sunday(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = (year / 100, year % 100);
        var moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var week = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - moon - inCentury % 4) % 7;
        var late = (golden + 11 * moon + 22 * week) / 451;
        var days = moon + week - 7 * late + 114;
        return new LocalDate(year, days / 31, days % 31 + 1);
    }
}

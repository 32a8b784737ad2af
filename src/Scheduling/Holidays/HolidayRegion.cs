using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>The public holidays of one place: those of its Land, and those the place has chosen from the Land's regional ones.</summary>
public sealed record HolidayRegion(Land Land)
{
    /// <summary>Holidays that hold in parts of the Land only, this place among them. See <see cref="OptionsOf"/>.</summary>
    public ImmutableArray<Holiday> Regional { get; init; } = [];

    /// <summary>The holidays of a Land that a place in it may or may not have, in the order of the year.</summary>
    public static ImmutableArray<Holiday> OptionsOf(Land land) =>
        [.. HolidayRule.Of(land).Where(rule => rule.InPartsOnly).Select(rule => rule.Holiday)];

    /// <summary>The public holiday on this date, or null.</summary>
    public Holiday? On(LocalDate date)
    {
        var sinceEaster = date.DayOfYear - Easter.Sunday(date.Year).DayOfYear;
        foreach (var rule in HolidayRule.Of(Land))
        {
            if (rule.Date.IsOn(date, sinceEaster)
                && rule.Since <= date.Year && date.Year <= rule.Until
                && (!rule.InPartsOnly || Regional.Contains(rule.Holiday)))
            {
                return rule.Holiday;
            }
        }
        return null;
    }
}

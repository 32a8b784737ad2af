using System.Collections.Immutable;
using NodaTime;
using static VetBooking.Scheduling.Land;

namespace VetBooking.Scheduling;

/// <summary>One row of the law: a holiday, when it falls, where it holds and since when.</summary>
internal sealed record HolidayRule(Holiday Holiday, HolidayDate Date, params Land[] Lands)
{
    private static readonly Land[] EveryLand = [BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH];

    private static readonly HolidayRule[] Table =
    [
        new(Holiday.NewYear, Each(1, 1), EveryLand),
        new(Holiday.Epiphany, Each(1, 6), BW, BY, ST),
        new(Holiday.WomensDay, Each(3, 8), BE) { Since = 2019 },
        new(Holiday.WomensDay, Each(3, 8), MV) { Since = 2023 },
        new(Holiday.GoodFriday, Easter(-2), EveryLand),
        new(Holiday.EasterSunday, Easter(0), BB),
        new(Holiday.EasterMonday, Easter(1), EveryLand),
        new(Holiday.LabourDay, Each(5, 1), EveryLand),
        new(Holiday.LiberationDay, Each(5, 8), BE) { Since = 2025, Until = 2025 },
        new(Holiday.Ascension, Easter(39), EveryLand),
        new(Holiday.WhitSunday, Easter(49), BB),
        new(Holiday.WhitMonday, Easter(50), EveryLand),
        new(Holiday.CorpusChristi, Easter(60), BW, BY, HE, NW, RP, SL),
        // Sorbian Catholic communities of Saxony; the Eichsfeld and some places around it in Thuringia.
        new(Holiday.CorpusChristi, Easter(60), SN, TH) { InPartsOnly = true },
        new(Holiday.PeacefulUprising1953, Each(6, 17), BE) { Since = 2028, Until = 2028 },
        // The city of Augsburg.
        new(Holiday.PeaceFestival, Each(8, 8), BY) { InPartsOnly = true },
        new(Holiday.Assumption, Each(8, 15), SL),
        // Bavarian communities with more Catholics than Protestants; the statistical office publishes the list.
        new(Holiday.Assumption, Each(8, 15), BY) { InPartsOnly = true },
        new(Holiday.ChildrensDay, Each(9, 20), TH) { Since = 2019 },
        new(Holiday.GermanUnity, Each(10, 3), EveryLand),
        new(Holiday.Reformation, Each(10, 31), BB, MV, SN, ST, TH),
        new(Holiday.Reformation, Each(10, 31), HB, HH, NI, SH) { Since = 2018 },
        new(Holiday.AllSaints, Each(11, 1), BW, BY, NW, RP, SL),
        new(Holiday.RepentanceDay, WednesdayFrom(11, 16), SN),
        new(Holiday.Christmas, Each(12, 25), EveryLand),
        new(Holiday.SecondChristmas, Each(12, 26), EveryLand),
    ];

    private static readonly ImmutableArray<HolidayRule>[] ByLand =
        [.. EveryLand.Select(land => Table.Where(rule => rule.Lands.Contains(land)).ToImmutableArray())];

    /// <summary>First year in which it holds.</summary>
    public int Since { get; init; } = int.MinValue;

    /// <summary>Last year in which it holds.</summary>
    public int Until { get; init; } = int.MaxValue;

    /// <summary>Whether it holds in some places of these Länder only.</summary>
    public bool InPartsOnly { get; init; }

    /// <summary>The rows of one Land, in the order of the year.</summary>
    public static ImmutableArray<HolidayRule> Of(Land land) => ByLand[(int)land];

    private static HolidayDate Each(int month, int day) => new(month, day);

    private static HolidayDate Easter(int daysAfter) => new(AfterEaster: daysAfter);

    private static HolidayDate WednesdayFrom(int month, int day) => new(month, day, Weekday: IsoDayOfWeek.Wednesday);
}

/// <summary>
/// How a holiday finds its date: a fixed day; that weekday in the seven days from a fixed day on; or so many days after Easter.
/// </summary>
internal readonly record struct HolidayDate(int Month = 0, int Day = 0, int? AfterEaster = null, IsoDayOfWeek? Weekday = null)
{
    /// <summary>Whether it is on <paramref name="date"/>, which is <paramref name="sinceEaster"/> days after Easter Sunday.</summary>
    public bool IsOn(LocalDate date, int sinceEaster)
    {
        if (AfterEaster is { } days) return days == sinceEaster;
        if (date.Month != Month) return false;
        return Weekday is { } weekday
            ? date.DayOfWeek == weekday && date.Day >= Day && date.Day < Day + 7
            : date.Day == Day;
    }
}

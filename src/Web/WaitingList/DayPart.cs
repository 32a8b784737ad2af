using NodaTime;

namespace VetBooking.Web.WaitingList;

/// <summary>The times of day somebody can wait for.</summary>
[Flags]
public enum DayParts
{
    None = 0,
    Morning = 1,
    Midday = 2,
    Afternoon = 4,
    Evening = 8,
    Any = 15,
}

/// <summary>Where one time of day ends and the next begins.</summary>
internal static class DayPart
{
    private static readonly LocalTime Midday = new(11, 0);
    private static readonly LocalTime Afternoon = new(14, 0);
    private static readonly LocalTime Evening = new(17, 0);

    public static readonly IReadOnlyList<DayParts> All = [DayParts.Morning, DayParts.Midday, DayParts.Afternoon, DayParts.Evening];

    /// <summary>The part of the day in which a visit begins, by the practice's clock.</summary>
    public static DayParts Of(LocalTime start) =>
        start < Midday ? DayParts.Morning : start < Afternoon ? DayParts.Midday : start < Evening ? DayParts.Afternoon : DayParts.Evening;

    /// <summary>The word it has in forms and texts.</summary>
    public static string Word(DayParts part) => part switch
    {
        DayParts.Morning => "morning",
        DayParts.Midday => "midday",
        DayParts.Afternoon => "afternoon",
        _ => "evening",
    };
}

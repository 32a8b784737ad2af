using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>A public holiday.</summary>
public enum Holiday { NewYear }

/// <summary>The sixteen German Länder by their official abbreviations.</summary>
public enum Land { BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH }

/// <summary>The holidays of one place.</summary>
public sealed record HolidayRegion(Land Land)
{
    /// <summary>Holidays that hold only in parts of the Land and that this practice keeps.</summary>
    public System.Collections.Immutable.ImmutableArray<Holiday> Regional { get; init; } = [];

    /// <summary>The public holiday on this date, or null.</summary>
    public Holiday? On(LocalDate date) => date is { Month: 1, Day: 1 } && Land >= 0 ? Holiday.NewYear : null;
}

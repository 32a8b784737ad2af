using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>Who may book a visit type.</summary>
public enum Audience { Anyone, KnownOwners, StaffOnly }

/// <summary>What a booking by an owner becomes at first.</summary>
public enum BookingMode { AtOnce, AfterConfirmation, OnRequest }

/// <summary>What a visit can be for, with everything that decides its length, its place and its times.</summary>
public sealed record VisitType(string Id)
{
    /// <summary>Minutes for the first animal, by species id. A species that is missing is not treated in this visit type.</summary>
    public required ImmutableDictionary<string, int> MinutesBySpecies { get; init; }

    /// <summary>Minutes for each further animal in the same visit.</summary>
    public int MinutesPerFurtherAnimal { get; init; }

    /// <summary>Minutes before the visit in which its resources are occupied too. Never shown to owners.</summary>
    public int BufferBefore { get; init; }

    /// <summary>Minutes after the visit in which its resources are occupied too. Never shown to owners.</summary>
    public int BufferAfter { get; init; }

    /// <summary>Minutes of travel each way; they occupy the people, not the rooms and devices.</summary>
    public int Travel { get; init; }

    /// <summary>Whether buffers and travel may reach beyond working time.</summary>
    public bool BuffersMayExceedHours { get; init; }

    /// <summary>What the visit takes up: one resource for each need, all at the same time.</summary>
    public required ImmutableArray<Need> Needs { get; init; }

    /// <summary>Who may book it.</summary>
    public Audience Audience { get; init; }

    /// <summary>What a booking by an owner becomes at first.</summary>
    public BookingMode Mode { get; init; }

    /// <summary>How long before the start it must be booked at the latest.</summary>
    public Duration Lead { get; init; }

    /// <summary>How many days ahead it can be booked; 0 is today only.</summary>
    public int HorizonDays { get; init; } = 90;

    /// <summary>Starts lie on the wall clock's multiples of this many minutes after the full hour. A divisor of 60, at least 5.</summary>
    public int GridMinutes { get; init; } = 10;

    /// <summary>Wall times in which the visit may start; any, if there are none.</summary>
    public ImmutableArray<WeeklyHours> Windows { get; init; } = [];

    /// <summary>How many of these visits one day may hold; any number, if null.</summary>
    public int? DailyCap { get; init; }

    /// <summary>How long before the start an owner can still move or cancel by the link.</summary>
    public Duration CancelDeadline { get; init; }

    /// <summary>How long a request waits for the practice before it lapses.</summary>
    public Duration RequestLife { get; init; } = Duration.FromHours(48);

    /// <summary>
    /// Length in minutes of a visit with these animals: the longest of their times, plus the further-animal amount for
    /// each of the others; so the order in which the animals are named makes no difference. Null if a species is not treated.
    /// </summary>
    public int? MinutesFor(ImmutableArray<string> species)
    {
        var longest = 0;
        foreach (var one in species)
        {
            if (!MinutesBySpecies.TryGetValue(one, out var minutes)) return null;
            longest = Math.Max(longest, minutes);
        }
        return Cells.Covering(longest + (species.Length - 1) * MinutesPerFurtherAnimal) * Cells.Minutes;
    }
}

/// <summary>
/// One resource out of several: any of those named in <paramref name="AnyOf"/>, or any of this kind with <see cref="Skill"/>.
/// </summary>
public sealed record Need(ResourceKind Kind, ImmutableArray<string> AnyOf)
{
    /// <summary>Everybody of this kind with this skill fits too; null if only the named ones do.</summary>
    public string? Skill { get; init; }

    /// <summary>Whether <paramref name="resource"/> can fill this need.</summary>
    public bool Fits(Resource resource) =>
        resource.Kind == Kind && (AnyOf.Contains(resource.Id) || (Skill is not null && resource.Skills.Contains(Skill)));
}

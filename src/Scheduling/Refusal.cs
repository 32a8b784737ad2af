using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>Why a visit cannot be booked as asked. A closed list; the pages word each one for people.</summary>
public abstract record Refusal
{
    private Refusal() { }

    /// <summary>There is no such visit type, or it is not booked online.</summary>
    public sealed record NotOnline : Refusal;

    /// <summary>The visit type is for owners the practice knows.</summary>
    public sealed record KnownOwnersOnly : Refusal;

    /// <summary>A visit has one to six animals.</summary>
    public sealed record WrongNumberOfAnimals(int Most) : Refusal;

    /// <summary>The practice does not treat this species, or not in this visit type.</summary>
    public sealed record SpeciesNotTreated(string Species) : Refusal;

    /// <summary>The person asked for does not do this visit type.</summary>
    public sealed record VetNotSuitable(string Vet) : Refusal;

    /// <summary>The start does not lie on the grid of starts.</summary>
    public sealed record OffGrid(int GridMinutes) : Refusal;

    /// <summary>The start has passed.</summary>
    public sealed record Past : Refusal;

    /// <summary>The practice needs more notice.</summary>
    public sealed record TooSoon(Instant Earliest) : Refusal;

    /// <summary>The practice does not plan that far ahead yet.</summary>
    public sealed record TooFar(LocalDate Last) : Refusal;

    /// <summary>The practice is closed at that time; all day for the reason given, if there is one.</summary>
    public sealed record Closed(Closure? Because) : Refusal;

    /// <summary>This visit type has its own times, and this is not one of them.</summary>
    public sealed record OutsideWindow : Refusal;

    /// <summary>The day already holds as many of these visits as it may.</summary>
    public sealed record DayFull(int Cap) : Refusal;

    /// <summary>Nobody who could do it is at work then.</summary>
    public sealed record NobodyThere : Refusal;

    /// <summary>The practice takes no bookings from owners until then.</summary>
    public sealed record Paused(Instant Until) : Refusal;

    /// <summary>The time is kept for urgent cases and has not opened yet.</summary>
    public sealed record HeldBack : Refusal;

    /// <summary>Somebody or something chosen by name is not at work then.</summary>
    public sealed record Absent(string Resource) : Refusal;

    /// <summary>The visit needs somebody or something of this kind and has none.</summary>
    public sealed record NeedUnmet(ResourceKind Kind) : Refusal;

    /// <summary>Somebody else has that time.</summary>
    public sealed record Taken : Refusal;

    /// <summary>The link works only until a deadline before the start; after it the practice must be called.</summary>
    public sealed record TooLateToChange(Instant Deadline) : Refusal;

    /// <summary>The visit is no longer in a state in which this can be done.</summary>
    public sealed record NoLongerPossible : Refusal;
}

using System.Globalization;

namespace VetBooking.Web.Today.Flow;

/// <summary>Who takes the steps: somebody with an appointment, or somebody with a number of the open consultation.</summary>
public readonly record struct Visitee(long? Appointment, long? WalkIn)
{
    public static Visitee OfAppointment(long id) => new(id, null);

    public static Visitee OfWalkIn(long id) => new(null, id);

    /// <summary>The table the rest of it is in.</summary>
    public string Kind => Appointment is null ? "walk_in" : "appointment";

    public long Id => Appointment ?? WalkIn ?? 0;

    /// <summary>The address its steps are posted below.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/praxis/{(Appointment is null ? "nummer" : "termin")}/{Id}");
}

using NodaTime;

namespace VetBooking.Web.Shared;

/// <summary>The practice's clock when it was set for a demonstration or a test: it starts at a moment of choice and runs on.</summary>
public sealed class ShiftedClock(Instant start, IClock real) : IClock
{
    private readonly Duration shift = start - real.GetCurrentInstant();

    /// <inheritdoc/>
    public Instant GetCurrentInstant() => real.GetCurrentInstant() + shift;
}

using NodaTime;

namespace VetBooking.Tests.Running;

/// <summary>The practice's clock in a test: it stands still until somebody moves it.</summary>
public sealed class SettableClock(Instant now) : IClock
{
    private long ticks = now.ToUnixTimeTicks();

    public Instant GetCurrentInstant() => Instant.FromUnixTimeTicks(Volatile.Read(ref ticks));

    public void Advance(Duration by) => Interlocked.Add(ref ticks, (long)by.TotalTicks);

    public void Set(Instant to) => Volatile.Write(ref ticks, to.ToUnixTimeTicks());
}

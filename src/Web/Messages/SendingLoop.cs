using NodaTime;
using VetBooking.Web.Shared.Faults;

namespace VetBooking.Web.Messages;

/// <summary>What the senders of the outbox have in common: send what is due, sleep until the next is, survive whatever happens.</summary>
/// <param name="Bell">What wakes it.</param>
/// <param name="Clock">The practice's clock.</param>
/// <param name="NextDue">When the next is due; null if none waits.</param>
/// <param name="SendDue">One round; answers how many it took.</param>
internal sealed record SendingLoop(Bell Bell, IClock Clock, Func<Instant?> NextDue, Func<CancellationToken, Task<int>> SendDue)
{
    /// <summary>How long to sleep at most: a verb of the operator's may put something into the outbox without ringing.</summary>
    private static readonly Duration LongestSleep = Duration.FromMinutes(5);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    public async Task Run(ILogger log, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await SendDue(stop) == 0) await Bell.Wait(UntilNextDue(), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever happened to one round, the rest must go on; what was taken is due again when its lease ends.
            catch (Exception trouble)
#pragma warning restore CA1031
            {
                // Only the type: a message may quote what a server or a person wrote.
                log.LogError(Fault.Sending, "Sending was interrupted: {Trouble}. It goes on in a moment.", trouble.GetType().Name);
                await Task.Delay(AfterTrouble, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private TimeSpan UntilNextDue()
    {
        var wait = NextDue() is { } due ? due - Clock.GetCurrentInstant() : LongestSleep;
        return Duration.Max(Duration.FromMilliseconds(200), Duration.Min(wait, LongestSleep)).ToTimeSpan();
    }
}

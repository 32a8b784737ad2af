using NodaTime;

namespace VetBooking.Scheduling.Flow;

/// <summary>Where somebody is on their way through the practice, with the count of steps made so far.</summary>
public readonly record struct Position(Step Step, int Revision);

/// <summary>Which steps can be taken from where. Any may be skipped: at a busy desk nobody presses all of them.</summary>
public static class Steps
{
    /// <summary>What one presses next, as a rule; null if nothing comes any more.</summary>
    public static Step? After(Step step) => step switch
    {
        Step.Expected or Step.NoShow => Step.Arrived,
        Step.Arrived => Step.Called,
        Step.Called => Step.InRoom,
        Step.InRoom => Step.Done,
        _ => null,
    };

    /// <summary>
    /// Why <paramref name="wanted"/> cannot follow; null if it can. Whoever is there already, whoever pressed it, stays there.
    /// </summary>
    /// <param name="now">Where they are.</param>
    /// <param name="wanted">The step somebody wants to take.</param>
    /// <param name="seen">The count of steps that somebody has seen.</param>
    public static StepRefusal? WhyNot(Position now, Step wanted, int seen)
    {
        if (now.Step == wanted) return null;
        if (now.Revision != seen) return StepRefusal.ChangedMeanwhile;
        return wanted switch
        {
            Step.NoShow => now.Step < Step.InRoom ? null : StepRefusal.OutOfOrder,
            Step.Expected => StepRefusal.OutOfOrder,
            // Somebody came late, after all.
            _ when now.Step == Step.NoShow => wanted == Step.Arrived ? null : StepRefusal.OutOfOrder,
            _ => wanted > now.Step ? null : StepRefusal.OutOfOrder,
        };
    }

    /// <summary>Why no step of an appointment can be taken at this moment; null if it can.</summary>
    public static StepRefusal? WhyNotNow(VisitState state, Instant start, Step wanted, Instant now, DateTimeZone zone)
    {
        if (state != VisitState.Booked) return StepRefusal.NotBooked;
        if (start.InZone(zone).Date > now.InZone(zone).Date) return StepRefusal.LaterDay;
        return wanted == Step.NoShow && now < start ? StepRefusal.NotLate : null;
    }
}

using System.Globalization;
using NodaTime;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Today.Flow;

/// <summary>The way through the practice in words.</summary>
public static class FlowWords
{
    /// <summary>The word a step has in texts, classes and ids.</summary>
    public static string Of(Step step) => step switch
    {
        Step.Expected => "expected",
        Step.Arrived => "arrived",
        Step.Called => "called",
        Step.InRoom => "in-room",
        Step.Done => "done",
        _ => "no-show",
    };

    /// <summary>The end of the address that a step is posted to.</summary>
    public static string Path(Step step) => step switch
    {
        Step.Arrived => "ankunft",
        Step.Called => "aufruf",
        Step.InRoom => "zimmer",
        Step.Done => "ende",
        _ => "nichterschienen",
    };

    /// <summary>Where somebody is, and since when: "angekommen um 10:02 Uhr".</summary>
    public static string Where(Text t, Arrival arrival, DateTimeZone zone) =>
        arrival.Since is { } since ? t.FlowSince(Of(arrival.Step), WallTime.Of(since, zone).Clock(t)) : t.FlowStep(Of(arrival.Step));

    /// <summary>The name of a day of the week.</summary>
    public static string Weekday(Text t, IsoDayOfWeek day) => t.FlowWeekday(((int)day).ToString(CultureInfo.InvariantCulture));

    /// <summary>Why a button did nothing.</summary>
    public static string Why(Text t, StepRefusal refusal) => refusal switch
    {
        StepRefusal.NotBooked => t.FlowNotBooked,
        StepRefusal.LaterDay => t.FlowLaterDay,
        StepRefusal.NotLate => t.FlowNotLate,
        StepRefusal.ChangedMeanwhile => t.FlowChanged,
        _ => t.FlowOutOfOrder,
    };
}

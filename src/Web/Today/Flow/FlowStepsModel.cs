using VetBooking.Scheduling.Flow;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Today.Flow;

/// <summary>The buttons that take somebody one step on, or back. Nothing for those who only look.</summary>
/// <param name="Staff">Who looks at the page.</param>
/// <param name="Visitee">Whose buttons these are.</param>
/// <param name="Name">Their name, for whoever hears the buttons instead of seeing what they stand beside.</param>
/// <param name="Arrival">Where they are.</param>
/// <param name="Back">The page to come back to, like <c>/praxis/warteraum</c>.</param>
public sealed record FlowStepsModel(Staff Staff, Visitee Visitee, string Name, Arrival Arrival, string Back)
{
    /// <summary>Whether the visit's time has come: from then on they are late.</summary>
    public bool IsLate { get; init; }

    /// <summary>The steps that are offered, the usual one first.</summary>
    public IEnumerable<Step> Offered
    {
        get
        {
            if (Steps.After(Arrival.Step) is { } next) yield return next;
            if (Arrival.Step == Step.Arrived) yield return Step.InRoom;
            var mayBeGone = Visitee.WalkIn is null ? Arrival.Step == Step.Expected && IsLate : Arrival.Step is Step.Arrived or Step.Called;
            if (mayBeGone) yield return Step.NoShow;
        }
    }

    public bool CanTakeBack => Arrival.Step > (Visitee.WalkIn is null ? Step.Expected : Step.Arrived);
}

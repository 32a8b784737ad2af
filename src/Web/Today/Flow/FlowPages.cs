using System.Globalization;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Today.Flow;

/// <summary>The buttons of the way through the practice: <c>POST /praxis/termin/{id}/ankunft</c> and so on, and the same for numbers.</summary>
internal static class FlowPages
{
    public static Task<IResult> Arrive(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfAppointment(id.Value), Step.Arrived);

    public static Task<IResult> Call(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfAppointment(id.Value), Step.Called);

    public static Task<IResult> Enter(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfAppointment(id.Value), Step.InRoom);

    public static Task<IResult> End(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfAppointment(id.Value), Step.Done);

    public static Task<IResult> Miss(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfAppointment(id.Value), Step.NoShow);

    public static Task<IResult> TakeBack(Staff staff, Arrivals arrivals, RowId id) => TakeBack(staff, arrivals, Visitee.OfAppointment(id.Value));

    public static Task<IResult> ReturnNumber(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfWalkIn(id.Value), Step.Arrived);

    public static Task<IResult> CallNumber(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfWalkIn(id.Value), Step.Called);

    public static Task<IResult> EnterNumber(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfWalkIn(id.Value), Step.InRoom);

    public static Task<IResult> EndNumber(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfWalkIn(id.Value), Step.Done);

    public static Task<IResult> MissNumber(Staff staff, Arrivals arrivals, RowId id) => Take(staff, arrivals, Visitee.OfWalkIn(id.Value), Step.NoShow);

    public static Task<IResult> TakeBackNumber(Staff staff, Arrivals arrivals, RowId id) => TakeBack(staff, arrivals, Visitee.OfWalkIn(id.Value));

    private static async Task<IResult> Take(Staff staff, Arrivals arrivals, Visitee visitee, Step step)
    {
        var form = await staff.Visitor.Form();
        return Answer(staff, visitee, form, await arrivals.Take(staff.Actor, staff.Account.Id, visitee, step, Seen(form)));
    }

    private static async Task<IResult> TakeBack(Staff staff, Arrivals arrivals, Visitee visitee)
    {
        var form = await staff.Visitor.Form();
        return Answer(staff, visitee, form, await arrivals.TakeBack(staff.Actor, visitee, Seen(form)));
    }

    private static IResult Answer(Staff staff, Visitee visitee, IFormCollection form, StepOutcome outcome)
    {
        if (outcome.Arrival is not { } arrival) return NotFoundPage.Show(staff.Visitor);
        var back = Back(form["zurueck"].ToString());
        return outcome.Refusal is { } refusal
            ? Page.With(FlowRefused.Create(new FlowRefusedModel(new FlowStepsModel(staff, visitee, "", arrival, back) { IsLate = true }, refusal)), StatusCodes.Status409Conflict)
            : Visitor.SeeOther(back);
    }

    /// <summary>The page a button was on; the waiting room, if it is none of the staff's.</summary>
    private static string Back(string path) =>
        (path == "/praxis" || path.StartsWith("/praxis/", StringComparison.Ordinal)) && path.All(letter => letter is > ' ' and < '\x7f' and not '\\') ? path : "/praxis/warteraum";

    private static int Seen(IFormCollection form) => int.TryParse(form["stand"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;
}

/// <summary>Why a button did nothing, and how it stands now.</summary>
public sealed record FlowRefusedModel(FlowStepsModel Steps, StepRefusal Refusal);

using VetBooking.Scheduling;
using VetBooking.Web.Booking.Pages;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Booking;

/// <summary>The first step: what the visit is for, and the red flags for an animal that may be in danger.</summary>
public static class ReasonPages
{
    /// <summary><c>GET /buchen</c></summary>
    public static IResult Show(FlowPage page) => Page.Ok(Reason.Create(new ReasonModel(page, page.Flow.VisitType, Problem: null)));

    /// <summary><c>POST /buchen</c></summary>
    public static async Task<IResult> Choose(FlowPage page)
    {
        var form = await page.Visitor.Form();
        return Next(page, form["anliegen"].ToString(), onUnknown: () => Page.Again(Reason.Create(new ReasonModel(page, "", page.Visitor.T.BookingReasonMissing))));
    }

    /// <summary><c>GET /buchen/{visitType}</c>: a link straight to one visit type.</summary>
    public static IResult ChooseByLink(FlowPage page, string visitType) => Next(page, visitType, onUnknown: () => NotFoundPage.Show(page.Visitor));

    /// <summary><c>GET /buchen/warnzeichen</c></summary>
    public static IResult ShowRedFlags(FlowPage page) =>
        page.MissingBefore(FlowStep.RedFlags) ?? Page.Ok(RedFlags.Create(new RedFlagsModel(page, Problem: null)));

    /// <summary>
    /// <c>POST /buchen/warnzeichen</c>. Any sign at all leads to the telephone. What was ticked is neither kept nor logged.
    /// </summary>
    public static async Task<IResult> AnswerRedFlags(FlowPage page)
    {
        if (page.MissingBefore(FlowStep.RedFlags) is { } missing) return missing;
        var ticked = (await page.Visitor.Form())["zeichen"];
        if (ticked.Count == 0) return Page.Again(RedFlags.Create(new RedFlagsModel(page, page.Visitor.T.BookingFlagsMissing)));
        var none = ticked is ["keines"];
        return Visitor.SeeOther(page.Url(none ? "/buchen/tiere" : "/buchen/anrufen", page.Flow with { AskedRedFlags = true }));
    }

    /// <summary><c>GET /buchen/anrufen</c></summary>
    public static IResult CallAtOnce(FlowPage page) => Page.Ok(Pages.CallAtOnce.Create(page));

    private static IResult Next(FlowPage page, string visitType, Func<IResult> onUnknown)
    {
        if (page.Visitor.Book.Practice.VisitType(visitType) is not { Audience: not Audience.StaffOnly }) return onUnknown();
        // Another reason has other lengths and times; the animals stay.
        var flow = page.Flow with { VisitType = visitType, AskedRedFlags = false, Start = null, Vet = null };
        return Visitor.SeeOther(page.Url(page.Visitor.Profile.AsksRedFlags.Contains(visitType) ? "/buchen/warnzeichen" : "/buchen/tiere", flow));
    }
}

/// <summary>The page that asks what the visit is for.</summary>
public sealed record ReasonModel(FlowPage Page, string Chosen, string? Problem);

/// <summary>The page that asks for signs of danger.</summary>
public sealed record RedFlagsModel(FlowPage Page, string? Problem);

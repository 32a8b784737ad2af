using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking.Times;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Booking;

/// <summary>The third step: when.</summary>
public static class TimePages
{
    /// <summary><c>GET /buchen/zeit</c></summary>
    public static IResult Show(FlowPage page) =>
        page.MissingBefore(FlowStep.Time) ?? Page.Ok(TimesPage.Create(new TimesModel(page, ChoiceFor(page), Problem: null)));

    /// <summary><c>POST /buchen/zeit</c></summary>
    public static async Task<IResult> Choose(FlowPage page)
    {
        if (page.MissingBefore(FlowStep.Time) is { } missing) return missing;
        var (visitor, form) = (page.Visitor, await page.Visitor.Form());
        if (TimeChoice.Read(form["zeit"].ToString(), visitor.Book.Practice.Zone) is not { } chosen)
        {
            return Page.Again(TimesPage.Create(new TimesModel(page, ChoiceFor(page), visitor.T.BookingTimesMissing)));
        }
        if (visitor.Book.Diary.Book(page.Request(chosen.Vet), chosen.Start, visitor.Now) is BookingAnswer.Refused refused)
        {
            return Page.Again(TimesPage.Create(new TimesModel(page, ChoiceFor(page), Wording.Of(visitor.T, refused.Because, visitor.Book))));
        }
        return Visitor.SeeOther(page.Url("/buchen/kontakt", page.Flow with { Start = chosen.Start, Vet = chosen.Vet, Key = Flow.NewKey() }));
    }

    private static TimeChoice ChoiceFor(FlowPage page)
    {
        var vet = page.Visitor.Asked("bei");
        return new TimeChoice(page.Visitor, page.Request(vet.Length > 0 ? vet : null), (day, with) =>
            page.Url("/buchen/zeit") + (day is null ? "" : "&tag=" + LocalDatePattern.Iso.Format(day.Value)) + (with is null ? "" : "&bei=" + with));
    }
}

/// <summary>The page that asks when.</summary>
public sealed record TimesModel(FlowPage Page, TimeChoice Choice, string? Problem);

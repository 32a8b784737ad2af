using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.FrontDesk.Reasons;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.FrontDesk;

/// <summary>"Why is nothing free?", for any visit type, species, person and day; as staff see it, or as owners do.</summary>
internal static class WhyPages
{
    /// <summary><c>GET /praxis/warum</c>: no names in it, so it may stand in the address.</summary>
    public static IResult Show(Staff staff)
    {
        var practice = staff.Book.Practice;
        string Asked(string name) => staff.Visitor.Asked(name);
        var type = practice.VisitType(Asked("art")) ?? practice.VisitTypes.FirstOrDefault();
        var species = staff.Visitor.Profile.Species.FirstOrDefault(one => one.Id == Asked("tierart")) ?? staff.Visitor.Profile.Species.FirstOrDefault();
        var day = LocalDatePattern.Iso.Parse(Asked("tag")) is { Success: true, Value: var date } ? date : staff.Visitor.Today;
        var request = new VisitRequest(type?.Id ?? "", [species?.Id ?? ""], Asked("bei") is { Length: > 0 } vet ? vet : null, Asked("wer") == "team" ? Booker.Staff : Booker.Owner);
        return Page.Ok(WhyPage.Create(new WhyModel(staff, new DayReasons(staff, request, day))));
    }
}

/// <summary>The page that explains a day.</summary>
public sealed record WhyModel(Staff Staff, DayReasons Reasons)
{
    /// <summary>Why no day could be right; null if one could.</summary>
    public Refusal? Never => Staff.Book.Diary.WhyNever(Reasons.Request);

    /// <summary>Whether the diary knows the day.</summary>
    public bool IsKnown => Staff.Book.Diary.Days.Contains(Reasons.Day);
}

using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Web.FrontDesk;

/// <summary>"Why is nothing free?", for one day: for each person, what is free and what keeps the rest from being so.</summary>
public sealed record DayReasons(Staff Staff, VisitRequest Request, LocalDate Day)
{
    // A day on which the clocks change has 23 hours, or 25.
    private static readonly Duration NearlyADay = Duration.FromHours(22);

    /// <summary>With whom the reasons are given; one nameless entry if the visit needs nobody in particular.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Lines)> People
    {
        get
        {
            if (Staff.Book.Practice.VisitType(Request.VisitType) is not { } type) return [];
            var vets = Request.Vet is { } one ? [one] : SlotsApi.Vets(Staff.Book.Practice, type).ToList();
            return vets.Count == 0
                ? [("", Lines(Request))]
                : [.. vets.Select(vet => (Staff.Visitor.Profile.Vet(vet), (IReadOnlyList<string>)Lines(Request with { Vet = vet })))];
        }
    }

    /// <summary>The page that explains any day, beginning with this one.</summary>
    public string More => Staff.Visitor.Url("/praxis/warum",
        ("art", Request.VisitType), ("tierart", Request.Species.FirstOrDefault()), ("bei", Request.Vet), ("tag", NodaTime.Text.LocalDatePattern.Iso.Format(Day)));

    private List<string> Lines(VisitRequest request)
    {
        var diary = Staff.Book.Diary;
        var missing = diary.WhyMissing(request, Day, Staff.Now);
        var free = diary.FreeStarts(request, new DateInterval(Day, Day), Staff.Now).Sum(day => day.Starts.Length);
        return [.. missing.Select(one => one.To - one.From > NearlyADay ? Staff.T.DeskReasonAllDay(Words(one)) : Staff.T.DeskReasonLine(Clock(one.From), Clock(one.To), Words(one))), .. free > 0 ? [Staff.T.DeskReasonFree(free)] : Array.Empty<string>()];
    }

    private string Words(MissingTime one) => one.Because switch
    {
        Refusal.Closed { Because: { } closure } => Staff.T.DeskReasonClosedFor(Wording.ClosureReason(Staff.T, closure)),
        Refusal.Taken => Staff.T.DeskReasonTaken(Names(one)),
        Refusal.NobodyThere => Staff.T.DeskReasonAbsent(Names(one)),
        Refusal.DayFull full => Staff.T.DeskReasonFull(full.Cap),
        Refusal.TooSoon soon => Staff.T.DeskReasonSoon(WallTime.Of(soon.Earliest, Staff.Book.Practice.Zone).WithoutYear(Staff.T)),
        var because => Staff.T.DeskReason(Problems.Cause(because)),
    };

    private string Names(MissingTime one) => string.Join(", ", one.Resources.Select(id => Staff.Visitor.Profile.NameOf(id)));

    private string Clock(Instant instant) => WallTime.Of(instant, Staff.Book.Practice.Zone).Time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.FrontDesk;

/// <summary>The free times that are read out on the phone: the next ones, or all of a day that was asked for.</summary>
public sealed class TimeOffer
{
    private const int Most = 8, MostOfOneDay = 4, MostOfTheDayAsked = 60;

    /// <summary>Two times closer than this are one and the same to a caller.</summary>
    private static readonly Duration Apart = Duration.FromMinutes(30);

    private readonly Staff staff;

    public TimeOffer(Staff staff, PhoneForm form)
    {
        (this.staff, Form) = (staff, form);
        var (diary, request) = (staff.Book.Diary, form.Request);
        if ((Never = diary.WhyNever(request)) is not null) return;
        var isAhead = form.Date >= staff.Visitor.Today && form.Date <= diary.Days.End;
        var from = isAhead ? form.Date!.Value : staff.Visitor.Today;
        if (isAhead) OfDay = [.. diary.FreeStarts(request, new DateInterval(from, from), staff.Now).SelectMany(day => day.Starts).Take(MostOfTheDayAsked)];
        Next = [.. NextFrom(request, from)];
        if (request.Vet is null && diary.Practice.VisitType(request.VisitType) is { } type)
        {
            ByPerson = [.. SlotsApi.Vets(diary.Practice, type).Select(vet => First(request with { Vet = vet }, from)).OfType<FreeStart>()];
        }
    }

    public PhoneForm Form { get; }

    /// <summary>Why there can be no time at all; null if there can.</summary>
    public Refusal? Never { get; }

    /// <summary>All times of the day that was asked for.</summary>
    public ImmutableArray<FreeStart> OfDay { get; } = [];

    /// <summary>The next times, on different days and some way apart.</summary>
    public ImmutableArray<FreeStart> Next { get; } = [];

    /// <summary>The next time of each person, if it makes no difference who.</summary>
    public ImmutableArray<FreeStart> ByPerson { get; } = [];

    /// <summary>Everything offered, each time once: the day asked for first.</summary>
    public IEnumerable<(string Heading, IReadOnlyList<FreeStart> Starts)> Groups
    {
        get
        {
            var t = staff.T;
            if (OfDay.Length > 0) yield return (t.DeskTimesOf(Form.Date!.Value), OfDay);
            var next = Next.Except(OfDay).ToList();
            if (next.Count > 0) yield return (OfDay.Length > 0 ? t.DeskTimesLater : t.DeskTimesNext, next);
            var people = ByPerson.Except(OfDay).Except(next).ToList();
            if (people.Count > 0) yield return (t.DeskTimesPeople, people);
        }
    }

    /// <summary>What is chosen: what was chosen before, the time that was asked for, or the first there is.</summary>
    public string Chosen
    {
        get
        {
            var all = Groups.SelectMany(group => group.Starts).ToList();
            var typed = Form.Value("zeit");
            if (typed == PhoneForm.OwnTime || all.Exists(one => Value(one) == typed)) return typed;
            if (Form.Wanted is { } wanted) return all.Exists(one => one.Start == wanted) && Form.Minutes is null ? Value(all.First(one => one.Start == wanted)) : PhoneForm.OwnTime;
            return all.Count > 0 ? Value(all[0]) : PhoneForm.OwnTime;
        }
    }

    /// <summary>The day whose missing times are explained.</summary>
    public LocalDate Day => Form.Date ?? staff.Visitor.Today;

    /// <summary>The value of a choice.</summary>
    public string Value(FreeStart start) => TimeChoice.Value(start, staff.Book.Practice.Zone);

    /// <summary>Whether the time is kept for urgent cases: owners would be refused it.</summary>
    public bool IsKept(FreeStart start) =>
        staff.Book.Diary.Book(Form.Request with { Vet = start.Vet.Length > 0 ? start.Vet : null, Booker = Booker.Owner }, start.Start, staff.Now) is BookingAnswer.Refused { Because: Refusal.HeldBack };

    private IEnumerable<FreeStart> NextFrom(VisitRequest request, LocalDate from)
    {
        var count = 0;
        foreach (var day in staff.Book.Diary.FreeStarts(request, new DateInterval(from, staff.Book.Diary.Days.End), staff.Now))
        {
            var (ofDay, last) = (0, Instant.MinValue);
            foreach (var start in day.Starts.Where(start => ofDay < MostOfOneDay && start.Start - last >= Apart))
            {
                yield return start;
                (ofDay, last) = (ofDay + 1, start.Start);
                if (++count == Most) yield break;
            }
        }
    }

    private FreeStart? First(VisitRequest request, LocalDate from)
    {
        foreach (var day in staff.Book.Diary.FreeStarts(request, new DateInterval(from, staff.Book.Diary.Days.End), staff.Now))
        {
            if (!day.Starts.IsEmpty) return day.Starts[0];
        }
        return null;
    }
}

using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Site;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;
using VetBooking.Web.Today.Flow;
using VetBooking.Web.Today.WalkIns;

namespace VetBooking.Web.Today.Lists;

/// <summary>Appointments under one heading: all of a day, or one person's.</summary>
public sealed record ListPart(string Heading, ImmutableArray<DayVisit> Visits);

/// <summary>A day as a list on paper or on a screen: whom to expect, and how to reach them.</summary>
public sealed class DayList
{
    private const int LongestAnswers = 120;

    private readonly Book book;

    private DayList(Book book, Text t, LocalDate date, List<DayVisit> visits, List<WalkInWindow> walkIns)
    {
        (this.book, T, Date, Visits, WalkIns) = (book, t, date, visits, walkIns);
        Opening = OpeningTimes.On(book.Practice, date);
    }

    public Text T { get; }

    public LocalDate Date { get; }

    public IReadOnlyList<DayVisit> Visits { get; }

    public IReadOnlyList<WalkInWindow> WalkIns { get; }

    /// <summary>When the practice is open, or why it is not.</summary>
    public OpeningDay Opening { get; }

    /// <summary>The day as it stands in the database.</summary>
    public static DayList Load(Db db, Book book, Text t, LocalDate date) =>
        new(book, t, date, DayVisit.On(db, date, book.Practice.Zone), WalkInHours.On(db, book.Practice, date));

    /// <summary>Only what one person has to do.</summary>
    public DayList Of(string vet) => new(book, T, Date, [.. Visits.Where(visit => visit.Vet == vet)], [.. WalkIns]);

    /// <summary>The next day after this one on which the practice is open; the very next one, if it is open on none.</summary>
    public static LocalDate NextWorkingDay(Practice practice, LocalDate after) =>
        Enumerable.Range(1, 60).Select(days => after.PlusDays(days)).Where(date => !OpeningTimes.On(practice, date).Stretches.IsEmpty).FirstOrDefault(after.PlusDays(1));

    /// <summary>A date from an address; null if it is none that a diary can have.</summary>
    public static LocalDate? Read(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: > 1970 and < 3000 } date } ? date : null;

    /// <summary>The whole day in the order of its times.</summary>
    public ImmutableArray<ListPart> ByTime => [new ListPart("", [.. Visits])];

    /// <summary>One part for each person who has something to do, in the practice's own order.</summary>
    public ImmutableArray<ListPart> ByPerson =>
    [
        .. Visits.GroupBy(visit => visit.Vet).OrderBy(group => book.Profile.Team.Select(one => one.Id).ToList() is var order && order.IndexOf(group.Key) is >= 0 and var at ? at : int.MaxValue)
            .Select(group => new ListPart(Vet(group.Key), [.. group])),
    ];

    /// <summary>When a visit begins.</summary>
    public string Time(DayVisit visit) => WallTime.Of(visit.Start, book.Practice.Zone) is { Twice: Twice.No } plain ? T.FlowTime(plain.Time) : WallTime.Of(visit.Start, book.Practice.Zone).Clock(T);

    /// <summary>Whom a visit is with.</summary>
    public string Vet(string id) => book.Profile.Vet(id) is { Length: > 0 } name ? name : T.FlowNobody;

    public string VisitType(DayVisit visit) => book.Profile.VisitType(T.Language, visit.VisitType).Name;

    public string Animals(DayVisit visit) => string.Join(", ", visit.Animals.Select(animal => T.AnimalLine(animal.Name, Wording.Species(T, animal.Species))));

    /// <summary>What whoever touches the animals must know; empty if nothing.</summary>
    public string Warnings(DayVisit visit) => Behaviour.Line(T, visit.Behaviour, visit.Animals.Length);

    /// <summary>The answers that the practice wants to see here, in one short line; empty if there are none.</summary>
    public string Answers(DayVisit visit)
    {
        var line = string.Join(" · ", visit.Answers.Select(answer => T.QuestionListLine(answer.Asked, answer.In(T).ReplaceLineEndings(" "))));
        return line.Length <= LongestAnswers ? line : string.Concat(line.AsSpan(0, LongestAnswers - 1), "…");
    }

    /// <summary>How it stands with a visit; nothing, if it is simply booked.</summary>
    public string State(DayVisit visit) => visit.State switch
    {
        VisitState.Held => T.FlowHeld,
        VisitState.Requested => T.FlowRequested,
        _ when visit.Arrival.Step == Step.Expected => "",
        _ => T.FlowStep(FlowWords.Of(visit.Arrival.Step)),
    };
}

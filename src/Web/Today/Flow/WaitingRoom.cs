using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;
using VetBooking.Web.Today.Lists;
using VetBooking.Web.Today.WalkIns;

namespace VetBooking.Web.Today.Flow;

/// <summary>One line of the waiting room's list.</summary>
/// <param name="Visitee">Who it is.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Animals">Who comes along.</param>
/// <param name="What">What for and with whom.</param>
/// <param name="Arrival">How far they are.</param>
public sealed record Guest(Visitee Visitee, string Name, string Animals, string What, Arrival Arrival)
{
    /// <summary>When they have their appointment; null for whoever has none.</summary>
    public Instant? Start { get; init; }

    /// <summary>What whoever touches the animals must know; empty if nothing.</summary>
    public string Warnings { get; init; } = "";

    /// <summary>Their number, and how many come before them; null for whoever has an appointment.</summary>
    public (int Number, Urgency Urgency, int Before)? Number { get; init; }
}

/// <summary>A part of the list, with what it says when nobody is in it.</summary>
public sealed record GuestPart(string Id, string Heading, string Empty, ImmutableArray<Guest> Guests);

/// <summary>Who waits, who is being seen, and whom the day still brings.</summary>
public sealed class WaitingRoom
{
    private WaitingRoom(Staff staff, List<DayVisit> visits, List<WalkIn> walkIns, bool hasOpenConsultation)
    {
        (Staff, HasOpenConsultation) = (staff, hasOpenConsultation);
        var guests = visits.Where(visit => visit.State == VisitState.Booked).Select(Of).Concat(Numbered(walkIns)).ToList();
        var (t, now) = (staff.T, staff.Now);
        List<GuestPart> parts =
        [
            new("wartet", t.FlowWaiting, t.FlowNobodyWaits, [.. guests.Where(guest => guest.Start is not null && IsHere(guest)).OrderByDescending(guest => guest.Arrival.Step).ThenBy(guest => guest.Arrival.Arrived)]),
        ];
        var numbers = guests.Where(guest => guest.Number is not null && IsHere(guest)).OrderByDescending(guest => guest.Arrival.Step).ThenBy(guest => guest.Number!.Value.Urgency).ThenBy(guest => guest.Number!.Value.Number).ToImmutableArray();
        if (hasOpenConsultation || !numbers.IsEmpty) parts.Add(new("nummern", t.FlowOpen, t.FlowNobodyNumbered, numbers));
        parts.Add(new("zimmer", t.FlowInRoom, t.FlowNobodyInRoom, [.. guests.Where(guest => guest.Arrival.Step == Step.InRoom).OrderBy(guest => guest.Arrival.Room)]));
        parts.Add(new("erwartet", t.FlowExpected, t.FlowNobodyExpected, [.. guests.Where(guest => guest.Arrival.Step == Step.Expected).OrderBy(guest => guest.Start)]));
        Parts = [.. parts];
        Gone = [.. guests.Where(guest => guest.Arrival.Step is Step.Done or Step.NoShow).OrderByDescending(guest => guest.Arrival.Since)];
        var waiting = guests.Where(IsHere).ToList();
        Count = waiting.Count;
        Longest = (int)(waiting.Max(guest => guest.Arrival.Waited(now)) ?? Duration.Zero).TotalMinutes;
    }

    public Staff Staff { get; }

    public ImmutableArray<GuestPart> Parts { get; }

    /// <summary>Whoever has been seen, or did not come.</summary>
    public ImmutableArray<Guest> Gone { get; }

    /// <summary>How many wait.</summary>
    public int Count { get; }

    /// <summary>How many minutes the one has waited who waits longest.</summary>
    public int Longest { get; }

    /// <summary>Whether numbers are given today.</summary>
    public bool HasOpenConsultation { get; }

    private DateTimeZone Zone => Staff.Book.Practice.Zone;

    /// <summary>As it is now.</summary>
    public static WaitingRoom Load(Staff staff, Readers readers)
    {
        var today = staff.Visitor.Today;
        return readers.Read(db => new WaitingRoom(staff, DayVisit.On(db, today, staff.Book.Practice.Zone), WalkIn.On(db, today), WalkInHours.On(db, staff.Book.Practice, today).Count > 0));
    }

    /// <summary>How long somebody has waited, in words; null if they have not.</summary>
    public string? Waited(Guest guest) => guest.Arrival.Waited(Staff.Now) is { } waited ? Staff.T.FlowMinutes((int)waited.TotalMinutes) : null;

    /// <summary>When somebody is due, in words.</summary>
    public string Due(Guest guest) => guest.Number is { } number
        ? Staff.T.FlowNumber(number.Number)
        : WallTime.Of(guest.Start!.Value, Zone).Clock(Staff.T);

    /// <summary>Whether somebody's time has come.</summary>
    public bool IsLate(Guest guest) => guest.Start <= Staff.Now;

    private static bool IsHere(Guest guest) => guest.Arrival.Step is Step.Arrived or Step.Called;

    private Guest Of(DayVisit visit)
    {
        var (t, profile) = (Staff.T, Staff.Book.Profile);
        var (type, vet) = (profile.VisitType(t.Language, visit.VisitType).Name, profile.Vet(visit.Vet));
        var animals = string.Join(", ", visit.Animals.Select(animal => t.AnimalLine(animal.Name, Wording.Species(t, animal.Species))));
        return new Guest(visit.Visitee, visit.Name, animals, vet.Length > 0 ? t.FlowWith(type, vet) : type, visit.Arrival)
        {
            Start = visit.Start,
            Warnings = Behaviour.Line(t, visit.Behaviour, visit.Animals.Length),
        };
    }

    private IEnumerable<Guest> Numbered(List<WalkIn> walkIns)
    {
        var order = OpenConsultation.Order(walkIns.Where(one => one.Arrival.Step == Step.Arrived).Select(one => new Waiting(one.Id, one.Number, one.Urgency)));
        foreach (var one in walkIns)
        {
            var before = Math.Max(0, order.IndexOf(new Waiting(one.Id, one.Number, one.Urgency)));
            yield return new Guest(one.Visitee, one.Name, one.Species is { } species ? Wording.Species(Staff.T, species) : "", Staff.T.FlowUrgency(WalkIn.Word(one.Urgency)), one.Arrival)
            {
                Number = (one.Number, one.Urgency, before),
            };
        }
    }
}

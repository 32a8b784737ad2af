using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Web.Demo;

/// <summary>
/// Fills the diary of the demo practice, history and all, through the same rules as real bookings: so nobody is ever in two
/// places, rooms and devices are taken, and breaks and holidays are kept.
/// </summary>
internal sealed class DemoDiary
{
    private const int Tries = 12;
    private const int ChunkDays = 28;

    private readonly Practice practice;
    private readonly DemoClients clients;
    private readonly DemoRows rows;
    private readonly Random random;
    private readonly LocalDate today;
    private readonly ImmutableArray<DemoPerson> people;
    private Diary diary;

    public DemoDiary(Practice practice, DemoClients clients, DemoRows rows, Random random)
    {
        (this.practice, this.clients, this.rows, this.random) = (practice, clients, rows, random);
        today = rows.Now.InZone(practice.Zone).Date;
        people = DemoPerson.Of(practice);
        diary = Diary.For(practice, new DateInterval(today, today), []);
    }

    /// <summary>The days before today, evenly filled.</summary>
    public void FillPast(DemoPlan plan)
    {
        var first = today.PlusDays(-plan.PastDays);
        var ahead = OnDuty(first, plan.PastDays).Sum(one => (long)one.Minutes);
        var left = plan.Past;
        for (var start = first; start < today; start = start.PlusDays(ChunkDays))
        {
            // A short diary costs little to change.
            var days = new DateInterval(start, LocalDate.Min(start.PlusDays(ChunkDays - 1), today.PlusDays(-1)));
            diary = Diary.For(practice, days, []);
            foreach (var (date, person, minutes) in OnDuty(days.Start, days.Length))
            {
                // Each takes its share of what is left to do, so that what did not fit is made up for later.
                var share = (double)left * minutes / ahead;
                ahead -= minutes;
                var wanted = (int)share + (random.NextDouble() < share % 1 ? 1 : 0);
                for (var i = 0; i < wanted && left > 0; i++)
                {
                    var state = random.Next(25) == 0 ? VisitState.Cancelled : VisitState.Booked;
                    if (TryAny(date, person, state) > 0) left--;
                }
            }
        }
        for (var i = 0; i < plan.Past && left > 0; i++)
        {
            var one = people[random.Next(people.Length)];
            if (TryAny(diary.Days.Start.PlusDays(random.Next(diary.Days.Length)), one, VisitState.Booked) > 0) left--;
        }
    }

    /// <summary>Today and the days to come: first as full as the plan says, one vet's day to the last minute, then up to the number wanted.</summary>
    public void FillComing(DemoPlan plan)
    {
        diary = Diary.For(practice, new DateInterval(today, today.PlusDays(120)), []);
        FillToTheLastMinute();
        foreach (var (date, person, minutes) in OnDuty(today, plan.ComingDays))
        {
            var wanted = minutes * (plan.FullnessAfter(Period.DaysBetween(today, date)) + (random.NextDouble() - 0.5) * 0.1);
            for (var (taken, failed) = (0, 0); taken < wanted && failed < 3;)
            {
                if (TryAny(date, person, VisitState.Booked) is > 0 and var more) taken += more;
                else failed++;
            }
        }
        for (var i = 0; i < plan.Coming * 5 && rows.Coming < plan.Coming; i++)
        {
            // Sooner days more often than later ones.
            var nearness = random.NextDouble();
            var date = today.PlusDays(2 + (int)((plan.ComingDays - 2) * nearness * nearness));
            TryAny(date, people[random.Next(people.Length)], VisitState.Booked);
        }
    }

    /// <summary>The first vet's busiest day of next week has nothing left, whatever one asks for: that, too, must be seen.</summary>
    private void FillToTheLastMinute()
    {
        var vet = people[0];
        var date = Enumerable.Range(4, 7).Select(days => today.PlusDays(days)).MaxBy(day => Minutes(vet, day));
        for (var i = 0; i < 60; i++) TryAny(date, vet, VisitState.Booked);
        foreach (var type in vet.Types)
        {
            foreach (var species in type.MinutesBySpecies.Keys.Order(StringComparer.Ordinal))
            {
                while (Try(date, vet, type, clients.BySpecies[species].First(), VisitState.Booked) > 0) { }
            }
        }
    }

    /// <summary>One more visit to this person on this day; its minutes, buffers included, or 0 if none was found.</summary>
    private int TryAny(LocalDate date, DemoPerson person, VisitState state)
    {
        for (var i = 0; i < Tries; i++)
        {
            var animal = AnimalFor(date, person);
            if (person.PickType(animal.Species, random) is { } type && Try(date, person, type, animal, state) is > 0 and var minutes) return minutes;
        }
        return 0;
    }

    private int Try(LocalDate date, DemoPerson person, VisitType type, DemoAnimal animal, VisitState state)
    {
        ImmutableArray<DemoAnimal> animals = [animal];
        if (random.Next(10) == 0 && animal.Owner.Animals.Find(other => other != animal && type.MinutesBySpecies.ContainsKey(other.Species)) is { } second)
        {
            animals = [animal, second];
        }
        // As an owner would have asked some days before: then windows and caps hold, and notice is no obstacle.
        var request = new VisitRequest(type.Id, [.. animals.Select(one => one.Species)], person.Id);
        var asked = practice.Zone.AtStartOfDay(date.PlusDays(-7)).ToInstant();
        var free = diary.FreeStarts(request, new DateInterval(date, date), asked).SelectMany(day => day.Starts).ToList();
        if (free.Count == 0) return 0;
        // Half of the people take the first they are offered.
        var start = free[random.Next(2) == 0 ? 0 : random.Next(free.Count)].Start;
        if (diary.Book(request with { Booker = Booker.Staff }, start, asked) is not BookingAnswer.Accepted accepted) return 0;

        if (type.Mode == BookingMode.OnRequest && start > rows.Now) state = VisitState.Requested;
        if (state != VisitState.Cancelled) diary = diary.With(accepted.Visit);
        rows.Save(accepted.Visit, accepted.Vet, animals, state);
        return accepted.Visit.Occupancies.Max(one => one.Range.Length) * Cells.Minutes;
    }

    /// <summary>Any animal; where somebody drives out on this day, every other time one for whom they do.</summary>
    private DemoAnimal AnimalFor(LocalDate date, DemoPerson person)
    {
        var yard = person.Types.FirstOrDefault(type => type.Travel > 0 && type.Windows.Any(window => window.AppliesOn(date)));
        if (yard is null || random.Next(2) == 0) return clients.Animals[random.Next(clients.Animals.Count)];
        var some = clients.BySpecies[yard.MinutesBySpecies.Keys.Order(StringComparer.Ordinal).First()];
        return some.ElementAt(random.Next(some.Count()));
    }

    private IEnumerable<(LocalDate Date, DemoPerson Person, int Minutes)> OnDuty(LocalDate first, int days)
    {
        for (var i = 0; i < days; i++)
        {
            var date = first.PlusDays(i);
            if (practice.ClosureOn(date) is not null) continue;
            foreach (var person in people)
            {
                // A nurse's visits are so short that they would otherwise be most of the diary.
                if (Minutes(person, date) is > 0 and var minutes) yield return (date, person, person.Types.Length > 1 ? minutes : minutes / 3);
            }
        }
    }

    private int Minutes(DemoPerson person, LocalDate date) => practice.ClosureOn(date) is null
        ? person.Shifts.Where(shift => shift.AppliesOn(date)).Sum(shift => (int)Period.Between(shift.From, shift.To, PeriodUnits.Minutes).Minutes)
        : 0;
}

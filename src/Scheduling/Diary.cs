using System.Collections.Immutable;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>
/// A practice's coming months: its facts, who is at work when, and what is taken. Immutable; a change gives a new diary
/// that shares everything it did not touch, so readers keep a true picture while the one writer goes on.
/// </summary>
public sealed class Diary
{
#if SABOTAGE
    private const bool Remembers = false;
#else
    private const bool Remembers = true;
#endif

    private readonly ImmutableDictionary<string, int> index;
    private readonly ImmutableArray<CellSet> working;
    private readonly ImmutableArray<TakenTime> taken;
    private readonly ImmutableDictionary<(string VisitType, LocalDate Date), int> counts;

    private Diary(
        Diary old,
        ImmutableArray<TakenTime> taken,
        ImmutableDictionary<(string VisitType, LocalDate Date), int> counts)
    {
        (Practice, Days, Window, index, working, Open) = (old.Practice, old.Days, old.Window, old.index, old.working, old.Open);
        this.taken = taken;
        this.counts = counts;
    }

    private Diary(Practice practice, DateInterval days)
    {
        Practice = practice;
        Days = days;
        Window = new CellRange(Day(days.Start).Range.From, Day(days.End).Range.To);
        Open = WorkingTime.OfPractice(practice, days, Window);
        index = practice.Resources.Select((resource, at) => (resource.Id, at)).ToImmutableDictionary(pair => pair.Id, pair => pair.at);
        working = [.. practice.Resources.Select(resource => WorkingTime.Of(practice, resource, days, Open, Window))];
        taken = NothingTaken();
        counts = ImmutableDictionary<(string, LocalDate), int>.Empty;
    }

    /// <summary>The practice this is the diary of.</summary>
    public Practice Practice { get; }

    /// <summary>The days the diary covers, both ends included. Nothing can be booked outside them.</summary>
    public DateInterval Days { get; }

    /// <summary>The days as a stretch of cells.</summary>
    internal CellRange Window { get; }

    internal CellSet Open { get; }

    /// <summary>
    /// A diary for these days that holds these visits, and these times that staff keep free of any. What lies outside the
    /// days does no harm.
    /// </summary>
    public static Diary For(Practice practice, DateInterval days, IEnumerable<Visit> visits, IEnumerable<Occupancy>? blocked = null)
    {
        var diary = new Diary(practice, days);
        var ranges = new List<CellRange>[practice.Resources.Length];
        for (var i = 0; i < ranges.Length; i++) ranges[i] = [];
        var counts = ImmutableDictionary.CreateBuilder<(string, LocalDate), int>();
        foreach (var visit in visits)
        {
            foreach (var occupancy in visit.Occupancies) Take(occupancy);
            var key = (visit.VisitType, diary.DateOf(visit.Start));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        foreach (var stretch in blocked ?? []) Take(stretch);
        return new Diary(diary, [.. ranges.Select(taken => TakenTime.Of(diary.Window, taken))], counts.ToImmutable());

        void Take(Occupancy occupancy)
        {
            // An old visit may name somebody who has left the practice since.
            if (diary.index.TryGetValue(occupancy.Resource, out var at)) ranges[at].Add(occupancy.Range);
        }
    }

    /// <summary>The diary with <paramref name="visit"/> in it.</summary>
    public Diary With(Visit visit) => Changed(visit, present: Remembers);

    /// <summary>The diary without <paramref name="visit"/>, which must be in it: its time becomes free, unless another lies over it.</summary>
    public Diary Without(Visit visit) => Changed(visit, present: false);

    /// <summary>The diary with a time that staff keep free of visits.</summary>
    public Diary With(Occupancy blocked) => new(this, Changed([blocked], present: true), counts);

    /// <summary>The diary without such a time, which must be in it.</summary>
    public Diary Without(Occupancy blocked) => new(this, Changed([blocked], present: false), counts);

    /// <summary>Whether anything of this stretch is taken.</summary>
    public bool IsTaken(Occupancy stretch) => index.ContainsKey(stretch.Resource) && Taken(stretch.Resource).Count(stretch.Range) > 0;

    /// <summary>The date of an instant on the practice's wall calendar.</summary>
    public LocalDate DateOf(Instant instant) => instant.InZone(Practice.Zone).Date;

    internal LocalDay Day(LocalDate date) => new(Practice.Zone, date);

    internal CellSet Working(string resource) => working[index[resource]];

    internal CellSet Taken(string resource) => taken[index[resource]].All;

    /// <summary>Whether there is such a resource, and it is at work all through this stretch.</summary>
    internal bool IsAtWork(string resource, CellRange during) => index.TryGetValue(resource, out var at) && working[at].Count(during) == during.Length;

    internal int VisitsOn(LocalDate date, string visitType) => counts.GetValueOrDefault((visitType, date));

    /// <summary>The same people at work, and nothing taken.</summary>
    internal Diary Cleared() => new(this, NothingTaken(), counts);

    private ImmutableArray<TakenTime> NothingTaken() => [.. Enumerable.Repeat(TakenTime.Nothing(Window), Practice.Resources.Length)];

    private Diary Changed(Visit visit, bool present)
    {
        var key = (visit.VisitType, DateOf(visit.Start));
        var count = Math.Max(counts.GetValueOrDefault(key) + (present ? 1 : -1), 0);
        return new Diary(this, Changed(visit.Occupancies, present), counts.SetItem(key, count));
    }

    private ImmutableArray<TakenTime> Changed(ImmutableArray<Occupancy> occupancies, bool present)
    {
        var changed = taken.ToBuilder();
        foreach (var occupancy in occupancies)
        {
            if (!index.TryGetValue(occupancy.Resource, out var at)) continue;
            changed[at] = present ? changed[at].With(occupancy.Range) : changed[at].Without(occupancy.Range);
        }
        return changed.MoveToImmutable();
    }
}

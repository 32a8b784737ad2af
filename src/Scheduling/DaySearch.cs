using System.Collections.Immutable;
using System.Numerics;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>
/// Days seen through one request, one at a time: for every resource that could serve, the starts at which it is free, one
/// bit a cell. Both listing the free starts and booking one go through here, so what is offered is exactly what can be
/// booked. The rows are reused from day to day: looking at two months costs no more memory than looking at one day.
/// </summary>
internal sealed class DaySearch
{
    /// <summary>Words for the starts of the longest day: 25 hours are 300 cells.</summary>
    public const int Width = 5;

    private readonly Diary diary;
    private readonly SearchPlan plan;
    private readonly Instant now;
    private readonly Option[][] needs;
    private readonly ulong[] starts = new ulong[Width];
    private readonly ulong[] somebody = new ulong[Width];
    private readonly ulong[] untaken;
    private readonly ulong[] working;
    private LocalDay day;

    public DaySearch(Diary diary, SearchPlan plan, Instant now)
    {
        (this.diary, this.plan, this.now) = (diary, plan, now);
        needs = [.. plan.Needs.Select(options => options.Select((one, at) => new Option(diary, one, at)).ToArray())];
        // Room for the day's starts and for the longest visit that begins at its end.
        var words = Width + (plan.LengthFor(ResourceKind.Person) + 63) / 64;
        (untaken, working) = (new ulong[words], new ulong[words]);
    }

    /// <summary>Turns to a day.</summary>
    /// <param name="at">The day.</param>
    /// <param name="thoroughly">Whether to look at all needs even when no start is left; <see cref="Free"/> wants it.</param>
    public void Look(LocalDay at, bool thoroughly = false)
    {
        day = at;
        plan.AllowedStarts(diary, day, now, starts);
        foreach (var options in needs)
        {
            if (!thoroughly && !Bits.Any(starts)) return;
            Array.Clear(somebody);
            foreach (var option in options)
            {
                FindFree(option);
                for (var i = 0; i < Width; i++) somebody[i] |= option.Free[i];
            }
            Bits.Keep(starts, somebody);
        }
        if (plan.VetNeed >= 0 && Bits.Any(starts)) LeastBusyFirst(needs[plan.VetNeed]);
    }

    /// <summary>All starts of the day with the person who would be there.</summary>
    public void Collect(ImmutableArray<FreeStart>.Builder into)
    {
        var serving = new Resource[needs.Length];
        for (var word = 0; word < Width; word++)
        {
            for (var bits = starts[word]; bits != 0; bits &= bits - 1)
            {
                var bit = word * 64 + BitOperations.TrailingZeroCount(bits);
                if (Assign(0, bit, serving)) into.Add(new FreeStart(Cells.Start(day.Range.From + bit), plan.VetOf(serving)));
            }
        }
    }

    /// <summary>Who and what would serve a visit that starts at this cell of the day: one for each need; null if it is not free.</summary>
    public Resource[]? At(int cell)
    {
        var serving = new Resource[needs.Length];
        var bit = cell - day.Range.From;
        return Bits.Has(starts, bit) && Assign(0, bit, serving) ? serving : null;
    }

    /// <summary>Who or what could fill one need at this cell of the day, if only that need counted.</summary>
    public IEnumerable<Resource> Free(int need, int cell) =>
        needs[need].Where(option => Bits.Has(option.Free, cell - day.Range.From)).OrderBy(option => option.Position).Select(option => option.Resource);

    private void FindFree(Option option)
    {
        var kind = option.Resource.Kind;
        var (before, whole) = (plan.LeadIn(kind), plan.LengthFor(kind));
        option.Taken.CopyTo(untaken, day.Range.From - before);
        if (plan.ForOwner) HoldBack(option.Resource, day.Range.From - before);
        for (var i = 0; i < untaken.Length; i++) untaken[i] = ~untaken[i];
        Bits.KeepRuns(untaken, whole);

        var exceed = plan.Type.BuffersMayExceedHours;
        option.Working.CopyTo(working, day.Range.From - (exceed ? 0 : before));
        Bits.KeepRuns(working, exceed ? plan.Length : whole);
        for (var i = 0; i < Width; i++) option.Free[i] = untaken[i] & working[i];
    }

    /// <summary>To owners, what is kept for urgent cases is as good as taken, and so is what another calendar says.</summary>
    private void HoldBack(Resource resource, int fromCell)
    {
        foreach (var reserved in resource.HeldBack(day, now).Concat(resource.Elsewhere))
        {
            Bits.Fill(untaken, Math.Max(reserved.From - fromCell, 0), Math.Min(reserved.To - fromCell, untaken.Length * 64), present: true);
        }
    }

    /// <summary>Fills the needs from the given one on, never with the same resource twice; earlier options first.</summary>
    private bool Assign(int need, int bit, Resource[] serving)
    {
        if (need == serving.Length) return true;
        foreach (var option in needs[need])
        {
            if (!Bits.Has(option.Free, bit) || IsAmong(serving.AsSpan(0, need), option.Resource)) continue;
            serving[need] = option.Resource;
            if (Assign(need + 1, bit, serving)) return true;
        }
        return false;
    }

    // By reference: comparing records field by field, once for every start, took most of the time of a search.
    private static bool IsAmong(ReadOnlySpan<Resource> serving, Resource resource)
    {
        foreach (var one in serving)
        {
            if (ReferenceEquals(one, resource)) return true;
        }
        return false;
    }

    private void LeastBusyFirst(Option[] people)
    {
        if (people.Length == 1) return;
        foreach (var person in people) person.Busy = person.Taken.Count(day.Range);
        // The practice's own order breaks ties, so that the answer is always the same.
        Array.Sort(people, static (one, other) => (one.Busy, one.Position).CompareTo((other.Busy, other.Position)));
    }

    /// <summary>A resource that could fill a need, and when it is free on the day looked at.</summary>
    private sealed class Option(Diary diary, Resource resource, int position)
    {
        public Resource Resource { get; } = resource;
        public int Position { get; } = position;
        public CellSet Working { get; } = diary.Working(resource.Id);
        public CellSet Taken { get; } = diary.Taken(resource.Id);
        public ulong[] Free { get; } = new ulong[Width];
        public int Busy { get; set; }
    }
}

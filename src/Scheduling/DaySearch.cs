using System.Collections.Immutable;
using System.Numerics;
using NodaTime;

namespace VetBooking.Scheduling;

/// <summary>
/// One day seen through one request: for every resource that could serve, the starts at which it is free, one bit a cell.
/// Both listing the free starts and booking one go through here, so what is offered is exactly what can be booked.
/// </summary>
internal ref struct DaySearch
{
    /// <summary>Words for the starts of the longest day: 25 hours are 300 cells.</summary>
    private const int Width = 5;

    private readonly Diary diary;
    private readonly SearchPlan plan;
    private readonly LocalDay day;
    private readonly ulong[][][] freeByNeed;
    private readonly int[] vetOrder;

    public DaySearch(Diary diary, SearchPlan plan, LocalDate date, Instant now)
    {
        this.diary = diary;
        this.plan = plan;
        day = diary.Day(date);
        Starts = plan.AllowedStarts(diary, day, now, Width);
        freeByNeed = new ulong[plan.Needs.Length][][];
        vetOrder = [];
        if (!Any(Starts)) return;
        Span<ulong> any = stackalloc ulong[Width];
        for (var need = 0; need < plan.Needs.Length; need++)
        {
            var options = plan.Needs[need];
            var free = freeByNeed[need] = new ulong[options.Length][];
            any.Clear();
            for (var option = 0; option < options.Length; option++)
            {
                free[option] = FreeStartsOf(options[option]);
                for (var i = 0; i < Width; i++) any[i] |= free[option][i];
            }
            for (var i = 0; i < Width; i++) Starts[i] &= any[i];
            if (!Any(Starts)) return;
        }
        vetOrder = LeastBusyFirst();
    }

    /// <summary>The cells, counted from the day's first, at which every need has somebody free.</summary>
    public ulong[] Starts { get; }

    /// <summary>All starts of the day with the person who would be there.</summary>
    public readonly void Collect(ImmutableArray<FreeStart>.Builder into)
    {
        for (var word = 0; word < Width; word++)
        {
            for (var bits = Starts[word]; bits != 0; bits &= bits - 1)
            {
                var bit = word * 64 + BitOperations.TrailingZeroCount(bits);
                if (Assign(bit) is { } chosen) into.Add(new FreeStart(Cells.Start(day.Range.From + bit), VetOf(chosen)));
            }
        }
    }

    /// <summary>Who and what would serve a visit that starts at <paramref name="cell"/>: one resource for each need; null if it is not free.</summary>
    public readonly ImmutableArray<Resource>? At(int cell)
    {
        var bit = cell - day.Range.From;
        return bit >= 0 && bit < Width * 64 && Has(Starts, bit) && Assign(bit) is { } chosen ? [.. chosen] : null;
    }

    /// <summary>The person an owner would name as "with whom".</summary>
    public readonly string VetOf(Resource[] chosen) => plan.VetNeed < 0 ? "" : chosen[plan.VetNeed].Id;

    private readonly ulong[] FreeStartsOf(Resource resource)
    {
        var travel = resource.Kind == ResourceKind.Person ? plan.Travel : 0;
        var before = plan.Before + travel;
        var whole = before + plan.Length + plan.After + travel;
        // Room for the day's starts and for the longest visit that begins at its end.
        Span<ulong> untaken = stackalloc ulong[(Width * 64 + whole) / 64 + 1];
        diary.Taken(resource.Id).CopyTo(untaken, day.Range.From - before);
        for (var i = 0; i < untaken.Length; i++) untaken[i] = ~untaken[i];
        KeepRuns(untaken, whole);

        var mustWork = plan.BuffersMayExceedHours ? plan.Length : whole;
        Span<ulong> working = stackalloc ulong[untaken.Length];
        diary.Working(resource.Id).CopyTo(working, day.Range.From - (plan.BuffersMayExceedHours ? 0 : before));
        KeepRuns(working, mustWork);

        var free = new ulong[Width];
        for (var i = 0; i < Width; i++) free[i] = untaken[i] & working[i];
        return free;
    }

    /// <summary>Leaves only those bits from which <paramref name="length"/> bits in a row are set.</summary>
    private static void KeepRuns(Span<ulong> bits, int length)
    {
        for (var done = 1; done < length;)
        {
            var step = Math.Min(done, length - done);
            var (word, shift) = (step >> 6, step & 63);
            for (var i = 0; i < bits.Length; i++)
            {
                var low = i + word < bits.Length ? bits[i + word] : 0;
                var high = i + word + 1 < bits.Length ? bits[i + word + 1] : 0;
                bits[i] &= shift == 0 ? low : low >> shift | high << 64 - shift;
            }
            done += step;
        }
    }

    /// <summary>Chooses one resource for each need, never the same twice; the least busy person first, rooms and devices in order.</summary>
    private readonly Resource[]? Assign(int bit)
    {
        var chosen = new Resource[plan.Needs.Length];
        return Fill(0, bit, chosen) ? chosen : null;
    }

    private readonly bool Fill(int need, int bit, Resource[] chosen)
    {
        if (need == chosen.Length) return true;
        var options = plan.Needs[need];
        for (var i = 0; i < options.Length; i++)
        {
            var option = need == plan.VetNeed ? vetOrder[i] : i;
            var resource = options[option];
            if (!Has(freeByNeed[need][option], bit) || Array.IndexOf(chosen, resource, 0, need) >= 0) continue;
            chosen[need] = resource;
            if (Fill(need + 1, bit, chosen)) return true;
        }
        return false;
    }

    private readonly int[] LeastBusyFirst()
    {
        if (plan.VetNeed < 0) return [];
        var people = plan.Needs[plan.VetNeed];
        var (busy, order) = (new int[people.Length], new int[people.Length]);
        for (var i = 0; i < people.Length; i++)
        {
            order[i] = i;
            // The position breaks ties, so that the answer is always the same.
            busy[i] = diary.Taken(people[i].Id).Count(day.Range) * people.Length + i;
        }
        Array.Sort(busy, order);
        return order;
    }

    private static bool Has(ulong[] bits, int bit) => (bits[bit >> 6] >> (bit & 63) & 1) != 0;

    private static bool Any(ulong[] bits) => bits.AsSpan().ContainsAnyExcept(0UL);
}

using System.Collections.Immutable;

namespace VetBooking.Scheduling;

/// <summary>
/// Who and what serves a visit that staff place. Whatever was chosen by name is taken; for what the visit needs besides,
/// what it had before comes first, then what is free, in the practice's own order.
/// </summary>
internal sealed class ServingChoice
{
    private readonly Diary diary;
    private readonly VisitType? type;
    private readonly Placement wish;
    private readonly CellRange visit;
    private readonly ImmutableArray<Need> needs;
    private readonly (Resource? Resource, int Cost)[][] candidates;
    private Resource?[] best;
    private int lowest = int.MaxValue;

    public ServingChoice(Diary diary, VisitType? type, Placement wish, CellRange visit)
    {
        (this.diary, this.type, this.wish, this.visit) = (diary, type, wish, visit);
        needs = type?.Needs ?? [];
        best = new Resource?[needs.Length];
        candidates = [.. needs.Select(Candidates)];
        Assign(0, 0, new Resource?[needs.Length]);
        Resources = [.. WithExtras([.. best.OfType<Resource>()])];
        Vet = Array.Find([.. Resources], one => one.Kind == ResourceKind.Person)?.Id ?? "";
    }

    /// <summary>Everybody and everything, in the order of the visit's needs.</summary>
    public ImmutableArray<Resource> Resources { get; }

    /// <summary>The person it is with; empty if none.</summary>
    public string Vet { get; }

    /// <summary>What the visit needs and does not get.</summary>
    public IEnumerable<Refusal> Unmet => needs.Zip(best, Refusal? (need, got) =>
        got is null ? new Refusal.NeedUnmet(need.Kind) : need.Fits(got) ? null : new Refusal.VetNotSuitable(got.Id)).OfType<Refusal>();

    /// <summary>
    /// What staff gave the visit beyond its needs: all that was chosen, and so much of what it had that it has no fewer of a
    /// kind than before. A visit of a retired type, whose needs nobody knows, keeps all it has.
    /// </summary>
    private List<Resource> WithExtras(List<Resource> serving)
    {
        var named = diary.Practice.Resources.Where(one => wish.Chosen.Contains(one.Id) || wish.Before.Contains(one.Id)).ToList();
        serving.AddRange(named.Where(one => wish.Chosen.Contains(one.Id) && !serving.Contains(one)));
        foreach (var one in named.Where(one => !serving.Contains(one)))
        {
            if (serving.Count(other => other.Kind == one.Kind) < named.Count(other => other.Kind == one.Kind)) serving.Add(one);
        }
        return serving;
    }

    /// <summary>The cheapest few for a need: no more are needed than there are needs, since each takes one.</summary>
    private (Resource? Resource, int Cost)[] Candidates(Need need) =>
    [
        .. diary.Practice.Resources.Select(one => (Resource: (Resource?)one, Cost: Cost(need, one))).Where(one => one.Cost < Never)
            .OrderBy(one => one.Cost).Take(needs.Length).Append((null, Never)),
    ];

    private const int Never = 1000;

    private int Cost(Need need, Resource resource)
    {
        var (fits, chosen) = (need.Fits(resource), wish.Chosen.Contains(resource.Id));
        if (chosen && fits) return 0;
        // Somebody chosen who can do none of it stands in for somebody of the kind: staff know what they do.
        if (chosen) return need.Kind == resource.Kind && !needs.Any(other => other.Fits(resource)) ? 1 : Never;
        if (!fits) return Never;
        var free = diary.Taken(resource.Id).Count(Placing.TakenBy(type, resource, visit)) == 0;
        var there = Placing.IsThere(diary, type, resource, visit);
        var had = wish.Before.Contains(resource.Id);
        return (free, there, had) switch
        {
            (true, true, true) => 2,
            (true, true, false) => 3,
            (true, false, true) => 20,
            (true, false, false) => 30,
            (false, _, true) => 40,
            (false, true, false) => 50,
            _ => 60,
        };
    }

    private void Assign(int need, int cost, Resource?[] serving)
    {
        if (cost >= lowest) return;
        if (need == needs.Length)
        {
            (lowest, best) = (cost, (Resource?[])serving.Clone());
            return;
        }
        foreach (var (resource, more) in candidates[need])
        {
            if (resource is not null && Array.IndexOf(serving, resource, 0, need) >= 0) continue;
            serving[need] = resource;
            Assign(need + 1, cost + more, serving);
        }
        serving[need] = null;
    }
}

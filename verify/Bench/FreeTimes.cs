using NodaTime;

namespace VetBooking.Verify.Bench;

/// <summary>Free times of a practice that can all be booked one after the other, in no order.</summary>
internal static class FreeTimes
{
    // The buffers are nobody's business outside; none of the demo practice's is longer.
    private static readonly Duration Apart = Duration.FromMinutes(10);

    public static async Task<List<Choice>> Of(Uri url, Facts facts, Random random)
    {
        using var api = new Api(url);
        var today = Times.Now.InZone(facts.Zone).Date;
        var offered = new List<(Choice Choice, Interval Time)>();
        foreach (var type in facts.Types.Where(type => !type.Capped))
        {
            var species = type.Minutes.Keys.First();
            foreach (var person in type.People)
            {
                foreach (var slot in await api.Slots(type, species, person, today, 60))
                {
                    var start = slot.Start.ToInstant();
                    offered.Add((new Choice(type, species, start, person), new Interval(start, start + Duration.FromMinutes(slot.Minutes) + Apart)));
                }
            }
        }
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(offered));
        var chosen = new List<Choice>();
        var taken = new Dictionary<string, List<Interval>>();
        foreach (var (choice, time) in offered)
        {
            if (!taken.TryGetValue(choice.Vet!, out var mine)) taken[choice.Vet!] = mine = [];
            if (mine.Any(one => one.Start < time.End && time.Start < one.End)) continue;
            mine.Add(time);
            chosen.Add(choice);
        }
        return chosen;
    }
}

using NodaTime;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>Two hours of one day that everybody wants, for one round.</summary>
internal sealed record Scene(Facts Facts, Instant Middle, int Round)
{
    private const int Days = 21;

    public required IReadOnlyList<string> Resources { get; init; }

    public LocalDate Day => Middle.InZone(Facts.Zone).Date;

    /// <summary>Any five minutes of the two hours.</summary>
    public Instant AnyStart(Random random) => Middle + Duration.FromMinutes(5 * random.Next(-12, 13));

    public static T AnyOf<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>Around some free time, far enough ahead for owners to be allowed everything.</summary>
    public static async Task<Scene> Find(Api api, Facts facts, Random random, int round)
    {
        var from = Times.Now.InZone(facts.Zone).Date.PlusDays(3);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var type = AnyOf(random, facts.Types);
            var slots = await api.Slots(type, type.Minutes.Keys.First(), null, from, Days);
            if (slots.Count == 0) continue;
            return new Scene(facts, AnyOf(random, slots).Start.ToInstant(), round) { Resources = facts.Resources };
        }
        throw new InvalidOperationException("The demo practice has no free time left.");
    }
}

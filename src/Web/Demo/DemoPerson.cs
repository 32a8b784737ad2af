using System.Collections.Immutable;
using VetBooking.Scheduling;

namespace VetBooking.Web.Demo;

/// <summary>Somebody of the demo practice's people with the visit types they can be booked for.</summary>
internal sealed record DemoPerson(string Id, ImmutableArray<WeeklyHours> Shifts, ImmutableArray<VisitType> Types)
{
    public static ImmutableArray<DemoPerson> Of(Practice practice) =>
    [
        .. practice.Resources.Where(one => one.Kind == ResourceKind.Person).Select(person =>
            new DemoPerson(person.Id, person.Shifts, [.. practice.VisitTypes.Where(type => type.Needs.Any(need => need.Fits(person)))])),
    ];

    /// <summary>A visit type of theirs for this species, the usual ones more often; null if they treat it in none.</summary>
    public VisitType? PickType(string species, Random random)
    {
        var sum = 0;
        VisitType? picked = null;
        foreach (var type in Types)
        {
            if (!type.MinutesBySpecies.ContainsKey(species)) continue;
            sum += Share(type.Id);
            if (random.Next(sum) < Share(type.Id)) picked = type;
        }
        return picked;
    }

    private static int Share(string visitType) => visitType switch
    {
        "impfung" => 24,
        "krank" => 24,
        "kontrolle" => 18,
        "erstbesuch" => 8,
        "zahn" or "blut-ultraschall" or "op-besprechung" or "etwas" => 5,
        "heimtierausweis" => 3,
        "abschied" => 1,
        _ => 2,
    };
}

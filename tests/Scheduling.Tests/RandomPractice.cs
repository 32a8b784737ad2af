using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Tests;

/// <summary>One step against a practice. Numbers are taken modulo whatever there is to choose from.</summary>
internal readonly record struct Step(int Kind, int Type, int Vet, int Start, int Visit, bool Staff, bool Offered);

/// <summary>Small practices with everything the rules know: skills, shifts, absences, buffers, travel, windows, caps.</summary>
internal static class RandomPractice
{
    public const int DayCount = 3;

    /// <summary>A Monday far from any change of the clocks.</summary>
    public static readonly LocalDate First = new(2026, 1, 12);

    public static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 23], Gen.Int[0, DayCount * 288 - 1], Gen.Int[0, 999], Gen.Int[0, 3], Gen.Bool,
        (kind, type, vet, start, visit, staff, offered) => new Step(kind, type, vet, start, visit, staff == 0, offered)).Array[1, 200];

    // Every set of hours is one row for each day: a plain day, a lunch break, a night, two that touch, all day.
    private static readonly ImmutableArray<(int From, int To)[]> HourSets =
        [[(480, 1080)], [(480, 720), (840, 1080)], [(1200, 360)], [(480, 720), (720, 1020)], [(0, 0)], [(545, 995)], [(1380, 60), (600, 900)]];

    private static readonly int[] Grids = [5, 10, 15, 20, 30];

    private static readonly Gen<ImmutableArray<WeeklyHours>> Hours =
        Gen.Int[0, HourSets.Length - 1].Select(Gen.Int[1, 127], (set, weekdays) => Weekly(set, weekdays));

    private static readonly Gen<ImmutableArray<WeeklyHours>> Shifts =
        Gen.Int[0, HourSets.Length * 2].Select(Gen.Int[1, 127], (set, weekdays) => set < HourSets.Length ? Weekly(set, weekdays | 3) : []);

    private static readonly Gen<ImmutableArray<Absence>> Absences = Gen.Select(Gen.Int[-100, 900], Gen.Int[1, 60], (from, length) =>
        new Absence(First.AtMidnight().PlusMinutes(from * 5), First.AtMidnight().PlusMinutes((from + length) * 5))).Array[0, 2].Select(all => all.ToImmutableArray());

    private static readonly Gen<ImmutableArray<Reserve>> Reserves = Gen.Select(Gen.Int[0, 6], Gen.Int[80, 220], Gen.Int[1, 48], Gen.Int[60, 240], (day, from, length, opens) =>
        new Reserve(new WeeklyHours((IsoDayOfWeek)(1 + day % 3), TimeAt(from), TimeAt(from + length)), TimeAt(opens))).Array[0, 2].Select(all => all.ToImmutableArray());

    private static readonly Gen<ImmutableArray<Resource>> People = Gen.Select(Gen.Int[0, 7], Shifts, Absences, Reserves, (skills, shifts, absences, reserves) =>
        new Resource("", ResourceKind.Person) { Skills = [.. Skilled(skills)], Shifts = shifts, Absences = absences, Reserves = reserves })
        .Array[2, 4].Select(all => Named(all, "p"));

    private static readonly Gen<ImmutableArray<Resource>> Rooms =
        Absences.Select(absences => new Resource("", ResourceKind.Room) { Absences = absences }).Array[2, 3].Select(all => Named(all, "r"));

    private static readonly Gen<ImmutableArray<Resource>> Devices =
        Absences.Select(absences => new Resource("", ResourceKind.Device) { Absences = absences }).Array[0, 2].Select(all => Named(all, "d"));

    private static readonly Gen<ImmutableArray<Need>> Needs =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 15], Gen.Int[0, 4], Gen.Int[1, 7], Gen.Int[0, 5], NeedsOf);

    private static readonly Gen<VisitType> Type = Gen.Select(
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 8]),
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 300]),
        Gen.Bool, Gen.Int[0, 4].Select(at => Grids[at]), Gen.Bool.Select(Hours, (any, hours) => any ? [] : hours), Needs,
        (lengths, limits, exceed, grid, windows, needs) => new VisitType("")
        {
            MinutesBySpecies = ImmutableDictionary<string, int>.Empty.Add("dog", lengths.Item1 * 5),
            BufferBefore = lengths.Item2 * 5,
            BufferAfter = lengths.Item3 * 5,
            Travel = Math.Max(0, lengths.Item4 - 4) * 5,
            HorizonDays = limits.Item1,
            DailyCap = limits.Item2 < 4 ? limits.Item2 : null,
            CancelDeadline = Duration.FromHours(limits.Item3 * 4),
            Lead = Duration.FromMinutes(Math.Max(0, limits.Item4 - 150)),
            BuffersMayExceedHours = exceed,
            GridMinutes = grid,
            Windows = windows,
            Needs = needs,
        });

    // One practice in twelve rests for the first hours.
    private static readonly Gen<Instant?> Pauses = Gen.Int[0, 11].Select(Gen.Int[0, 400], (rests, minutes) => rests == 0 ? Example.At(First.AtMidnight()) + Duration.FromMinutes(minutes) : (Instant?)null);

    public static readonly Gen<Practice> Practices = Gen.Select(Hours, People, Rooms, Devices, Type.Array[2, 4], Pauses, (hours, people, rooms, devices, types, paused) => new Practice
    {
        PausedUntil = paused,
        Zone = Example.Berlin,
        Opening = hours,
        Resources = [.. people, .. rooms, .. devices],
        VisitTypes = [.. types.Select((type, at) => type with { Id = "t" + at })],
    });

    private static LocalTime TimeAt(int cell) => LocalTime.FromMinutesSinceMidnight(cell % 288 * 5);

    private static ImmutableArray<WeeklyHours> Weekly(int set, int weekdays) =>
    [
        .. Enumerable.Range(1, 7).Where(day => (weekdays >> day - 1 & 1) != 0 || day is 1 or 2).SelectMany(day => HourSets[set].Select(
            hours => new WeeklyHours((IsoDayOfWeek)day, LocalTime.FromMinutesSinceMidnight(hours.From), LocalTime.FromMinutesSinceMidnight(hours.To)))),
    ];

    private static ImmutableArray<Need> NeedsOf(int skill, int people, int second, int rooms, int device)
    {
        var needs = ImmutableArray.CreateBuilder<Need>();
        var vet = new Need(ResourceKind.Person, [.. Ids("p", people)]) { Skill = skill < 3 ? "s" + skill : null };
        if (device == 1) needs.Add(new Need(ResourceKind.Device, ["d0", "d1"]));
        if (second < 4) needs.Add(vet);
        // Two of the same, or a second one from another circle that may share people with the first.
        if (second == 0) needs.Add(vet);
        if (second == 1) needs.Add(new Need(ResourceKind.Person, ["p0", "p1"]));
        needs.Add(new Need(ResourceKind.Room, [.. Ids("r", rooms)]));
        return needs.ToImmutable();
    }

    private static ImmutableArray<Resource> Named(Resource[] all, string prefix) => [.. all.Select((one, at) => one with { Id = prefix + at })];

    private static IEnumerable<string> Skilled(int mask) => Ids("s", mask);

    private static IEnumerable<string> Ids(string prefix, int mask) => Enumerable.Range(0, 4).Where(bit => (mask >> bit & 1) != 0).Select(bit => prefix + bit);
}

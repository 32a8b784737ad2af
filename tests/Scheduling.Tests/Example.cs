using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;

namespace VetBooking.Tests;

/// <summary>
/// The practice the tests start from: Monday to Friday 8–12 and 14–18; the vets Anna and Ben, the assistant Cleo, two
/// rooms and an X-ray. "check" takes 20 minutes for a dog and needs a vet and a room.
/// </summary>
internal static class Example
{
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <summary>Monday, 2 March 2026, 7:00 in Berlin.</summary>
    public static readonly Instant Now = At(2, 7, 0);

    public static readonly DateInterval Days = new(new LocalDate(2026, 3, 1), new LocalDate(2026, 5, 31));

    public static readonly VisitRequest Dog = new("check", ["dog"]);

    public static readonly VisitRequest DogByStaff = Dog with { Booker = Booker.Staff };

    public static readonly VisitType Check = new("check")
    {
        MinutesBySpecies = ImmutableDictionary<string, int>.Empty.Add("dog", 20).Add("cat", 15).Add("horse", 45),
        MinutesPerFurtherAnimal = 10,
        Needs = [Vet, Room],
    };

    public static readonly Practice Ours = new()
    {
        Zone = Berlin,
        Opening = [.. Weekdays(8, 12), .. Weekdays(14, 18)],
        Resources =
        [
            new("anna", ResourceKind.Person) { Skills = ["vet"] },
            new("ben", ResourceKind.Person) { Skills = ["vet"] },
            new("cleo", ResourceKind.Person),
            new("room1", ResourceKind.Room),
            new("room2", ResourceKind.Room),
            new("xray", ResourceKind.Device),
        ],
        VisitTypes = [Check],
    };

    public static Need Vet => new(ResourceKind.Person, []) { Skill = "vet" };

    public static Need Room => new(ResourceKind.Room, ["room1", "room2"]);

    public static Need Just(string resource) => new(Ours.Resources.First(one => one.Id == resource).Kind, [resource]);

    public static IEnumerable<WeeklyHours> Weekdays(int from, int to) =>
        Enumerable.Range(1, 5).Select(day => new WeeklyHours((IsoDayOfWeek)day, new LocalTime(from, 0), new LocalTime(to, 0)));

    /// <summary>A wall time in March 2026 in Berlin.</summary>
    public static Instant At(int day, int hour, int minute = 0) => At(new LocalDateTime(2026, 3, day, hour, minute));

    public static Instant At(LocalDateTime wall) => wall.InZoneStrictly(Berlin).ToInstant();

    public static Practice With(this Practice practice, VisitType type) => practice with { VisitTypes = [type] };

    public static Practice With(this Practice practice, string resource, Func<Resource, Resource> change) =>
        practice with { Resources = [.. practice.Resources.Select(one => one.Id == resource ? change(one) : one)] };

    public static Diary Diary(this Practice practice, params Visit[] visits) => Scheduling.Diary.For(practice, Days, visits);

    public static Diary Diary(this VisitType type, params Visit[] visits) => Ours.With(type).Diary(visits);

    public static BookingAnswer.Accepted MustBook(this Diary diary, VisitRequest request, Instant start, Instant? now = null) =>
        Assert.IsType<BookingAnswer.Accepted>(diary.Book(request, start, now ?? Now));

    public static T MustRefuse<T>(this Diary diary, VisitRequest request, Instant start, Instant? now = null)
        where T : Refusal => MustRefuse<T>(diary.Book(request, start, now ?? Now));

    public static T MustRefuse<T>(BookingAnswer answer)
        where T : Refusal => Assert.IsType<T>(Assert.IsType<BookingAnswer.Refused>(answer).Because);

    /// <summary>The diary after this booking.</summary>
    public static Diary After(this Diary diary, VisitRequest request, Instant start) => diary.With(diary.MustBook(request, start).Visit);

    public static FreeDay On(this Diary diary, int day, VisitRequest? request = null, Instant? now = null) =>
        diary.FreeStarts(request ?? Dog, new DateInterval(new LocalDate(2026, 3, day), new LocalDate(2026, 3, day)), now ?? Now).Single();

    /// <summary>The free starts as wall times, for comparing with a list a person wrote.</summary>
    public static string Times(this FreeDay day) =>
        string.Join(' ', day.Starts.Select(one => one.Start.InZone(Berlin).ToString("HH:mm", null)));
}

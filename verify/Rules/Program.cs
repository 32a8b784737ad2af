using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;

// Prints, as JSON, how many microseconds all free starts of 60 days take for practices of 8 and of 15 resources.
var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
var today = new LocalDate(2026, 11, 23);
var now = today.At(new LocalTime(7, 0)).InZoneLeniently(zone).ToInstant();
var days = new DateInterval(today, today.PlusDays(59));

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"8":{{Measure(5, 3):0.0}},"15":{{Measure(9, 6):0.0}}}"""));

double Measure(int people, int rooms)
{
    var diary = Fill(PracticeOf(people, rooms));
    var request = new VisitRequest("check", ["dog"], null);
    var taken = new double[1000];
    var starts = 0;
    for (var round = 0; round < taken.Length; round++)
    {
        var watch = Stopwatch.GetTimestamp();
        foreach (var day in diary.FreeStarts(request, days, now)) starts += day.Starts.Length;
        taken[round] = Stopwatch.GetElapsedTime(watch).TotalMicroseconds;
    }
    Console.Error.WriteLine($"{people + rooms} resources: {starts / taken.Length} free starts");
    Array.Sort(taken);
    return taken[taken.Length / 2];
}

Practice PracticeOf(int people, int rooms) => new()
{
    Zone = zone,
    Opening =
    [
        .. Enumerable.Range(1, 5).Select(day => (IsoDayOfWeek)day).SelectMany(day => (WeeklyHours[])
            [new(day, new LocalTime(8, 0), new LocalTime(12, 30)), new(day, new LocalTime(14, 30), new LocalTime(19, 0))]),
        new(IsoDayOfWeek.Saturday, new LocalTime(9, 0), new LocalTime(12, 0)),
    ],
    Resources =
    [
        .. Enumerable.Range(0, people).Select(i => new Resource($"vet-{i}", ResourceKind.Person) { Skills = ["check"] }),
        .. Enumerable.Range(0, rooms).Select(i => new Resource($"room-{i}", ResourceKind.Room) { Skills = ["check"] }),
    ],
    VisitTypes =
    [
        new("check")
        {
            MinutesBySpecies = ImmutableDictionary<string, int>.Empty.Add("dog", 20),
            BufferAfter = 5,
            Needs = [new(ResourceKind.Person, []) { Skill = "check" }, new(ResourceKind.Room, []) { Skill = "check" }],
        },
    ],
};

// As after many bookings: some resources taken at every time, rarely all of them.
Diary Fill(Practice practice)
{
    var diary = Diary.For(practice, new DateInterval(today.PlusDays(-1), today.PlusDays(91)), []);
    var request = new VisitRequest("check", ["dog"], null);
    var offered = diary.FreeStarts(request, days, now).SelectMany(day => day.Starts).ToArray();
    for (var i = 0; i < offered.Length; i += 2)
    {
        var start = offered[i];
        if (diary.Book(request, start.Start, now) is BookingAnswer.Accepted accepted) diary = diary.With(accepted.Visit);
    }
    return diary;
}

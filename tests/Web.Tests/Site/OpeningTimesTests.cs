using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Site;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Site;

public sealed class OpeningTimesTests
{
    private static readonly LocalDate Monday = new(2026, 11, 23);

    private static readonly WeeklyHours[] Usual =
    [
        Hours(IsoDayOfWeek.Monday, "08:00", "12:30"), Hours(IsoDayOfWeek.Monday, "14:30", "18:30"),
        Hours(IsoDayOfWeek.Tuesday, "08:00", "12:30"),
        Hours(IsoDayOfWeek.Friday, "08:00", "12:30"), Hours(IsoDayOfWeek.Friday, "14:30", "18:30"),
        Hours(IsoDayOfWeek.Saturday, "09:00", "12:00"),
    ];

    [Theory]
    [InlineData("2026-11-23T07:00", "Heute geöffnet ab 08:00 Uhr", null)]
    [InlineData("2026-11-23T08:00", "Jetzt geöffnet bis 12:30 Uhr", "Danach wieder ab 14:30 Uhr")]
    [InlineData("2026-11-23T12:30", "Heute wieder geöffnet ab 14:30 Uhr", null)]
    [InlineData("2026-11-23T18:29", "Heute geöffnet bis 18:30 Uhr", null)]
    [InlineData("2026-11-23T18:30", "Für heute geschlossen", "Wieder geöffnet: morgen ab 08:00 Uhr")]
    [InlineData("2026-11-24T20:00", "Für heute geschlossen", "Wieder geöffnet: Freitag, 27. November, ab 08:00 Uhr")]
    [InlineData("2026-11-25T10:00", "Heute geschlossen", "Wieder geöffnet: Freitag, 27. November, ab 08:00 Uhr")]
    [InlineData("2027-03-26T10:00", "Heute geschlossen: Karfreitag", "Wieder geöffnet: morgen ab 09:00 Uhr")]
    public void Somebody_who_thinks_of_coming_now_reads_when(string now, string headline, string? detail) => AssertSays(Practice(Usual), now, headline, detail);

    [Fact]
    public void Closed_for_a_reason_of_its_own()
    {
        var practice = Practice(Usual) with { Closures = [new Closure(Monday, Monday.PlusDays(4)) { Reason = "Betriebsurlaub" }] };
        AssertSays(practice, "2026-11-23T10:00", "Heute geschlossen: Betriebsurlaub", "Wieder geöffnet: Samstag, 28. November, ab 09:00 Uhr");
        AssertSays(practice with { Closures = [new Closure(Monday, Monday)] }, "2026-11-23T10:00", "Heute geschlossen", "Wieder geöffnet: morgen ab 08:00 Uhr");
    }

    [Theory]
    [InlineData("2026-11-23T21:00", "Jetzt geöffnet bis morgen, 06:00 Uhr", null)]
    [InlineData("2026-11-24T05:59", "Heute geöffnet bis 06:00 Uhr", null)]
    [InlineData("2026-11-24T06:00", "Heute geschlossen", "Wieder geöffnet: Montag, 30. November, ab 20:00 Uhr")]
    public void Hours_may_reach_into_the_night(string now, string headline, string? detail) =>
        AssertSays(Practice(Hours(IsoDayOfWeek.Monday, "20:00", "06:00")), now, headline, detail);

    [Fact]
    public void The_night_before_a_closed_day_still_ends_in_its_morning()
    {
        var practice = Practice(Hours(IsoDayOfWeek.Monday, "20:00", "06:00"), Hours(IsoDayOfWeek.Tuesday, "08:00", "12:00"))
            with
        { Closures = [new Closure(Monday.PlusDays(1), Monday.PlusDays(1)) { Reason = "Fortbildung" }] };
        AssertSays(practice, "2026-11-24T05:00", "Heute geöffnet bis 06:00 Uhr", null);
        AssertSays(practice, "2026-11-24T09:00", "Heute geschlossen: Fortbildung", "Wieder geöffnet: Montag, 30. November, ab 20:00 Uhr");
    }

    [Fact]
    public void Until_midnight_over_midnight_and_always()
    {
        AssertSays(Practice(Hours(IsoDayOfWeek.Monday, "18:00", "00:00")), "2026-11-23T20:00", "Heute geöffnet bis Mitternacht", null);
        AssertSays(
            Practice(Hours(IsoDayOfWeek.Monday, "18:00", "00:00"), Hours(IsoDayOfWeek.Tuesday, "00:00", "07:00")),
            "2026-11-23T20:00", "Jetzt geöffnet bis morgen, 07:00 Uhr", null);
        var always = Practice([.. Enumerable.Range(1, 7).Select(day => Hours((IsoDayOfWeek)day, "00:00", "00:00"))]) with { Holidays = null };
        AssertSays(always, "2026-11-23T20:00", "Rund um die Uhr geöffnet", null);
        Assert.Equal("0–24 Uhr", OpeningWords.Line(Text.In("de"), OpeningTimes.On(always, Monday)));
    }

    [Fact]
    public void Hours_that_touch_or_overlap_are_one()
    {
        var practice = Practice(Hours(IsoDayOfWeek.Monday, "12:00", "14:00"), Hours(IsoDayOfWeek.Monday, "08:00", "12:00"), Hours(IsoDayOfWeek.Monday, "13:00", "15:00"));
        Assert.Equal("08:00–15:00", OpeningWords.Line(Text.In("de"), OpeningTimes.On(practice, Monday)));
    }

    [Fact]
    public void Hours_hold_only_while_they_are_valid()
    {
        var practice = Practice(
            Hours(IsoDayOfWeek.Monday, "08:00", "18:00") with { ValidTo = Monday.PlusDays(7) },
            Hours(IsoDayOfWeek.Monday, "10:00", "14:00") with { ValidFrom = Monday.PlusDays(14), ValidTo = Monday.PlusDays(14) });
        Assert.Equal("08:00–18:00", Line(practice, Monday));
        Assert.Equal("10:00–14:00", Line(practice, Monday.PlusDays(14)));
        Assert.Equal("geschlossen", Line(practice, Monday.PlusDays(21)));
        Assert.Equal([Monday.PlusDays(14), Monday.PlusDays(21)], OpeningTimes.Changes(practice, Monday, 60).Select(day => day.Date));
        AssertSays(practice, "2026-12-07T13:00", "Heute geöffnet bis 14:00 Uhr", null);
        AssertSays(practice, "2026-12-07T14:00", "Wann wir da sind, sagen wir Ihnen am Telefon", null);
    }

    [Fact]
    public void Without_any_hours_people_are_asked_to_call() => AssertSays(Practice(), "2026-11-23T10:00", "Wann wir da sind, sagen wir Ihnen am Telefon", null);

    [Fact]
    public void Coming_closures_are_the_practices_own_and_the_holidays_on_which_it_would_be_open()
    {
        var leave = new Closure(new LocalDate(2026, 12, 21), new LocalDate(2026, 12, 26)) { Reason = "Betriebsurlaub" };
        var over = new Closure(new LocalDate(2026, 11, 20), new LocalDate(2026, 11, 22));
        var practice = Practice(Usual) with { Closures = [over, leave] };
        // Christmas lies within the leave, and New Year's Day is a Friday.
        Assert.Equal([leave.From, new LocalDate(2027, 1, 1)], OpeningTimes.Closures(practice, Monday, 60).Select(closure => closure.From));
    }

    private static string Line(Practice practice, LocalDate day) => OpeningWords.Line(Text.In("de"), OpeningTimes.On(practice, day));

    private static void AssertSays(Practice practice, string now, string headline, string? detail)
    {
        var state = OpeningTimes.At(practice, NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(now).Value);
        Assert.Equal((headline, detail), (OpeningWords.Headline(Text.In("de"), state), OpeningWords.Detail(Text.In("de"), state)));
    }

    private static Practice Practice(params WeeklyHours[] opening) => new()
    {
        Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"],
        Opening = [.. opening],
        Holidays = new HolidayRegion(Land.BE),
    };

    private static WeeklyHours Hours(IsoDayOfWeek day, string from, string to) => new(day, Time(from), Time(to));

    private static LocalTime Time(string text) => NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;
}

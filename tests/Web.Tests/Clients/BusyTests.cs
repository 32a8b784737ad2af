using System.Text;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Clients.Busy;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Clients;

/// <summary>Busy times out of other calendars: fetched safely, read with care, and binding for owners only.</summary>
public sealed class BusyTests(PracticeFixture fixture)
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Interval Window = new(Instant.FromUtc(2026, 11, 22, 23, 0), Instant.FromUtc(2027, 11, 22, 23, 0));

    [Fact]
    public void Events_are_read_with_their_zones_days_series_and_exceptions()
    {
        const string text = """
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            UID:1
            DTSTART;TZID=Europe/Berlin:20261124T090000
            DTEND;TZID=Europe/Berlin:20261124T100000
            SUMMARY:Zahnarzt\, privat
            BEGIN:VALARM
            DTSTART:19700101T000000Z
            END:VALARM
            END:VEVENT
            BEGIN:VEVENT
            UID:2
            DTSTART;VALUE=DATE:20261130
            DTEND;VALUE=DATE:20261202
            END:VEVENT
            BEGIN:VEVENT
            UID:3
            DTSTART;TZID="W. Europe Standard Time":20261201T140000
            DURATION:PT45M
            RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU
            EXDATE;TZID="W. Europe Standard Time":20261208T140000
            END:VEVENT
            BEGIN:VEVENT
            UID:3
            RECURRENCE-ID;TZID="W. Europe Standard Time":20261215T140000
            DTSTART;TZID="W. Europe Standard Time":20261216T080000
            DURATION:PT30M
            END:VEVENT
            BEGIN:VEVENT
            UID:4
            DTSTART:20261203T100000Z
            DTEND:20261203T110000Z
            TRANSP:TRANSPARENT
            END:VEVENT
            BEGIN:VEVENT
            UID:5
            DTSTART:20261203T100000Z
            DTEND:20261203T110000Z
            STATUS:CANCELLED
            END:VEVENT
            BEGIN:VEVENT
            UID:6
            DTSTART:20261203T100000Z
            DTEND:20261203T110000Z
            RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO
            END:VEVENT
            END:VCALENDAR
            """;
        var reader = new IcsReader(Berlin, Window);
        var (busy, problem) = reader.Read(text.ReplaceLineEndings("\r\n"));
        Assert.Null(problem);
        Assert.Equal(1, reader.NotUnderstood);
        Assert.Equal(
        [
            // The first of the series lies within the two days.
            "2026-11-24 09:00-10:00", "2026-11-30 00:00-00:00", "2026-12-16 08:00-08:30", "2026-12-22 14:00-14:45",
        ],
        busy!.Select(one => $"{one.Start.InZone(Berlin):uuuu-MM-dd HH:mm}-{one.End.InZone(Berlin):HH:mm}"));
    }

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=2;COUNT=3", "23 25 27")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261202T235959Z", "23 25 30 2")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1MO;COUNT=2", "30 28")]
    [InlineData("FREQ=MONTHLY;BYDAY=2WE;COUNT=2", "9 13")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "30 31")]
    [InlineData("FREQ=YEARLY;COUNT=1", "23")]
    [InlineData("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;COUNT=1", "24")]
    public void Rules_by_which_people_repeat_things_are_understood(string rule, string days)
    {
        var starts = Recurrence.Read(rule, new LocalDateTime(2026, 11, 23, 10, 0), text => new LocalDateTime(2026, 12, 3, 0, 59))!.Starts(new LocalDateTime(2027, 2, 1, 0, 0));
        Assert.Equal(days, string.Join(' ', starts.Select(start => start.Day)));
    }

    [Theory]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=DAILY;BYHOUR=3")]
    [InlineData("INTERVAL=2")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    public void A_rule_that_is_not_wholly_understood_is_not_guessed(string rule) => Assert.Null(Recurrence.Read(rule, new LocalDateTime(2026, 11, 23, 10, 0), _ => null));

    [Fact]
    public void Hostile_calendars_end_soon_and_say_so()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var many = new StringBuilder("BEGIN:VCALENDAR\r\n").Insert(17, string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T090001Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n", 4000)));
        Assert.Equal(BusyProblem.TooMuch, new IcsReader(Berlin, Window).Read(many.ToString()).Problem);
        Assert.Equal(BusyProblem.NoCalendar, new IcsReader(Berlin, Window).Read("<html>").Problem);
        Assert.Equal(BusyProblem.NoCalendar, new IcsReader(Berlin, Window).Read("").Problem);
        foreach (var line in (string[])["DTSTART:00000000T000000", "DTSTART:99991231T235959Z", "DTSTART;VALUE=DATE:99991231", "DTSTART:20261124T090000Z\r\nDURATION:P9999999999W", "DTSTART:20261124T090000Z\r\nDTEND:20251124T090000Z", "DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL=x", "DTSTART:19010101T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY", "DTSTART;TZID=Mars/Olympus:20261124T090000\r\nDURATION:PT1H", "DTSTART:20261124T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;INTERVAL=1000"])
        {
            Assert.NotNull(new IcsReader(Berlin, Window).Read($"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR").Busy);
        }
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Who_is_busy_elsewhere_is_not_offered_to_owners_and_no_appointment_is_touched()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var slot = (await practice.Api.Slots("impfung", more: "&vet=weber"))[0];
        var start = NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Parse(slot.Start).Value.ToInstant();
        var appointments = practice.Db.Number("SELECT sum(id * revision) + count(*) FROM appointment");
        await practice.Writer.Write(change =>
        {
            var id = change.Db.Insert("INSERT INTO busy_calendar (resource_id, name, address, created_at) VALUES ('weber', 'Privat', x'00', 1)");
            BusyCalendar.Settle(change, id, [new Interval(start, start + Duration.FromMinutes(7))], null);
            return id;
        });
        var left = await practice.Api.Slots("impfung", more: "&vet=weber");
        Assert.DoesNotContain(left, one => one.Start == slot.Start);
        var refused = await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, "weber"));
        Assert.Equal((409, "slot-taken"), (refused.Status, refused.Problem));
        Assert.Equal(appointments, practice.Db.Number("SELECT sum(id * revision) + count(*) FROM appointment"));
        var resource = practice.Writer.Current.Practice.Resources.First(one => one.Id == "weber");
        var date = start.InZone(Berlin).Date;
        Assert.Equal(start, Assert.Single(VetBooking.Scheduling.Elsewhere.BusyElsewhere(practice.Writer.Current.Diary, resource, date)).Start);

        // A calendar that cannot be read any more keeps what it last said, and says so.
        await practice.Writer.Write(change =>
        {
            BusyCalendar.Settle(change, 1, null, BusyProblem.Unreachable);
            return true;
        });
        Assert.Equal(1, practice.Count("busy_time"));
        Assert.Contains("antwortet niemand", (await desk.Open("/praxis/kalender")).Words, StringComparison.Ordinal);
        await desk.Browser.Press(await desk.Open("/praxis/kalender"), "form[action$=loeschung] button");
        Assert.Equal((0L, slot.Start), (practice.Count("busy_time"), (await practice.Api.Slots("impfung", more: "&vet=weber"))[0].Start));
    }

    [Fact]
    public async Task An_address_inside_is_noted_as_not_allowed_and_stored_sealed()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var wrong = await desk.Post("/praxis/kalender/belegt", ("ressource", "weber"), ("name", ""), ("adresse", "http://kalender.example/a.ics"));
        Assert.Equal(422, wrong.Status);
        Assert.Equal(["#name", "#adresse"], wrong.Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")));
        Assert.Equal("http://kalender.example/a.ics", wrong.Value("#adresse"));
        Assert.Equal(0, practice.Count("busy_calendar"));
        var page = await desk.Post("/praxis/kalender/belegt", ("ressource", "weber"), ("name", "Privat"), ("adresse", "https://localhost/geheim.ics"));
        Assert.Contains("darf nicht gelesen werden", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", Encoding.Latin1.GetString(practice.Db.Row("SELECT address FROM busy_calendar", row => row.GetFieldValue<byte[]>(0))!), StringComparison.Ordinal);
    }
}

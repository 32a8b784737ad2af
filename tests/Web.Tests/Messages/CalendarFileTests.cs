using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Messages;

namespace VetBooking.Tests.Messages;

public class CalendarFileTests
{
    private static readonly string[] Expected =
        ["DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID", "URL"];

    private static readonly CalendarEvent Plain = new()
    {
        Uid = "4K7-29A@termin.praxis.example",
        Sequence = 2,
        Stamp = Instant.FromUtc(2026, 11, 23, 10, 0),
        When = new Interval(Instant.FromUtc(2026, 11, 24, 8, 10), Instant.FromUtc(2026, 11, 24, 8, 30)),
        Status = EventStatus.Confirmed,
        Summary = "Tierarzttermin",
        Location = "Gasse 1",
        Description = "Was: Impfung",
        Organizer = ("Praxis", "praxis@praxis.example"),
        Url = "https://termin.praxis.example/termin/abc",
    };

    public static TheoryData<string> HostileTexts =>
    [
        "Bello\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x", "Bello\rATTACH:http://x", "Bello\nDTSTART:19700101T000000Z", "a;b,c\\d\\", "\\n;\\,",
        "END:VEVENT", "\u2028X\u0085Y\vZ\f", "Ü" + new string('ä', 200), string.Concat(Enumerable.Repeat("🐈‍⬛", 60)), "\"quoted\" : colon", "\0\a\u001b[31m", "lone \ud83d half",
    ];

    [Fact]
    public void An_event_is_written_in_utc_with_all_its_properties_and_no_others()
    {
        var read = IcsEvent.Parse(CalendarFile.Write(Plain));
        Assert.Equal("PUBLISH", read.Method);
        Assert.Equal(Expected, read.Properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("20261124T081000Z", read.Properties["DTSTART"]);
        Assert.Equal("20261124T083000Z", read.Properties["DTEND"]);
        Assert.Equal("2", read.Properties["SEQUENCE"]);
        Assert.Equal("CONFIRMED", read.Properties["STATUS"]);
        Assert.Equal("https://termin.praxis.example/termin/abc", read.Properties["URL"]);
    }

    [Theory, MemberData(nameof(HostileTexts))]
    public void No_text_breaks_out_of_its_line(string text)
    {
        var read = IcsEvent.Parse(CalendarFile.Write(Plain with
        {
            Uid = text,
            Summary = text,
            Location = text,
            Description = text,
            Organizer = (text, text + "@x.example"),
            Url = "https://x.example/" + text,
        }));
        Assert.Equal(Expected, read.Properties.Keys.Append("URL").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("20261124T081000Z", read.Properties["DTSTART"]);
    }

    [Fact]
    public void What_is_escaped_reads_back_as_it_was()
    {
        const string text = "Pass; Impfbuch, Kotprobe \\ Leine\nZweite Zeile: äöü 🐈";
        Assert.Equal(text, IcsEvent.Parse(CalendarFile.Write(Plain with { Description = text })).Properties["DESCRIPTION"]);
    }

    [Fact]
    public void Long_lines_are_folded_and_read_back_whole()
    {
        for (var length = 55; length < 90; length++)
        {
            var text = new string('x', length) + "ß🐈€" + new string('y', 80);
            Assert.Equal(text, IcsEvent.Parse(CalendarFile.Write(Plain with { Summary = text })).Properties["SUMMARY"]);
        }
    }

    [Theory]
    [InlineData(VisitState.Booked, "PUBLISH", "CONFIRMED", "OPAQUE")]
    [InlineData(VisitState.Requested, "PUBLISH", "TENTATIVE", "OPAQUE")]
    [InlineData(VisitState.Cancelled, "CANCEL", "CANCELLED", "TRANSPARENT")]
    public void The_file_says_how_things_stand(VisitState state, string method, string status, string transparency)
    {
        var appointment = Samples.Appointment() with { State = state, Revision = 3 };
        var read = IcsEvent.Parse(Samples.File(appointment));
        Assert.Equal((method, status, transparency, "3"), (read.Method, read.Properties["STATUS"], read.Properties["TRANSP"], read.Properties["SEQUENCE"]));
        Assert.Equal("4K7-29A@termin.praxis.example", read.Properties["UID"]);
        Assert.Contains("040 123456", read.Properties["DESCRIPTION"], StringComparison.Ordinal);
        Assert.DoesNotContain("URL", read.Properties.Keys);
        Assert.DoesNotContain("Frieda", string.Join('\n', read.Properties.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_half_past_twos_of_an_autumn_night_are_different_in_the_file()
    {
        var first = Samples.Appointment() with { Start = Instant.FromUtc(2026, 10, 25, 0, 30) };
        var second = first with { Start = Instant.FromUtc(2026, 10, 25, 1, 30) };
        Assert.Equal("20261025T003000Z", StartOf(first));
        Assert.Equal("20261025T013000Z", StartOf(second));

        static string StartOf(VetBooking.Web.Booking.Appointment one) =>
            IcsEvent.Parse(Samples.File(one)).Properties["DTSTART"];
    }
}

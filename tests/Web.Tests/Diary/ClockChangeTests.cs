using AngleSharp.Dom;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Planning;

/// <summary>The board on days on which the clocks change.</summary>
public sealed class ClockChangeTests(PracticeFixture fixture)
{
    private const string RoundTheClock = """
        DELETE FROM opening_hours; DELETE FROM closure; UPDATE practice SET land = NULL; DELETE FROM shift;
        INSERT INTO opening_hours (weekday, opens, closes) VALUES (1,'00:00','00:00'),(2,'00:00','00:00'),(3,'00:00','00:00'),(4,'00:00','00:00'),(5,'00:00','00:00'),(6,'00:00','00:00'),(7,'00:00','00:00');
        """;

    [Theory]
    [InlineData("2026-10-25 00:30", 30, "s30 d6", "02:30 bis 02:00*")]
    [InlineData("2026-10-25 01:30", 30, "s42 d6", "02:30* bis 03:00")]
    [InlineData("2026-10-24 23:30", 150, "s18 d30", "01:30 bis 03:00")]
    [InlineData("2026-10-25 22:30", 60, "s294 d6", "23:30 bis 00:30")]
    [InlineData("2027-03-28 00:30", 60, "s18 d12", "01:30 bis 03:30")]
    [InlineData("2027-03-28 01:00", 30, "s24 d6", "03:00 bis 03:30")]
    [InlineData("2027-03-28 21:30", 60, "s270 d6", "23:30 bis 00:30")]
    public async Task A_visit_stands_where_it_is_and_is_as_high_as_it_is_long(string utc, int minutes, string place, string words)
    {
        var day = utc.StartsWith("2026", StringComparison.Ordinal) ? "2026-10-25" : "2027-03-28";
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment;" + RoundTheClock + Visit(1, utc, minutes) });
        using var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/tag?tag=" + day);
        var visit = page.Find($"#t1-weber-{day[5..].Replace("-", "", StringComparison.Ordinal)}");
        Assert.Contains(place, visit.ClassName!, StringComparison.Ordinal);
        Assert.StartsWith(words, Words(visit), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-25", "2026-10-24 07:00", "2026-10-25 08:00")]
    [InlineData("2027-03-28", "2027-03-27 08:00", "2027-03-28 07:00")]
    public async Task In_a_week_nine_o_clock_is_at_one_height_on_all_its_days(string sunday, string before, string after)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment;" + Visit(1, before, 20) + Visit(2, after, 20) });
        using var desk = await practice.SignedIn();
        var page = await desk.Open($"/praxis/woche?tag={sunday}&bei=weber");
        var visits = page.Document.QuerySelectorAll(".ev");
        Assert.Equal(2, visits.Length);
        Assert.All(visits, visit => Assert.StartsWith("09:00 bis 09:20", Words(visit), StringComparison.Ordinal));
        Assert.Single(visits.Select(visit => visit.ClassName!.Split(' ').Single(one => one[0] == 's' && char.IsDigit(one[1]))).Distinct());
        Assert.Empty(page.Document.QuerySelectorAll(".std"));
        Assert.Single(page.Document.QuerySelectorAll(".col > ol").Select(one => one.ClassName).Distinct());
    }

    [Theory]
    [InlineData("2026-10-25", "02:00*", 36, 22)]
    [InlineData("2027-03-28", "03:00", 24, 21)]
    public async Task A_week_round_the_clock_names_the_hours_that_are_elsewhere_on_that_day(string sunday, string first, int row, int hours)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment;" + RoundTheClock });
        using var desk = await practice.SignedIn();
        var page = await desk.Open($"/praxis/woche?tag={sunday}&bei=weber");
        var own = page.Document.QuerySelectorAll(".std");
        Assert.All(own, one => Assert.Equal(sunday, one.ParentElement!.GetAttribute("data-tag")));
        Assert.Equal((first, hours), (own[0].TextContent, own.Length));
        Assert.Contains($"s{row}", own[0].ClassName!.Split(' '));
        Assert.Equal(23, page.Document.QuerySelectorAll(".times span").Length);
    }

    private static string Visit(int id, string utc, int minutes) => $"""
        INSERT INTO appointment (id, number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, name, email, email_key, created_at)
        VALUES ({id}, 'ZZZ-{id}', 'impfung', 'booked', unixepoch('{utc}'), '2026-10-25T00:00', {minutes}, 'weber', 'de', 'Kim Beispiel', 'kim@example.com', 'kim@example.com', 0);
        INSERT INTO appointment_animal (appointment_id, position, name, species_id) VALUES ({id}, 0, 'Bello', 'dog');
        INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) VALUES ('weber', unixepoch('{utc}'), unixepoch('{utc}') + {minutes} * 60, {id});
        """;

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

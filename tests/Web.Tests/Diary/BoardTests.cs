using AngleSharp.Dom;
using VetBooking.Tests.Running;
using VetBooking.Web.Planning;
using VetBooking.Web.SignIn;
using static VetBooking.Tests.Planning.PlanPractice;

namespace VetBooking.Tests.Planning;

/// <summary>What the board shows, as the server sends it.</summary>
public sealed class BoardTests(PracticeFixture fixture)
{
    private const string RoundTheClock = """
        DELETE FROM appointment; DELETE FROM opening_hours; DELETE FROM shift; DELETE FROM closure; UPDATE practice SET land = NULL;
        INSERT INTO opening_hours (weekday, opens, closes) VALUES (1,'00:00','00:00'),(2,'00:00','00:00'),(3,'00:00','00:00'),(4,'00:00','00:00'),(5,'00:00','00:00'),(6,'00:00','00:00'),(7,'00:00','00:00');
        """;

    private static readonly Wanted Empty = new() { Sql = "DELETE FROM appointment" };

    [Fact]
    public async Task An_appointment_stands_in_the_column_of_everything_it_takes()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9, 5), "weber");
        await desk.Post("/praxis/ansicht", ("spalte", "weber"), ("spalte", "raum-1"), ("hoehe", "high"), ("zurueck", "tag"), ("tag", "2026-11-24"));
        var page = await desk.Open("/praxis/tag?tag=2026-11-24");
        Assert.Equal(["Dr. Weber", "Raum 1"], page.Document.QuerySelectorAll(".col h2").Select(one => one.FirstChild!.TextContent));
        Assert.Equal(["weber", "raum-1"], page.Document.QuerySelectorAll($"[data-id='{id}']").Select(one => one.ParentElement!.GetAttribute("data-bei")));
        Assert.Equal("high", page.Find("day-board").ClassName);
        Assert.Equal("09:05 bis 09:25 Bello Hund Beispiel Impfung und Vorsorge", Words(page.Find($"#t{id}-weber-1124 a")));
        Assert.Contains("+ frei 09:25–10:20", page.Words, StringComparison.Ordinal);
        Assert.Equal("/praxis/neu?tag=2026-11-24&um=09%3A25&bei=weber", page.Document.QuerySelectorAll(".gap a").Single(one => one.TextContent == "+ frei 09:25–10:20").GetAttribute("href"));
        Assert.DoesNotContain("style=", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_only_reads_gets_no_way_to_change_anything()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Trainee);
        var page = await desk.Open("/praxis/tag");
        Assert.NotEmpty(page.Document.QuerySelectorAll(".ev"));
        Assert.Empty(page.Document.QuerySelectorAll(".gap a, a[href^='/praxis/neu'], a[href^='/praxis/sperre?']"));
        var appointment = await desk.Open(page.Find(".ev a").GetAttribute("href")!);
        Assert.Empty(appointment.Document.QuerySelectorAll("main form"));
    }

    [Theory]
    [InlineData("2026-10-25", 300)]
    [InlineData("2027-03-28", 276)]
    [InlineData("2026-11-25", 288)]
    public async Task Days_on_which_the_clocks_change_are_as_long_as_they_are(string day, int cells)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = RoundTheClock });
        using var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/tag?tag=" + day);
        Assert.Contains($"d{cells}", page.Find("ol[data-bei=weber]").ClassName!.Split(' '));
        Assert.Equal(cells == 300 ? 1 : 0, page.Document.QuerySelectorAll(".times span").Count(one => one.TextContent == "02:00*"));
        Assert.Equal(cells == 276 ? 0 : 1, page.Document.QuerySelectorAll(".times span").Count(one => one.TextContent == "02:00"));
        Assert.Equal(cells switch { 300 => "0:0 36:120", 276 => "0:0 24:180", _ => "0:0" }, page.Find("ol[data-bei=weber]").GetAttribute("data-uhr"));
    }

    [Fact]
    public async Task A_visit_over_midnight_stands_on_both_days_and_moves_by_its_cell()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = RoundTheClock });
        using var desk = await practice.SignedIn();
        var wish = Wish(practice.At(1, 23, 30), "weber");
        var id = Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) =>
            StaffBookings.Make(change, staff, wish with { Placement = wish.Placement with { Minutes = 60 } }))).Id;
        var (first, second) = (await desk.Open("/praxis/tag?tag=2026-11-24"), await desk.Open("/praxis/tag?tag=2026-11-25"));
        Assert.Equal(("282", "12"), (first.Find($"#t{id}-weber-1124").GetAttribute("data-s"), first.Find($"#t{id}-weber-1124").GetAttribute("data-d")));
        Assert.Equal("-6", second.Find($"#t{id}-weber-1125").GetAttribute("data-s"));
        Assert.Contains("s0 d6", second.Find($"#t{id}-weber-1125").ClassName!, StringComparison.Ordinal);

        var cell = int.Parse(second.Find("ol[data-bei=weber]").GetAttribute("data-zelle")!, System.Globalization.CultureInfo.InvariantCulture) - 3;
        await desk.Post($"/praxis/termin/{id}/verschiebung", ("revision", "0"), ("zelle", $"{cell}"), ("von", "weber"), ("nach", "weber"), ("zurueck", "tag"), ("tag", "2026-11-25"));
        Assert.Equal("2026-11-24T23:45", practice.Appointment(id, "starts_local"));
    }

    [Fact]
    public async Task States_are_told_in_words_and_both_of_a_squeeze_are_marked()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var first = await practice.Make(desk, practice.At(1, 9), "weber");
        var squeezed = Wish(practice.At(1, 9, 10), "weber") with { Consent = new Consent(true, "blutet"), Emergency = true };
        var second = Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, squeezed))).Id;
        await practice.Api.BookFirst("impfung");
        var page = await desk.Open("/praxis/tag?tag=2026-11-24");
        Assert.EndsWith("· eingeschoben", Words(page.Find($"#t{first}-weber-1124")), StringComparison.Ordinal);
        Assert.EndsWith("· Notfall · eingeschoben", Words(page.Find($"#t{second}-weber-1124")), StringComparison.Ordinal);
        Assert.Contains("l1 n2", page.Find($"#t{second}-weber-1124").ClassName!, StringComparison.Ordinal);
        Assert.Contains("· vorgemerkt", (await desk.Open("/praxis/tag")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_week_shows_one_of_them_day_by_day()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        var page = await desk.Open("/praxis/woche?tag=2026-11-25&bei=weber");
        Assert.Equal(7, page.Document.QuerySelectorAll(".col").Length);
        Assert.Single(page.Document.QuerySelectorAll($"[data-id='{id}']"));
        Assert.Equal("Dr. Weber, Woche 48", page.Heading);
        Assert.Equal(200, (await desk.Open("/praxis/woche?tag=nein&bei=niemand")).Status);
        Assert.Equal(200, (await desk.Open("/praxis/tag?tag=9999-99-99")).Status);
    }

    [Fact]
    public async Task A_plain_form_moves_and_says_what_stands_against_it()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var (first, second) = (await practice.Make(desk, practice.At(1, 9), "weber"), await practice.Make(desk, practice.At(1, 10), "weber"));
        var page = await desk.Open($"/praxis/termin/{second}");
        var refused = await desk.Browser.Press(page, "form[action$=verschiebung] button", ("um", "09:10"), ("nach", "weber"));
        Assert.Equal(409, refused.Status);
        Assert.Contains("Bello", refused.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-11-24T10:00", practice.Appointment(second, "starts_local"));

        // A squeeze without a reason is none.
        Assert.Equal(409, (await desk.Browser.Press(refused, "[role=alert] button", ("einschieben", " "))).Status);
        var done = await desk.Browser.Press(refused, "[role=alert] button", ("einschieben", "blutet"));
        Assert.Equal((200, $"/praxis/termin/{second}"), (done.Status, done.Path));
        Assert.Equal("2026-11-24T09:10", practice.Appointment(second, "starts_local"));
        Assert.Contains("blutet", done.Words, StringComparison.Ordinal);

        // Somebody else was faster.
        var stale = await desk.Browser.Press(page, "form[action$=absage] button");
        Assert.Equal((409, "booked"), (stale.Status, practice.Appointment(second, "state")));
        Assert.Contains("09:10", stale.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(200, (await desk.Browser.Press(stale, "[role=alert] button")).Status);
        Assert.Equal(("cancelled", "booked"), (practice.Appointment(second, "state"), practice.Appointment(first, "state")));
        Assert.Empty(practice.Problems());
    }

    [Theory]
    [InlineData("/praxis/termin/abc")]
    [InlineData("/praxis/termin/99999999999999999999")]
    [InlineData("/praxis/sperre/0")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        Assert.Equal(404, (await desk.Open(path)).Status);
    }

    [Fact]
    public async Task Nonsense_in_a_form_moves_nothing()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        foreach (var (um, minutes, cell, to) in new[] { ("25:00", "20", "", "weber"), ("09:03", "20", "", "weber"), ("09:00", "-5", "", "weber"), ("09:00", "20", "2000000000", "weber"), ("09:00", "20", "", "niemand"), ("09:00", "99999", "", "weber") })
        {
            var answer = await desk.Post($"/praxis/termin/{id}/verschiebung", ("revision", "0"), ("tag", "2026-11-25"), ("um", um), ("minuten", minutes), ("zelle", cell), ("nach", to));
            Assert.Equal(409, answer.Status);
        }
        Assert.Equal(("2026-11-24T09:00", "0"), (practice.Appointment(id, "starts_local"), practice.Appointment(id, "revision")));
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

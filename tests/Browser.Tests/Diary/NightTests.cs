using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Planning;

/// <summary>A practice that never closes, on the nights on which the clocks change and on any other.</summary>
public sealed class NightTests(Stage stage) : IClassFixture<Stage>
{
    private const string RoundTheClock = """
        DELETE FROM opening_hours; DELETE FROM shift; DELETE FROM closure; UPDATE practice SET land = NULL; UPDATE visit_type SET horizon_days = 366;
        INSERT INTO opening_hours (weekday, opens, closes) VALUES (1,'00:00','00:00'),(2,'00:00','00:00'),(3,'00:00','00:00'),(4,'00:00','00:00'),(5,'00:00','00:00'),(6,'00:00','00:00'),(7,'00:00','00:00');
        INSERT INTO appointment (id, number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, name, email, email_key, created_at) VALUES
        (9101, 'NNN-001', 'impfung', 'booked', unixepoch('2027-10-31 00:30'), '2027-10-31T02:30', 30, 'weber', 'de', 'Kim Beispiel', 'kim@example.com', 'kim@example.com', 0),
        (9102, 'NNN-002', 'impfung', 'booked', unixepoch('2027-03-28 00:30'), '2027-03-28T01:30', 60, 'weber', 'de', 'Uli Muster', 'uli@example.com', 'uli@example.com', 0),
        (9103, 'NNN-003', 'impfung', 'booked', unixepoch('2027-03-16 22:30'), '2027-03-16T23:30', 60, 'weber', 'de', 'Ada Vogel', 'ada@example.com', 'ada@example.com', 0);
        INSERT INTO appointment_animal (appointment_id, position, name, species_id) VALUES (9101, 0, 'Uhu', 'dog'), (9102, 0, 'Kauz', 'cat'), (9103, 0, 'Eule', 'cat');
        INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) SELECT 'weber', starts_at, starts_at + minutes * 60, id FROM appointment WHERE id > 9100
        UNION ALL SELECT 'raum-1', starts_at, starts_at + minutes * 60, id FROM appointment WHERE id > 9100;
        """;

    [BrowserFact]
    public async Task In_the_hour_that_comes_twice_a_hand_reaches_both()
    {
        await using var desk = await At("2027-10-31");
        var item = desk.Page.Locator("#t9101-weber-1031");
        await Assertions.Expect(item).ToContainTextAsync("02:30 bis 02:00*");
        await desk.Drag(await desk.Place("weber", "02:35"), await desk.Place("weber", "02:35*"));
        await desk.HoldsExactly(9101, "2027-10-31T02:30+01:00", 30);
        await Assertions.Expect(item).ToContainTextAsync("02:30* bis 03:00");
        await Assertions.Expect(desk.Page.Locator("day-board > [role=status]")).ToContainTextAsync("Gespeichert. 02:30* bis 03:00");
        var (x, y) = await desk.Place("weber", "03:00");
        await desk.Drag((x, y - 3), await desk.Place("weber", "03:15"));
        await desk.HoldsExactly(9101, "2027-10-31T02:30+01:00", 45);
        // Five minutes are as high as on any other day.
        await Assertions.Expect(item).ToContainTextAsync("03:15");
        Assert.Equal(9 * 9, await item.EvaluateAsync<int>("item => item.offsetHeight"));
    }

    [BrowserFact]
    public async Task In_the_night_that_lacks_an_hour_none_is_left_out_by_hand()
    {
        await using var desk = await At("2027-03-28");
        var item = desk.Page.Locator("#t9102-weber-0328");
        await Assertions.Expect(item).ToContainTextAsync("01:30 bis 03:30");
        await desk.Drag(await desk.Place("weber", "01:40"), await desk.Place("weber", "03:10"));
        await desk.HoldsExactly(9102, "2027-03-28T03:00+02:00", 60);
        await Assertions.Expect(desk.Page.Locator("day-board > [role=status]")).ToContainTextAsync("Gespeichert. 03:00 bis 04:00");
        await Assertions.Expect(item).ToContainTextAsync("03:00 bis 04:00");
        await item.Locator("a").FocusAsync();
        await desk.Page.Keyboard.PressAsync("v");
        await desk.Page.Keyboard.PressAsync("ArrowUp");
        Assert.StartsWith("01:55 bis 03:55", await desk.Page.InnerTextAsync("day-board > [role=status]"), StringComparison.Ordinal);
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.HoldsExactly(9102, "2027-03-28T01:55+01:00", 60);
    }

    [BrowserFact]
    public async Task A_visit_over_midnight_is_moved_and_stretched_on_either_of_its_days()
    {
        await using var desk = await At("2027-03-16");
        var first = desk.Page.Locator("#t9103-weber-0316");
        Assert.Equal(6 * 9, await first.EvaluateAsync<int>("item => item.offsetHeight"));
        await desk.Drag(await desk.Place("weber", "23:40"), await desk.Place("weber", "23:30"));
        await desk.HoldsExactly(9103, "2027-03-16T23:20+01:00", 60);
        await Assertions.Expect(first).ToContainTextAsync("23:20");
        await Assertions.Expect(desk.Page.Locator(".ghost")).ToHaveCountAsync(0);
        await desk.Drag(await desk.Place("weber", "23:30"), await desk.Place("weber", "23:40"));
        await desk.HoldsExactly(9103, "2027-03-16T23:30+01:00", 60);
        await Assertions.Expect(first).ToBeVisibleAsync();
        await Assertions.Expect(first.Locator("a")).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("d");
        await desk.Page.Keyboard.PressAsync("ArrowDown");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.HoldsExactly(9103, "2027-03-16T23:30+01:00", 65);

        // On the day after, only its end is in sight.
        await desk.Open("/praxis/tag?tag=2027-03-17");
        var second = desk.Page.Locator("#t9103-weber-0317");
        Assert.Equal(7 * 9, await second.EvaluateAsync<int>("item => item.offsetHeight"));
        await desk.Drag(await desk.Place("weber", "00:10"), await desk.Place("weber", "00:15"), letGo: false);
        await Assertions.Expect(desk.Page.Locator(".ghost b")).ToHaveTextAsync("23:35–00:40");
        await desk.Page.Mouse.UpAsync();
        await desk.HoldsExactly(9103, "2027-03-16T23:35+01:00", 65);
        await Assertions.Expect(second).ToContainTextAsync("23:35");
        await Assertions.Expect(desk.Page.Locator(".ghost")).ToHaveCountAsync(0);
        await desk.Drag(await desk.Place("weber", "00:10"), await desk.Place("weber", "00:50"));
        await desk.HoldsExactly(9103, "2027-03-17T00:15+01:00", 65);
    }

    private async Task<BoardDesk> At(string day)
    {
        var desk = await BoardDesk.At(stage, more: RoundTheClock);
        await desk.Open("/praxis/tag?tag=" + day);
        await desk.Page.WaitForLoadStateAsync(LoadState.Load);
        return desk;
    }
}

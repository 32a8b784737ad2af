using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Planning;

/// <summary>The board by mouse, by finger and by keyboard.</summary>
public sealed class HandTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task An_appointment_is_dragged_to_another_time_and_another_vet_and_back_by_one_button()
    {
        await using var desk = await BoardDesk.At(stage);
        await desk.Drag(await desk.Place("weber", 9, 15), await desk.Place("yilmaz", 11, 15));
        await desk.Holds(9001, "11:00 30 yilmaz");
        await Assertions.Expect(desk.Item(9001, "yilmaz").Locator("a")).ToBeFocusedAsync();
        Assert.StartsWith("Gespeichert. 11:00 bis 11:30, Dr. Yılmaz", await desk.Page.InnerTextAsync("day-board > [role=status]"), StringComparison.Ordinal);
        await desk.Page.ClickAsync("#rueck button");
        await desk.Holds(9001, "09:00 30 weber");
        Assert.Contains("zurückgenommen", await desk.Page.InnerTextAsync(".said"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Its_end_is_dragged_to_make_it_longer()
    {
        await using var desk = await BoardDesk.At(stage);
        var (x, y) = await desk.Place("weber", 9, 30);
        await desk.Drag((x, y - 3), await desk.Place("weber", 9, 50));
        await desk.Holds(9001, "09:00 50 weber");
    }

    [BrowserFact]
    public async Task A_new_one_is_drawn_and_its_form_knows_when_how_long_and_with_whom()
    {
        await using var desk = await BoardDesk.At(stage);
        // Letting go leaves the page, and a page that is gone may never say that the hand was lifted. With no content it stays.
        await desk.Page.RouteAsync("**/praxis/neu?**", route => route.FulfillAsync(new() { Status = 204 }));
        var asked = desk.Page.WaitForRequestAsync(request => request.Url.Contains("/praxis/neu", StringComparison.Ordinal));
        await desk.Drag(await desk.Place("weber", 11, 31), await desk.Place("weber", 12, 8), letGo: false);
        await desk.Page.Mouse.UpAsync();
        Assert.EndsWith("/praxis/neu?tag=2027-03-17&um=11%3A30&bei=weber&dauer=40", (await asked).Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_clash_shows_before_it_is_let_go_and_the_server_says_why_and_lets_it_be_squeezed_in()
    {
        await using var desk = await BoardDesk.At(stage);
        await desk.Drag(await desk.Place("weber", 9, 15), await desk.Place("weber", 10, 55), letGo: false);
        await Assertions.Expect(desk.Page.Locator(".ghost.bad")).ToHaveCountAsync(1);
        await desk.Page.Mouse.UpAsync();
        await Assertions.Expect(desk.Page.Locator("dialog")).ToContainTextAsync("Mia");
        Assert.Equal("09:00 30 weber", desk.Stored(9001));
        await desk.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(desk.Item(9001).Locator("a")).ToBeFocusedAsync();

        await desk.Drag(await desk.Place("weber", 9, 15), await desk.Place("weber", 10, 55));
        await desk.Page.FillAsync("#einschieben", "blutet");
        await desk.Page.ClickAsync("dialog .red");
        await desk.Holds(9001, "10:40 30 weber");
        await Assertions.Expect(desk.Page.Locator(".ein")).Not.ToHaveCountAsync(0);
        Assert.Equal(1, desk.Practice.Number("SELECT count(DISTINCT appointment_id) FROM squeeze WHERE reason = 'blutet'"));
    }

    [BrowserFact]
    public async Task Escape_puts_back_what_is_in_the_hand()
    {
        await using var desk = await BoardDesk.At(stage);
        await desk.Drag(await desk.Place("weber", 9, 15), await desk.Place("yilmaz", 11, 15), letGo: false);
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.Mouse.UpAsync();
        await Assertions.Expect(desk.Page.Locator(".ghost")).ToHaveCountAsync(0);
        Assert.Equal("09:00 30 weber", desk.Stored(9001));
    }

    [BrowserFact]
    public async Task The_keyboard_moves_and_stretches_and_says_what_it_does()
    {
        await using var desk = await BoardDesk.At(stage);
        var keyboard = desk.Page.Keyboard;
        await desk.Item(9001).Locator("a").FocusAsync();
        await keyboard.PressAsync("v");
        for (var i = 0; i < 4; i++) await keyboard.PressAsync("ArrowUp");
        Assert.StartsWith("08:40 bis 09:10, Dr. Weber", await desk.Page.InnerTextAsync("day-board > [role=status]"), StringComparison.Ordinal);
        await keyboard.PressAsync("Enter");
        await desk.Holds(9001, "08:40 30 weber");
        await Saved(desk);
        await Assertions.Expect(desk.Item(9001).Locator("a")).ToBeFocusedAsync();

        await keyboard.PressAsync("d");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await desk.Holds(9001, "08:40 40 weber");
        await Saved(desk);
        await Assertions.Expect(desk.Item(9001).Locator("a")).ToBeFocusedAsync();
        await keyboard.PressAsync("v");
        await keyboard.PressAsync("ArrowRight");
        await keyboard.PressAsync("Escape");
        Assert.Equal("Abgebrochen.", await desk.Page.InnerTextAsync("day-board > [role=status]"));
        Assert.Equal("08:40 40 weber", desk.Stored(9001));
    }

    [BrowserFact]
    public async Task Each_column_is_one_stop_and_arrows_walk_in_it()
    {
        await using var desk = await BoardDesk.At(stage);
        Assert.Equal(await desk.Page.Locator(".col > ol:has(a)").CountAsync(), await desk.Page.Locator(".col li > a[tabindex='0']").CountAsync());
        await desk.Item(9001).Locator("a").FocusAsync();
        await desk.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(desk.Item(9003, "yilmaz").Locator("a")).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        // Asked for again and again: the page may be there before anybody begins to wait for it.
        await Assertions.Expect(desk.Page).ToHaveURLAsync(desk.Practice.Address + "/praxis/termin/9003", new() { Timeout = 15_000 });
    }

    [BrowserFact]
    public async Task A_finger_that_rests_lifts_and_a_finger_that_swipes_scrolls()
    {
        await using var desk = await BoardDesk.At(stage, new Device(820, 700), touch: true);
        var cdp = await desk.Context.NewCDPSessionAsync(desk.Page);
        async Task Touch(string type, float x, float y) => await cdp.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = type == "touchEnd" ? Array.Empty<object>() : new object[] { new Dictionary<string, object> { ["x"] = x, ["y"] = y } },
        });
        var (x, y) = await desk.Place("weber", 9, 15);
        await Touch("touchStart", x, y);
        for (var i = 1; i <= 8; i++) await Touch("touchMove", x, y - i * 12);
        await Touch("touchEnd", 0, 0);
        Assert.Equal("09:00 30 weber", desk.Stored(9001));

        // The swipe's own momentum must be over before the board stands still.
        await Task.Delay(1500);
        await desk.Page.EvaluateAsync("document.querySelector('.scroll').scrollTop = 0");
        await Task.Delay(300);
        (x, y) = await desk.Place("weber", 9, 15);
        var (toX, toY) = await desk.Place("weber", 8, 35);
        await Touch("touchStart", x, y);
        await Task.Delay(500);
        for (var i = 1; i <= 6; i++) await Touch("touchMove", x + (toX - x) * i / 6, y + (toY - y) * i / 6);
        await Touch("touchEnd", 0, 0);
        await desk.Holds(9001, "08:20 30 weber");
    }

    private static Task Saved(BoardDesk desk) => Assertions.Expect(desk.Page.Locator("day-board > [role=status]")).ToContainTextAsync("Gespeichert.");
}

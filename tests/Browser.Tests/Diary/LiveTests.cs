using System.Diagnostics;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Planning;

/// <summary>What is done at one screen is seen at all others.</summary>
public sealed class LiveTests(Stage stage)
{
    [BrowserFact]
    public async Task A_second_browser_follows_within_a_second_and_keeps_its_focus()
    {
        await using var desk = await BoardDesk.At(stage);
        await using var other = await Second(desk);
        var page = await Open(other, desk);
        await page.Locator("#t9003-yilmaz-0317 a").FocusAsync();
        await Task.Delay(1500);
        await desk.Drag(await desk.Place("weber", 9, 15), await desk.Place("yilmaz", 11, 15), letGo: false);
        var clock = Stopwatch.StartNew();
        await desk.Page.Mouse.UpAsync();
        await page.Locator("#t9001-yilmaz-0317").WaitForAsync();
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1000);
        await Assertions.Expect(page.Locator("#t9003-yilmaz-0317 a")).ToBeFocusedAsync();
        // The other one has nothing to take back.
        await Assertions.Expect(page.Locator("#rueck button")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Eight_tabs_of_one_browser_share_one_stream_and_all_follow()
    {
        await using var desk = await BoardDesk.At(stage);
        var streams = 0;
        desk.Context.Request += (_, request) => streams += request.Url.EndsWith("/praxis/live", StringComparison.Ordinal) ? 1 : 0;
        var pages = new List<IPage>();
        for (var i = 0; i < 8; i++)
        {
            var clock = Stopwatch.StartNew();
            pages.Add(await Open(desk.Context, desk));
            Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
        }
        await Task.Delay(4000);
        Assert.InRange(streams, 0, 3);
        await desk.Drag(await desk.Place("weber", 9, 15), await desk.Place("yilmaz", 11, 15));
        foreach (var page in pages) await page.Locator("#t9001-yilmaz-0317").WaitForAsync(new() { Timeout = 3000 });
    }

    [BrowserFact]
    public async Task When_the_tab_that_listens_is_closed_another_one_does()
    {
        await using var desk = await BoardDesk.At(stage);
        await Task.Delay(1200);
        var second = await Open(desk.Context, desk);
        await Task.Delay(600);
        await desk.Page.CloseAsync();
        await Task.Delay(2500);
        await using var other = await Second(desk);
        var page = await Open(other, desk);
        await page.Locator("#t9001-weber-0317 a").FocusAsync();
        await page.Keyboard.PressAsync("v");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(second.Locator("#t9001-weber-0317")).ToContainTextAsync("08:55", new() { Timeout = 2000 });
    }

    [BrowserFact]
    public async Task A_lost_connection_shows_itself_and_what_was_missed_is_there_when_it_is_back()
    {
        await using var desk = await BoardDesk.At(stage);
        await Task.Delay(1500);
        await desk.Context.SetOfflineAsync(true);
        await desk.Page.EvaluateAsync("window.dispatchEvent(new Event('offline'))");
        await desk.Page.Locator(".weg").WaitForAsync(new() { Timeout = 40_000 });
        await using var other = await Second(desk);
        var page = await Open(other, desk);
        await page.Locator("#t9001-weber-0317 a").FocusAsync();
        await page.Keyboard.PressAsync("v");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await desk.Holds(9001, "08:55 30 weber");
        await desk.Context.SetOfflineAsync(false);
        await Assertions.Expect(desk.Item(9001)).ToContainTextAsync("08:55", new() { Timeout = 15_000 });
        await Assertions.Expect(desk.Page.Locator(".weg")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task When_the_session_ends_the_board_says_so()
    {
        await using var desk = await BoardDesk.At(stage);
        await Task.Delay(1500);
        var second = await Open(desk.Context, desk);
        await second.ClickAsync("form.out button");
        await Assertions.Expect(desk.Page.Locator(".weg")).ToContainTextAsync("nicht mehr angemeldet", new() { Timeout = 12_000 });
    }

    private static async Task<IPage> Open(IBrowserContext context, BoardDesk desk)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(desk.Practice.Address + "/praxis/tag?tag=" + BoardDesk.Day);
        return page;
    }

    private async Task<IBrowserContext> Second(BoardDesk desk)
    {
        var context = await stage.Browser.NewContextAsync(new() { Locale = "de", ViewportSize = new() { Width = 1280, Height = 900 } });
        await context.AddCookiesAsync([new() { Name = "praxis", Value = desk.Practice.SignIn("vet"), Url = desk.Practice.Address }]);
        return context;
    }
}

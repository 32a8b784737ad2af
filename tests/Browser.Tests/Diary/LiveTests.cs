using System.Diagnostics;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Planning;

/// <summary>What is done at one screen is seen at all others.</summary>
[Collection(nameof(Alone))]
public sealed class LiveTests(Stage stage) : IClassFixture<Stage>
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
    public async Task Eight_tabs_of_one_browser_share_one_stream_and_all_follow_within_a_second()
    {
        await using var desk = await BoardDesk.At(stage);
        await AllFollow(desk, "http/1.1");
    }

    [BrowserFact]
    public async Task Behind_a_proxy_that_speaks_http_2_eight_tabs_follow_as_well_and_notice_when_it_is_gone()
    {
        await using var proxy = new Proxy();
        await using var desk = await BoardDesk.At(stage, proxy: proxy);
        var pages = await AllFollow(desk, "h2");
        await proxy.Stop();
        foreach (var page in pages) await Assertions.Expect(page.Locator(".weg")).ToContainTextAsync("Keine Verbindung", new() { Timeout = 10_000 });
        await proxy.Start(desk.Practice);
        foreach (var page in pages) await Assertions.Expect(page.Locator(".weg")).ToHaveCountAsync(0, new() { Timeout = 10_000 });
        Assert.Equal(8, pages.Count);
        await Follow(desk, pages, yilmaz: desk.Stored(9001).EndsWith("weber", StringComparison.Ordinal));
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

    /// <summary>Opens eight tabs and changes something at another desk.</summary>
    private async Task<List<IPage>> AllFollow(BoardDesk desk, string protocol)
    {
        var streams = 0;
        desk.Context.Request += (_, request) => streams += request.Url.EndsWith("/praxis/live", StringComparison.Ordinal) ? 1 : 0;
        List<IPage> pages = [desk.Page];
        while (pages.Count < 8)
        {
            var clock = Stopwatch.StartNew();
            pages.Add(await Open(desk.Context, desk));
            Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
            Assert.Equal(protocol, await pages[^1].EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol"));
        }
        await Task.Delay(4000);
        Assert.InRange(streams, 0, 3);
        // A machine that is busy with something else is given a second and a third chance.
        List<double> slowest = [];
        for (var yilmaz = true; slowest.Count < 3 && (slowest.Count == 0 || slowest[^1] > 1000); yilmaz = !yilmaz) slowest.Add(await Follow(desk, pages, yilmaz));
        Pictures.Note($"eight tabs over {protocol}: {string.Join(", ", slowest)} ms");
        Assert.InRange(slowest[^1], 0, 1000);
        return pages;
    }

    /// <summary>Moves Bello to Yılmaz or back at another desk; the milliseconds until the last tab shows it, by the clock of the one computer they are all on.</summary>
    private async Task<double> Follow(BoardDesk desk, List<IPage> pages, bool yilmaz)
    {
        var (from, to) = yilmaz ? ("weber", "yilmaz") : ("yilmaz", "weber");
        await using var other = await Second(desk);
        var page = await Open(other, desk);
        foreach (var one in pages)
        {
            await one.EvaluateAsync("""
                id => {
                  window.seen = 0;
                  new MutationObserver(() => { if (!window.seen && document.getElementById(id)) window.seen = Date.now(); }).observe(document.querySelector('day-board'), { childList: true, subtree: true });
                }
                """, $"t9001-{to}-0317");
        }
        await page.Locator($"#t9001-{from}-0317 a").FocusAsync();
        await page.Keyboard.PressAsync("v");
        await page.Keyboard.PressAsync(yilmaz ? "ArrowRight" : "ArrowLeft");
        // Felix is with Yılmaz at that time.
        for (var i = 0; i < 4; i++) await page.Keyboard.PressAsync(yilmaz ? "Shift+ArrowDown" : "Shift+ArrowUp");
        var began = await page.EvaluateAsync<double>("Date.now()");
        await page.Keyboard.PressAsync("Enter");
        await desk.Holds(9001, yilmaz ? "11:00 30 yilmaz" : "09:00 30 weber");
        foreach (var one in pages) await one.Locator($"#t9001-{to}-0317").WaitForAsync(new() { Timeout = 5000 });
        return (await Task.WhenAll(pages.Select(one => one.EvaluateAsync<double>("window.seen")))).Max() - began;
    }

    private static async Task<IPage> Open(IBrowserContext context, BoardDesk desk)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(desk.Practice.Address + "/praxis/tag?tag=" + BoardDesk.Day);
        return page;
    }

    private async Task<IBrowserContext> Second(BoardDesk desk)
    {
        var context = await stage.Browser.NewContextAsync(new() { Locale = "de", ViewportSize = new() { Width = 1280, Height = 900 }, IgnoreHTTPSErrors = true });
        await context.AddCookiesAsync([new() { Name = desk.Practice.Cookie, Value = desk.Practice.SignIn("vet"), Url = desk.Practice.Address }]);
        return context;
    }
}

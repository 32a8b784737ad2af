using Microsoft.Playwright;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.VisitFlow;

/// <summary>What a device of the practice's shows when nobody answers.</summary>
public sealed class OfflineTests(Stage stage) : IClassFixture<Stage>
{
    private const string HasCopy = "async () => (await Promise.all((await caches.keys()).map(name => caches.open(name).then(cache => cache.match('/praxis/kopie'))))).some(Boolean)";

    [BrowserFact]
    public async Task With_the_server_stopped_the_lists_can_still_be_read()
    {
        await using var practice = await stage.Other();
        await using var desk = await Marked(practice);
        var page = desk.Page;
        var expected = practice.Number("SELECT count(*) FROM appointment WHERE state IN ('held', 'requested', 'booked') AND starts_local LIKE '2027-03-15%'");
        await practice.Stop();
        await desk.Open("/praxis/warteraum");
        Assert.Contains("Keine Verbindung. Stand: 07:0", await page.InnerTextAsync(".offline"), StringComparison.Ordinal);
        Assert.Contains("Nur zum Lesen.", await page.InnerTextAsync(".offline"), StringComparison.Ordinal);
        Assert.Equal(expected, await page.Locator("main section").First.Locator("tbody tr").CountAsync());
        Assert.Equal("sticky", await page.Locator(".offline").EvaluateAsync<string>("bar => getComputedStyle(bar).position"));
        Assert.Empty(await Probe.Violations(page));
        await Pictures.Take(page, "flow-offline");
        await page.ClickAsync(".offline a");
        Assert.Contains("Keine Verbindung", await page.InnerTextAsync(".offline"), StringComparison.Ordinal);
        // Nothing but this one copy and its style sheets was kept.
        Assert.Equal(3, await page.EvaluateAsync<int>("async () => (await Promise.all((await caches.keys()).map(name => caches.open(name).then(cache => cache.keys())))).flat().length"));
    }

    [BrowserFact]
    public async Task A_copy_goes_with_its_48_hours()
    {
        await using var practice = await stage.Other();
        await using var desk = await Marked(practice);
        await desk.Page.EvaluateAsync("""
            async () => {
              const cache = await caches.open('kopie'), old = await cache.match('/praxis/kopie'), headers = new Headers(old.headers);
              headers.set('kept-at', Date.now() - 49 * 3600e3);
              await cache.put('/praxis/kopie', new Response(await old.blob(), { headers }));
            }
            """);
        await practice.Stop();
        await Assert.ThrowsAsync<PlaywrightException>(() => desk.Open("/praxis/warteraum"));
    }

    [BrowserFact]
    public async Task Signing_out_wipes_it()
    {
        await using var practice = await stage.Other();
        await using var desk = await Marked(practice);
        await desk.Page.ClickAsync("form.out button");
        await desk.Page.WaitForURLAsync("**/praxis/anmelden*");
        await Kept(desk.Page, expected: false);
        await practice.Stop();
        await Assert.ThrowsAsync<PlaywrightException>(() => desk.Open("/praxis/warteraum"));
    }

    [BrowserFact]
    public async Task A_device_that_was_taken_off_the_list_wipes_it_the_next_time_it_asks()
    {
        await using var practice = await stage.Other();
        await using var desk = await Marked(practice);
        await desk.Open("/praxis/geraete");
        await desk.Page.ClickAsync("main table button");
        await desk.Page.EvaluateAsync("() => navigator.serviceWorker.controller.postMessage('refresh')");
        await Kept(desk.Page, expected: false);
    }

    [BrowserFact]
    public async Task A_browser_nobody_marked_keeps_nothing()
    {
        await using var practice = await stage.Other();
        await using var desk = await Administrator.At(stage, Device.Desktop, practice);
        await desk.Open("/praxis/warteraum");
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("async () => (await navigator.serviceWorker.getRegistrations()).length"));
        await practice.Stop();
        await Assert.ThrowsAsync<PlaywrightException>(() => desk.Open("/praxis/warteraum"));
    }

    /// <summary>A browser that was marked and has its copy.</summary>
    private async Task<Administrator> Marked(PracticeServer practice)
    {
        var desk = await Administrator.At(stage, Device.Desktop, practice);
        await desk.Open("/praxis/geraete");
        await desk.Page.FillAsync("#geraet", "Empfang links");
        await desk.Page.ClickAsync("main form .btn");
        await desk.Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller");
        await Kept(desk.Page, expected: true);
        return desk;
    }

    // Asked again and again from here: a promise counts as true for the browser's own waiting.
    private static async Task Kept(IPage page, bool expected)
    {
        for (var tries = 0; await page.EvaluateAsync<bool>(HasCopy) != expected; tries++)
        {
            Assert.True(tries < 100, expected ? "There is no copy." : "The copy is still there.");
            await Task.Delay(100);
        }
    }
}

namespace VetBooking.Tests.Browser;

/// <summary>A window of 320 pixels: what is left of 1280 at 400 percent (WCAG 1.4.10), and text twice as large (1.4.4).</summary>
public sealed class ReflowTests(Stage stage) : IClassFixture<Stage>
{
    private const string AFullDay = "INSERT INTO absence (resource_id, starts_local, ends_local) SELECT id, '2027-03-25T00:00', '2027-03-26T00:00' FROM resource WHERE kind = 'person'";

    [BrowserTheory]
    [InlineData("de", 100)]
    [InlineData("en", 100)]
    [InlineData("de", 200)]
    [InlineData("en", 200)]
    public async Task Nobody_has_to_scroll_sideways_in_a_narrow_window(string language, int percent)
    {
        // Of its own: which times there are is not for other tests to decide.
        await using var practice = await stage.Other(AFullDay);
        await using var owner = await stage.Owner(Device.Narrow with { Language = language }, practice);
        var (wrong, days) = (new List<string>(), 0);
        await Journey.Walk(owner, async name =>
        {
            await Look(name);
            if (name is not ("times" or "move")) return;
            var here = owner.Page.Url;
            foreach (var day in await owner.Page.Locator(".days a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"))
            {
                await owner.Page.GotoAsync(day);
                await Look($"{name} {day[^10..]}");
                days++;
            }
            await owner.Page.GotoAsync(here);
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(28, days);

        async Task Look(string name)
        {
            await owner.Page.EvaluateAsync($"document.documentElement.style.fontSize = '{percent}%'");
            if (language == "de") await Pictures.Take(owner.Page, $"{name}-narrow-{percent}");
            wrong.AddRange((await Probe.SidewaysScroll(owner.Page)).Select(one => $"{name}: {one}"));
        }
    }

    [BrowserTheory]
    [InlineData("document.querySelector('h2.day').textContent = '{long}'", "<h2 class=\"day\"")]
    [InlineData("document.styleSheets[0].insertRule('h2.day::after { content: \"{long}\" }')", "<h2 class=\"day\"")]
    [InlineData("document.querySelector('.foot a').style.minWidth = '400px'", "<a href=\"/barrierefreiheit\"")]
    [InlineData("document.querySelector('.days b').textContent = '{long}'", null)]
    public async Task What_makes_a_page_too_wide_is_named(string change, string? named)
    {
        await using var owner = await stage.Owner(Device.Narrow);
        await owner.UpToTimes();
        Assert.Empty(await Probe.SidewaysScroll(owner.Page));
        await owner.Page.EvaluateAsync("document.body.style.overflowWrap = 'normal'");
        await owner.Page.EvaluateAsync(change.Replace("{long}", new string('m', 60), StringComparison.Ordinal));
        var found = await Probe.SidewaysScroll(owner.Page);
        if (named is null) Assert.Empty(found);
        else Assert.Contains(": " + named, Assert.Single(found), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_page_is_judged_with_its_style_sheet_however_late_that_comes()
    {
        await using var owner = await stage.Owner(Device.Narrow);
        var page = owner.Page;
        await owner.Open("/buchen");
        await page.RouteAsync("**/*.css", async sheet =>
        {
            await Task.Delay(500);
            await sheet.ContinueAsync();
        });
        await page.ClickAsync(".foot a");
        Assert.Empty(await Probe.SmallTargets(page));
        // Without it there is something to find, so waiting is what made the difference.
        await page.RouteAsync("**/*.css", sheet => sheet.AbortAsync());
        await page.ReloadAsync();
        Assert.NotEmpty(await Probe.SmallTargets(page));
    }
}

using Microsoft.Playwright;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.Planning;

/// <summary>The board in a hand: one column at a time, and tools that take little room.</summary>
public sealed class PhoneTests(Stage stage) : IClassFixture<Stage>
{
    private const string InSight = """
        [...document.querySelectorAll('ol[data-bei]')].filter((one) => {
          const box = one.getBoundingClientRect();
          return box.left > 0 && box.left < innerWidth - 20;
        }).map((one) => one.dataset.bei).join(' ')
        """;

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task One_column_fills_the_screen_and_the_strip_of_names_leads_to_each(int width)
    {
        await using var desk = await BoardDesk.At(stage, new Device(width, 760), touch: true);
        var page = desk.Page;
        await Sees(page, "weber");
        await page.EvaluateAsync("document.querySelector('.scroll').scrollTop = 100");
        await page.ClickAsync(".spalten a:has-text('Yılmaz')");
        await Sees(page, "yilmaz");
        await Assertions.Expect(page.Locator(".spalten [aria-current]")).ToHaveTextAsync("Dr. Yılmaz");
        Assert.Equal(100, await page.EvaluateAsync<int>("document.querySelector('.scroll').scrollTop"));
        // A swipe goes one further and rests there.
        await page.EvaluateAsync("document.querySelector('.scroll').scrollBy({ left: innerWidth * .7 })");
        await Sees(page, "kowalska");
        await Assertions.Expect(page.Locator(".spalten [aria-current]")).ToHaveTextAsync("TÄ Kowalska");
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelector('.scroll').getBoundingClientRect().top"), 0, 260);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    [BrowserFact]
    public async Task Without_scripts_the_strip_leads_there_as_well()
    {
        await using var desk = await BoardDesk.At(stage, new Device(390, 760, Scripts: false));
        await desk.Page.ClickAsync(".spalten a:has-text('Yılmaz')");
        await Sees(desk.Page, "yilmaz");
    }

    [BrowserFact]
    public async Task The_areas_fit_on_one_line_of_a_small_screen_even_while_booking_pauses()
    {
        await using var practice = await stage.Other("UPDATE practice SET paused_until = unixepoch('2027-03-15 20:00')");
        await using var administrator = await Administrator.At(stage, new Device(1280, 800), practice);
        foreach (var path in (string[])["/praxis/tag", "/praxis/woche?bei=weber", "/praxis/hilfe"])
        {
            await administrator.Open(path);
            Assert.InRange(await administrator.Page.EvaluateAsync<int>("document.querySelector('.desk').offsetHeight"), 40, 64);
            Assert.InRange(await administrator.Page.EvaluateAsync<int>("document.querySelector('.tagbar')?.offsetHeight ?? 40"), 30, 64);
        }
        Assert.Contains("macht Pause", await administrator.Page.InnerTextAsync(".support"), StringComparison.Ordinal);
        await administrator.Page.ClickAsync(".desk nav summary");
        await administrator.Look("more");
        await administrator.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await administrator.Page.Locator(".desk nav details[open]").CountAsync());
        administrator.NothingIsWrong();
    }

    private static async Task Sees(IPage page, string column)
    {
        for (var tries = 0; await page.EvaluateAsync<string>(InSight) is var seen && seen != column; tries++)
        {
            Assert.True(tries < 30, $"{seen} is in sight, not {column}");
            await Task.Delay(100);
        }
    }
}

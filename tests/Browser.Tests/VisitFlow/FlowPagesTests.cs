using System.Text;
using System.Text.RegularExpressions;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.VisitFlow;

/// <summary>The waiting room and the lists of a day, as they look to everybody and on paper.</summary>
public sealed partial class FlowPagesTests(Stage stage) : IClassFixture<Stage>
{
    /// <summary>A morning in full swing: some wait, one was called, one is being seen, and three have numbers.</summary>
    private const string Morning = """
        INSERT INTO walk_in_hours (weekday, starts, ends, capacity) VALUES (1, '06:00', '10:00', 8), (1, '16:00', '17:00', 5);
        INSERT INTO walk_in (walk_in_hours_id, day, number, urgency, name, species_id, form_key)
        VALUES (1, '2027-03-15', 1, 'normal', 'Kim Sommerfeld-Wagenknecht', 'dog', 'a'), (1, '2027-03-15', 2, 'emergency', 'Uli Muster', NULL, 'b');
        INSERT INTO arrival (walk_in_id, arrived_at, revision) SELECT id, unixepoch('2027-03-15 05:40'), 1 FROM walk_in;
        INSERT INTO arrival (appointment_id, arrived_at, called_at, room_at, no_show_at, revision)
        SELECT id, CASE WHEN n < 5 THEN unixepoch('2027-03-15 05:00') + n * 300 END, CASE WHEN n = 2 THEN unixepoch('2027-03-15 05:50') END,
          CASE WHEN n = 3 THEN unixepoch('2027-03-15 05:55') END, CASE WHEN n = 5 THEN unixepoch('2027-03-15 05:56') END, 1
        FROM (SELECT id, row_number() OVER (ORDER BY starts_at) AS n FROM appointment WHERE state = 'booked' AND starts_local LIKE '2027-03-15%') WHERE n <= 5;
        UPDATE practice SET no_show_limit = 1;
        """;

    [BrowserTheory]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    public async Task The_pages_are_whole_for_everybody(int width, bool dark)
    {
        await using var practice = await stage.Other(Morning);
        await using var administrator = await Administrator.At(stage, new Device(width, 800, Dark: dark), practice);
        foreach (var path in (string[])["warteraum", "sprechstunde", "nichterschienen", "liste", "liste?nach=person", "morgen", "geraete"])
        {
            await administrator.Open("/praxis/" + path);
            await administrator.Look("flow-" + path.Replace("?nach=", "-", StringComparison.Ordinal));
        }
        await administrator.Open("/praxis/liste");
        // In a narrow window they are lines below each other.
        if (width > 320) Assert.Equal(0, await administrator.Page.Locator("td").EvaluateAllAsync<int>("cells => cells.filter(cell => getComputedStyle(cell).display !== 'table-cell').length"));
        await administrator.Open("/praxis/sprechstunde");
        await administrator.Page.ClickAsync("form[action$=zeiten] .btn");
        await administrator.Look("flow-sprechstunde-wrong");
        await administrator.Open("/praxis/geraete");
        await administrator.Page.ClickAsync("main form .btn");
        await administrator.Look("flow-geraete-wrong");
        await administrator.Open("/");
        await administrator.Look("flow-home");
        administrator.NothingIsWrong();
    }

    [BrowserTheory]
    [InlineData(100)]
    [InlineData(200)]
    public async Task The_list_of_a_day_needs_no_sideways_scrolling_in_a_narrow_window(int percent)
    {
        await using var practice = await stage.Other(Morning);
        await using var administrator = await Administrator.At(stage, Device.Narrow, practice);
        var page = administrator.Page;
        foreach (var path in (string[])["/praxis/liste", "/praxis/liste?nach=person", "/praxis/morgen"])
        {
            await administrator.Open(path);
            await page.EvaluateAsync($"document.documentElement.style.fontSize = '{percent}%'");
            if (percent == 100) await Pictures.Take(page, $"flow-narrow-{path.Split('/')[^1].Replace("?nach=", "-", StringComparison.Ordinal)}-{percent}");
            Assert.Empty(await Probe.SidewaysScroll(page));
            // Not in a box of its own either, which the probe lets pass.
            Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(...[...document.querySelectorAll('.scrolls')].map(one => one.scrollWidth - one.clientWidth))"));
            // Every cell still has its place under its heading for whoever listens.
            Assert.True(await page.GetByRole(Microsoft.Playwright.AriaRole.Rowheader).CountAsync() > 10);
        }
    }

    [BrowserTheory]
    [InlineData("/praxis/liste")]
    [InlineData("/praxis/liste?nach=person")]
    [InlineData("/praxis/morgen")]
    public async Task A_normal_day_is_one_sheet_of_paper(string path)
    {
        await using var administrator = await Administrator.At(stage, Device.Desktop);
        await administrator.Open(path);
        Assert.True(await administrator.Page.Locator("table.day tbody tr").CountAsync() > 15);
        var paper = await administrator.Page.PdfAsync(new() { Format = "A4", PrintBackground = true, PreferCSSPageSize = true });
        await Pictures.Keep(path.Replace("/praxis/", "flow-", StringComparison.Ordinal).Replace("?nach=", "-", StringComparison.Ordinal) + ".pdf", paper);
        Assert.Equal(1, Leaf().Count(Encoding.Latin1.GetString(paper)));
    }

    [BrowserFact]
    public async Task A_second_screen_follows_and_keeps_its_focus()
    {
        await using var practice = await stage.Other(Morning);
        await using var one = await Administrator.At(stage, Device.Desktop with { Scripts = false }, practice);
        await using var other = await Administrator.At(stage, Device.Desktop, practice);
        await one.Open("/praxis/warteraum");
        await other.Open("/praxis/warteraum");
        var waiting = other.Page.Locator("section:has(#wartet) .guests > li");
        var before = await waiting.CountAsync();
        var focused = other.Page.Locator("section:has(#zimmer) button").First;
        await focused.FocusAsync();
        // Told, not asked for: the page itself only asks every half minute.
        await Task.Delay(1500);
        await one.Page.Locator("section:has(#erwartet) button.pri").First.ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(waiting).ToHaveCountAsync(before + 1, new() { Timeout = 2000 });
        Assert.Equal(await focused.GetAttributeAsync("id"), await other.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Contains("warten", await other.Page.InnerTextAsync("#ansage"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Leaf();
}

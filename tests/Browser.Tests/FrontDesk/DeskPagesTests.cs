using Microsoft.Playwright;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.FrontDesk;

/// <summary>Every page of the front desk, as it looks to everybody; and the search as one uses it.</summary>
public sealed class DeskPagesTests(Stage stage) : IClassFixture<Stage>
{
    private const string Caller = """
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES (9001, 'Ünal Müßiggänger', 'u@example.org', 'u@example.org', '0171 3920011', 1);
        INSERT INTO animal (id, owner_id, name, species_id, born) VALUES (9001, 9001, 'Schnüffel', 'dog', '2026-12-20'), (9002, 9001, 'Zwetschge', 'cat', NULL);
        UPDATE appointment SET state = 'requested', expires_at = starts_at, note = 'Er mag keine Waage.'
        WHERE id IN (SELECT id FROM appointment WHERE state = 'booked' AND starts_at > 1805000000 ORDER BY starts_at LIMIT 2);
        INSERT INTO reserve (resource_id, weekday, starts, ends, opens) VALUES ('weber', 1, '11:00', '11:30', '08:00');
        """;

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(320, true)]
    public async Task The_pages_are_whole_for_everybody(int width, bool dark)
    {
        await using var practice = await stage.Other(Caller);
        await using var staff = await Administrator.At(stage, new Device(width, 800, Dark: dark), practice);
        var page = staff.Page;
        foreach (var (name, path) in new[]
        {
            ("search", "/praxis/suche"), ("new", "/praxis/neu?owner=9001"), ("new-day", "/praxis/neu?owner=9001&tag=2027-03-16&bei=weber"), ("stranger", "/praxis/neu"),
            ("requests", "/praxis/anfragen"), ("pause", "/praxis/pause"), ("why", "/praxis/warum?art=krank&tierart=dog&tag=2027-03-16"),
        })
        {
            await staff.Open(path);
            await staff.Look("desk-" + name);
        }
        await page.ClickAsync(".reasons summary, .btn");
        await staff.Open("/praxis/neu?owner=9001&tag=2027-03-16&um=13:00&bei=weber");
        await page.ClickAsync("#buchen");
        await staff.Look("desk-new-asks");
        await page.CheckAsync("#trotzdem");
        await page.ClickAsync("#buchen");
        await page.WaitForURLAsync("**/praxis/neu/*");
        await staff.Look("desk-booked");
        await staff.Open("/praxis/neu");
        await page.ClickAsync("#buchen");
        await staff.Look("desk-stranger-wrong");
        await staff.Open("/praxis/neu?owner=9001");
        await page.ClickAsync("button[value=serie]");
        await staff.Look("desk-series");
        await page.ClickAsync("button[value=vorschau]");
        await staff.Look("desk-series-preview");
        await page.ClickAsync("#vorschau .btn");
        await page.WaitForURLAsync("**/praxis/serie/*");
        await staff.Look("desk-series-booked");
        await staff.Open("/praxis/pause");
        await page.ClickAsync("#pause button[value='2']");
        await staff.Look("desk-paused");
        staff.NothingIsWrong();
    }

    [BrowserFact]
    public async Task The_search_lists_while_one_types_and_says_so_and_obeys_the_keys()
    {
        await using var practice = await stage.Other(Caller);
        await using var staff = await Administrator.At(stage, Device.Desktop, practice);
        var page = staff.Page;
        await staff.Open("/praxis/anfragen");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#suche")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("an");
        await Assertions.Expect(page.Locator("#suche-liste [role=option]")).Not.ToHaveCountAsync(0);
        var last = await page.Locator("#suche-liste [role=option]").CountAsync() - 1;
        Assert.True(last > 1);
        await Assertions.Expect(page.Locator("#suche")).ToHaveAttributeAsync("aria-expanded", "true");
        await staff.Look("desk-search-list");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("suche-1", await page.GetAttributeAsync("#suche", "aria-activedescendant"));
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal($"suche-{last}", await page.GetAttributeAsync("#suche", "aria-activedescendant"));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#suche-liste")).ToBeHiddenAsync();
        await page.FillAsync("#suche", "Zwetschke");
        await Assertions.Expect(page.Locator("#suche-liste [role=option]")).ToContainTextAsync(["Ünal Müßiggänger"]);
        await Assertions.Expect(page.Locator(".find-box [role=status]")).ToContainTextAsync("1 Treffer");
        await page.ClickAsync("#suche-liste [role=option]");
        await page.WaitForURLAsync("**/praxis/neu?owner=9001");
        staff.NothingIsWrong();
    }

    [BrowserFact]
    public async Task Times_follow_at_once_when_the_reason_changes_and_without_scripts_a_button_does_it()
    {
        await using var practice = await stage.Other(Caller);
        await using var staff = await Administrator.At(stage, Device.Desktop, practice);
        await staff.Open("/praxis/neu?owner=9001");
        await staff.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(staff.Page.Locator("button[value=zeiten]")).ToBeHiddenAsync();
        await staff.Page.SelectOptionAsync("#bei", "kowalska");
        await Assertions.Expect(staff.Page.Locator(".times")).Not.ToContainTextAsync("Dr. Weber");
        staff.NothingIsWrong();

        await using var plain = await Administrator.At(stage, Device.Desktop with { Scripts = false }, practice);
        await plain.Open("/praxis/neu?owner=9001");
        await plain.Page.SelectOptionAsync("#bei", "kowalska");
        await plain.Page.ClickAsync("button[value=zeiten]");
        Assert.DoesNotContain("Dr. Weber", await plain.Page.InnerTextAsync(".times"), StringComparison.Ordinal);
        await plain.Page.ClickAsync("#buchen");
        Assert.Contains("gebucht", await plain.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        plain.NothingIsWrong();
    }
}

using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>Without a mouse.</summary>
public sealed class KeyboardTests(Stage stage) : IClassFixture<Stage>
{
    private readonly List<string> wrong = [];

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_whole_way_can_be_gone_with_the_keyboard_and_the_focus_is_always_seen(bool phone)
    {
        await using var owner = await stage.Owner(phone ? Device.Phone : Device.Desktop);
        var page = owner.Page;
        await owner.Open("/buchen");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#inhalt", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
        wrong.AddRange(await Probe.HiddenFocus(page));

        await TabTo(page, "[name=anliegen]");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        wrong.AddRange(await Probe.HiddenFocus(page));
        await TabTo(page, ".row .btn");
        await Press(page, "Enter", "input[value=keines]");
        await TabTo(page, "input[value=keines]");
        await page.Keyboard.PressAsync("Space");
        await TabTo(page, ".row .btn");
        await Press(page, "Space", "#name-0");

        await TabTo(page, "[name=art-0]");
        await page.Keyboard.PressAsync("ArrowRight");
        await TabTo(page, "#name-0");
        await page.Keyboard.TypeAsync("Mimi");
        // Enter in a field goes on: it does not add an animal or take one away.
        await Press(page, "Enter", ".days");
        await TabTo(page, ".days li:nth-child(6) a");
        await Press(page, "Enter", ".days li:nth-child(6) [aria-current]");
        await TabTo(page, ".part .slots button");
        await Press(page, "Enter", "#email");

        await TabTo(page, "#name");
        await page.Keyboard.TypeAsync(owner.Name);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(owner.Email);
        await TabTo(page, ".row .btn");
        await Press(page, "Enter", ".done.wait");

        await owner.OpenMail();
        await TabTo(page, "form[action*='/bestaetigung'] button");
        await Press(page, "Enter", "main a[href*='.ics']");
        await TabTo(page, "a[href*='/verschiebung']");
        await Press(page, "Enter", ".part .slots button");
        await TabTo(page, ".days li:nth-child(7) a");
        await Press(page, "Enter", ".days li:nth-child(7) [aria-current]");
        await TabTo(page, ".part .slots button");
        await Press(page, "Enter", "main a[href*='/absage']");
        await TabTo(page, "a[href*='/absage']");
        await Press(page, "Enter", "form[action*='/absage'] .red");
        await TabTo(page, "form[action*='/absage'] .red");
        await Press(page, "Enter", "form[action*='/rueckgaengig']");
        await TabTo(page, "form[action*='/rueckgaengig'] button");
        await Press(page, "Space", "main a[href*='.ics']");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [BrowserFact]
    public async Task After_a_mistake_the_summary_has_the_focus_and_its_links_lead_to_the_fields()
    {
        await using var owner = await stage.Owner(Device.Phone with { Scripts = false });
        var links = 0;
        await Journey.Answer(owner, Follow);
        await owner.SomeDay();
        await owner.FirstTime();
        await owner.Contact("", "ayse@beispiel");
        await Follow("contact-wrong");
        Assert.Equal(6, links);

        async Task Follow(string name)
        {
            if (!name.EndsWith("-wrong", StringComparison.Ordinal)) return;
            await owner.Page.Locator(".err:focus").WaitForAsync();
            foreach (var link in await owner.Page.Locator(".err a").AllAsync())
            {
                await link.ClickAsync();
                Assert.Equal(await link.GetAttributeAsync("href"), await owner.Page.EvaluateAsync<string>("'#' + document.activeElement.id"));
                links++;
            }
        }
    }

    private async Task TabTo(IPage page, string selector)
    {
        for (var stop = 0; stop < 90; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            wrong.AddRange(await Probe.HiddenFocus(page));
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }
        Assert.Fail($"Tab never came to {selector} on {page.Url}");
    }

    private static async Task Press(IPage page, string key, string then)
    {
        await page.Keyboard.PressAsync(key);
        await page.Locator(then).First.WaitForAsync();
    }
}

using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Settings;

/// <summary>A practice that looks like itself, as everybody sees it.</summary>
public sealed class LookTests(Stage stage) : IClassFixture<Stage>
{
    private const string Shrill = "INSERT INTO look (only, colour, corners, font) VALUES (1, '#ffff00', 'very-round', 'serif')";

    private readonly List<string> wrong = [];

    [BrowserTheory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task A_shrill_yellow_can_be_read_on_every_page(int width, bool dark)
    {
        await using var practice = await stage.Other(Shrill);
        await SendPictures(practice);
        await using var owner = await stage.Owner(new Device(width, 800, Dark: dark), practice);
        await owner.Open("/");
        Assert.Equal(1, await owner.Page.Locator(".top .logo img").CountAsync());
        await owner.Page.Locator(".team img").ScrollIntoViewIfNeededAsync();
        await owner.Page.WaitForFunctionAsync("() => document.querySelector('.team img').naturalWidth === 240");
        await Look(owner, "home");
        await owner.Open("/buchen");
        await Look(owner, "reason");
        await owner.Page.CheckAsync("input[value=impfung]");
        await Look(owner, "reason-chosen");
        await owner.Next();
        await owner.Animal(0, "Balu", "dog", "2021");
        await Look(owner, "animal");
        await owner.Next();
        await Look(owner, "times");
        await owner.Page.HoverAsync(".slots button");
        await Look(owner, "times-hover");
        await owner.SomeDay();
        await owner.FirstTime();
        await Look(owner, "contact");
        await owner.Next();
        await Look(owner, "contact-wrong");
        await owner.Contact();
        await owner.Page.WaitForURLAsync("**/buchen/fertig/**");
        await Look(owner, "held");
        await owner.OpenMail();
        await Look(owner, "link");
        foreach (var path in (string[])["/impressum", "/datenschutz", "/barrierefreiheit", "/nirgends", "/buchen/anrufen"])
        {
            await owner.Open(path);
            await Look(owner, path[1..].Replace('/', '-'));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal("rgb(255, 255, 255)", dark ? "rgb(255, 255, 255)" : await owner.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.top')).backgroundColor"));
        Assert.True(await owner.Page.EvaluateAsync<bool>("() => document.fonts.check('700 20px heading', 'Wann passt es?')"));
    }

    [BrowserFact]
    public async Task Every_finished_theme_is_whole()
    {
        foreach (var (name, row) in new[] { ("terra", "'#9c411f', 'very-round', 'serif'"), ("sky", "'#1d559b', 'slight', 'warm'"), ("berry", "'#8f2a5e', 'very-round', 'round'"), ("slate", "'#3d4f5c', 'square', 'serif'") })
        {
            await using var practice = await stage.Other($"INSERT INTO look (only, colour, corners, font) VALUES (1, {row})");
            foreach (var device in (Device[])[Device.Phone, Device.Phone with { Dark = true }, Device.Desktop])
            {
                await using var owner = await stage.Owner(device, practice);
                await owner.Open("/");
                await Look(owner, name + "-home");
                await owner.UpToTimes();
                await Look(owner, name + "-times");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(320, true)]
    public async Task The_settings_show_what_it_will_be(int width, bool dark)
    {
        await using var practice = await stage.Other();
        await using var administrator = await Administrator.At(stage, new Device(width, 800, Dark: dark), practice);
        var page = administrator.Page;
        await administrator.Open("/praxis/einstellungen/aussehen");
        await administrator.Look("look");
        await page.ClickAsync(".themes li:nth-child(2) a");
        Assert.Equal("#9c411f", await page.InputValueAsync("#farbe"));
        await page.ClickAsync("form.sheet .btn");
        await page.Locator(".specimen").First.WaitForAsync();
        Assert.Equal(2, await page.Locator(".specimen").CountAsync());
        await administrator.Look("look-preview");
        await page.ClickAsync("button[name=bestaetigt]");
        await administrator.Open("/praxis/einstellungen/aussehen/logo");
        await administrator.Look("look-logo");
        await page.SetInputFilesAsync("#bild", new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = "no picture"u8.ToArray() });
        await page.ClickAsync("form.sheet .btn");
        await administrator.Look("look-logo-wrong");
        await page.SetInputFilesAsync("#bild", new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = await Paint(Logo, 900, 240) });
        await page.ClickAsync("form.sheet .btn");
        await administrator.Look("look-logo-preview");
        await page.ClickAsync("button[name=aendern]");
        await page.ClickAsync("form.sheet .btn");
        await page.ClickAsync("button[name=bestaetigt]");
        await administrator.Open("/praxis/einstellungen/aussehen/logo");
        await administrator.Look("look-logo-there");
        await administrator.Open("/praxis/einstellungen/aussehen/fotos");
        await administrator.Look("look-photos");
        administrator.NothingIsWrong();
    }

    private const string Logo = """
        <body style="margin:0;background:none"><div style="display:flex;align-items:center;gap:30px;font:700 88px Georgia,serif;color:#14365c">
        <svg width="220" height="220" viewBox="0 0 24 24" fill="#c8502d"><circle cx="12" cy="12" r="11"/><path fill="#fff" d="M12 11c-3 0-5 3-5 5s1 3 3 3h4c2 0 3-1 3-3s-2-5-5-5zM7 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm10 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4z"/></svg>
        <span>Praxis<br>am Park</span></div></body>
        """;

    private const string Portrait = """
        <body style="margin:0;background:linear-gradient(#cfe3ef,#8fb3c9)"><svg width="900" height="1200" viewBox="0 0 9 12"><circle cx="4.5" cy="5" r="2" fill="#e8b996"/><path d="M1 12a3.5 4.5 0 0 1 7 0z" fill="#f4f7f8"/><path d="M2.4 4.6a2.1 2.1 0 0 1 4.2 0q-2-1-4.2 0z" fill="#5a3a22"/></svg></body>
        """;

    /// <summary>A picture as somebody's camera or designer might have made it.</summary>
    private async Task<byte[]> Paint(string html, int width, int height)
    {
        await using var context = await stage.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        await page.SetContentAsync(html);
        return await page.ScreenshotAsync(new() { OmitBackground = true });
    }

    private async Task SendPictures(PracticeServer practice)
    {
        await using var administrator = await Administrator.At(stage, Device.Desktop, practice);
        foreach (var (path, picture) in new[] { ("logo", await Paint(Logo, 900, 240)), ("fotos/weber", await Paint(Portrait, 900, 1200)) })
        {
            await administrator.Open("/praxis/einstellungen/aussehen/" + path);
            await administrator.Page.SetInputFilesAsync("#bild", new FilePayload { Name = "bild.png", MimeType = "image/png", Buffer = picture });
            await administrator.Page.ClickAsync("form.sheet .btn");
            await administrator.Page.ClickAsync("button[name=bestaetigt]");
        }
    }

    private async Task Look(Owner owner, string name)
    {
        var page = owner.Page;
        await page.WaitForLoadStateAsync(LoadState.Load);
        await Pictures.Take(page, $"look-{name}-{owner.Device.Name}");
        string[] found = [.. await Probe.WeakContrast(page), .. await Probe.Violations(page), .. await Probe.SmallTargets(page), .. await Probe.SidewaysScroll(page), .. owner.Watch.Next()];
        wrong.AddRange(found.Select(one => $"{name}: {one}"));
    }
}

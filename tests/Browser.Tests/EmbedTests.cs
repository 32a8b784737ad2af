using System.Globalization;
using Microsoft.Playwright;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser;

/// <summary>The booking inside the practice's own website, which is on another origin.</summary>
public sealed class EmbedTests(Stage stage) : IClassFixture<Stage>, IAsyncDisposable
{
    private readonly OtherWebsite site = new();
    private readonly List<string> said = [];

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Somebody_books_inside_the_website_without_a_cookie(int width, bool dark)
    {
        var device = new Device(width, 800, Dark: dark);
        await using var practice = await stage.Named(Allow(site));
        site.Policy = $"default-src 'none'; style-src 'self'; img-src data:; script-src {practice.Address}; frame-src {practice.Address}; form-action 'none'";
        site.Content = await Copied(practice, "#rahmen");
        await using var context = await Visitor(device);
        var page = await Watched(context);
        await page.GotoAsync(site.Address);
        var booking = page.FrameLocator("vet-booking iframe");
        await booking.Locator("h1").WaitForAsync();
        await Fits(page);
        Assert.Equal("Termin online buchen", await page.Locator("iframe").GetAttributeAsync("title"));
        Assert.False(await page.Locator("vet-booking a").IsVisibleAsync());
        await Look(page, device, "start");

        var before = await Height(page);
        await booking.Locator("details summary").First.ClickAsync();
        await Fits(page);
        var after = await Height(page);
        Assert.True(after > before + 40, $"{before} → {after}");
        await booking.Locator("details summary").First.ClickAsync();
        await Fits(page);
        Assert.Equal(before, await Height(page));
        Pictures.Note(string.Create(CultureInfo.InvariantCulture, $"embedded {device.Name}: height {before} closed, {after} open"));
        Assert.Equal("_top", await booking.Locator(".sos a[href^='tel:']").First.GetAttributeAsync("target"));

        await booking.Locator("input[value=impfung]").CheckAsync();
        // Far down in the form: the next step is seen from its top all the same.
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await booking.Locator("main form.body .row .btn").ClickAsync();
        await booking.Locator("#name-0").WaitForAsync();
        await page.WaitForFunctionAsync("Math.abs(document.querySelector('iframe').getBoundingClientRect().top) < 2");
        await booking.Locator("input[name=art-0][value=dog]").CheckAsync();
        await booking.Locator("#name-0").FillAsync("Balu");
        await booking.Locator("main form.body .row .btn:not([name=mehr])").ClickAsync();
        await booking.Locator(".days").WaitForAsync();
        await Look(page, device, "times");
        await booking.Locator(".days li:nth-child(n+4) a:not(.no)").First.ClickAsync();
        await booking.Locator(".days li:nth-child(n+4) a[aria-current=date]").WaitForAsync();
        await booking.Locator(".slots button").First.ClickAsync();
        await booking.Locator("#email").WaitForAsync();
        Assert.Equal("_blank", await booking.Locator("main a[href*=datenschutz]").GetAttributeAsync("target"));
        await booking.Locator("#name").FillAsync("Ayşe Öztürk");
        var email = $"framed-{device.Name}@kunde.example";
        await booking.Locator("#email").FillAsync(email);
        await booking.Locator("main form.body .row .btn").ClickAsync();
        await booking.Locator(".done").WaitForAsync();
        await Fits(page);
        await Look(page, device, "done");
        Assert.Contains("/buchen/fertig/", page.Frames[1].Url, StringComparison.Ordinal);
        Assert.Equal(1, practice.Number($"SELECT count(*) FROM appointment WHERE email_key = '{email}'"));

        Assert.Empty(await context.CookiesAsync());
        // This browser gives a frame of another site no storage at all; the booking does not notice.
        foreach (var frame in page.Frames) Assert.Equal(0, await frame.EvaluateAsync<int>("() => { try { return localStorage.length + sessionStorage.length } catch { return 0 } }"));
        Assert.True(said.Count == 0, string.Join('\n', said));
    }

    [BrowserFact]
    public async Task A_snippet_for_one_visit_type_begins_at_the_animals()
    {
        await using var practice = await stage.Named(Allow(site));
        site.Content = await Copied(practice, "#rahmen", "impfung");
        await using var context = await Visitor(Device.Desktop);
        var page = await Watched(context);
        await page.GotoAsync(site.Address);
        await page.FrameLocator("vet-booking iframe").Locator("#name-0").WaitForAsync();
        await Fits(page);
    }

    [BrowserFact]
    public async Task A_website_that_is_not_on_the_list_is_refused_and_keeps_its_link()
    {
        await using var practice = await stage.Named(Allow(site));
        await using var stranger = new OtherWebsite { Content = await Copied(practice, "#rahmen") };
        await using var context = await Visitor(Device.Desktop);
        var page = await Watched(context);
        await page.GotoAsync(stranger.Address);
        await page.Locator("iframe").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var tries = 0; !said.Exists(one => one.Contains("frame-ancestors", StringComparison.Ordinal)); tries++)
        {
            Assert.True(tries < 100, "The browser refuses nothing: " + string.Join('\n', said));
            await Task.Delay(50);
        }
        Assert.Equal(0, await Height(page));
        Assert.True(await page.Locator("vet-booking a").IsVisibleAsync());
        await Pictures.Take(page, "embedded-refused");
        await page.Locator("vet-booking a").ClickAsync();
        await page.Locator("input[value=impfung]").WaitForAsync();
        Assert.Empty(await context.CookiesAsync());
    }

    [BrowserTheory]
    [InlineData("#rahmen", "a")]
    [InlineData("#link", "a")]
    [InlineData("#knopf", "button")]
    public async Task Without_JavaScript_every_snippet_leads_to_the_booking(string field, string pressed)
    {
        await using var practice = await stage.Named(Allow(site));
        site.Content = await Copied(practice, field, "impfung");
        await using var context = await Visitor(Device.Desktop with { Scripts = false });
        var page = await Watched(context);
        await page.GotoAsync(site.Address);
        Assert.Equal(0, await page.Locator("iframe").CountAsync());
        await page.GetByRole(pressed == "a" ? AriaRole.Link : AriaRole.Button, new() { Name = "Termin online buchen: Impfung und Vorsorge" }).ClickAsync();
        await page.Locator("#name-0").WaitForAsync();
        // On a page of its own, the booking has everything a page has.
        Assert.True(await page.Locator("header .tel").IsVisibleAsync());
        Assert.Equal(0, await page.Locator("script").CountAsync());
        Assert.Empty(await context.CookiesAsync());
        Assert.True(said.Count == 0, string.Join('\n', said));
    }

    [BrowserFact]
    public async Task Messages_of_others_move_nothing()
    {
        await using var practice = await stage.Named(Allow(site));
        site.Content = await Copied(practice, "#rahmen");
        await using var context = await Visitor(Device.Desktop);
        var page = await Watched(context);
        await page.GotoAsync(site.Address);
        await page.FrameLocator("vet-booking iframe").Locator("h1").WaitForAsync();
        await Fits(page);
        var height = await Height(page);
        // From the page itself, and from another frame of its own.
        await page.EvaluateAsync(
            """
            new Promise(done => {
              postMessage({ vetBooking: 9999 }, '*');
              const other = document.body.appendChild(document.createElement('iframe'));
              other.contentWindow.eval("parent.postMessage({ vetBooking: 8888 }, '*')");
              setTimeout(done, 300);
            })
            """);
        Assert.Equal(height, await Height(page));
    }

    private static string Allow(OtherWebsite site) => $"INSERT INTO embedding_origin (position, origin) VALUES (0, '{site.Address}')";

    /// <summary>What the practice copies out of its settings.</summary>
    private async Task<string> Copied(PracticeServer practice, string field, string visitType = "")
    {
        await using var administrator = await Administrator.At(stage, Device.Desktop, practice);
        await administrator.Open("/praxis/einstellungen/webseite?anliegen=" + visitType);
        return await administrator.Page.InputValueAsync(field);
    }

    private Task<IBrowserContext> Visitor(Device device) => stage.Browser.NewContextAsync(new()
    {
        ViewportSize = new() { Width = device.Width, Height = device.Height },
        JavaScriptEnabled = device.Scripts,
        ColorScheme = device.Dark ? ColorScheme.Dark : ColorScheme.Light,
        Locale = "de",
        TimezoneId = "Europe/Berlin",
    });

    private async Task<IPage> Watched(IBrowserContext context)
    {
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") said.Add(message.Text);
        };
        page.PageError += (_, error) => said.Add(error);
        return page;
    }

    private static Task<int> Height(IPage page) => page.Locator("vet-booking iframe").EvaluateAsync<int>("frame => frame.offsetHeight");

    /// <summary>Waits until the frame is exactly as high as what is in it.</summary>
    private static async Task Fits(IPage page)
    {
        for (var tries = 0; ; tries++)
        {
            var (outer, inner) = (await Height(page), await page.Frames[1].EvaluateAsync<int>("document.documentElement.offsetHeight"));
            if (outer == inner && outer > 200) return;
            Assert.True(tries < 100, $"The frame is {outer} high, its content {inner}.");
            await Task.Delay(50);
        }
    }

    private static async Task Look(IPage page, Device device, string step)
    {
        await Fits(page);
        // What lies outside the window is not drawn in a frame of another site.
        await page.SetViewportSizeAsync(device.Width, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
        await Fits(page);
        await Pictures.Take(page, $"embedded-{step}-{device.Name}");
        await page.SetViewportSizeAsync(device.Width, device.Height);
        await Fits(page);
        Assert.Empty(await Probe.Violations(page.Frames[1]));
        Assert.Empty(await Probe.SidewaysScroll(page));
    }
}

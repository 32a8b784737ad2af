using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace VetBooking.Verify.Attacks.Fleet.Operating;

/// <summary>The operator's page in Chromium: light and dark, on a screen and on a phone, without a network.</summary>
internal sealed class PageSeen(Run run)
{
    public async Task Look(string html)
    {
        var file = run.PathOf("status.html");
        await File.WriteAllTextAsync(file, html);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var (wrong, elsewhere) = (new List<string>(), new List<string>());
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            foreach (var width in new[] { 320, 1280 })
            {
                await using var context = await browser.NewContextAsync(new() { Offline = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
                var page = await context.NewPageAsync();
                page.Request += (_, request) =>
                {
                    if (request.Url != "file://" + file) elsewhere.Add(request.Url);
                };
                await page.GotoAsync("file://" + file);
                await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
                var found = await page.EvaluateAsync<string[]>("async () => (await axe.run()).violations.map(one => one.id + ': ' + one.nodes[0].html)");
                wrong.AddRange(found.Select(one => $"{scheme} {width}: {one}"));
                if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth")) wrong.Add($"{scheme} {width}: the page itself scrolls sideways");
                if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } pictures) await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"status-{scheme}-{width}.png") });
            }
        run.Report.CheckNone("nothing on the page is in anybody's way, light, dark, on a screen or a phone (axe)", wrong);
        run.Report.CheckNone("the page asks for nothing else", elsewhere);
        run.Report.Check("it has no script", !html.Contains("<script", StringComparison.OrdinalIgnoreCase));
    }
}

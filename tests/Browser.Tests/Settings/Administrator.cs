using Microsoft.Playwright;

namespace VetBooking.Tests.Browser.Settings;

/// <summary>Somebody who may change the practice, at a browser that is signed in. Gathers what is wrong with the pages they see.</summary>
internal sealed class Administrator(IPage page, PracticeServer practice, Device device, Watch watch) : IAsyncDisposable
{
    private readonly List<string> wrong = [];

    public IPage Page => page;

    public static async Task<Administrator> At(Stage stage, Device device, PracticeServer? practice = null)
    {
        var server = practice ?? stage.Practice;
        var context = await stage.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = device.Width, Height = device.Height },
            JavaScriptEnabled = device.Scripts,
            ColorScheme = device.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = device.Language,
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(15_000);
        await context.AddCookiesAsync([new() { Name = "praxis", Value = server.SignIn("administrator"), Url = server.Address }]);
        var page = await context.NewPageAsync();
        return new Administrator(page, server, device, await Watch.Over(page, server.Address));
    }

    public Task Open(string path) => page.GotoAsync(practice.Address + path);

    /// <summary>Looks at the page as everybody might: with axe, at its targets, its contrasts and its width.</summary>
    public async Task Look(string name)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        await Pictures.Take(page, $"{name}-{device.Name}");
        List<string> found = [.. await Probe.SmallTargets(page), .. await Probe.SidewaysScroll(page), .. await Probe.WeakContrast(page), .. watch.Next()];
        if (device.Scripts) found.AddRange(await Probe.Violations(page));
        if (await page.Locator("h1").CountAsync() != 1) found.Add("not one h1");
        wrong.AddRange(found.Select(one => $"{name}: {one}"));
    }

    public void NothingIsWrong() => Assert.True(wrong.Count == 0, string.Join('\n', wrong));

    public ValueTask DisposeAsync() => page.Context.DisposeAsync();
}

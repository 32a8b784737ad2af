using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(VetBooking.Tests.Browser.Stage))]
// Two cores drive a browser, a server and the tests: one at a time is as fast, and nobody takes another test's times.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace VetBooking.Tests.Browser;

/// <summary>One browser and one practice for all tests.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("browser-").FullName;
    private IPlaywright? playwright;
    private string demo = "";

    internal IBrowser Browser { get; private set; } = null!;

    internal PracticeServer Practice { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        demo = await PracticeServer.MakeDemo(root);
        Practice = await PracticeServer.Start(demo);
    }

    public async ValueTask DisposeAsync()
    {
        await Practice.DisposeAsync();
        await Browser.DisposeAsync();
        playwright?.Dispose();
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Another practice, with something about it changed.</summary>
    internal Task<PracticeServer> Other(string sql = "", bool limits = false) => PracticeServer.Start(demo, sql, limits);

    /// <summary>Another practice, with something in front of it.</summary>
    internal Task<PracticeServer> Behind(Proxy proxy, string sql) => PracticeServer.Start(demo, sql, publicUrl: proxy.Address);

    /// <summary>Another practice, which people reach by a name.</summary>
    internal Task<PracticeServer> Named(string sql = "") => PracticeServer.Start(demo, sql, named: true);

    /// <summary>Somebody who wants an appointment.</summary>
    internal async Task<Owner> Owner(Device device, PracticeServer? practice = null)
    {
        var context = await Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = device.Width, Height = device.Height },
            JavaScriptEnabled = device.Scripts,
            ColorScheme = device.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = device.Language,
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        return new Owner(page, practice ?? Practice, device, await Watch.Over(page, (practice ?? Practice).Address));
    }
}

/// <summary>What somebody holds in their hands.</summary>
internal sealed record Device(int Width = 1280, int Height = 800, bool Scripts = true, bool Dark = false, string Language = "de")
{
    public static Device Phone { get; } = new(390, 800);

    public static Device Desktop { get; } = new();

    public static Device Narrow { get; } = new(320, 640);

    /// <summary>Like <c>phone-dark</c>.</summary>
    public string Name => (Width < 600 ? "phone" : "desktop") + (Dark ? "-dark" : "-light") + (Scripts ? "" : "-plain");
}

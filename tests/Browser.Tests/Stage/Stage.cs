using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(VetBooking.Tests.Browser.Chromium))]
// Two classes at a time: a browser waits as often as it works.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 2)]

namespace VetBooking.Tests.Browser;

/// <summary>The browser and, for each class of tests, a practice of its own, so that nobody takes another's times.</summary>
public sealed class Stage(Chromium chromium) : IAsyncLifetime
{
    internal IBrowser Browser => chromium.Browser;

    internal PracticeServer Practice { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Practice = await PracticeServer.Start(chromium.Demo);

    public ValueTask DisposeAsync() => Practice.DisposeAsync();

    /// <summary>Another practice, with something about it changed.</summary>
    internal Task<PracticeServer> Other(string sql = "", bool limits = false) => PracticeServer.Start(chromium.Demo, sql, limits);

    /// <summary>Another practice, with something in front of it.</summary>
    internal Task<PracticeServer> Behind(Proxy proxy, string sql) => PracticeServer.Start(chromium.Demo, sql, publicUrl: proxy.Address);

    /// <summary>Another practice, which people reach by a name.</summary>
    internal Task<PracticeServer> Named(string sql = "") => PracticeServer.Start(chromium.Demo, sql, named: true);

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

using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>One browser for all tests, and a practice of which each gets a copy.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("browser-").FullName;
    private IPlaywright? playwright;

    internal IBrowser Browser { get; private set; } = null!;

    internal string Demo { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            // Without windows it needs a third less of the processor.
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        Demo = await PracticeServer.MakeDemo(root);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
        Directory.Delete(root, recursive: true);
    }
}

/// <summary>Tests that measure times: nobody runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

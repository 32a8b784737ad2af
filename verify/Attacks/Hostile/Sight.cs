using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>
/// Chromium, with scripts on, as the one who knows whether something runs. It reports every call of <c>vbmark</c>, every
/// violation of a page's policy, every dialog, every request to another host and every address that would run something.
/// </summary>
internal sealed partial class Sight : IAsyncDisposable
{
    private const string Watching = "addEventListener('securitypolicyviolation', e => vbcsp(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))";

    /// <summary>What people can read, and what must not be there although nothing has run yet.</summary>
    private const string Inspection =
        """
        () => {
          const harmful = /^[\s\u0000-\u0020]*((java|vb)script:|data:text|(https?:)?[\/\\]{2}[^\/]*evil\.example)/i, bad = [];
          for (const one of document.querySelectorAll('*')) for (const at of one.attributes)
            if (/^on/i.test(at.name) || /^(href|src|action|formaction|data|xlink:href)$/.test(at.name) && harmful.test(at.value) || at.name.includes('vbmark')) bad.push(one.localName + ' ' + at.name + '=' + at.value);
          const typed = [...document.querySelectorAll('input, textarea')].map(one => one.value).join('\n');
          return JSON.stringify({ text: document.title + '\n' + (document.body ? document.body.textContent : '') + '\n' + typed, bad });
        }
        """;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly string[] own;
    private readonly ConcurrentDictionary<IPage, string> names = [];

    private Sight(IPlaywright playwright, IBrowser browser, string[] own) => (this.playwright, this.browser, this.own) = (playwright, browser, own);

    public ConcurrentQueue<string> Findings { get; } = new();

    public int Seen => seen;

    /// <summary>How many pages showed a marker as text.</summary>
    public int Showing => showing;

    /// <summary>The numbers of the markers that were shown as text, and on how many pages.</summary>
    public ConcurrentDictionary<int, int> Shown { get; } = new();

    private int seen;
    private int showing;

    public static async Task<Sight> Open(params string[] own)
    {
        var playwright = await Playwright.CreateAsync();
        return new Sight(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }), own);
    }

    /// <summary>Opens pages as somebody with this cookie; null for nobody.</summary>
    public async Task Look(Uri url, string? cookie, IReadOnlyCollection<string> paths, int tabs)
    {
        await using var context = await Context();
        if (cookie is not null) await context.AddCookiesAsync([new Cookie { Name = "praxis", Value = cookie, Url = url.AbsoluteUri }]);
        var queue = new ConcurrentQueue<string>(paths);
        await Task.WhenAll(Enumerable.Range(0, tabs).Select(async _ =>
        {
            var page = await Page(context);
            while (queue.TryDequeue(out var path))
            {
                names[page] = path;
                try
                {
                    await page.GotoAsync(new Uri(url, path).AbsoluteUri, new() { WaitUntil = WaitUntilState.Load, Timeout = 20_000 });
                    await Inspect(page);
                }
                catch (Exception broken) when (broken is PlaywrightException or TimeoutException)
                {
                    Found(page, "could not be looked at: " + broken.Message.Split('\n')[0]);
                }
            }
        }));
    }

    /// <summary>Opens markup that no policy protects: only its escaping does.</summary>
    public async Task Look(IEnumerable<(string Name, string Html)> papers)
    {
        await using var context = await Context();
        var page = await Page(context);
        foreach (var (name, html) in papers)
        {
            names[page] = name;
            try
            {
                await page.SetContentAsync(html, new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 20_000 });
                await Inspect(page);
            }
            catch (Exception broken) when (broken is PlaywrightException or TimeoutException)
            {
                Found(page, "could not be looked at: " + broken.Message.Split('\n')[0]);
            }
        }
    }

    /// <summary>Opens a page of the checker's own under an address of its own, with a policy or without.</summary>
    public async Task LookAtForged(string html, string policy)
    {
        await using var context = await Context();
        await context.RouteAsync("http://own.example/**", route => route.FulfillAsync(new()
        {
            Body = html,
            ContentType = "text/html",
            Headers = policy.Length > 0 ? [new("Content-Security-Policy", policy), new("Content-Type", "text/html")] : null,
        }));
        var page = await Page(context);
        names[page] = "forged";
        await page.GotoAsync("http://own.example/");
        await Inspect(page);
        await page.WaitForTimeoutAsync(100);
    }

    private async Task<IBrowserContext> Context()
    {
        var context = await browser.NewContextAsync(new() { Locale = "de" });
        await context.ExposeBindingAsync("vbmark", (BindingSource source, int number) => Found(source.Page, $"ran vbmark({number})"));
        await context.ExposeBindingAsync("vbcsp", (BindingSource source, string what) => Found(source.Page, "against its policy: " + what));
        await context.AddInitScriptAsync(Watching);
        return context;
    }

    private async Task<IPage> Page(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        page.Dialog += async (_, dialog) =>
        {
            Found(page, "a dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        await page.RouteAsync(address => !IsOwn(address), async route =>
        {
            Found(page, "asks another host: " + route.Request.Url);
            await route.AbortAsync();
        });
        return page;
    }

    private bool IsOwn(string address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || own.Contains(url.Authority) || url.Host == "own.example";

    private async Task Inspect(IPage page)
    {
        using var found = JsonDocument.Parse(await page.EvaluateAsync<string>(Inspection));
        Interlocked.Increment(ref seen);
        foreach (var bad in found.RootElement.GetProperty("bad").EnumerateArray()) Found(page, "holds " + bad.GetString());
        var numbers = Mark().Matches(found.RootElement.GetProperty("text").GetString()!).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().ToList();
        if (numbers.Count > 0) Interlocked.Increment(ref showing);
        foreach (var number in numbers) Shown.AddOrUpdate(number, 1, (_, count) => count + 1);
    }

    private void Found(IPage page, string what) => Findings.Enqueue($"{names.GetValueOrDefault(page)}: {what}");

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    [GeneratedRegex(@"vbmark\(([0-9]{1,7})\)")]
    private static partial Regex Mark();
}

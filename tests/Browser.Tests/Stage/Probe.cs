using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>Questions about a page that only the browser can answer. Each gives a list of what is wrong.</summary>
internal static class Probe
{
    private static readonly string Targets = Read("targets");
    private static readonly string Overflow = Read("overflow");
    private static readonly string Contrast = Read("contrast");
    private static readonly string Focus = Read("focus");
    private static readonly string Axe = Read("axe");
    private static readonly string AxeItself = new BundledAxeScriptProvider().GetScript();

    public static Task<string[]> SmallTargets(IPage page) => Ask(page, Targets);

    public static Task<string[]> SidewaysScroll(IPage page) => Ask(page, Overflow);

    public static Task<string[]> WeakContrast(IPage page) => Ask(page, Contrast);

    public static Task<string[]> HiddenFocus(IPage page) => Ask(page, Focus);

    public static Task<string[]> Violations(IPage page) => Violations(page.MainFrame);

    /// <summary>The same about a page inside another one.</summary>
    public static async Task<string[]> Violations(IFrame frame)
    {
        await frame.EvaluateAsync(AxeItself);
        await frame.WaitForLoadStateAsync(LoadState.Load);
        return await frame.EvaluateAsync<string[]>(Axe);
    }

    /// <summary>A click returns while the next page is still arriving; asked at once, it would answer without its style sheet.</summary>
    private static async Task<string[]> Ask(IPage page, string question)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        return await page.EvaluateAsync<string[]>(question);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Probe).Assembly.GetManifestResourceStream($"VetBooking.Tests.Probes.{name}.js")!);
        // Without the comment in front: what the browser gets must be a function.
        return string.Join('\n', reader.ReadToEnd().Split('\n').SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal)));
    }
}

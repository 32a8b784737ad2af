using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>What every page must be, whoever looks at it. Gathers all that is wrong with the pages it is shown.</summary>
internal sealed class Inspection(Owner owner)
{
    private const int MostRequests = 5;
    private const long MostBytes = 15_000;

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    private readonly Dictionary<string, string> titles = [];

    /// <summary>Everything found so far, each with the page's name in front.</summary>
    public List<string> Wrong { get; } = [];

    public async Task Look(string name)
    {
        var page = owner.Page;
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var (requests, bytes) = (owner.Watch.Requests, owner.Watch.Bytes);
        await Pictures.Take(page, $"{name}-{owner.Device.Name}");
        Pictures.Note($"{name} {owner.Device.Name} {requests} {bytes}");
        List<string> found = [.. await Frame(name), .. await Probe.SmallTargets(page), .. await Probe.SidewaysScroll(page), .. await Probe.WeakContrast(page)];
        // axe waits for timers, which never come where scripts are off. The page is the same one.
        if (owner.Device.Scripts) found.AddRange(await Axe());
        found.AddRange(owner.Watch.Next());
        if (requests > MostRequests) found.Add($"{requests} requests");
        if (bytes is 0 or > MostBytes) found.Add($"{bytes} bytes");
        Wrong.AddRange(found.Select(one => $"{name}: {one}"));
    }

    private async Task<List<string>> Frame(string name)
    {
        var (page, found) = (owner.Page, new List<string>());
        var headings = await page.Locator("h1").CountAsync();
        if (headings != 1) found.Add($"{headings} h1");
        if (await page.GetAttributeAsync("html", "lang") != owner.Device.Language) found.Add("wrong html lang");
        if ((await page.Context.CookiesAsync()).Count > 0) found.Add("cookies");
        var title = await page.TitleAsync();
        if (name.EndsWith("-wrong", StringComparison.Ordinal) != title.StartsWith("Fehler: ", StringComparison.Ordinal)) found.Add($"title {title}");
        // Two links to one appointment show the same thing, so there a title stands for what it is now.
        var path = new Uri(page.Url).AbsolutePath;
        var subject = path.StartsWith("/termin/", StringComparison.Ordinal) || path.StartsWith("/buchen/fertig/", StringComparison.Ordinal)
            ? await page.Locator("h1").InnerTextAsync()
            : path;
        if (titles.TryGetValue(title, out var taken) && taken != subject) found.Add($"title of {taken} too: {title}");
        titles[title] = subject;
        return found;
    }

    private async Task<IEnumerable<string>> Axe() =>
        (await owner.Page.RunAxe(Rules)).Violations.Select(one => $"axe {one.Id}: {one.Help} at {string.Join(" and ", one.Nodes.Take(3).Select(node => node.Html))}");
}

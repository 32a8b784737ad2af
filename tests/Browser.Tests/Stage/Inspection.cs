using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>What every page must be, whoever looks at it. Gathers all that is wrong with the pages it is shown.</summary>
internal sealed class Inspection(Owner owner)
{
    private const int MostRequests = 5;
    private const long MostBytes = 15_000;

    private readonly Dictionary<string, string> titles = [];

    private readonly List<string> wrong = [];

    /// <summary>Fails with everything that was found.</summary>
    public void NothingIsWrong() => Assert.True(wrong.Count == 0, string.Join('\n', wrong));

    public async Task Look(string name)
    {
        var page = owner.Page;
        await page.WaitForLoadStateAsync(LoadState.Load);
        var (requests, bytes) = (owner.Watch.Requests, owner.Watch.Bytes);
        await Pictures.Take(page, $"{name}-{owner.Device.Name}");
        Pictures.Note($"{name} {owner.Device.Name} {requests} {bytes}");
        List<string> found = [.. await Frame(name), .. await Probe.SmallTargets(page), .. await Probe.SidewaysScroll(page), .. await Probe.WeakContrast(page)];
        // axe waits for timers, which never come where scripts are off. The page is the same one.
        if (owner.Device.Scripts) found.AddRange(await Probe.Violations(page));
        found.AddRange(owner.Watch.Next());
        if (requests > MostRequests) found.Add($"{requests} requests");
        if (bytes is 0 or > MostBytes) found.Add($"{bytes} bytes");
        wrong.AddRange(found.Select(one => $"{name}: {one}"));
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
        // A step has its own title. Other addresses may show the same thing: two links to one appointment, two to nothing.
        var path = new Uri(page.Url).AbsolutePath;
        var isStep = path.StartsWith("/buchen", StringComparison.Ordinal) && !path.StartsWith("/buchen/fertig", StringComparison.Ordinal);
        var subject = isStep ? path : await page.Locator("h1").InnerTextAsync();
        if (titles.TryGetValue(title, out var taken) && taken != subject) found.Add($"title of {taken} too: {title}");
        titles[title] = subject;
        return found;
    }
}

using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>From the first page to a cancellation taken back, in every kind of browser people come with.</summary>
public sealed class WholeFlowTests(Stage stage)
{
    private const int MostRequests = 5;
    private const long MostBytes = 15_000;

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    public static TheoryData<bool, bool, bool> Matrix =>
        [.. from scripts in new[] { true, false } from phone in new[] { true, false } from dark in new[] { false, true } select (scripts, phone, dark)];

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task An_owner_books_confirms_moves_cancels_and_takes_it_back(bool scripts, bool phone, bool dark)
    {
        var device = (phone ? Device.Phone : Device.Desktop) with { Scripts = scripts, Dark = dark };
        await using var owner = await stage.Owner(device);
        var (wrong, titles) = (new List<string>(), new Dictionary<string, string>());
        await Journey.Walk(owner, async name =>
        {
            await Pictures.Take(owner.Page, $"{name}-{device.Name}");
            var (requests, bytes) = (owner.Watch.Requests, owner.Watch.Bytes);
            var found = await Look(owner, titles, name);
            if (scripts) found.AddRange(await Axe(owner.Page));
            found.AddRange(owner.Watch.Next());
            if (requests > MostRequests) found.Add($"{requests} requests");
            if (bytes > MostBytes) found.Add($"{bytes} bytes");
            Pictures.Note($"{name} {device.Name} {requests} {bytes}");
            wrong.AddRange(found.Select(one => $"{name}: {one}"));
        });
        Assert.Empty(wrong);
    }

    private static async Task<List<string>> Look(Owner owner, Dictionary<string, string> titles, string name)
    {
        var page = owner.Page;
        var found = new List<string>();
        var headings = await page.Locator("h1").CountAsync();
        if (headings != 1) found.Add($"{headings} h1");
        if (await page.GetAttributeAsync("html", "lang") != owner.Device.Language) found.Add("wrong html lang");
        if (await page.EvaluateAsync<string>("document.compatMode") != "CSS1Compat") found.Add("quirks mode");
        if ((await page.Context.CookiesAsync()).Count > 0) found.Add("cookies");
        var title = await page.TitleAsync();
        if (name.EndsWith("-wrong", StringComparison.Ordinal) != title.StartsWith("Fehler: ", StringComparison.Ordinal)) found.Add($"title {title}");
        // One title for one address. Two links to one appointment lead to the same page in the same state.
        var address = new Uri(page.Url).AbsolutePath is var path && (path.StartsWith("/termin/", StringComparison.Ordinal) || path.StartsWith("/buchen/fertig", StringComparison.Ordinal))
            ? await page.Locator("h1").InnerTextAsync()
            : path;
        if (titles.TryGetValue(title, out var taken) && taken != address) found.Add($"title of {taken} too: {title}");
        titles[title] = address;
        return found;
    }

    private static async Task<IEnumerable<string>> Axe(IPage page) =>
        (await page.RunAxe(Rules)).Violations.Select(one => $"axe {one.Id}: {one.Help} at {string.Join(" and ", one.Nodes.Take(3).Select(node => node.Html))}");
}

using System.IO.Compression;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace VetBooking.Verify.Attacks.Exporting;

/// <summary>An export as somebody opens it: unpacked, in Chromium, from the disk, without a network.</summary>
internal sealed class OpenedPages(Run run)
{
    public async Task Execute(string zip, string database)
    {
        var folder = run.PathOf("unpacked");
        await ZipFile.ExtractToDirectoryAsync(zip, folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await using var context = await browser.NewContextAsync(new() { Offline = true, ViewportSize = new() { Width = 1100, Height = 900 } });
        var page = await context.NewPageAsync();
        var (elsewhere, wrong) = (new List<string>(), new List<string>());
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file://", StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };
        page.PageError += (_, error) => wrong.Add(error);
        string owner;
        using (var connection = Database.OpenToRead(database)) owner = connection.Rows("SELECT name FROM owner ORDER BY id LIMIT 1", row => row.GetString(0)).Single();

        await page.GotoAsync("file://" + Path.Combine(folder, "index.html"));
        await page.GetByRole(AriaRole.Searchbox).FillAsync(owner.ToUpperInvariant());
        var hit = page.GetByRole(AriaRole.Link, new() { Name = owner, Exact = true }).First;
        await hit.WaitForAsync(new() { Timeout = 5_000 });
        wrong.AddRange(await Violations(page, "index.html"));
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } pictures) await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "export.png") });
        await hit.ClickAsync();
        await page.Locator("section:target").WaitForAsync(new() { Timeout = 5_000 });
        run.Report.Check("a search from the disk leads to whom it found", await page.Locator("section:target h2").InnerTextAsync() == owner, page.Url);
        foreach (var kind in new[] { "kunden", "tage", "nachrichten" })
        {
            foreach (var sheet in new DirectoryInfo(Path.Combine(folder, kind)) is { Exists: true } there ? there.GetFiles("*.html").Take(2) : [])
            {
                await page.GotoAsync("file://" + sheet.FullName);
                wrong.AddRange(await Violations(page, $"{kind}/{sheet.Name}"));
            }
        }
        run.Report.CheckNone("nothing on the pages is in anybody's way (axe), and no script fails", wrong);
        run.Report.CheckNone("nothing is asked of anybody else", elsewhere);
    }

    private static async Task<IEnumerable<string>> Violations(IPage page, string name)
    {
        await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        var found = await page.EvaluateAsync<string[]>("async () => (await axe.run()).violations.map(one => one.id + ': ' + one.nodes[0].html)");
        return found.Select(one => $"{name}: {one}");
    }
}

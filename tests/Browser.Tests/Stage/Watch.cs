using System.Text.Json;
using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>Listens to everything a page does beside being shown.</summary>
internal sealed class Watch
{
    private readonly List<string> trouble = [];

    private Watch()
    {
    }

    /// <summary>Requests since the last <see cref="Next"/>.</summary>
    public int Requests { get; private set; }

    /// <summary>Bytes on the wire since then, headers included.</summary>
    public long Bytes { get; private set; }

    public static async Task<Watch> Over(IPage page, string address)
    {
        var watch = new Watch();
        await page.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI))");
        page.Console += (_, message) =>
        {
            // The answer to a form with something wrong in it, and to an address that leads nowhere, is a page all the same.
            var expected = message.Text.Contains("status of 422", StringComparison.Ordinal) || message.Text.Contains("status of 404", StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !expected) watch.trouble.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => watch.trouble.Add($"script: {error}");
        page.Request += (_, request) =>
        {
            watch.Requests++;
            if (!request.Url.StartsWith(address + "/", StringComparison.Ordinal)) watch.trouble.Add($"foreign request: {request.Url}");
        };
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        // Every page is measured as somebody's first.
        await wire.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
        wire.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            watch.Bytes += finished is { } json && json.TryGetProperty("encodedDataLength", out JsonElement length) ? (long)length.GetDouble() : 0;
        return watch;
    }

    /// <summary>What went wrong since the last time, and starts counting anew.</summary>
    public List<string> Next()
    {
        List<string> found = [.. trouble];
        trouble.Clear();
        Recount();
        return found;
    }

    /// <summary>Only counts anew, after pages that were passed by.</summary>
    public void Recount() => (Requests, Bytes) = (0, 0);
}

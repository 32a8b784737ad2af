using VetBooking.Tests.Running;

namespace VetBooking.Tests.Setup;

/// <summary>The way every setting takes: form, preview, saved.</summary>
internal static class SettingSteps
{
    public const string Root = "/praxis/einstellungen";

    /// <summary>Opens a form, types into it and sends it.</summary>
    public static async Task<Seen> Preview(this Desk desk, string path, params (string Name, string Value)[] typed) =>
        await desk.Browser.Press(await desk.Open(Root + path), "form.sheet .btn", typed);

    /// <summary>Saves what a preview shows.</summary>
    public static Task<Seen> Confirm(this Desk desk, Seen preview) => desk.Browser.Press(preview, "button[name=bestaetigt]");

    /// <summary>Form, preview, saved.</summary>
    public static async Task<Seen> Set(this Desk desk, string path, params (string Name, string Value)[] typed)
    {
        var preview = await desk.Preview(path, typed);
        Assert.True(preview.Status == 200 && preview.Document.QuerySelector("button[name=bestaetigt]") is not null, preview.Words);
        var saved = await desk.Confirm(preview);
        Assert.True(saved.Status == 200 && saved.Url.Contains("gespeichert=1", StringComparison.Ordinal), saved.Words);
        return saved;
    }

    /// <summary>The cells of the row whose heading contains some words.</summary>
    public static string[] Row(this Seen page, string heading) =>
        [.. page.Document.QuerySelectorAll("tr").First(row => row.QuerySelector("th[scope=row]")?.TextContent.Contains(heading, StringComparison.Ordinal) == true)
            .QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())];
}

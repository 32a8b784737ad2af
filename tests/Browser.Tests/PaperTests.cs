using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser;

/// <summary>On paper.</summary>
public sealed partial class PaperTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserFact]
    public async Task A_printed_receipt_is_one_page()
    {
        await using var owner = await stage.Owner(Device.Desktop);
        await owner.Hold();
        Assert.Equal(1, await Pages(owner, "receipt"));
        await owner.OpenMail();
        await owner.Press("/bestaetigung");
        await owner.Page.Locator("main a[href*='.ics']").WaitForAsync();
        Assert.Equal(1, await Pages(owner, "appointment"));
    }

    [BrowserTheory]
    [InlineData("a4", 210, 297)]
    [InlineData("a6", 105, 148)]
    public async Task A_notice_fills_one_sheet_of_its_own_size(string format, int width, int height)
    {
        await using var practice = await stage.Other("UPDATE practice SET name = 'Tierärztliche Gemeinschaftspraxis für Klein- und Heimtiere Dr. Müller-Lüdenscheidt und Partner'");
        await using var administrator = await Administrator.At(stage, Device.Desktop, practice);
        await administrator.Open($"/praxis/einstellungen/webseite/aushang/{format}?anliegen=impfung");
        var paper = await administrator.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });
        await Pictures.Keep($"notice-{format}.pdf", paper);
        var text = Encoding.Latin1.GetString(paper);
        Assert.Equal(1, Leaf().Count(text));
        // In points of 1/72 inch, which PDF rounds up.
        var box = Box().Match(text).Groups[1].Value.Split(' ').Select(one => double.Parse(one, CultureInfo.InvariantCulture) * 25.4 / 72).ToList();
        Assert.Equal((width, height), ((int)Math.Round(box[2]), (int)Math.Round(box[3])));
    }

    private static async Task<int> Pages(Owner owner, string name)
    {
        var paper = await owner.Page.PdfAsync(new() { Format = "A4", PrintBackground = true });
        await Pictures.Keep($"{name}.pdf", paper);
        return Leaf().Count(Encoding.Latin1.GetString(paper));
    }

    [GeneratedRegex(@"/MediaBox\s*\[([^\]]+)\]")]
    private static partial Regex Box();

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Leaf();
}

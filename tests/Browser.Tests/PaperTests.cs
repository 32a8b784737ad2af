using System.Text;
using System.Text.RegularExpressions;

namespace VetBooking.Tests.Browser;

/// <summary>On paper.</summary>
public sealed partial class PaperTests(Stage stage)
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

    private static async Task<int> Pages(Owner owner, string name)
    {
        var paper = await owner.Page.PdfAsync(new() { Format = "A4", PrintBackground = true });
        await Pictures.Keep($"{name}.pdf", paper);
        return Leaf().Count(Encoding.Latin1.GetString(paper));
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Leaf();
}

using System.Text.RegularExpressions;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.Planning;

/// <summary>The board and the pages around it, as they look to everybody, on paper, and without scripts.</summary>
public sealed partial class LookTests(Stage stage) : IClassFixture<Stage>
{
    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(320, true)]
    public async Task The_pages_are_whole_for_everybody(int width, bool dark)
    {
        await using var somebody = await Administrator.At(stage, new Device(width, 800, Dark: dark));
        await somebody.Open("/praxis/tag");
        await somebody.Page.WaitForSelectorAsync(".ev");
        await somebody.Look("board-day");
        await somebody.Open("/praxis/woche?bei=weber");
        await somebody.Look("board-week");
        await somebody.Open("/praxis/tag");
        await somebody.Page.GotoAsync(await somebody.Page.EvaluateAsync<string>("document.querySelector('.ev a').href"));
        await somebody.Look("board-appointment");
        await somebody.Open("/praxis/sperre?tag=2027-03-17&bei=weber");
        await somebody.Look("board-block");
        somebody.NothingIsWrong();
    }

    [BrowserFact]
    public async Task A_day_fits_on_one_sheet()
    {
        await using var desk = await BoardDesk.At(stage);
        var pdf = await desk.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });
        Assert.Single(PageOfPdf().Matches(System.Text.Encoding.Latin1.GetString(pdf)));
    }

    [BrowserFact]
    public async Task Without_scripts_an_appointment_is_moved_called_off_and_taken_back_by_plain_forms()
    {
        await using var desk = await BoardDesk.At(stage, new Device(1280, 900, Scripts: false));
        var page = desk.Page;
        await desk.Item(9001).Locator("a").ClickAsync();
        await page.FillAsync("#um", "10:45");
        await page.ClickAsync("form[action$=verschiebung] button");
        Assert.Contains("Mia", await page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("09:00 30 weber", desk.Stored(9001));
        await page.FillAsync("form[action$=verschiebung] >> nth=1 >> #um", "11:30");
        await page.ClickAsync("form[action$=verschiebung] >> nth=1 >> button");
        Assert.Equal("11:30 30 weber", desk.Stored(9001));
        await page.ClickAsync("form[action$=absage] button");
        Assert.Equal(1, desk.Practice.Number("SELECT state = 'cancelled' FROM appointment WHERE id = 9001"));
        await desk.Open();
        await page.ClickAsync("#rueck button");
        Assert.Equal("11:30 30 weber", desk.Stored(9001));
        await page.ClickAsync(".gap a >> nth=0");
        Assert.Contains("/praxis/neu?tag=2027-03-17&um=", page.Url, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageOfPdf();
}

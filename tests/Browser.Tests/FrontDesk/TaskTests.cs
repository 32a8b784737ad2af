using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.FrontDesk;

/// <summary>The front desk's most common tasks, really done, with the keys and clicks that docs/front-desk.md promises.</summary>
public sealed partial class TaskTests(Stage stage) : IClassFixture<Stage>
{
    private const string Caller = """
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES (9001, 'Ünal Müßiggänger', 'u@example.org', 'u@example.org', '0171 3920011', 1);
        INSERT INTO animal (id, owner_id, name, species_id, born) VALUES (9001, 9001, 'Schnüffel', 'dog', '2021');
        UPDATE appointment SET state = 'requested', expires_at = starts_at WHERE id = (SELECT id FROM appointment WHERE state = 'booked' AND starts_at > 1805000000 ORDER BY starts_at LIMIT 1);
        UPDATE appointment SET owner_id = 9001 WHERE id = (SELECT id FROM appointment WHERE state = 'booked' AND starts_at > 1805000000 ORDER BY starts_at LIMIT 1);
        DELETE FROM appointment WHERE owner_id IS NOT 9001 AND starts_local LIKE '2027-03-15T09:%';
        """;

    private const string Booked = "Der Termin ist gebucht";

    [BrowserTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task A_task_takes_as_many_keys_and_clicks_as_the_document_says(int number)
    {
        await using var practice = await stage.Other(Caller);
        await using var staff = await Administrator.At(stage, Device.Desktop, practice);
        await staff.Open("/praxis/suche");
        await staff.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        // The page's own box has the focus; the one in the header is a key away from everywhere.
        await staff.Page.EvaluateAsync("document.activeElement.blur()");
        var hands = new Counted(staff.Page);
        await Do(number, staff.Page, hands, practice);
        Assert.Equal(Promised()[number], (hands.Keys, hands.Clicks));
    }

    private static Task Do(int number, IPage page, Counted hands, PracticeServer practice) => number switch
    {
        1 => Answer(page, hands),
        2 => BookNext(page, hands, () => Task.CompletedTask),
        3 => BookNext(page, hands, () => hands.Key("ArrowDown", 2)),
        4 => BookNext(page, hands, () => hands.Click(".times .picks >> nth=-1 >> .opt >> nth=0")),
        5 => BookForSomebodyNew(page, hands, practice),
        6 => NoteArrival(page, hands, practice),
        7 => Move(page, hands, practice),
        8 => CallOff(page, hands, practice),
        9 => Decide(page, hands, "zusage", practice),
        10 => Decide(page, hands, "absage", practice),
        11 => Explain(page, hands),
        12 => Pause(page, hands, practice),
        _ => BookSeries(page, hands, practice),
    };

    private static async Task Find(IPage page, Counted hands)
    {
        await hands.Key("/");
        await hands.Type("muessigg");
        await Assertions.Expect(page.Locator("#suche-liste [aria-selected=true]")).ToContainTextAsync("Ünal Müßiggänger");
    }

    private static async Task Answer(IPage page, Counted hands)
    {
        await Find(page, hands);
        await Assertions.Expect(page.Locator("#suche-liste em")).ToContainTextAsync("nächster Termin:");
    }

    private static async Task BookNext(IPage page, Counted hands, Func<Task> choose)
    {
        await Find(page, hands);
        await hands.Key("Enter");
        await Assertions.Expect(page.Locator("input[name=zeit]:focus")).ToBeCheckedAsync();
        await choose();
        await hands.Key("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(Booked);
    }

    private static async Task BookForSomebodyNew(IPage page, Counted hands, PracticeServer practice)
    {
        await hands.Click("nav a[href='/praxis/neu']");
        await Assertions.Expect(page.Locator("#name")).ToBeFocusedAsync();
        await hands.Type("Nora Neu");
        await hands.Key("Tab");
        await hands.Type("030 23125 888");
        await hands.Key("Tab", 2);
        await hands.Type("Kan");
        await Assertions.Expect(page.Locator(".picks input")).Not.ToHaveCountAsync(0);
        await hands.Key("Tab");
        await hands.Type("Fips");
        await hands.Key("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(Booked);
        Assert.Equal(1, practice.Number("SELECT count(*) FROM animal WHERE name = 'Fips' AND species_id = 'rabbit'"));
    }

    private static async Task NoteArrival(IPage page, Counted hands, PracticeServer practice)
    {
        await hands.Click("nav a[href='/praxis/warteraum']");
        await hands.Click("section:has(#erwartet) button.pri >> nth=0");
        await Assertions.Expect(page.Locator("section:has(#wartet) .guests > li")).ToHaveCountAsync(1);
        Assert.Equal(1, practice.Number("SELECT count(*) FROM arrival WHERE arrived_at IS NOT NULL"));
    }

    private static async Task Move(IPage page, Counted hands, PracticeServer practice)
    {
        await OpenTheirs(page, hands);
        await hands.Click("label[for=um]");
        await hands.Type("0930");
        await hands.Key("Enter");
        await Assertions.Expect(page.Locator(".said")).ToContainTextAsync("verschoben");
        Assert.Equal(1, practice.Number("SELECT starts_local LIKE '%T09:30' FROM appointment WHERE owner_id = 9001"));
    }

    private static async Task CallOff(IPage page, Counted hands, PracticeServer practice)
    {
        await OpenTheirs(page, hands);
        await hands.Click("form[action$=absage] button");
        await Assertions.Expect(page.Locator(".said")).ToContainTextAsync("abgesagt");
        Assert.Equal(1, practice.Number("SELECT state = 'cancelled' FROM appointment WHERE owner_id = 9001"));
    }

    private static async Task OpenTheirs(IPage page, Counted hands)
    {
        await Find(page, hands);
        await hands.Key("Enter");
        await Assertions.Expect(page.Locator("input[name=zeit]:focus")).ToBeCheckedAsync();
        await hands.Click(".caller li a");
    }

    private static async Task Decide(IPage page, Counted hands, string how, PracticeServer practice)
    {
        await hands.Click("nav a[href='/praxis/anfragen']");
        if (how == "absage")
        {
            await hands.Click(".requests textarea >> nth=0");
            await hands.Type("Dann haben wir geschlossen.");
        }
        await hands.Click($".requests button[value={how}] >> nth=0");
        await Assertions.Expect(page.Locator(".said")).ToContainTextAsync(how == "zusage" ? "zugesagt" : "abgelehnt");
        Assert.Equal(1, practice.Number("SELECT count(*) FROM appointment WHERE answer IS NOT NULL"));
    }

    private static async Task Pause(IPage page, Counted hands, PracticeServer practice)
    {
        await hands.Click(".desk nav summary");
        await hands.Click("nav a[href='/praxis/pause']");
        await hands.Click("#pause button[value='2']");
        await Assertions.Expect(page.Locator("#pause h2")).ToContainTextAsync("Pause bis");
        Assert.Equal(1, practice.Number("SELECT count(*) FROM practice WHERE paused_until IS NOT NULL"));
    }

    private static async Task Explain(IPage page, Counted hands)
    {
        await Find(page, hands);
        await hands.Key("Enter");
        await hands.Click(".reasons summary");
        await Assertions.Expect(page.Locator(".reasons li >> nth=0")).ToBeVisibleAsync();
    }

    private static async Task BookSeries(IPage page, Counted hands, PracticeServer practice)
    {
        await Find(page, hands);
        await hands.Key("Enter");
        await hands.Click("button[value=serie]");
        await hands.Click("button[value=vorschau]");
        await hands.Click("#vorschau .btn");
        await page.WaitForURLAsync("**/praxis/serie/*");
        Assert.Equal(1, practice.Number("SELECT count(*) FROM series"));
    }

    /// <summary>What the document says, by number.</summary>
    private static Dictionary<int, (int Keys, int Clicks)> Promised([CallerFilePath] string here = "") => Row()
        .Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/front-desk.md")))
        .ToDictionary(row => Number(row, 1), row => (Number(row, 2), Number(row, 3)));

    private static int Number(Match row, int group) => int.Parse(row.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (\d+) \|[^|]*\|[^|]*\| (\d+) \| (\d+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace VetBooking.Tests.Browser.Settings;

/// <summary>The pictures of the handbook are made from the program as it is, so they never age.</summary>
public sealed partial class HandbookTests(Stage stage) : IClassFixture<Stage>
{
    /// <summary>What each picture shows: where, and under which heading. One that needs typing says what.</summary>
    private static readonly (string Picture, string Path, string Heading)[] Pictures =
    [
        ("einstellungen", "/praxis/einstellungen", "Einstellungen"),
        ("anliegen", "/praxis/einstellungen/anliegen/impfung", "Impfung und Vorsorge"),
        ("vorschau", "/praxis/einstellungen/schliesstage/neu", "Vorschau: Neue Schließtage"),
        ("einrichtung", "/praxis/einrichtung", "Tierarztpraxis am Park einrichten"),
        ("auswertung", "/praxis/auswertung#auslastung", "Auswertung"),
        ("handy", "/praxis/tag", "Montag, 15. März 2027"),
        ("kunde", "/praxis/kunden/1", "Oksana Wolf"),
        ("texte", "/praxis/einstellungen/texte/de/booking.reason.lead", "Vorschau: Text ändern (Deutsch)"),
        ("tagesplan", "/praxis/tag", "Montag, 15. März 2027"),
        ("telefon", "/praxis/neu?owner=1", "Neuer Termin für Oksana Wolf"),
        ("warteraum", "/praxis/warteraum", "Warteraum"),
    ];

    /// <summary>A morning on which there is something to see: somebody waits, an animal wants a muzzle, some time is not free to owners.</summary>
    private const string Morning = """
        INSERT INTO arrival (appointment_id, arrived_at, called_at, revision)
        SELECT id, unixepoch('2027-03-15 05:40') + n * 300, CASE WHEN n = 1 THEN unixepoch('2027-03-15 05:55') END, 1
        FROM (SELECT id, row_number() OVER (ORDER BY starts_at, id) AS n FROM appointment WHERE state = 'booked' AND starts_local LIKE '2027-03-15%') WHERE n <= 3;
        UPDATE animal SET behaviour = 'muzzle' WHERE id IN (SELECT w.animal_id FROM appointment_animal w JOIN appointment a ON a.id = w.appointment_id
          WHERE a.vet = 'weber' AND a.starts_local IN ('2027-03-15T09:20', '2027-03-15T11:50'));
        INSERT INTO reserve (resource_id, weekday, starts, ends, opens) VALUES ('weber', 1, '10:40', '11:20', '08:00');
        INSERT INTO busy_calendar (id, resource_id, name, address, created_at) VALUES (77, 'tfa-jansen', 'Privat', x'00', 1);
        INSERT INTO busy_time VALUES (77, unixepoch('2027-03-15 08:10'), unixepoch('2027-03-15 09:00'));
        """;

    [BrowserFact]
    public async Task Every_picture_shows_a_page_there_is()
    {
        var used = Directory.GetFiles(Folder(), "*.md").SelectMany(file => Picture().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Pictures.Select(one => one.Picture).Order(StringComparer.Ordinal), used);
        await using var practice = await stage.Other(Morning);
        await using var administrator = await Administrator.At(stage, new Device(1000, 700), practice);
        foreach (var (picture, path, heading) in Pictures)
        {
            // On a board the columns of a wide desk, on a phone one.
            await administrator.Page.SetViewportSizeAsync(picture switch { "handy" => 390, "tagesplan" => 1280, _ => 1000 }, 700);
            await administrator.Open(path);
            if (picture == "vorschau") await ShowPreview(administrator);
            if (picture == "texte") await ShowText(administrator);
            Assert.Equal(heading, (await administrator.Page.InnerTextAsync("h1")).Trim());
            var file = Path.Combine(Folder(), "bilder", picture + ".png");
            if (Environment.GetEnvironmentVariable("UPDATE_PICTURES") is not null) await administrator.Page.ScreenshotAsync(new() { Path = file });
            Assert.True(File.Exists(file), file);
        }
    }

    [BrowserFact]
    public async Task The_chapters_can_be_read_in_the_program()
    {
        await using var administrator = await Administrator.At(stage, Device.Phone);
        foreach (var chapter in Directory.GetFiles(Folder(), "*.md").Select(Path.GetFileNameWithoutExtension).Where(name => name != "README"))
        {
            await administrator.Open("/praxis/hilfe/" + chapter);
            await administrator.Look("help-" + chapter);
            Assert.DoesNotContain("**", await administrator.Page.InnerTextAsync("article"), StringComparison.Ordinal);
        }
        administrator.NothingIsWrong();
    }

    private static async Task ShowPreview(Administrator administrator)
    {
        await administrator.Page.FillAsync("#von", "2027-03-22");
        await administrator.Page.FillAsync("#bis", "2027-03-24");
        await administrator.Page.FillAsync("#grund", "Fortbildung");
        await administrator.Page.ClickAsync("form.sheet .btn");
    }

    private static async Task ShowText(Administrator administrator)
    {
        await administrator.Page.FillAsync("#text", "Dann planen wir **genug Zeit** für Sie ein.");
        await administrator.Page.ClickAsync("form.sheet .btn");
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/handbuch"));

    [GeneratedRegex(@"!\[[^\]]*\]\(bilder/([a-z-]+)\.png\)", RegexOptions.NonBacktracking)]
    private static partial Regex Picture();
}

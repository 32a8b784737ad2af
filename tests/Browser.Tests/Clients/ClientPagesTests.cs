using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.Clients;

/// <summary>The pages about clients, looked at in every light and width, with and without scripts.</summary>
public sealed class ClientPagesTests(Stage stage) : IClassFixture<Stage>
{
    public static readonly TheoryData<int, bool, bool> Devices = new() { { 1280, true, true }, { 390, true, false }, { 320, false, true } };

    private const string More = """
        UPDATE owner SET street = 'Am Weg 1', postcode = '10115', city = 'Berlin', reference = 'K-17', note = 'Ruft gern abends an.' WHERE id = 1;
        UPDATE animal SET behaviour = 'muzzle bites anxious', chip = '276098100123456', insurance = 'Muster 123', note = 'Mag keine Waage.' WHERE id = 1;
        UPDATE animal SET departed = 'died', departed_on = '2027-03-01' WHERE id = 2;
        INSERT INTO co_owner (animal_id, owner_id) VALUES (1, 2);
        UPDATE appointment SET name = 'Ganz Anders', phone = '030 23125 999' WHERE id = (SELECT id FROM appointment WHERE state = 'booked' ORDER BY starts_at DESC LIMIT 1);
        INSERT INTO feed (token_hash, resource_id, detail, created_at) VALUES (zeroblob(32), 'weber', 'busy', 1800000000);
        INSERT INTO busy_calendar (resource_id, name, address, created_at, problem) VALUES ('weber', 'Privat', x'00', 1, 'Unreachable');
        """;

    [BrowserTheory]
    [MemberData(nameof(Devices))]
    public async Task Every_page_about_clients_is_as_good_as_the_others(int width, bool dark, bool scripts)
    {
        await using var practice = await stage.Other(More);
        await using var somebody = await Administrator.At(stage, new Device(width, 800, scripts, dark), practice);
        var page = somebody.Page;
        var comparison = practice.Number("SELECT id FROM appointment WHERE name = 'Ganz Anders'");
        foreach (var (path, name) in ((string, string)[])
        [
            ("kunden", "clients"), ("kunden/neu", "client-new"), ("kunden/1", "client"), ("kunden/1/daten", "client-edit"), ("kunden/1/vergessen", "client-erase"), ("kunden/1/tiere/neu", "animal-new"),
            ("tiere/1", "animal"), ("tiere/1/daten", "animal-edit"), ("tiere/1/abschied", "departure"), ("kunden/1/zusammenlegung", "merge-find"), ("kunden/1/zusammenlegung/2", "merge"),
            ("kunden/abgleich", "comparisons"), ($"kunden/abgleich/{comparison}", "comparison"), ("kunden/uebernahme", "import"), ("kalender", "calendars"), ("kunden/99999", "no-client"),
        ])
        {
            await somebody.Open("/praxis/" + path);
            await somebody.Look($"{name}-{width}");
            Assert.Equal(0, await page.Locator(".stacks caption:not(.vh)").EvaluateAllAsync<int>("all => all.filter(one => one.offsetWidth < 100).length"));
            if (name == "comparison" && width < 600) Assert.True(await page.Locator(".versus-table td .vh").First.EvaluateAsync<bool>("one => one.offsetWidth > 40"));
        }
        await somebody.Open("/praxis/kunden/uebernahme");
        await page.SetInputFilesAsync("#datei", new Microsoft.Playwright.FilePayload
        {
            Name = "kunden.csv",
            MimeType = "text/csv",
            Buffer = "Name;Ort;Telefon;Tiername;Tierart\nMüßig, Jürgen;Köln;030 23125 901;Waldi;Hund\nKaputt;Bonn\nWolf;Bonn;030;Rex;Drache\n"u8.ToArray(),
        });
        await page.ClickAsync("form[enctype] .btn");
        await somebody.Look($"import-review-{width}");
        await page.ClickAsync("form[action$=import] .btn");
        await somebody.Look($"import-wrong-{width}");
        await page.CheckAsync("#auslassen");
        await page.ClickAsync("form[action$=import] .btn");
        Assert.Equal(1, practice.Number("SELECT count(*) FROM owner WHERE name = 'Müßig, Jürgen'"));
        await page.ClickAsync("a[href$=ruecknahme]");
        await somebody.Look($"import-undo-{width}");
        await somebody.Open("/praxis/kunden/1/daten");
        await page.FillAsync("#email", "kein@");
        await page.ClickAsync(".sheet .btn");
        await somebody.Look($"client-wrong-{width}");
        somebody.NothingIsWrong();
    }
}

namespace VetBooking.Tests.Browser.Settings;

/// <summary>Every page of the settings, as it looks to everybody.</summary>
public sealed class SettingsPagesTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("all", ""), ("particulars", "/angaben"),
        ("hours", "/oeffnungszeiten"), ("hours-new", "/oeffnungszeiten/neu"),
        ("closures", "/schliesstage"), ("closure-new", "/schliesstage/neu"),
        ("holidays", "/feiertage"), ("holidays-land", "/feiertage/land"),
        ("duties", "/notdienst"), ("duty-new", "/notdienst/neu"), ("duty-texts", "/notdienst/texte"),
        ("team", "/team"), ("person", "/team/weber"), ("shifts", "/team/weber/dienste/neu"), ("absence", "/team/weber/abwesenheit/neu"),
        ("webhooks", "/webhooks"), ("tokens", "/zugriffe"), ("rooms", "/raeume"), ("device", "/geraete/neu"), ("species", "/tierarten"), ("rules", "/regeln"), ("retention", "/aufbewahrung"), ("backups", "/sicherung"), ("backup-plan", "/sicherung/plan"), ("inspection", "/sicherung/einblick"), ("recovery-code", "/sicherung/schluessel"),
        ("look", "/aussehen"), ("texts", "/texte?teil=mail"), ("text", "/texte/de/error.heading"), ("languages", "/sprachen"),
        ("website", "/webseite?anliegen=impfung"), ("origins", "/webseite/rahmen"), ("notice-a4", "/webseite/aushang/a4?anliegen=impfung"), ("notice-a6", "/webseite/aushang/a6"),
        ("types", "/anliegen"), ("type", "/anliegen/impfung"), ("catalogue", "/katalog"),
        ("flags", "/warnzeichen"), ("flag", "/warnzeichen/atem"), ("questions", "/fragen"), ("question-new", "/fragen/neu"),
        ("instructions", "/hinweise"), ("instruction", "/hinweise/nuechtern"), ("prices", "/preise"), ("price-new", "/preise/neu"), ("price-show", "/preise/anzeige"),
    ];

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(320, true)]
    public async Task The_pages_are_whole_for_everybody(int width, bool dark)
    {
        await using var administrator = await Administrator.At(stage, new Device(width, 800, Dark: dark));
        foreach (var (name, path) in Pages)
        {
            await administrator.Open("/praxis/einstellungen" + path);
            await administrator.Look("settings-" + name);
        }
        await administrator.Open("/praxis/auswertung?monate=12");
        await administrator.Look("glance");
        administrator.NothingIsWrong();
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(320, true)]
    public async Task A_look_into_a_backup_is_whole_for_everybody(int width, bool dark)
    {
        await using var practice = await stage.Other("UPDATE owner SET note = 'Ruft lieber an.' WHERE id = 1");
        await using var administrator = await Administrator.At(stage, new Device(width, 800, Dark: dark), practice);
        var page = administrator.Page;
        await administrator.Open("/praxis/einstellungen/sicherung");
        await page.ClickAsync("form[action$=jetzt] button");
        await administrator.Look("inspection-backups");
        await page.ClickAsync("tbody a");
        await administrator.Look("inspection-start");
        foreach (var (name, person, day) in new[] { ("wrong", "", ""), ("short", "e", ""), ("people", "ma", ""), ("day", "", "2027-03-16") })
        {
            await page.FillAsync("#person", person);
            await page.FillAsync("#tag", day);
            await page.ClickAsync("form[action$=einblick] button");
            await administrator.Look("inspection-" + name);
        }
        administrator.NothingIsWrong();
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task A_closure_is_previewed_and_what_is_wrong_is_shown(int width, bool dark)
    {
        await using var administrator = await Administrator.At(stage, new Device(width, 800, Dark: dark));
        var page = administrator.Page;
        await administrator.Open("/praxis/einstellungen/schliesstage/neu");
        await page.ClickAsync("form.sheet .btn");
        await administrator.Look("settings-closure-wrong");
        await page.FillAsync("#von", "2027-03-16");
        await page.FillAsync("#bis", "2027-03-18");
        await page.FillAsync("#grund", "Fortbildung");
        await page.ClickAsync("form.sheet .btn");
        Assert.Contains("Vorschau", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
        await page.ClickAsync("summary");
        await administrator.Look("settings-closure-preview");
        administrator.NothingIsWrong();
    }
}

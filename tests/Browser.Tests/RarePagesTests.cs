namespace VetBooking.Tests.Browser;

/// <summary>Pages most people never see.</summary>
public sealed class RarePagesTests(Stage stage) : IClassFixture<Stage>
{
    private const string Long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_time_taken_meanwhile_keeps_what_was_typed_and_offers_others(bool phone)
    {
        var device = phone ? Device.Phone : Device.Desktop with { Dark = true };
        await using var faster = await stage.Owner(device);
        await using var slower = await stage.Owner(device);
        await slower.UpToContact();
        await faster.UpToContact();
        await faster.Contact();
        await faster.Page.WaitForURLAsync("**/buchen/fertig/**");
        await slower.CountFromHere();
        await slower.Contact();
        Assert.Contains("gerade vergeben", await slower.Page.InnerTextAsync(".err"), StringComparison.Ordinal);
        await Inspect(slower, "taken-wrong");
        Assert.Equal(slower.Email, await slower.Page.InputValueAsync("#email"));
        await slower.Page.Locator(".err .slots button").First.ClickAsync();
        await slower.Page.WaitForURLAsync("**/buchen/fertig/**");
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_practice_with_nothing_free_asks_for_a_call(bool phone)
    {
        await using var practice = await stage.Other("INSERT INTO absence (resource_id, starts_local, ends_local) SELECT id, '2027-01-01T00:00', '2028-01-01T00:00' FROM resource WHERE kind = 'person' AND id <> 'kowalska'; INSERT INTO closure (first_day, last_day, reason) VALUES ('2027-03-16', '2027-12-31', 'Umbau')");
        await using var owner = await stage.Owner(phone ? Device.Phone : Device.Desktop, practice);
        await owner.Reason("impfung");
        await owner.Animal(0, "Balu", "dog");
        await owner.CountFromHere();
        await owner.Next();
        Assert.Contains("Zurzeit ist online nichts frei", await owner.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Inspect(owner, "nothing-free");
    }

    [BrowserFact]
    public async Task A_full_day_says_so()
    {
        await using var practice = await stage.Other("INSERT INTO absence (resource_id, starts_local, ends_local) SELECT id, '2027-03-18T00:00', '2027-03-20T00:00' FROM resource WHERE kind = 'person'");
        await using var owner = await stage.Owner(Device.Phone, practice);
        await owner.UpToTimes();
        await owner.CountFromHere();
        await owner.Page.Locator(".days .no").First.ClickAsync();
        Assert.Contains("An diesem Tag ist nichts mehr frei", await owner.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Inspect(owner, "full-day");
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Very_long_names_break_instead_of_breaking_the_page(bool phone)
    {
        var word = (Long + Long + Long)[..200];
        await using var practice = await stage.Other($"UPDATE practice SET name = '{word}'; UPDATE resource SET name = '{word}' WHERE id = 'weber'; UPDATE visit_type_text SET name = '{word}', hint = '{word}' WHERE visit_type_id = 'impfung'");
        await using var owner = await stage.Owner(phone ? Device.Phone : Device.Desktop, practice);
        var (page, inspection) = (owner.Page, new Inspection(owner));
        await owner.Open("/buchen");
        await inspection.Look("long-reason");
        await page.CheckAsync("input[value=impfung]");
        await owner.Next();
        await owner.Animal(0, word, "dog");
        await owner.CountFromHere();
        await owner.Next();
        await inspection.Look("long-animals-wrong");
        Assert.Equal(word, await page.InputValueAsync("#name-0"));
        await page.FillAsync("#name-0", word[..40]);
        await owner.Next();
        await inspection.Look("long-times");
        await owner.SomeDay();
        await owner.FirstTime();
        await owner.CountFromHere();
        await owner.Contact(word, $"{word[..60].Replace('ä', 'a')}@{word[..60].Replace('ä', 'a')}.example");
        await inspection.Look("long-contact-wrong");
        await owner.Contact(word[..100], $"{word[..60].Replace('ä', 'a')}@{word[..60].Replace('ä', 'a')}.example");
        await page.WaitForURLAsync("**/buchen/fertig/**");
        await inspection.Look("long-held");
        inspection.NothingIsWrong();
    }

    private static async Task Inspect(Owner owner, string name)
    {
        var inspection = new Inspection(owner);
        await inspection.Look(name);
        inspection.NothingIsWrong();
    }
}

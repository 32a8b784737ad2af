using System.Security.Cryptography;
using System.Text;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.Recall;

/// <summary>What falls due: the owner's pages and the practice's.</summary>
public sealed class RecallPagesTests(Stage stage) : IClassFixture<Stage>
{
    private const string Token = "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEF";

    private const string Rules = """
        INSERT INTO recall_rule (id, position, species_id, what, interval_months, source, edition, confirmed_at) VALUES
          ('lepto', 1, 'dog', 'vaccination', 12, 'Leitlinie zur Impfung von Kleintieren', '6. Auflage', 1800000000), ('rabies', 2, 'dog', 'vaccination', NULL, 'Fachinformation', '2026', NULL);
        INSERT INTO recall_rule_text VALUES ('lepto', 'de', 'Impfung gegen Leptospirose'), ('rabies', 'de', 'Impfung gegen Tollwut');
        """;

    private static readonly string Agreed = Rules + $"""
        INSERT INTO consent (owner_id, act, at, how, actor, email_key, wording, language, version)
          SELECT id, 'given', 1800000000, 'link', 'owner', email_key, 'Ja, die Praxis darf mir schreiben.', 'de', '0.3.0' FROM owner WHERE id IN (1, 3);
        INSERT INTO recall_link VALUES (x'{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}', 1);
        INSERT INTO animal_due (animal_id, rule_id, given_on, product, due_on)
          SELECT id, 'lepto', '2026-04-01', 'Impfstoff L4', date('2027-03-01', (id * 3) || ' days') FROM animal WHERE species_id = 'dog' LIMIT 12;
        """;

    [BrowserTheory]
    [InlineData(320, false)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task Agreeing_and_ending_need_no_script(int width, bool dark)
    {
        await using var practice = await stage.Other(Agreed);
        await using var owner = await stage.Owner(new Device(width, 800, Scripts: false, Dark: dark), practice);
        var (page, inspection) = (owner.Page, new Inspection(owner));
        await owner.UpToContact();
        await owner.Contact();
        await page.WaitForURLAsync("**/buchen/fertig/**");
        await owner.OpenMail();
        await owner.CountFromHere();
        await owner.Press("bestaetigung");
        await inspection.Look($"consent-offer-{width}");
        await owner.CountFromHere();
        await owner.Press("erinnern");
        await inspection.Look($"consent-given-{width}");
        Assert.Contains("jederzeit beenden", await page.InnerTextAsync("#erinnern"), StringComparison.Ordinal);
        await owner.CountFromHere();
        await owner.Open("/erinnern/" + Token);
        await inspection.Look($"consent-end-{width}");
        await owner.CountFromHere();
        await page.ClickAsync("main form .btn");
        await inspection.Look($"consent-ended-{width}");
        Assert.Contains("nicht mehr", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.Equal(1, practice.Number("SELECT count(*) FROM consent WHERE act = 'withdrawn' AND owner_id = 1"));
        inspection.NothingIsWrong();
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task The_practice_s_pages_are_as_good_as_the_others(int width, bool dark)
    {
        await using var practice = await stage.Other(Agreed);
        await using var somebody = await Administrator.At(stage, new Device(width, 800, true, dark), practice);
        var animal = practice.Number("SELECT min(animal_id) FROM animal_due");
        foreach (var (path, name) in ((string, string)[])
        [
            ("faellig", "due-list"), ($"tiere/{animal}", "due-animal"), ("kunden/1", "due-client"), ("kunden/2", "due-client-no"),
            ("einstellungen/faellig", "due-rules"), ("einstellungen/faellig/lepto", "due-rule"), ("hilfe/erinnern", "due-help"), ("einstellungen/nachrichten/recall", "due-sample"),
        ])
        {
            await somebody.Open("/praxis/" + path);
            await somebody.Look($"{name}-{width}");
        }
        await somebody.Open($"/praxis/tiere/{animal}");
        await somebody.Page.FillAsync("#faelliges #am", "2030-01-01");
        await somebody.Page.ClickAsync("#faelliges .pri");
        await somebody.Look($"due-wrong-{width}");
        somebody.NothingIsWrong();
    }
}

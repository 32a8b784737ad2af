using Microsoft.Playwright;

namespace VetBooking.Tests.Browser;

/// <summary>The practice's own questions on the smallest screen, with and without scripts.</summary>
public sealed class QuestionTests(Stage stage) : IClassFixture<Stage>
{
    private const string Sql = """
        INSERT INTO question (id, position, kind, needed) VALUES ('grund', 1, 'text', 1), ('frisst', 2, 'choice', 1), ('zeichen', 5, 'several', 0), ('bild', 7, 'photo', 0);
        INSERT INTO question (id, position, kind, needed, only_question_id, only_answer) VALUES ('seit', 3, 'date', 1, 'frisst', 'Nein'), ('mag', 4, 'choice', 0, 'frisst', 'Nein');
        INSERT INTO question (id, position, kind, least, most) VALUES ('gewicht', 6, 'number', 1, 90);
        INSERT INTO question_text (question_id, language, words, help, answers) VALUES
          ('grund', 'de', 'Was ist Ihnen bei diesem Besuch wichtig?', 'Ein Satz genügt.', ''), ('frisst', 'de', 'Frisst Ihr Tier?', '', 'Ja' || char(10) || 'Nein'),
          ('seit', 'de', 'Seit wann nicht?', '', ''), ('mag', 'de', 'Trinkt es?', '', 'Viel' || char(10) || 'Kaum'), ('zeichen', 'de', 'Was sehen Sie?', 'Wählen Sie alles, was zutrifft.', 'Husten' || char(10) || 'Durchfall' || char(10) || 'Juckreiz'),
          ('gewicht', 'de', 'Gewicht in kg', '', ''), ('bild', 'de', 'Ein Foto der Stelle', '', '');
        UPDATE practice SET shows_prices = 1, price_edition = '2022-11-22';
        INSERT INTO price_note (visit_type_id, valid_from, least, most) VALUES ('impfung', '2026-01-01', 30, 90);
        INSERT INTO instruction_visit_type VALUES ('nuechtern', 'impfung');
        """;

    [BrowserTheory]
    [InlineData(320, true, false)]
    [InlineData(320, false, false)]
    [InlineData(390, true, true)]
    [InlineData(1280, true, false)]
    public async Task An_owner_answers_everything_in_one_form(int width, bool scripts, bool dark)
    {
        await using var practice = await stage.Other(Sql);
        await using var owner = await stage.Owner(new Device(width, 800, scripts, dark), practice);
        var (page, inspection) = (owner.Page, new Inspection(owner));
        await owner.UpToTimes();
        await owner.CountFromHere();
        await owner.SomeDay();
        await inspection.Look("questions-times");
        await owner.FirstTime();
        await inspection.Look("questions");
        // What hangs on an answer comes with that answer, without any script.
        Assert.False(await page.IsVisibleAsync("#frage-seit"));
        await page.CheckAsync("input[name=frage-frisst][value=Nein]");
        Assert.True(await page.IsVisibleAsync("#frage-seit"));
        await owner.Contact();
        Assert.Contains("Seit wann nicht?: Bitte beantworten", await page.InnerTextAsync(".err"), StringComparison.Ordinal);
        await inspection.Look("questions-wrong");
        await page.FillAsync("#frage-grund", "Ein ruhiges Zimmer");
        await page.FillAsync("#frage-seit", "2027-03-14");
        await page.FillAsync("#frage-gewicht", "4,5");
        await page.CheckAsync("#frage-zeichen");
        FilePayload[] photos = [new() { Name = "a.png", MimeType = "image/png", Buffer = Picture }, new() { Name = "b.png", MimeType = "image/png", Buffer = Picture }];
        await page.SetInputFilesAsync("#frage-bild", photos);
        await owner.Contact();
        await page.WaitForURLAsync("**/buchen/fertig/**");
        await inspection.Look("questions-done");
        inspection.NothingIsWrong();
    }

    /// <summary>A small picture: what can be had without a library.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

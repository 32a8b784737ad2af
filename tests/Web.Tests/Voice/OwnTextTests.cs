using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Voice;

/// <summary>The practice says it in its own words, and an update takes none of them away.</summary>
public sealed class OwnTextTests(PracticeFixture fixture)
{
    private const string Lead = "/texte/de/booking.reason.lead";

    [Fact]
    public async Task A_sentence_of_the_practices_own_is_shown_and_the_original_comes_back()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Preview(Lead, ("text", "Erzählen Sie uns, **was los ist**."));
        Assert.Contains("So steht es dann da: „Erzählen Sie uns, was los ist.“", preview.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Erzählen Sie uns", (await practice.Browser.Open("/buchen")).Words, StringComparison.Ordinal);
        await desk.Confirm(preview);
        var page = await practice.Browser.Open("/buchen");
        Assert.Equal("Erzählen Sie uns, <strong>was los ist</strong>.", page.Find(".lead").InnerHtml);
        Assert.Equal($"account:{desk.Account} text.changed text:de/booking.reason.lead",
            practice.Db.Row("SELECT actor || ' ' || act || ' ' || object FROM audit ORDER BY id DESC LIMIT 1", row => row.GetString(0)));
        Assert.Equal("Tell us more", (await Set(desk, "/texte/en/booking.reason.lead", "Tell us more", "/buchen?lang=en")).Find(".lead").TextContent);
        Assert.Contains("Erzählen Sie uns", Assert.Single((await desk.Open(SettingSteps.Root + "/texte")).Document.QuerySelectorAll("tbody a")).TextContent, StringComparison.Ordinal);

        await desk.Confirm(await desk.Browser.Press(await desk.Open(SettingSteps.Root + Lead), "button[name=entfernen]"));
        Assert.Equal(Text.In("de").BookingReasonLead.Plain, (await practice.Browser.Open("/buchen")).Find(".lead").TextContent);
        Assert.Empty(practice.Problems());
    }

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public async Task Every_part_has_a_name_people_can_read(string language)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var parts = (await desk.Open($"{SettingSteps.Root}/texte?lang={language}")).Document.QuerySelectorAll("#teile + ul a");
        Assert.NotEmpty(parts);
        Assert.All(parts, part => Assert.DoesNotContain("teil=" + part.TextContent, part.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mails_and_calendar_files_use_the_practices_words_too()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/texte/de/mail.please-confirm.subject", ("text", "Kurz bestätigen? {when}"));
        await desk.Set("/texte/de/mail.greeting", ("text", "Servus,"));
        await practice.Api.BookFirst("impfung");
        var mail = await practice.Mail();
        Assert.StartsWith("Kurz bestätigen? ", mail.Subject, StringComparison.Ordinal);
        Assert.StartsWith("Servus,", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<p>Servus,</p>", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sentences_of_a_plural_are_edited_one_by_one()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var form = await desk.Open(SettingSteps.Root + "/texte/de/error.heading");
        Assert.Equal("Bitte prüfen Sie # Angaben", form.Value("#text-other"));
        Assert.Contains("„Bitte prüfen Sie eine Angabe / Bitte prüfen Sie # Angaben“", form.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("plural", (await desk.Open(SettingSteps.Root + "/texte?teil=error")).Words, StringComparison.Ordinal);
        await desk.Set("/texte/de/error.heading", ("text-one", "Da fehlt noch etwas"), ("text-other", "Da fehlen # Sachen"));
        Assert.Equal("Da fehlt noch etwas", (await practice.Browser.Press(await practice.Browser.Open("/buchen"), "form .btn")).Find(".err h2").TextContent);
        Assert.Equal("{n, plural, one{Da fehlt noch etwas} other{Da fehlen # Sachen}}", practice.Db.Row("SELECT words FROM own_text", row => row.GetString(0)));
    }

    [Theory]
    [InlineData("site.call", "Ruf an: {telefon}", "{telefon}")]
    [InlineData("site.call", "Ruf an: {phone, number}", "{phone}")]
    [InlineData("site.call", "Ruf an: {phone", "geschweifte Klammer")]
    [InlineData("site.call", "Ruf an: }", "geschweifte Klammer")]
    [InlineData("site.call", "", "Bitte ausfüllen")]
    [InlineData("hours.opens-today", "ab {time, time} am {day}", "{day}")]
    public async Task What_the_program_could_not_fill_in_is_refused_and_stays_in_the_field(string key, string typed, string reason)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var again = await desk.Preview("/texte/de/" + key, ("text", typed));
        Assert.Equal(422, again.Status);
        Assert.Contains(reason, again.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, again.Value("#text"));
        Assert.Equal(0, practice.Count("own_text"));
    }

    [Theory]
    [InlineData("/texte/de/signin.heading")]
    [InlineData("/texte/de/nichts")]
    [InlineData("/texte/fr/site.call")]
    public async Task Only_what_owners_read_can_be_changed_in_languages_the_practice_speaks(string path)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Equal(404, (await desk.Open(SettingSteps.Root + path)).Status);
    }

    [Fact]
    public async Task When_the_original_changes_the_practice_sees_both_and_its_words_stay()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "INSERT INTO own_text VALUES ('de', 'site.call', 'Ruf an: {phone}', 'Telefon: {phone}', 0)" });
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Contains("Ruf an: ", (await practice.Browser.Open("/")).Html, StringComparison.Ordinal);
        Assert.Contains("Das Original hat sich geändert", (await desk.Open(SettingSteps.Root + "/texte")).Words, StringComparison.Ordinal);
        var form = await desk.Open(SettingSteps.Root + "/texte/de/site.call");
        Assert.Contains("„Telefon: {phone}“", form.Words, StringComparison.Ordinal);
        Assert.Contains("„Anrufen: {phone}“", form.Words, StringComparison.Ordinal);
        await desk.Set("/texte/de/site.call");
        Assert.DoesNotContain("Das Original hat sich geändert", (await desk.Open(SettingSteps.Root + "/texte")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_an_update_has_left_without_a_place_do_no_harm()
    {
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = """
                INSERT INTO own_text VALUES ('de', 'site.call', 'Ruf an: {mobile}', 'x', 0), ('de', 'site.skip', 'kaputt {', 'x', 0), ('de', 'gone.text', 'weg', 'x', 0),
                  ('xx', 'site.skip', 'fremd', 'x', 0), ('de', 'site.book', 'Los!', 'Termin buchen', 0);
                """,
        });
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await practice.Browser.Open("/");
        Assert.Equal(200, page.Status);
        Assert.Contains("Los!", page.Html, StringComparison.Ordinal);
        Assert.Contains("Zum Inhalt", page.Html, StringComparison.Ordinal);
        Assert.Contains("Passt nicht mehr", (await desk.Open(SettingSteps.Root + "/texte")).Words, StringComparison.Ordinal);
        Assert.Equal(200, (await desk.Open(SettingSteps.Root + "/texte/de/site.skip")).Status);
    }

    [Fact]
    public async Task A_text_is_found_by_a_word_of_it_or_by_its_part()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var found = await desk.Open(SettingSteps.Root + "/texte?sprache=de&suche=VIERTELSTUNDE");
        Assert.EndsWith("/texte/de/cancel.text", Assert.Single(found.Document.QuerySelectorAll("tbody a")).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Kein Text enthält das", (await desk.Open(SettingSteps.Root + "/texte?suche=Xylophon")).Words, StringComparison.Ordinal);
        Assert.Equal(Text.ForOwners.Count(place => Text.Keys[place].StartsWith("cancel.", StringComparison.Ordinal)),
            (await desk.Open(SettingSteps.Root + "/texte?teil=cancel")).Document.QuerySelectorAll("tbody a").Length);
    }

    private static async Task<Seen> Set(Desk desk, string path, string text, string then)
    {
        await desk.Set(path, ("text", text));
        return await desk.Browser.Open(then);
    }
}

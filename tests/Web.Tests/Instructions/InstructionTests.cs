using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Instructions;

/// <summary>Who is told what before and after booking; above all, who is never told to fast.</summary>
public sealed class InstructionTests(PracticeFixture fixture)
{
    private const string Fast = "nicht füttern";
    private const string Ask = "fragen Sie uns bitte vorher";

    [Theory]
    [InlineData("dog", "2021", true, false)]
    [InlineData("cat", "", true, true)]
    [InlineData("dog", "2026-09", true, true)]
    [InlineData("dog", "2026", true, true)]
    [InlineData("dog", "2026-05-01", true, false)]
    [InlineData("rabbit", "2021", false, false)]
    [InlineData("guinea-pig", "2021", false, false)]
    [InlineData("hamster", "", false, false)]
    [InlineData("bird", "2021", false, false)]
    [InlineData("reptile", "2021", false, false)]
    public async Task Dogs_and_cats_fast_for_a_blood_test_very_young_ones_are_asked_about_and_others_never(string species, string born, bool fasts, bool asks)
    {
        await using var practice = await fixture.Start();
        var times = await practice.Browser.Press(await practice.Browser.ToAnimals("blut-ultraschall"), ".btn[name=weiter]", ("name-0", "Bello"), ("art-0", species), ("geboren-0", born));
        var contact = await practice.Browser.Press(times, "form.next button");
        var done = await practice.Browser.Book(contact);
        await practice.Browser.Press(await practice.Browser.Open(await practice.MailedLink()), "form[action*=bestaetigung] button");
        using var mail = await practice.Mail();
        Assert.All(new[] { times.Words, contact.Words, done.Words, mail.TextBody!.ReplaceLineEndings(" "), mail.HtmlBody! }, words =>
        {
            Assert.Equal(fasts, words.Contains(Fast, StringComparison.Ordinal));
            Assert.Equal(asks, words.Contains(Ask, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Whoever_comes_with_a_dog_and_a_rabbit_is_told_which_of_them_fasts()
    {
        await using var practice = await fixture.Start();
        var more = await practice.Browser.Press(await practice.Browser.ToAnimals("blut-ultraschall"), "button[name=mehr]", ("name-0", "Bello"), ("art-0", "dog"), ("geboren-0", "2021"));
        var times = await practice.Browser.Press(more, ".row .btn[name=weiter]", ("name-1", "Hoppel"), ("art-1", "rabbit"));
        var lines = times.Document.QuerySelectorAll("aside .tick li").Select(line => line.TextContent.Trim()).ToList();
        Assert.Contains("Hund: Bitte zwölf Stunden vorher nicht füttern, Wasser ist erlaubt.", lines);
        Assert.Contains("Kaninchen: immer normal füttern, niemals nüchtern lassen.", lines);
    }

    [Fact]
    public async Task Nothing_is_said_where_nothing_is_to_be_minded()
    {
        await using var practice = await fixture.Start();
        var contact = await practice.Browser.ToContact();
        Assert.DoesNotContain("vorher beachten", contact.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rabbit", "Kaninchen")]
    [InlineData("guinea-pig", "Meerschweinchen")]
    [InlineData("hamster", "Hamster")]
    public async Task Nobody_can_make_rabbits_and_rodents_fast_by_form_or_by_hand(string species, string name)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        var again = await desk.Preview("/hinweise/neu", ("text-de", "Nüchtern kommen."), ("nuechtern", "ja"), ("tiere", "dog"), ("tiere", species), ("anliegen", "zahn"));
        Assert.Equal(422, again.Status);
        Assert.Matches($"{name}.*: dürfen niemals nüchtern sein", again.Find(".err").TextContent);
        Assert.Equal(422, (await desk.Preview("/hinweise/neu", ("text-de", "Nüchtern kommen."), ("nuechtern", "ja"), ("anliegen", "zahn"))).Status);
        Assert.Equal(before, await practice.Digest());
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("INSERT INTO instruction_species VALUES ('nuechtern', $species)", ("$species", species)));
        practice.Db.Execute("INSERT INTO instruction_species VALUES ('blase', $species)", ("$species", species));
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("UPDATE instruction SET fasting = 1 WHERE id = 'blase'"));
    }

    [Fact]
    public async Task An_instruction_is_made_shown_at_its_moment_and_removed()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/hinweise/neu", ("text-de", "Bitte klingeln <b>zweimal</b>."), ("wann", "after"), ("anliegen", "tfa"), ("tiere", "dog"));
        await desk.Set("/hinweise/neu", ("text-de", "Bitte pünktlich."), ("wann", "before"), ("anliegen", "tfa"));
        var contact = await practice.Browser.ToContact("tfa");
        Assert.Contains("Bitte pünktlich.", contact.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("klingeln", contact.Words, StringComparison.Ordinal);
        var done = await practice.Browser.Book(contact);
        Assert.Contains("Bitte klingeln <b>zweimal</b>.", done.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("pünktlich", done.Words, StringComparison.Ordinal);
        using var mail = await practice.Mail();
        Assert.Contains("klingeln", mail.TextBody, StringComparison.Ordinal);
        var id = practice.Db.Row("SELECT id FROM instruction WHERE moment = 'after'", row => row.GetString(0));
        await desk.Confirm(await desk.Browser.Press(await desk.Open($"{SettingSteps.Root}/hinweise/{id}"), "button[name=entfernen]"));
        Assert.DoesNotContain("klingeln", (await practice.Browser.Open(done.Url)).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await desk.Open(SettingSteps.Root + "/hinweise/nie")).Status);
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'instruction.added'"));
    }

    [Fact]
    public async Task A_visit_type_that_comes_back_from_the_catalogue_comes_with_its_instructions()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment; DELETE FROM visit_type WHERE id = 'blut-ultraschall'" });
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/hinweise/nuechtern", ("text-de", "Bitte zwölf Stunden nicht füttern."));
        await desk.Set("/anliegen/neu-blut-ultraschall");
        var times = await practice.Browser.Press(await practice.Browser.ToAnimals("blut-ultraschall"), ".btn[name=weiter]", ("name-0", "Bello"), ("art-0", "dog"));
        Assert.Contains(Fast, times.Words, StringComparison.Ordinal);
    }
}

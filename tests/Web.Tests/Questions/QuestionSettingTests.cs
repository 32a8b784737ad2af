using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Questions;

/// <summary>Questions are written, looked at and saved by whoever leads the practice.</summary>
public sealed class QuestionSettingTests(PracticeFixture fixture)
{
    [Fact]
    public async Task A_question_is_made_previewed_asked_changed_and_removed_and_its_answers_stay()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Preview("/fragen/neu", ("art", "choice"), ("frage-de", "Ist Ihr Tier versichert?"), ("antworten-de", "Ja\r\nNein\r\n"), ("frage-en", "Is your animal insured?"), ("antworten-en", "Yes\nNo"), ("pflicht", "ja"), ("anliegen", "impfung"));
        Assert.Equal(["(leer)", "Ist Ihr Tier versichert?"], preview.Row("Frage"));
        Assert.Equal(0, practice.Count("question"));
        await desk.Confirm(preview);
        Assert.Equal("versichert", practice.Db.Row("SELECT id FROM question", row => row.GetString(0)));

        var contact = await practice.Browser.ToContact();
        Assert.StartsWith("/buchen/fertig/", (await practice.Browser.Press(contact, "form.body .btn", [.. BookingWay.Erika, ("frage-versichert", "Ja")])).Path, StringComparison.Ordinal);
        await desk.Set("/fragen/versichert", ("frage-de", "Haben Sie eine Tierversicherung?"));
        Assert.Equal(["Ist Ihr Tier versichert? Ja"], practice.Kept());
        await desk.Confirm(await desk.Browser.Press(await desk.Open(SettingSteps.Root + "/fragen/versichert"), "button[name=entfernen]"));
        Assert.Equal(0, practice.Count("question"));
        Assert.Contains("Ist Ihr Tier versichert?", (await desk.Open($"/praxis/termin/{practice.Newest()}")).Words, StringComparison.Ordinal);
        Assert.Equal("question.added question.changed question.removed", practice.Db.Row("SELECT group_concat(act, ' ') FROM (SELECT act FROM audit WHERE act LIKE 'question.%' ORDER BY id)", row => row.GetString(0)));
        Assert.Equal(404, (await desk.Open(SettingSteps.Root + "/fragen/nie")).Status);
    }

    [Fact]
    public async Task A_condition_is_chosen_from_the_answers_there_are()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/fragen/neu", ("art", "text"), ("frage-de", "Was frisst es gern?"), ("nur", "frisst|Ja"));
        Assert.Equal("frisst Ja", practice.Db.Row("SELECT only_question_id || ' ' || only_answer FROM question WHERE id = 'gern'", row => row.GetString(0)));
        Assert.Contains("Frisst Ihr Tier? – Ja", (await desk.Open(SettingSteps.Root + "/fragen")).Row("Was frisst es gern?"));
        // While others hang on it, it stays, and so do the answers they hang on.
        Assert.Null((await desk.Open(SettingSteps.Root + "/fragen/frisst")).Document.QuerySelector("button[name=entfernen]"));
    }

    [Theory]
    [InlineData("neu", "frage-de", "", "frage-de")]
    [InlineData("neu", "antworten-de", "Nur eine", "antworten-de")]
    [InlineData("neu", "antworten-de", "Ja\nNein\nJa", "antworten-de")]
    [InlineData("neu", "antworten-de", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13", "antworten-de")]
    [InlineData("neu", "antworten-en", "Yes", "antworten-en")]
    [InlineData("neu", "art", "tabelle", "art")]
    [InlineData("neu", "von", "2000", "bis")]
    [InlineData("neu", "nur", "nie|Ja", "nur")]
    [InlineData("frisst", "antworten-de", "Ja\nKaum", "antworten-de")]
    [InlineData("frisst", "art", "text", "antworten-de")]
    [InlineData("frisst", "nur", "zeichen|Husten", "nur")]
    [InlineData("bild", "pflicht", "ja", "pflicht")]
    public async Task What_makes_no_sense_is_refused_beside_its_field(string id, string field, string typed, string wrong)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        (string Name, string Value)[] rest = id == "neu" ? [("art", "choice"), ("frage-de", "Wie geht es?"), ("antworten-de", "Gut\nSchlecht")] : [];
        var again = await desk.Preview("/fragen/" + id, [.. rest.Where(one => one.Name != field), (field, typed)]);
        Assert.Equal(422, again.Status);
        Assert.NotNull(again.Document.QuerySelector($".err a[href='#{wrong}']"));
        Assert.Empty(again.DeadErrorLinks);
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task A_visit_type_that_goes_does_not_make_its_question_one_for_all()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql + "DELETE FROM appointment; DELETE FROM visit_type WHERE id = 'pferd'" });
        Assert.DoesNotContain("Wo steht das Pferd?", (await practice.Browser.ToContact()).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_managers_changes_questions_and_the_phone_desk_need_not_ask_them()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        using var desk = await practice.SignedIn();
        Assert.Equal(403, (await desk.Post(SettingSteps.Root + "/fragen/neu", ("art", "text"), ("frage-de", "x"))).Status);
        Assert.DoesNotContain("Was ist Ihnen wichtig?", (await desk.Open("/praxis/neu")).Words, StringComparison.Ordinal);
    }
}

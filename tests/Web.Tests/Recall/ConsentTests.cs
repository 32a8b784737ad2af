using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Recall;

/// <summary>The consent: given for itself, proved word for word, withdrawn with one press.</summary>
public sealed class ConsentTests(PracticeFixture fixture)
{
    private static readonly Wanted On = new()
    {
        Sql = "INSERT INTO recall_rule (id, position, species_id, what, interval_months, confirmed_at) VALUES ('rabies', 1, 'dog', 'vaccination', 12, 1); INSERT INTO recall_rule_text VALUES ('rabies', 'de', 'Impfung gegen Tollwut');",
    };

    [Fact]
    public async Task It_is_offered_on_the_page_behind_the_mailed_link_and_nothing_is_ticked_before()
    {
        await using var practice = await fixture.Start(On);
        var number = (await practice.Api.BookFirst("impfung", email: "neu@example.org")).Number;
        var link = await practice.LinkTo(number);
        Assert.Empty((await practice.Browser.Open(link)).Document.QuerySelectorAll("#erinnern"));
        var page = await practice.Browser.Press(await practice.Browser.Open(link), "form[action*=bestaetigung] .btn");
        Assert.Empty(page.Document.QuerySelectorAll("#erinnern input[type=checkbox]"));
        Assert.Equal(0, practice.Count("consent"));
        page = await practice.Browser.Press(page, "#erinnern button");
        Assert.Contains("Das können Sie jederzeit beenden", page.Find("#erinnern").TextContent, StringComparison.Ordinal);
        Assert.Equal("given|link|owner|neu@example.org|de|1", practice.Db.Row(
            "SELECT act || '|' || how || '|' || actor || '|' || email_key || '|' || language || '|' || (version <> '') FROM consent", row => row.GetString(0)));
        Assert.StartsWith("Ja, ", practice.Db.Row("SELECT wording FROM consent", row => row.GetString(0)), StringComparison.Ordinal);
        page = await practice.Browser.Press(page, "#erinnern button[name=ende]");
        Assert.Equal(2, practice.Count("consent"));
        Assert.Equal(0, practice.Count("consenting"));
        Assert.Contains("darf mir E-Mails schicken", page.Find("#erinnern").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_confirmed_rule_nobody_is_asked()
    {
        await using var practice = await fixture.Start();
        var link = await practice.LinkTo((await practice.Api.BookFirst("impfung")).Number);
        var page = await practice.Browser.Press(await practice.Browser.Open(link), "form[action*=bestaetigung] .btn");
        Assert.Empty(page.Document.QuerySelectorAll("#erinnern"));
        Assert.Equal(404, (await practice.Browser.Post(link + "/erinnern", [])).Status);
        Assert.DoesNotContain("Wenn wir Sie erinnern", (await practice.Browser.Open("/datenschutz")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_privacy_notice_tells_of_it_once_a_rule_is_in_force()
    {
        await using var practice = await fixture.Start(On);
        Assert.Contains("Wenn wir Sie erinnern dürfen", (await practice.Browser.Open("/datenschutz")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_by_mail_it_counts_only_once_confirmed_there()
    {
        await using var practice = await fixture.Start(On);
        using var desk = await practice.SignedIn();
        await desk.Browser.Press(await desk.Open("/praxis/kunden/1"), "#erinnern button[value=frage]");
        using var mail = await practice.Mail();
        var link = new Uri(System.Text.RegularExpressions.Regex.Match(mail.TextBody!, "https?://\\S+/erinnern/ja/\\S+").Value).PathAndQuery;
        Assert.False(mail.Headers.Contains("List-Unsubscribe"));
        var page = await practice.Browser.Open(link);
        await practice.Browser.Open(link);
        Assert.Equal(0, practice.Count("consent"));
        Assert.Equal(422, (await practice.Browser.Post(link, [("stand", "0000")])).Status);
        page = await practice.Browser.Press(page, "form .btn");
        Assert.Contains("Danke", page.Heading, StringComparison.Ordinal);
        Assert.Equal("confirmed", practice.Db.Row("SELECT how FROM consent", row => row.GetString(0)));
        // Pressed twice it is one consent.
        await practice.Browser.Post(link, [("stand", "0000")]);
        Assert.Equal(1, practice.Count("consent"));
    }

    [Fact]
    public async Task A_mail_that_asks_is_good_for_two_weeks_and_for_its_address()
    {
        await using var practice = await fixture.Start(On);
        using var desk = await practice.SignedIn();
        foreach (var sql in (string[])["UPDATE owner SET email_key = 'else@example.org' WHERE id = 1", "SELECT 1"])
        {
            await desk.Browser.Press(await desk.Open("/praxis/kunden/1"), "#erinnern button[value=frage]");
            using var mail = await practice.Mail();
            var link = new Uri(System.Text.RegularExpressions.Regex.Match(mail.TextBody!, "https?://\\S+/erinnern/ja/\\S+").Value).PathAndQuery;
            practice.Db.Execute(sql);
            if (sql == "SELECT 1") practice.Clock.Advance(Duration.FromDays(15));
            Assert.Equal(404, (await practice.Browser.Open(link)).Status);
        }
    }

    [Fact]
    public async Task Staff_note_what_they_were_told_and_how_and_the_proof_names_them()
    {
        await using var practice = await fixture.Start(On);
        using var desk = await practice.SignedIn();
        var page = await desk.Browser.Press(await desk.Open("/praxis/kunden/1"), "#erinnern button[value=ja]", ("wie", "writing"));
        Assert.Contains("Kim front-desk", page.Find("#erinnern details").TextContent, StringComparison.Ordinal);
        Assert.Contains("schriftlich", page.Find("#erinnern details").TextContent, StringComparison.Ordinal);
        await desk.Browser.Press(page, "#erinnern button[value=ende]", ("wie", "phone"));
        Assert.Equal(["given writing", "withdrawn phone"], practice.Db.Rows("SELECT act || ' ' || how FROM consent ORDER BY id", row => row.GetString(0)));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'consent.withdrawn'"));
        await desk.Post("/praxis/kunden/1/erinnern", ("was", "ja"), ("wie", "one-click"));
        Assert.Equal(2, practice.Count("consent"));
    }

    [Fact]
    public async Task One_click_of_a_mail_program_ends_it_again_and_again_without_a_page_in_between()
    {
        await using var practice = await fixture.Start(On);
        var token = await Agreed(practice);
        Assert.Contains("nicht mehr erinnern", (await practice.Browser.Open("/erinnern/" + token)).Heading, StringComparison.Ordinal);
        using var head = await practice.Http.GetAsync("/erinnern/" + token, TestContext.Current.CancellationToken);
        Assert.Equal(1, practice.Count("consenting"));
        practice.Clock.Advance(Duration.FromDays(3000));
        for (var click = 0; click < 3; click++)
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
            using var answer = await practice.Http.PostAsync("/erinnern/" + token, content, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)answer.StatusCode);
        }
        Assert.Equal((0L, 2L), (practice.Count("consenting"), practice.Count("consent")));
        Assert.Equal("one-click", practice.Db.Row("SELECT how FROM consent WHERE act = 'withdrawn'", row => row.GetString(0)));
        Assert.Contains("nicht mehr", (await practice.Browser.Open("/erinnern/" + token)).Heading, StringComparison.Ordinal);
        using var multipart = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        using var other = await practice.Http.PostAsync("/erinnern/" + token, multipart, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)other.StatusCode);
        Assert.Equal(404, (await practice.Browser.Post("/erinnern/" + token[1..] + "x", [])).Status);
    }

    [Fact]
    public async Task By_the_page_it_is_one_press_and_also_while_the_practice_is_closed()
    {
        await using var practice = await fixture.Start(On with { Sql = On.Sql + "UPDATE practice SET owners = ' ';" });
        var token = await Agreed(practice);
        var page = await practice.Browser.Press(await practice.Browser.Open("/erinnern/" + token), "form .btn");
        Assert.Equal((200, "link"), (page.Status, practice.Db.Row("SELECT how FROM consent WHERE act = 'withdrawn'", row => row.GetString(0))));
    }

    [Fact]
    public async Task The_proof_cannot_be_changed_and_not_removed_while_it_holds()
    {
        await using var practice = await fixture.Start(On);
        await Agreed(practice);
        foreach (var sql in (string[])["UPDATE consent SET wording = 'x'", "UPDATE consent SET at = 1", "UPDATE consent SET act = 'withdrawn', wording = ''", "DELETE FROM consent"])
            Assert.Throws<SqliteException>(() => practice.Db.Execute(sql));
        practice.Db.Execute("DELETE FROM outbox; DELETE FROM appointment WHERE owner_id = 1; DELETE FROM owner WHERE id = 1");
        Assert.Equal((0L, 0L), (practice.Count("consent"), practice.Count("recall_link")));
    }

    [Fact]
    public async Task An_ended_consent_is_proved_for_three_years_and_a_client_stays_while_something_is_to_come()
    {
        await using var practice = await fixture.Start(On);
        var token = await Agreed(practice);
        practice.Db.Execute("INSERT INTO animal_due (animal_id, rule_id, given_on, due_on) VALUES (1, 'rabies', '2026-11-01', '2029-11-01')");
        practice.Clock.Advance(Duration.FromDays(1000));
        await Retention.Apply(practice.Writer, Actor.Operator, CancellationToken.None);
        Assert.Equal((1L, 1L), (practice.Count("consenting"), practice.Db.Number("SELECT count(*) FROM owner WHERE id = 1")));
        practice.Db.Execute("UPDATE animal_due SET due_on = '2040-01-01'; INSERT INTO retention VALUES ('owners', 3650)");
        await practice.Browser.Post("/erinnern/" + token, []);
        foreach (var (days, left) in ((int, long)[])[(1090, 2), (10, 0)])
        {
            practice.Clock.Advance(Duration.FromDays(days));
            await Retention.Apply(practice.Writer, Actor.Operator, CancellationToken.None);
            Assert.Equal(left, practice.Count("consent"));
        }
    }

    [Fact]
    public async Task Merged_records_keep_both_proofs_and_parted_ones_get_them_back()
    {
        await using var practice = await fixture.Start(On);
        await Agreed(practice, owner: 2);
        await practice.Writer.Write(change =>
        {
            Web.Clients.Comparing.Merges.Do(change, Actor.Practice, (1, 2), Web.Clients.Owners.OwnerRecord.Load(change.Db, 2)!.Facts);
            return true;
        });
        Assert.Equal(1, practice.Db.Number("SELECT owner_id FROM consenting"));
        await practice.Writer.Write(change => Web.Clients.Comparing.Merges.TakeBack(change, Actor.Practice, 1));
        Assert.Equal(2, practice.Db.Number("SELECT owner_id FROM consenting"));
    }

    [Theory]
    [InlineData(Role.Trainee)]
    [InlineData(Role.Support)]
    public async Task Who_only_looks_can_enter_nothing(Role role)
    {
        await using var practice = await fixture.Start(On);
        using var desk = await practice.SignedIn(role);
        Assert.Empty((await desk.Open("/praxis/kunden/1")).Document.QuerySelectorAll("#erinnern form"));
        foreach (var path in (string[])["/praxis/kunden/1/erinnern", "/praxis/tiere/1/faellig", "/praxis/tiere/1/faellig/rabies", "/praxis/einstellungen/faellig/start"])
            Assert.Equal(403, (await desk.Post(path, ("was", "ja"), ("wie", "phone"))).Status);
        Assert.Equal(0, practice.Count("consent"));
    }

    private static Task<string> Agreed(RunningPractice practice, long owner = 1) => practice.Writer.Write(change =>
    {
        Web.Recall.Consenting.Consents.Give(change, Actor.Owner, owner, "link", "de");
        return Web.Recall.Consenting.EndLink.Create(change, owner);
    });
}

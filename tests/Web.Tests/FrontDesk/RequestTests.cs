using System.Globalization;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.FrontDesk;

/// <summary>Everything that waits is decided from one list, and the owner hears of it.</summary>
public sealed class RequestTests(PracticeFixture fixture)
{
    private const string OnRequest = "UPDATE visit_type SET mode = 'request' WHERE id = 'impfung'; DELETE FROM occupancy WHERE appointment_id IN (SELECT id FROM appointment WHERE expires_at IS NOT NULL); DELETE FROM appointment WHERE expires_at IS NOT NULL";

    private static string Id(RunningPractice practice, string number) =>
        practice.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", number)).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_list_shows_the_sooner_deadline_first_and_the_navigation_how_many_wait()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OnRequest });
        var desk = await practice.SignedIn();
        Assert.Contains("wartet keine", (await desk.Open("/praxis/anfragen")).Words, StringComparison.Ordinal);
        var asked = await practice.Api.BookFirst("impfung", email: "a@example.org");
        var held = await practice.Api.BookFirst("erstbesuch", email: "b@example.org");
        Assert.Equal(("requested", "held"), (practice.Of(asked.Number, "state"), practice.Of(held.Number, "state")));
        var list = await desk.Open("/praxis/anfragen");
        Assert.Equal([held.Number, asked.Number], list.Document.QuerySelectorAll(".requests button[value=zusage] span").Select(one => one.TextContent.Trim()));
        Assert.Equal("Anfragen (1)", list.Find("nav a[href='/praxis/anfragen']").TextContent);
        Assert.NotNull(list.Document.QuerySelector(".tag.soon"));
        practice.Clock.Advance(Duration.FromDays(3));
        Assert.Contains("wartet keine", (await (await practice.SignedIn()).Open("/praxis/anfragen")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yes_makes_it_an_appointment_and_tells_the_owner_in_the_practices_words()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OnRequest });
        var desk = await practice.SignedIn();
        var number = (await practice.Api.BookFirst("impfung")).Number;
        var done = await desk.Browser.Press(await desk.Open("/praxis/anfragen"), "button[value=zusage]", ("antwort", "Bitte nüchtern kommen."));
        Assert.Contains(number, done.Find(".said").TextContent, StringComparison.Ordinal);
        Assert.Equal(("booked", null), (practice.Of(number, "state"), practice.Of(number, "expires_at")));
        Assert.True(practice.Taken(number) > 0);
        await practice.MailIsOut();
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM outbox WHERE kind = 'confirmed' AND state = 'sent'"));
        Assert.Contains("Bitte nüchtern kommen.", await NewestMail(practice), StringComparison.Ordinal);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'appointment.approved' AND actor LIKE 'account:%'"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task No_frees_the_time_at_once_and_says_why_in_the_mail_and_on_the_owners_page()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OnRequest });
        var desk = await practice.SignedIn();
        var number = (await practice.Api.BookFirst("impfung")).Number;
        await desk.Browser.Press(await desk.Open("/praxis/anfragen"), "button[value=absage]", ("antwort", "Dr. Weber ist dann im Urlaub."));
        Assert.Equal(("cancelled", "requested", 0L), (practice.Of(number, "state"), practice.Of(number, "state_before"), practice.Taken(number)));
        await practice.MailIsOut();
        Assert.Contains("Dr. Weber ist dann im Urlaub.", await NewestMail(practice), StringComparison.Ordinal);
        var page = await practice.Browser.Open(await practice.LinkTo(number));
        Assert.Contains("leider nicht geben", page.Heading, StringComparison.Ordinal);
        Assert.Contains("im Urlaub", page.Words, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[action*=rueckgaengig]"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_decision_on_what_has_changed_meanwhile_does_not_hold_and_says_what_it_is_now()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OnRequest });
        var (first, second) = (await practice.SignedIn(), await practice.SignedIn());
        var number = (await practice.Api.BookFirst("impfung")).Number;
        var seen = await second.Open("/praxis/anfragen");
        await first.Browser.Press(await first.Open("/praxis/anfragen"), "button[value=zusage]");
        var late = await second.Browser.Press(seen, "button[value=absage]", ("antwort", "Geht nicht."));
        Assert.Equal(422, late.Status);
        Assert.Contains("zugesagt", late.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal("booked", practice.Of(number, "state"));
    }

    [Theory]
    [InlineData("zusage", "\u202Eböse", 422)]
    [InlineData("vielleicht", "", 422)]
    [InlineData("", "", 422)]
    public async Task A_wrong_decision_changes_nothing_and_keeps_what_was_typed(string how, string answer, int status)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OnRequest });
        var desk = await practice.SignedIn();
        var number = (await practice.Api.BookFirst("impfung")).Number;
        var page = await desk.Post($"/praxis/anfragen/{Id(practice, number)}/entscheidung", ("wie", how), ("antwort", answer), ("stand", "0"));
        Assert.Equal(status, page.Status);
        Assert.Equal(answer, page.Value("textarea"));
        Assert.Equal("requested", practice.Of(number, "state"));
        Assert.Equal(404, (await desk.Post("/praxis/anfragen/999999/entscheidung", ("wie", "zusage"), ("stand", "0"))).Status);
    }

    [Fact]
    public async Task A_trainee_sees_the_list_and_no_buttons()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OnRequest });
        await practice.Api.BookFirst("impfung");
        var list = await (await practice.SignedIn(Role.Trainee)).Open("/praxis/anfragen");
        Assert.NotNull(list.Document.QuerySelector(".requests li"));
        Assert.Null(list.Document.QuerySelector(".requests button"));
    }

    private static async Task<string> NewestMail(RunningPractice practice)
    {
        using var mail = await MimeKit.MimeMessage.LoadAsync(Directory.GetFiles(practice.Folder.Outbox, "*.eml").Order(StringComparer.Ordinal).Last());
        return mail.TextBody!;
    }
}

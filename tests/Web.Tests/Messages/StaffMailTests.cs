using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Tests.SignIn;
using VetBooking.Web.Messages;
using VetBooking.Web.Messages.ToStaff;

namespace VetBooking.Tests.Messages;

/// <summary>Mail to the team: the list of the next day, invitations, another address, samples of what owners get.</summary>
public sealed partial class StaffMailTests(PracticeFixture fixture)
{
    [Fact]
    public async Task The_list_of_the_next_working_day_comes_at_the_hour_chosen_and_names_no_owner()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        await desk.Post("/praxis/konto/liste", ("um", "18:00"));
        Assert.Equal("18:00", (await desk.Open("/praxis/konto")).Find("#um option[selected]").GetAttribute("value"));
        await practice.Writer.Write(change => change.Db.Execute("UPDATE appointment SET name = 'Xanthippe' WHERE 1"));
        // Monday, eight in the morning.
        await At(practice, Duration.FromHours(9));
        Assert.Equal(0, Lists(practice));
        await At(practice, Duration.FromHours(1));
        using var mail = await practice.Mail();
        Assert.Contains("24. November", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("/praxis/morgen", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Xanthippe", mail.TextBody, StringComparison.Ordinal);
        var animals = practice.Db.Rows(
            "SELECT n.name FROM appointment_animal n JOIN appointment a ON a.id = n.appointment_id WHERE a.starts_local LIKE '2026-11-24%' AND a.state IN ('held', 'requested', 'booked')", row => row.GetString(0));
        Assert.NotEmpty(animals);
        foreach (var animal in animals) Assert.Contains(animal, mail.TextBody, StringComparison.Ordinal);

        // Asleep over Tuesday evening: that list is left out. On Wednesday evening there is one, on Sunday none.
        await At(practice, Duration.FromHours(38));
        Assert.Equal(1, Lists(practice));
        await At(practice, Duration.FromHours(10));
        Assert.Equal(2, Lists(practice));
        await practice.Writer.Write(change =>
        {
            TomorrowList.SetDue(change, desk.Account, null);
            return true;
        });
        await At(practice, Duration.FromDays(1));
        Assert.Equal(2, Lists(practice));
    }

    [Theory]
    [InlineData("UPDATE account SET active = 0")]
    [InlineData("UPDATE account SET ends_at = 1")]
    public async Task Nobody_whose_account_is_closed_gets_the_list(string sql)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        await desk.Post("/praxis/konto/liste", ("um", "18:00"));
        await practice.Writer.Write(change => change.Db.Execute(sql));
        await At(practice, Duration.FromHours(11));
        Assert.Equal(0, Lists(practice));
    }

    [Fact]
    public async Task On_a_closed_day_there_is_no_list_and_before_one_it_is_of_the_day_after()
    {
        await using var practice = await fixture.Start(new Wanted { Now = PracticeFixture.Monday + Duration.FromDays(6) });
        using var desk = await practice.SignedIn();
        await desk.Post("/praxis/konto/liste", ("um", "18:00"));
        await At(practice, Duration.FromHours(11));
        Assert.Equal(0, Lists(practice));
        // Saturday's.
        await At(practice, Duration.FromHours(6 * 24 - 2));
        await At(practice, Duration.FromHours(1));
        Assert.Equal("2026-12-07", practice.Db.Row("SELECT about FROM outbox WHERE kind = 'tomorrow'", row => row.GetString(0)));
        Assert.Equal(1, Lists(practice));
    }

    [Fact]
    public async Task An_invitation_by_mail_is_seen_by_nobody_else_and_leads_in()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        var answer = await weber.Post("/praxis/team/neu", ("name", "Nora Neu"), ("email", "neu@example.org"), ("rolle", "front-desk"), ("ressource", ""), ("bis", ""), ("per", "mail"));
        Assert.Empty(answer.Document.QuerySelectorAll(".said .code"));
        Assert.Contains("neu@example.org", answer.Find(".said").TextContent, StringComparison.Ordinal);
        using var mail = await practice.Mail();
        Assert.Equal("neu@example.org", Assert.Single(mail.To.Mailboxes).Address);
        var link = InvitationLink().Match(mail.TextBody!).Value;
        Assert.Equal(200, (await practice.Browser.Open(link)).Status);
        Assert.DoesNotContain(link.Split('/')[^1], practice.Db.Row("SELECT said FROM outbox WHERE kind = 'invitation'", row => row.GetString(0)), StringComparison.Ordinal);
        practice.Clock.Advance(Duration.FromHours(24));
        Assert.Equal(404, (await practice.Browser.Open(link)).Status);
    }

    [Fact]
    public async Task Another_address_counts_once_its_link_is_pressed_and_the_old_one_is_told()
    {
        await using var practice = await fixture.Start();
        using var jansen = await practice.SignIn(Entrance.Jansen);
        practice.Wait();
        using var other = await practice.SignIn(Entrance.Jansen);
        using var weber = await practice.SignIn(Entrance.Weber);
        var taken = await jansen.Post("/praxis/konto/adresse", ("email", "WEBER@praxis-am-park.example"));
        Assert.Equal(422, taken.Status);
        Assert.Equal("WEBER@praxis-am-park.example", taken.Value("#email"));
        Assert.Equal(422, (await jansen.Post("/praxis/konto/adresse", ("email", "keine"))).Status);
        await jansen.Post("/praxis/konto/adresse", ("email", "jansen@neu.example"));
        using var mail = await practice.Mail();
        Assert.Equal("jansen@neu.example", Assert.Single(mail.To.Mailboxes).Address);
        var link = AddressLink().Match(mail.TextBody!).Value;
        // Only its own account, and only by pressing.
        Assert.Equal(404, (await weber.Open(link)).Status);
        Assert.Equal(404, (await weber.Post(link)).Status);
        Assert.Equal(200, (await jansen.Open(link)).Status);
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM account WHERE email = 'jansen@neu.example'"));
        await jansen.Post(link);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM account WHERE email = 'jansen@neu.example'"));
        Assert.Equal(404, (await jansen.Post(link)).Status);
        Assert.Equal(303, (int)(await other.Http.GetAsync("/praxis/konto")).StatusCode);
        using var told = await practice.Mail();
        Assert.Equal("empfang@praxis-am-park.example", Assert.Single(told.To.Mailboxes).Address);
    }

    [Fact]
    public async Task Every_message_can_be_looked_at_in_each_language_and_sent_to_oneself()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        var list = await weber.Open("/praxis/einstellungen/nachrichten");
        var links = list.Document.QuerySelectorAll("main li a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(list.Document.QuerySelectorAll("main li").Length, links.Count);
        Assert.True(links.Count >= 10);
        foreach (var link in links)
        {
            foreach (var language in (string[])["de", "en"])
            {
                var page = await weber.Open($"{link}?in={language}");
                Assert.Equal((200, language), (page.Status, page.Find("section.card").GetAttribute("lang")));
                // What asks for consent and what opens "my data" names no animal.
                Assert.Equal(!new[] { "/recall-confirm", "/own-data", "/data-answer" }.Any(kind => link.EndsWith(kind, StringComparison.Ordinal)), page.Find(".lines").TextContent.Contains("Bello", StringComparison.Ordinal));
            }
        }
        Assert.Equal(404, (await weber.Open("/praxis/einstellungen/nachrichten/sample")).Status);
        Assert.Equal(404, (await weber.Post("/praxis/einstellungen/nachrichten/nichts", ("in", "de"))).Status);
        await weber.Post("/praxis/einstellungen/nachrichten/reminder", ("in", "en"));
        using var mail = await practice.Mail();
        Assert.StartsWith("Probe: Reminder", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("weber@praxis-am-park.example", Assert.Single(mail.To.Mailboxes).Address);
        Assert.DoesNotContain("/termin/", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absage")]
    [InlineData("verschiebung")]
    public async Task What_staff_say_with_a_change_stands_in_the_owner_s_mail(string act)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment" });
        using var desk = await practice.SignedIn();
        var booked = await practice.Api.BookFirst("impfung");
        await practice.Browser.Press(await practice.Browser.Open(await practice.MailedLink()), "form .btn");
        var (id, revision, start) = practice.Db.Row("SELECT id, revision, starts_local FROM appointment WHERE number = $n", row => (row.GetInt64(0), row.GetInt64(1), row.GetString(2)), ("$n", booked.Number));
        var answer = await desk.Post($"/praxis/termin/{id}/{act}", ("revision", $"{revision}"), ("sagen", "1"), ("wort", "Frau Doktor <b>Weber</b> ist krank."), ("grund", "Nur für uns"),
            ("tag", start[..10]), ("um", "16:45"), ("minuten", ""), ("trotzdem", "1"));
        Assert.Equal((200, ""), (answer.Status, answer.Status == 200 ? "" : answer.Words));
        using var mail = await practice.Mail();
        Assert.Contains("Nachricht der Praxis: Frau Doktor <b>Weber</b> ist krank.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Weber", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Nur für uns", mail.TextBody, StringComparison.Ordinal);
    }

    private static long Lists(RunningPractice practice) => practice.Db.Number("SELECT count(*) FROM outbox WHERE kind = 'tomorrow'");

    // Sets the clock on and lets the sender look.
    private static async Task At(RunningPractice practice, Duration later)
    {
        practice.Clock.Advance(later);
        await practice.Writer.Write(change =>
        {
            Outbox.Settle(change);
            return true;
        });
        practice.Services.GetRequiredService<MailSignal>().Ring();
        await practice.MailIsOut();
    }

    [GeneratedRegex("/praxis/einladung/[A-Za-z0-9_-]{43}")]
    private static partial Regex InvitationLink();

    [GeneratedRegex("/praxis/konto/adresse/[A-Za-z0-9_-]{43}")]
    private static partial Regex AddressLink();
}

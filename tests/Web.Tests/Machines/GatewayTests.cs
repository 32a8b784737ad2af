using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using VetBooking.Tests.Planning;
using VetBooking.Tests.Running;
using VetBooking.Web.Messages;
using VetBooking.Web.Messages.Gateway;
using VetBooking.Web.Planning;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Machines;

/// <summary>Short messages to telephones, through a gateway that the practice names.</summary>
public sealed class GatewayTests(PracticeFixture fixture)
{
    private const string Page = "/praxis/einstellungen/kurznachrichten";

    [Theory]
    [InlineData("0171 3920011", "+491713920011")]
    [InlineData("+49 (0) 151-2345678", "+491512345678")]
    [InlineData("0049 160 1234567", "+491601234567")]
    [InlineData("+43 664 1234567", "+436641234567")]
    [InlineData("+41 79 123 45 67", "+41791234567")]
    [InlineData("+33 6 12 34 56 78", "+33612345678")]
    [InlineData("040 123456", null)]
    [InlineData("+43 1 5123456", null)]
    [InlineData("1713920011", null)]
    [InlineData("0171 3920011 0171 3920012", null)]
    [InlineData("", null)]
    public void A_mobile_number_is_told_from_others(string typed, string? number) => Assert.Equal(number, MobileNumber.Of(typed));

    [Fact]
    public async Task Whoever_has_no_mail_address_is_told_by_telephone_once_and_signed()
    {
        await using var gateway = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near());
        using var desk = await practice.SignedIn(Role.Administrator);
        var secret = (await Save(desk, gateway.Address)).Find(".said .code").TextContent;
        var id = await Make(practice, desk, "0171 3920011", email: false);
        var sent = Assert.Single(await gateway.Until(1));
        Assert.True(sent.IsSignedWith(secret));
        Assert.Equal(("+491713920011", "de"), ((string)sent.Json["to"]!, (string)sent.Json["language"]!));
        var text = (string)sent.Json["text"]!;
        Assert.Contains("24. November 2026, 09:00 Uhr", text, StringComparison.Ordinal);
        var link = new Uri(text[text.IndexOf("http", StringComparison.Ordinal)..]).AbsolutePath;
        Assert.Equal(200, (await practice.Browser.Open(link)).Status);

        // The reason staff give goes along; what was sent can be read later without the link's secret.
        await desk.Post($"/praxis/termin/{id}/absage", ("revision", "0"), ("sagen", "1"), ("wort", "Frau Doktor ist krank."));
        Assert.Contains("Frau Doktor ist krank.", (string)(await gateway.Until(2))[1].Json["text"]!, StringComparison.Ordinal);
        var mail = practice.Db.Number("SELECT min(id) FROM outbox WHERE channel = 'gateway' AND state = 'sent'");
        var page = await desk.Open($"/praxis/nachrichten/{mail}");
        Assert.Contains("0171 3920011", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Split('/')[^1], page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_go_there_too_only_if_the_practice_says_so()
    {
        await using var gateway = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near());
        using var desk = await practice.SignedIn(Role.Administrator);
        await Save(desk, gateway.Address, ("auch", "1"));
        await Make(practice, desk, "0171 3920011", email: true);
        await practice.MailIsOut();
        Assert.Empty(gateway.All);
        practice.Clock.Set(practice.At(1, 8) - Duration.FromHours(22));
        await practice.Writer.Write(change => VetBooking.Web.Messages.Visits.Reminders.Remind(change));
        practice.Services.GetRequiredService<MailSignal>().Ring();
        await practice.MailIsOut();
        Assert.Contains("Erinnerung", (string)Assert.Single(await gateway.Until(1)).Json["text"]!, StringComparison.Ordinal);
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM outbox WHERE kind = 'reminder' AND state = 'sent'"));
    }

    [Fact]
    public async Task A_landline_gets_none_and_the_desk_sees_why()
    {
        await using var gateway = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near());
        using var desk = await practice.SignedIn(Role.Administrator);
        await Save(desk, gateway.Address);
        await Make(practice, desk, "040 123456", email: false);
        await practice.MailIsOut();
        Assert.Equal(("failed", "number not mobile"), practice.Db.Row("SELECT state, last_error FROM outbox", row => (row.GetString(0), row.GetString(1))));
        Assert.Empty(gateway.All);
    }

    [Fact]
    public async Task A_gateway_that_fails_is_tried_again_with_the_same_id_and_delays_no_mail()
    {
        await using var gateway = await Receiver.Start();
        gateway.Answer = (http, before) => Receiver.With(http, before == 0 ? 503 : 204);
        await using var practice = await fixture.Start(HookPractice.Near());
        using var desk = await practice.SignedIn(Role.Administrator);
        await Save(desk, gateway.Address);
        await Make(practice, desk, "0171 3920011", email: false);
        await gateway.Until(1);
        await practice.Until("SELECT count(*) FROM outbox WHERE channel = 'gateway' AND state = 'waiting' AND last_error = 'gateway Refused 503'");
        practice.Clock.Advance(Duration.FromMinutes(2));
        practice.Services.GetRequiredService<MailSignal>().Ring();
        var both = await gateway.Until(2);
        Assert.Equal(both[0].Id, both[1].Id);
        await practice.Until("SELECT count(*) FROM outbox WHERE channel = 'gateway' AND state = 'sent'");
    }

    [Theory]
    [InlineData("http://gateway.example/x")]
    [InlineData("https://10.0.0.8/x")]
    [InlineData("https://kim:geheim@gateway.example/")]
    [InlineData("keine")]
    [InlineData("")]
    public async Task An_address_that_may_not_be_called_is_refused_and_what_was_typed_stays(string address)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await Save(desk, address);
        Assert.Equal((422, address), (page.Status, page.Value("#adresse")));
        Assert.Empty(page.DeadErrorLinks);
        Assert.Equal(0, practice.Count("gateway"));
    }

    [Fact]
    public async Task A_test_says_what_came_of_it_and_an_end_voids_what_waits()
    {
        await using var gateway = await Receiver.Start();
        gateway.Answer = (http, before) => Receiver.With(http, before == 0 ? 204 : 503);
        await using var practice = await fixture.Start(HookPractice.Near());
        using var desk = await practice.SignedIn(Role.Administrator);
        await Save(desk, gateway.Address);
        Assert.Equal(422, (await desk.Post(Page + "/probe", ("nummer", "040 1"))).Status);
        Assert.Contains("angenommen", (await desk.Post(Page + "/probe", ("nummer", "0171 3920011"))).Words, StringComparison.Ordinal);
        Assert.Contains("503", (await desk.Post(Page + "/probe", ("nummer", "0171 3920011"))).Words, StringComparison.Ordinal);
        await Make(practice, desk, "0171 3920011", email: false);
        await practice.Until("SELECT count(*) FROM outbox WHERE last_error IS NOT NULL");
        await desk.Post(Page + "/ende");
        Assert.Equal((0, "void"), (practice.Count("gateway"), practice.Db.Row("SELECT state FROM outbox", row => row.GetString(0))));
    }

    private static Task<Seen> Save(Desk desk, string address, params (string, string)[] more) => desk.Post(Page, [("adresse", address), .. more]);

    private static async Task<long> Make(RunningPractice practice, Desk desk, string phone, bool email)
    {
        var wish = PlanPractice.Wish(practice.At(1, 9), "weber") with { Phone = phone };
        return Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, Planner.Of(staff), email ? wish : wish with { Email = null }))).Id;
    }
}

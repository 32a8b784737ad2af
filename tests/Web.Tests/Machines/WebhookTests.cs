using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Machines;

/// <summary>Programs are told what happens to appointments, signed, and never of whom.</summary>
public sealed class WebhookTests(PracticeFixture fixture)
{
    [Fact]
    public async Task An_administrator_adds_one_sees_its_secret_once_and_tries_it()
    {
        await using var receiver = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near());
        var (desk, page, secret) = await practice.AddHook(receiver.Address);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        await desk.Browser.Press(page, "form[action$='/probe'] button");
        var test = Assert.Single(await receiver.Until(1));
        Assert.Equal("test", test.Type);
        Assert.True(test.IsSignedWith(secret));
        Assert.Equal((test.Id, practice.Clock.GetCurrentInstant().ToUnixTimeSeconds().ToString(null, null)), ((string)test.Json["id"]!, test.Timestamp));

        // Another administrator does not see the secret, and the database has neither it nor the address in plain.
        using var other = await practice.SignedIn(Role.Administrator);
        var seen = await other.Open(page.Url);
        Assert.DoesNotContain("whsec_", seen.Html, StringComparison.Ordinal);
        Assert.Contains("Angekommen", seen.Words, StringComparison.Ordinal);
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM webhook WHERE instr(address, 'hier') > 0 OR instr(secret, 'whsec') > 0 OR instr(host, '/') > 0"));

        var renewed = (await desk.Browser.Press(await desk.Open(page.Url), "form[action$='/geheimnis'] button")).Find(".said .code").TextContent;
        await desk.Browser.Press(await desk.Open(page.Url), "form[action$='/probe'] button");
        Assert.True((await receiver.Until(2))[1].IsSignedWith(renewed) && renewed != secret);
        Assert.Equal(HookPractice.Hooks, (await desk.Browser.Press(await desk.Open(page.Url), "form[action$='/loeschung'] button")).Url);
        Assert.Equal(404, (await desk.Open(page.Url)).Status);
        Assert.Equal(0, practice.Count("webhook_delivery"));
        Assert.Equal(["webhook.added", "webhook.tested", "webhook.secret-renewed", "webhook.tested", "webhook.removed"], practice.Db.Rows("SELECT act FROM audit WHERE act LIKE 'webhook.%' ORDER BY id", row => row.GetString(0)));
        Assert.Contains("Webhook angelegt", (await desk.Open("/praxis/protokoll")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_wrongly_is_kept_and_said_and_only_a_fresh_proof_opens_the_page()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Browser.Press(await desk.Open(HookPractice.Hooks), "#neu ~ form .btn", ("name", ""), ("adresse", "https://10.0.0.1/x"));
        Assert.Equal((422, "https://10.0.0.1/x"), (page.Status, page.Value("#adresse")));
        Assert.Equal(2, page.Document.QuerySelectorAll(".err li").Length);
        Assert.Empty(page.DeadErrorLinks);
        Assert.Contains("internen Netz", page.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, practice.Count("webhook"));
        Assert.Equal(404, (await desk.Open(HookPractice.Hooks + "/4711")).Status);
        Assert.Equal(404, (await desk.Post(HookPractice.Hooks + "/4711/probe")).Status);
        practice.Clock.Advance(Duration.FromMinutes(11));
        Assert.StartsWith("/praxis/anmelden/nachweis", (await desk.Open(HookPractice.Hooks)).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_person_is_in_a_message_or_in_the_log()
    {
        await using var receiver = await Receiver.Start();
        using var log = new LogLines();
        await using var practice = await fixture.Start(HookPractice.Near() with { Program = app => app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log) });
        await practice.AddHook(receiver.Address + "?schluessel=Zaubernuss");
        var slot = (await practice.Api.Slots("impfung", more: "&from=2026-12-02"))[0];
        var wish = ApiClient.Wish("impfung", slot.Start, slot.Vet, "waldmeister@example.org");
        wish["owner"]!["name"] = "Quitte Holunder";
        wish["owner"]!["phone"] = "030 77771234";
        wish["note"] = "Sanddorn";
        wish["animals"] = new JsonArray(new JsonObject { ["name"] = "Mirabelle", ["species"] = "dog", ["born"] = "2019", ["reason"] = "Schlehe" });
        var number = (await practice.Api.Book(wish)).Number;
        var link = await practice.LinkTo(number);
        await practice.Browser.Press(await practice.Browser.Open(link), "form[action$='/bestaetigung'] button");
        await practice.Browser.Press(await practice.Browser.Open(link + "/absage"), "main form button");
        var all = await receiver.Until(2);
        Assert.Equal(["appointment.booked", "appointment.cancelled"], all.Select(one => one.Type));
        var told = all[0].Json["appointment"]!.AsObject();
        Assert.Equal(["devices", "minutes", "number", "rooms", "start", "state", "vet", "visitType"], told.Select(one => one.Key).Order());
        Assert.Equal((number, "booked", slot.Start, slot.Minutes, "impfung", slot.Vet),
            ((string)told["number"]!, (string)told["state"]!, (string)told["start"]!, (int)told["minutes"]!, (string)told["visitType"]!, (string)told["vet"]!));
        Assert.NotEmpty(told["rooms"]!.AsArray());
        Assert.Empty(all[1].Json["appointment"]!["rooms"]!.AsArray());
        foreach (var marker in (string[])["Quitte", "Holunder", "waldmeister", "77771234", "Sanddorn", "Mirabelle", "2019", "Schlehe", "Zaubernuss", link[8..], "whsec_"])
        {
            Assert.All(all, one => Assert.DoesNotContain(marker, one.Body, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(marker, log.Text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Contains("Webhook 1, message", log.Text, StringComparison.Ordinal);
    }
}

using System.Globalization;
using System.Text;
using NodaTime;
using VetBooking.Tests.Planning;
using VetBooking.Tests.Running;
using VetBooking.Web.Planning;

namespace VetBooking.Tests.Machines;

/// <summary>Whichever way an appointment is booked, moved or called off: every receiver hears of it, once.</summary>
public sealed class WebhookPathTests(PracticeFixture fixture)
{
    private const string Caller = """
        UPDATE visit_type SET mode = 'request' WHERE id = 'erstbesuch';
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES (9001, 'Ünal Müßiggänger', 'u@example.org', 'u@example.org', '0171 3920011', 1);
        INSERT INTO animal (id, owner_id, name, species_id, born) VALUES (9001, 9001, 'Welpe', 'dog', '2026-10-20');
        """;

    [Fact]
    public async Task An_owner_online_by_the_api_and_by_the_link()
    {
        await using var receiver = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near(Caller));
        await practice.AddHook(receiver.Address);
        var heard = new Heard(receiver);
        var desk = await practice.SignedIn();

        await practice.Browser.Book(await practice.Browser.ToContact("impfung"));
        await heard.Nothing("a hold by the pages is nobody's appointment yet");
        await practice.Browser.Press(await practice.Browser.Open(await practice.MailedLink()), "form[action$='/bestaetigung'] button");
        await heard.That("booked");

        var number = (await practice.Api.BookFirst("impfung", email: "a@example.org", more: "&from=2026-12-02")).Number;
        await heard.Nothing("nor is one by the API");
        var link = await practice.LinkTo(number);
        await practice.Browser.Press(await practice.Browser.Open(link), "form[action$='/bestaetigung'] button");
        await heard.That("booked", number);
        await practice.Browser.Press(await practice.Browser.Open(link + "/verschiebung?tag=2026-12-03"), "form.body button[name=zeit]");
        await heard.That("moved", number);
        await practice.Browser.Press(await practice.Browser.Open(link + "/absage"), "main form button");
        await heard.That("cancelled", number);
        await practice.Browser.Press(await practice.Browser.Open(link), "form[action$='/rueckgaengig'] button");
        await heard.That("booked", number);

        var asked = (await practice.Api.BookFirst("erstbesuch", email: "b@example.org")).Number;
        await heard.Nothing("a request is none either");
        if (practice.Of(asked, "state") == "held") await practice.Browser.Press(await practice.Browser.Open(await practice.LinkTo(asked)), "form[action$='/bestaetigung'] button");
        await desk.Browser.Press(await desk.Open("/praxis/anfragen"), "button[value=zusage]");
        await heard.That("booked", asked);
        await practice.Api.BookFirst("erstbesuch", email: "c@example.org");
        await desk.Browser.Press(await desk.Open("/praxis/anfragen"), "button[value=absage]");
        await heard.Nothing("a request that is declined never was one");
        practice.Clock.Advance(Duration.FromDays(3));
        await practice.Api.BookFirst("impfung", email: "d@example.org");
        await heard.Nothing("nor was a hold that lapsed");
    }

    [Fact]
    public async Task The_desk_by_phone_on_the_board_as_a_series_and_back_again()
    {
        await using var receiver = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near(Caller));
        await practice.AddHook(receiver.Address);
        var heard = new Heard(receiver);
        var desk = await practice.SignedIn();

        await desk.Browser.Press(await desk.Open("/praxis/neu?owner=9001"), "#buchen");
        await heard.That("booked");
        await desk.Post("/praxis/rueckgaengig");
        await heard.That("cancelled");

        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        await heard.That("booked");
        var made = heard.Last["appointment"]!;
        await practice.As(desk, (change, staff) => StaffChanges.Move(change, staff, new MoveWish(id, 0, practice.At(1, 11)) { Minutes = 40, Consent = new Consent(true, "") }));
        await heard.That("moved");
        Assert.Equal(40, (int)heard.Last["appointment"]!["minutes"]!);
        await desk.Post("/praxis/rueckgaengig");
        await heard.That("moved");
        Assert.Equal(made.ToJsonString(), heard.Last["appointment"]!.ToJsonString());
        var other = practice.Writer.Current.Practice.Resources.First(one => one.Kind == Scheduling.ResourceKind.Room && one.Id != (string)made["rooms"]![0]!).Id;
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffChanges.Move(
            change, staff, new MoveWish(id, 2, practice.At(1, 9)) { Exchanges = [new Exchange((string)made["rooms"]![0]!, other)], Consent = new Consent(true, "") })));
        await heard.That("moved");
        Assert.Equal([other], heard.Last["appointment"]!["rooms"]!.AsArray().Select(one => (string)one!));
        await practice.As(desk, (change, staff) => StaffChanges.Note(change, staff, new NoteWish(id, 3, "wichtig", true)));
        await heard.Nothing("a note is nobody else's business");
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 4, "krank", false)));
        await heard.That("cancelled");
        await desk.Post("/praxis/rueckgaengig");
        await heard.That("booked");
        var squeezed = PlanPractice.Wish(practice.At(1, 9), "weber") with { Consent = new Consent(true, "blutet") };
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, squeezed)));
        await heard.That("booked");
        Assert.Equal("weber", (string)heard.Last["appointment"]!["vet"]!);

        var preview = await desk.Browser.Press(await desk.Browser.Press(await desk.Open("/praxis/neu?owner=9001&art=impfung&bei=weber"), "button[value=serie]"), "button[value=vorschau]",
            ("folge", "woche"), ("erster", "2027-01-12"), ("uhrzeit", "10:00"), ("anzahl", "3"), ("abstand", "1"));
        var series = await desk.Browser.Press(preview, "#vorschau .btn", ("folge", "woche"));
        await heard.That("booked", "booked", "booked");
        await desk.Browser.Press(await desk.Open(series.Url), "button[value=alle]");
        await heard.That("cancelled", "cancelled", "cancelled");
    }

    [Fact]
    public async Task An_animal_that_has_died_and_a_program_with_a_token()
    {
        await using var receiver = await Receiver.Start();
        await using var practice = await fixture.Start(HookPractice.Near(Caller));
        await practice.AddHook(receiver.Address);
        var heard = new Heard(receiver);
        var desk = await practice.SignedIn();

        await desk.Browser.Press(await desk.Open("/praxis/neu?owner=9001"), "#buchen");
        await heard.That("booked");
        var departure = await desk.Open("/praxis/tiere/9001/abschied");
        await desk.Browser.Press(departure, ".sheet .btn", ("grund", "died"), ("am", "2026-11-22"), ("absagen", departure.Find("input[name=absagen]").GetAttribute("value")!));
        await heard.That("cancelled");

        var token = await practice.MakeToken("appointments:write");
        var answer = await Call(practice, token, "/api/v1/staff/bookings", """
            {"visitType":"impfung","start":"2026-11-24T09:00:00+01:00","vet":"weber","owner":{"name":"Nora Neu","phone":"030 23125 888"},"animals":[{"name":"Fips","species":"dog"}]}
            """);
        Assert.True(answer.Contains("\"booked\"", StringComparison.Ordinal), answer);
        await heard.That("booked");
        await Call(practice, token, $"/api/v1/staff/appointments/{(string)heard.Last["appointment"]!["number"]!}/cancellation", "");
        await heard.That("cancelled");
    }

    private static async Task<string> Call(RunningPractice practice, string token, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await practice.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>What a receiver has heard so far, one step after the other.</summary>
    private sealed class Heard(Receiver receiver)
    {
        private int so;

        public System.Text.Json.Nodes.JsonNode Last => receiver.All[^1].Json;

        public async Task That(params string[] types)
        {
            // A number among the words: the appointment it is about.
            var number = types.FirstOrDefault(word => word.Contains('-', StringComparison.Ordinal));
            types = [.. types.Where(word => word != number)];
            var all = await receiver.Until(so + types.Length);
            Assert.Equal(types.Select(type => "appointment." + type), all.Skip(so).Select(one => one.Type));
            Assert.Equal(all.Count, all.Select(one => one.Id).Distinct().Count());
            if (number is not null) Assert.Equal(number, (string)all[^1].Json["appointment"]!["number"]!);
            so = all.Count;
        }

        public async Task Nothing(string because)
        {
            await Task.Delay(150);
            Assert.True(receiver.All.Count == so, because + ": " + string.Create(CultureInfo.InvariantCulture, $"{receiver.All.Count - so} more"));
        }
    }
}

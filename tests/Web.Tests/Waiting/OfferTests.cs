using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.WaitingList;
using static VetBooking.Tests.Waiting.FullPractice;

namespace VetBooking.Tests.Waiting;

/// <summary>A time that comes free is offered to whom it fits, in order, and kept for them meanwhile.</summary>
public sealed class OfferTests(PracticeFixture fixture)
{
    private Task<RunningPractice> Start(Instant? now = null) => fixture.Start(new Running.Wanted { Sql = Sql(), Now = now ?? PracticeFixture.Monday });

    [Fact]
    public async Task What_comes_free_is_offered_to_the_urgent_first_and_kept_for_them()
    {
        await using var practice = await Start();
        var (first, second, third, urgent) = (await practice.Enter(Wants("Anna A")), await practice.Enter(Wants("Bert B")), await practice.Enter(Wants("Carl C")),
            await practice.Enter(Wants("Dora D") with { IsUrgent = true }));
        Assert.Equal(0, practice.Count("offer"));
        await practice.FreeFor(3);
        Assert.Equal(("open", "open", "open", "none"), (practice.OfferOf(urgent), practice.OfferOf(first), practice.OfferOf(second), practice.OfferOf(third)));
        Assert.Empty(await practice.Api.Slots("impfung"));
        Assert.Equal(409, (await practice.Api.Book(ApiClient.Wish("impfung", "2026-11-25T11:00:00+01:00", "weber"))).Status);
        using var mail = await practice.MailTo("dora@example.org");
        Assert.Equal("Frei geworden: Mittwoch, 25. November, 11:00 Uhr", mail.Subject);
        Assert.Contains("mehreren angeboten", mail.TextBody, StringComparison.Ordinal);
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task The_first_to_accept_gets_it_and_the_others_keep_their_place()
    {
        await using var practice = await Start();
        var (first, second) = (await practice.Enter(Wants("Anna A")), await practice.Enter(Wants("Bert B")));
        await practice.FreeFor(2);
        var offer = await practice.Browser.Open(LinkIn(await practice.MailTo("bert@example.org")));
        Assert.Equal("Diese Zeit ist frei", offer.Heading);
        Assert.Contains("Impfung und Vorsorge", offer.Words, StringComparison.Ordinal);
        Assert.Contains("bei Dr. Weber", offer.Words, StringComparison.Ordinal);
        Assert.Contains("Bello", offer.Words, StringComparison.Ordinal);
        Assert.Contains("gilt bis", offer.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Bert", offer.Title, StringComparison.Ordinal);
        var booked = await practice.Browser.Press(offer, "form[action$='/annahme'] button");
        Assert.Equal((200, "Ihr Termin ist gebucht"), (booked.Status, booked.Heading));
        Assert.StartsWith("/termin/", booked.Path, StringComparison.Ordinal);
        Assert.Equal(("ended accepted", "accepted"), (practice.StateOf(second), practice.OfferOf(second)));
        Assert.Equal(("waiting", "taken"), (practice.StateOf(first), practice.OfferOf(first)));
        Assert.Equal("confirmed", practice.Db.Row("SELECT kind FROM outbox WHERE appointment_id IS NOT NULL", row => row.GetString(0)));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM appointment a JOIN owner o ON o.id = a.owner_id WHERE a.state = 'booked' AND o.email = 'bert@example.org' AND o.confirmed_at IS NOT NULL"));
        var late = await practice.Browser.Open(await practice.OfferLink(first));
        Assert.Equal("Diese Zeit ist schon vergeben", late.Heading);
        Assert.Contains("Sie behalten Ihren Platz", late.Words, StringComparison.Ordinal);
        // Pressed twice, as people do, it is the same appointment.
        Assert.Equal("Ihr Termin ist gebucht", (await practice.Browser.Post(offer.Url + "/annahme", [])).Heading);
        Assert.Equal((1L, 0L), (practice.Count("appointment"), practice.Count("kept_time")));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Declined_it_goes_to_the_next_and_the_same_part_of_the_day_is_not_offered_again()
    {
        await using var practice = await Start();
        practice.Db.Execute("UPDATE waiting_rules SET offers = 1");
        var (first, second) = (await practice.Enter(Wants("Anna A")), await practice.Enter(Wants("Bert B")));
        await practice.FreeFor(1);
        var declined = await practice.Browser.Post(await practice.OfferLink(first) + "/ablehnung", []);
        Assert.Equal("Sie stehen auf der Warteliste", declined.Heading);
        Assert.Equal(("declined", "open"), (practice.OfferOf(first), practice.OfferOf(second)));
        await practice.Browser.Post(await practice.OfferLink(second) + "/ablehnung", []);
        Assert.Equal(("waiting", "waiting", 0L, 0L), (practice.StateOf(first), practice.StateOf(second), practice.Offers("open"), practice.Count("kept_time")));
        // Nobody on the list wants it: it is free for everybody.
        Assert.Single(await practice.Api.Slots("impfung"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task What_runs_out_goes_on_to_the_next_until_it_is_too_near()
    {
        await using var practice = await Start();
        practice.Db.Execute("UPDATE waiting_rules SET offers = 1");
        var (first, second) = (await practice.Enter(Wants("Anna A")), await practice.Enter(Wants("Bert B")));
        await practice.FreeFor(1);
        Assert.Equal(practice.Clock.GetCurrentInstant() + Duration.FromMinutes(120), KeptTimes.NextEnd(practice.Db));
        var link = await practice.OfferLink(first);
        practice.Clock.Advance(Duration.FromMinutes(121));
        // The page knows, whether or not somebody has looked since.
        Assert.Equal("Dieses Angebot ist abgelaufen", (await practice.Browser.Open(link)).Heading);
        await practice.Browser.Post(link + "/annahme", []);
        await practice.Look();
        Assert.Equal(("expired", "open", 0L), (practice.OfferOf(first), practice.OfferOf(second), practice.Count("appointment")));
        practice.Clock.Set(Time - Duration.FromHours(3));
        await practice.Look();
        Assert.Equal((2L, 0L, 0L), (practice.Offers("expired"), practice.Offers("open"), practice.Count("kept_time")));
        Assert.Single(await practice.Api.Slots("impfung"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Freed_too_near_it_is_offered_to_nobody()
    {
        await using var practice = await Start(Time - Duration.FromHours(4));
        await practice.Enter(Wants());
        await practice.Free();
        await practice.Look();
        Assert.Equal(0, practice.Count("offer"));
        Assert.Contains("zu nah", (await (await practice.SignedIn()).Open("/praxis/warteliste")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_night_the_time_is_kept_and_the_mail_waits_for_the_morning()
    {
        await using var practice = await Start(Instant.FromUtc(2026, 11, 23, 21, 0));
        await practice.Enter(Wants());
        await practice.FreeFor(1);
        var morning = Instant.FromUtc(2026, 11, 24, 7, 0).ToUnixTimeSeconds();
        Assert.Equal((morning, morning + 7200), practice.Db.Row("SELECT (SELECT due_at FROM outbox WHERE kind = 'list-offer'), expires_at FROM offer", row => (row.GetInt64(0), row.GetInt64(1))));
        Assert.Equal("waiting", practice.Db.Row("SELECT state FROM outbox WHERE kind = 'list-offer'", row => row.GetString(0)));
    }

    [Fact]
    public async Task What_ran_out_while_the_practice_slept_is_given_back_when_it_wakes()
    {
        await using var practice = await Start();
        await practice.Enter(Wants());
        await practice.FreeFor(1);
        practice.Clock.Set(Time + Duration.FromDays(1));
        await practice.Look();
        Assert.Equal(("expired", 0L), (practice.Db.Row("SELECT state FROM offer", row => row.GetString(0)), practice.Count("kept_time")));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM blocked_time WHERE kept_time_id IS NOT NULL"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_cancellation_and_the_end_of_a_hold_make_offers_too()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() + "DELETE FROM blocked_time WHERE id = 900" });
        var held = await practice.Api.BookFirst("impfung", email: "somebody@example.org");
        var entry = await practice.Enter(Wants());
        Assert.Equal("none", practice.OfferOf(entry));
        practice.Clock.Advance(Duration.FromMinutes(31));
        await practice.Writer.Write(change => Web.Booking.Holds.Release(change));
        await UntilSo(() => practice.OfferOf(entry) == "open");
        Assert.Equal("lapsed", practice.Of(held.Number, "state"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Whoever_finds_a_time_otherwise_leaves_the_list_by_itself()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() + "DELETE FROM blocked_time WHERE id = 900" });
        var (entry, other) = (await practice.Enter(Wants("Erika Muster") with { From = new LocalDate(2026, 11, 24), Parts = DayParts.Evening }),
            await practice.Enter(Wants("Erika Muster") with { Animal = "Mimi", Parts = DayParts.Evening }));
        var booked = await practice.Api.BookFirst("impfung", email: "erika@example.org");
        await practice.Browser.Post(await practice.LinkTo(booked.Number) + "/bestaetigung", []);
        await UntilSo(() => practice.StateOf(entry) == "ended booked");
        Assert.Equal("waiting", practice.StateOf(other));
    }

    [Fact]
    public async Task Nothing_is_offered_to_the_owner_of_an_animal_that_is_gone()
    {
        await using var practice = await fixture.Start(new Running.Wanted
        {
            Sql = Sql() + "INSERT INTO owner (id, name, email, email_key, created_at) VALUES (777, 'Erika Muster', 'erika@example.org', 'erika@example.org', 0); INSERT INTO animal (owner_id, name, species_id, departed, departed_on) VALUES (777, 'bello', 'dog', 'died', '2026-11-01')",
        });
        var entry = await practice.Enter(Wants() with { Owner = 777 });
        await practice.Free();
        await practice.Look();
        Assert.Equal("none", practice.OfferOf(entry));
        practice.Db.Execute("UPDATE animal SET departed = NULL, departed_on = NULL WHERE owner_id = 777");
        await practice.Look();
        Assert.Equal("open", practice.OfferOf(entry));
        await practice.Writer.Write(change => change.Db.Execute("UPDATE animal SET departed = 'died', departed_on = '2026-11-23' WHERE owner_id = 777"));
        await practice.Look();
        Assert.Equal("withdrawn", practice.OfferOf(entry));
    }

    [Fact]
    public async Task Whoever_lets_three_offers_run_out_is_not_asked_again_until_they_say_so()
    {
        await using var practice = await Start();
        var entry = await practice.Enter(Wants());
        await practice.Writer.Write(change => change.Db.Execute(
            "INSERT INTO offer (waiting_id, starts_at, state, made_at, expires_at) SELECT $id, 0, 'expired', asked_since, 0 FROM waiting, (VALUES (1), (2), (3))", ("$id", entry)));
        await practice.Free();
        await practice.Look();
        Assert.Equal("expired", practice.OfferOf(entry));
        practice.Clock.Advance(Duration.FromMinutes(1));
        var page = await practice.Browser.Open(await practice.OfferLink(entry));
        Assert.Contains("kam keine Antwort", page.Words, StringComparison.Ordinal);
        await practice.Browser.Press(page, "form[action$='/weiter'] button");
        Assert.Equal("open", practice.OfferOf(entry));
    }
}

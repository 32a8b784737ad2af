using NodaTime;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Link;

/// <summary>What the holder of the mailed link can do.</summary>
public sealed class ManagingTests(PracticeFixture fixture)
{
    [Fact]
    public async Task The_link_in_the_mail_confirms()
    {
        await using var practice = await fixture.Start();
        var booked = await practice.Api.BookFirst("impfung");
        var page = await practice.Browser.Open(await practice.MailedLink());
        Assert.Equal((200, "Bitte bestätigen Sie Ihren Termin"), (page.Status, page.Heading));
        Assert.Equal("held", practice.Of(booked.Number, "state"));
        var confirmed = await practice.Browser.Press(page, "form[action$='/bestaetigung'] button");
        Assert.Equal((200, "Ihr Termin ist gebucht"), (confirmed.Status, confirmed.Heading));
        Assert.Equal(("booked", null), (practice.Of(booked.Number, "state"), practice.Of(booked.Number, "expires_at")));
        Assert.Equal(303, await Post(practice, page.Path + "/bestaetigung"));
        practice.Clock.Advance(Duration.FromHours(2));
        await practice.Api.BookFirst("krank", email: "andere@example.org");
        Assert.Equal("booked", practice.Of(booked.Number, "state"));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM owner WHERE email_key = 'erika@example.org'"));
    }

    [Fact]
    public async Task A_hold_nobody_confirms_lapses_and_its_time_is_free_again()
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung", more: "&vet=weber"))[12];
        var held = await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, "weber"));
        var link = await practice.LinkTo(held.Number);
        practice.Clock.Advance(Duration.FromMinutes(29));
        Assert.Equal(409, (await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, "weber"))).Status);
        practice.Clock.Advance(Duration.FromMinutes(1));
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, "weber"))).Status);
        Assert.Equal(("lapsed", 0), (practice.Of(held.Number, "state"), practice.Taken(held.Number)));

        Assert.Equal(422, await Post(practice, link + "/bestaetigung"));
        Assert.Equal("lapsed", practice.Of(held.Number, "state"));
        var page = await practice.Browser.Open(link);
        Assert.Equal((200, "Dieser Termin ist nicht zustande gekommen"), (page.Status, page.Heading));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_cancellation_can_be_taken_back_for_a_quarter_of_an_hour()
    {
        await using var practice = await fixture.Start();
        var (number, link) = await Booked(practice);
        var page = await practice.Browser.Press(await practice.Browser.Open(link + "/absage"), "form button");
        Assert.Equal((200, "Der Termin ist abgesagt"), (page.Status, page.Heading));
        Assert.Equal(("cancelled", "2"), (practice.Of(number, "state"), practice.Of(number, "revision")));
        Assert.True(practice.Taken(number) > 0, "the time stays theirs");
        practice.Clock.Advance(Duration.FromMinutes(14));
        page = await practice.Browser.Press(page, "form[action$='/rueckgaengig'] button");
        Assert.Equal((200, "Ihr Termin ist gebucht"), (page.Status, page.Heading));
        Assert.Equal(("booked", "3", null), (practice.Of(number, "state"), practice.Of(number, "revision"), practice.Of(number, "state_before")));
    }

    [Fact]
    public async Task After_a_quarter_of_an_hour_it_cannot_and_the_time_is_free()
    {
        await using var practice = await fixture.Start();
        var (number, link) = await Booked(practice);
        Assert.Equal(303, await Post(practice, link + "/absage"));
        practice.Clock.Advance(Duration.FromMinutes(15));
        Assert.Equal(422, await Post(practice, link + "/absage/rueckgaengig"));
        Assert.Equal(("cancelled", 0), (practice.Of(number, "state"), practice.Taken(number)));
        var page = await practice.Browser.Open(link);
        Assert.Equal("Der Termin ist abgesagt", page.Heading);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task A_hold_that_is_cancelled_and_taken_back_is_a_hold_again()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("impfung");
        var link = await practice.LinkTo(held.Number);
        Assert.Equal((303, 303), (await Post(practice, link + "/absage"), await Post(practice, link + "/absage/rueckgaengig")));
        Assert.Equal("held", practice.Of(held.Number, "state"));
        practice.Clock.Advance(Duration.FromMinutes(31));
        Assert.Equal(422, await Post(practice, link + "/bestaetigung"));
        Assert.Equal("lapsed", practice.Of(held.Number, "state"));
    }

    [Fact]
    public async Task A_move_keeps_the_old_time_until_the_new_one_is_sure()
    {
        await using var practice = await fixture.Start();
        var (number, link) = await Booked(practice);
        var (start, rows, stretches) = (practice.Of(number, "starts_local"), practice.Count("appointment"), practice.Taken(number));
        var taken = (await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-12-02"))[0];
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", taken.Start, "weber", "andere@example.org"))).Status);

        var refused = await practice.Browser.Post(link + "/verschiebung", [("zeit", $"{taken.Start} weber")]);
        Assert.Equal((422, start, "1"), (refused.Status, practice.Of(number, "starts_local"), practice.Of(number, "revision")));
        Assert.StartsWith("Fehler: ", refused.Title, StringComparison.Ordinal);
        Assert.Equal(stretches, practice.Taken(number));

        var moved = await practice.Browser.Press(await practice.Browser.Open(link + "/verschiebung?tag=2026-12-03"), "form.body button[name=zeit]");
        Assert.Equal((200, "Ihr Termin ist gebucht"), (moved.Status, moved.Heading));
        Assert.StartsWith("2026-12-03", practice.Of(number, "starts_local"), StringComparison.Ordinal);
        Assert.Equal(("2", rows + 1, stretches), (practice.Of(number, "revision"), practice.Count("appointment"), practice.Taken(number)));
        Assert.Contains(await practice.Api.Slots("impfung", more: $"&from={start![..10]}&days=1"), slot => slot.Start.StartsWith(start, StringComparison.Ordinal));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_move_within_its_own_time_is_possible_and_the_same_move_again_is_none()
    {
        await using var practice = await fixture.Start();
        var slots = await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-12-03&days=1");
        var (first, second) = slots.Zip(slots.Skip(1)).First(pair => pair.Second.Start[11..13] == pair.First.Start[11..13]);
        var held = await practice.Api.Book(ApiClient.Wish("impfung", first.Start, "weber"));
        var link = await practice.LinkTo(held.Number);
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await practice.Browser.Post(link + "/verschiebung", [("zeit", $"{second.Start} weber")])).Status);
        Assert.Equal((second.Start[..16], "1"), (practice.Of(held.Number, "starts_local"), practice.Of(held.Number, "revision")));
        Assert.Equal("held", practice.Of(held.Number, "state"));
    }

    [Fact]
    public async Task The_link_follows_the_appointment_to_its_new_day()
    {
        await using var practice = await fixture.Start();
        var (number, link) = await Booked(practice);
        var late = (await practice.Api.Slots("impfung", more: "&from=2027-01-11"))[0];
        Assert.Equal(200, (await practice.Browser.Post(link + "/verschiebung", [("zeit", $"{late.Start} {late.Vet}")])).Status);
        practice.Clock.Set(Instant.FromUtc(2027, 1, 9, 9, 0));
        Assert.Equal(200, (await practice.Browser.Open(link)).Status);
        Assert.Equal("booked", practice.Of(number, "state"));
    }

    [Fact]
    public async Task When_it_is_too_late_the_page_names_the_telephone()
    {
        await using var practice = await fixture.Start();
        var (number, link) = await Booked(practice);
        var start = Instant.FromUnixTimeSeconds(long.Parse(practice.Of(number, "starts_at")!, System.Globalization.CultureInfo.InvariantCulture));
        practice.Clock.Set(start - Duration.FromHours(24));
        var (page, ask, move) = (await practice.Browser.Open(link), await practice.Browser.Open(link + "/absage"), await practice.Browser.Open(link + "/verschiebung"));
        Assert.All(new[] { page, ask, move }, one => Assert.Contains("030 23125 120", one.Words, StringComparison.Ordinal));
        Assert.All(new[] { page, ask, move }, one => Assert.Empty(one.Document.QuerySelectorAll("main form")));
        Assert.Equal(422, await Post(practice, link + "/absage"));
        Assert.Equal(422, (await practice.Browser.Post(link + "/verschiebung", [("zeit", "2026-12-10T09:10:00+01:00 weber")])).Status);
        Assert.Equal(("booked", "1"), (practice.Of(number, "state"), practice.Of(number, "revision")));
    }

    [Fact]
    public async Task A_visit_for_known_owners_lapses_with_the_reason_when_nobody_knows_them()
    {
        await using var practice = await fixture.Start();
        var held = await practice.Api.BookFirst("kontrolle", email: "niemand@example.org");
        var page = await practice.Browser.Press(await practice.Browser.Open(await practice.LinkTo(held.Number)), "form[action$='/bestaetigung'] button");
        Assert.Equal(422, page.Status);
        Assert.Contains("schon bei uns waren", page.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal(("lapsed", 0), (practice.Of(held.Number, "state"), practice.Taken(held.Number)));
        Assert.Contains((string)held.Json["start"]!, (await practice.Api.Slots("kontrolle")).Select(slot => slot.Start));
    }

    [Fact]
    public async Task A_visit_for_known_owners_is_booked_when_they_were_here()
    {
        await using var practice = await fixture.Start();
        var (email, owner) = practice.Db.Row(
            "SELECT a.email, min(o.id) FROM appointment a JOIN owner o USING (email_key) WHERE a.state = 'booked' AND a.starts_at < $now GROUP BY a.email_key LIMIT 1",
            row => (row.GetString(0), row.GetInt64(1)), ("$now", PracticeFixture.Monday.ToUnixTimeSeconds()));
        var held = await practice.Api.BookFirst("kontrolle", email: email.ToUpperInvariant());
        Assert.Equal("held", (string?)held.Json["status"]);
        Assert.Equal(303, await Post(practice, await practice.LinkTo(held.Number) + "/bestaetigung"));
        Assert.Equal(("booked", $"{owner}"), (practice.Of(held.Number, "state"), practice.Of(held.Number, "owner_id")));
    }

    [Fact]
    public async Task A_request_waits_for_the_practice_and_no_link_books_it()
    {
        await using var practice = await fixture.Start();
        var asked = await practice.Api.BookFirst("abschied");
        var link = await practice.LinkTo(asked.Number);
        Assert.Equal("Ihre Anfrage ist bei uns", (await practice.Browser.Open(link)).Heading);
        Assert.Equal(422, await Post(practice, link + "/bestaetigung"));
        Assert.Equal("requested", practice.Of(asked.Number, "state"));
        practice.Clock.Advance(Duration.FromHours(48));
        await practice.Api.BookFirst("tfa", email: "andere@example.org");
        Assert.Equal(("lapsed", 0), (practice.Of(asked.Number, "state"), practice.Taken(asked.Number)));
    }

    private static async Task<(string Number, string Link)> Booked(RunningPractice practice)
    {
        var held = await practice.Api.BookFirst("impfung", more: "&from=2026-12-01&vet=weber");
        var link = await practice.LinkTo(held.Number);
        Assert.Equal(303, await Post(practice, link + "/bestaetigung"));
        return (held.Number, link);
    }

    private static async Task<int> Post(RunningPractice practice, string url)
    {
        using var response = await practice.Http.PostAsync(url, null);
        return (int)response.StatusCode;
    }
}

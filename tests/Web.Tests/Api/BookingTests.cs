using VetBooking.Tests.Running;

namespace VetBooking.Tests.Api;

public sealed class BookingTests(PracticeFixture fixture)
{
    [Fact]
    public async Task A_visit_type_that_wants_confirmation_is_held()
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung"))[0];
        var answer = await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, slot.Vet));
        Assert.Equal((201, "application/json"), (answer.Status, answer.Type));
        Assert.Equal(["number", "status", "start", "minutes", "vet", "heldUntil"], answer.Json.AsObject().Select(pair => pair.Key));
        Assert.Equal("held", (string?)answer.Json["status"]);
        Assert.Equal("2026-11-23T08:30:00+01:00", (string?)answer.Json["heldUntil"]);
        Assert.Equal("held", practice.Of(answer.Number, "state"));
        Assert.Equal(slot.Start[..16], practice.Of(answer.Number, "starts_local"));
        Assert.DoesNotContain(slot, await practice.Api.Slots("impfung"));
    }

    [Theory]
    [InlineData("tfa", "dog", "booked")]
    [InlineData("abschied", "dog", "requested")]
    [InlineData("kontrolle", "dog", "held")]
    [InlineData("pferd", "horse", "held")]
    public async Task The_visit_type_decides_what_a_booking_is_at_first(string type, string species, string status)
    {
        await using var practice = await fixture.Start();
        var answer = await practice.Api.BookFirst(type, species);
        Assert.Equal(status, (string?)answer.Json["status"]);
        Assert.Equal(status, practice.Of(answer.Number, "state"));
        Assert.Equal(status == "held", answer.Json["heldUntil"] is not null);
        Assert.True(practice.Taken(answer.Number) > 0);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM outbox o JOIN appointment a ON a.id = o.appointment_id WHERE a.number = $number", ("$number", answer.Number)));
    }

    [Fact]
    public async Task A_slot_that_is_gone_is_a_conflict_with_the_nearest_that_are_free()
    {
        await using var practice = await fixture.Start();
        var slots = await practice.Api.Slots("impfung", more: "&vet=weber");
        var gone = slots[20];
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", gone.Start, "weber"))).Status);
        var answer = await practice.Api.Book(ApiClient.Wish("impfung", gone.Start, "weber"));
        Assert.Equal((409, "application/problem+json", "slot-taken", 409), (answer.Status, answer.Type, answer.Problem, (int)answer.Json["status"]!));
        Assert.Equal(["type", "title", "status", "nearest"], answer.Json.AsObject().Select(pair => pair.Key));
        var nearest = ApiClient.SlotsIn(answer.Json["nearest"]!);
        Assert.Equal(5, nearest.Count);
        Assert.All(nearest, slot => Assert.Equal(("weber", 20), (slot.Vet, slot.Minutes)));
        var now = await practice.Api.Slots("impfung", more: "&vet=weber");
        Assert.All(nearest, slot => Assert.Contains(slot, now));
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", nearest[0].Start, nearest[0].Vet))).Status);
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", nearest[^1].Start, nearest[^1].Vet))).Status);
    }

    [Fact]
    public async Task A_day_that_is_full_is_a_conflict_too()
    {
        await using var practice = await fixture.Start();
        var first = (await practice.Api.Slots("zweitmeinung", more: "&from=2026-12-07"))[0];
        var day = first.Start[..10];
        var slots = await practice.Api.Slots("zweitmeinung", more: $"&from={day}&days=1");
        for (var left = slots; left.Count > 0; left = await practice.Api.Slots("zweitmeinung", more: $"&from={day}&days=1"))
        {
            Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("zweitmeinung", left[0].Start, left[0].Vet))).Status);
        }
        Assert.InRange(practice.Db.Number("SELECT count(*) FROM appointment WHERE visit_type_id = 'zweitmeinung' AND starts_local LIKE $day AND state = 'held'", ("$day", day + "%")), 1, 2);
        var answer = await practice.Api.Book(ApiClient.Wish("zweitmeinung", slots[^1].Start, slots[^1].Vet));
        Assert.Equal((409, "slot-taken"), (answer.Status, answer.Problem));
        Assert.All(ApiClient.SlotsIn(answer.Json["nearest"]!), slot => Assert.False(slot.Start.StartsWith(day, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("impfung", "2026-11-25T09:03:00+01:00", "off-grid")]
    [InlineData("impfung", "2026-11-25T09:05:00+01:00", "off-grid")]
    [InlineData("impfung", "2026-11-22T09:00:00+01:00", "past")]
    [InlineData("impfung", "1970-01-01T01:00:00+01:00", "past")]
    [InlineData("impfung", "2026-11-23T08:30:00+01:00", "too-soon")]
    [InlineData("impfung", "2027-03-01T09:00:00+01:00", "too-far")]
    [InlineData("impfung", "9999-12-31T10:00:00+01:00", "too-far")]
    [InlineData("impfung", "2026-11-25T03:00:00+01:00", "closed")]
    [InlineData("impfung", "2026-12-25T10:00:00+01:00", "closed")]
    [InlineData("abschied", "2026-11-24T09:00:00+01:00", "outside-window")]
    [InlineData("tfa", "2026-11-25T08:10:00+01:00", "nobody-there")]
    public async Task A_start_that_cannot_be_is_refused_with_its_cause(string type, string start, string cause)
    {
        await using var practice = await fixture.Start();
        await Refused(practice, await practice.Api.Book(ApiClient.Wish(type, start)), cause, "start");
    }

    [Theory]
    [InlineData("frisur", "dog", null, "not-online", "visitType")]
    [InlineData("impfung", "horse", null, "species-not-treated", "animals")]
    [InlineData("impfung", "dog", "tfa-ruiz", "vet-not-suitable", "vet")]
    [InlineData("impfung", "dog", "niemand", "vet-not-suitable", "vet")]
    public async Task A_wish_that_can_never_be_is_refused_with_its_cause(string type, string species, string? vet, string cause, string field)
    {
        await using var practice = await fixture.Start();
        await Refused(practice, await practice.Api.Book(ApiClient.Wish(type, "2026-11-25T09:00:00+01:00", vet, species: species)), cause, field);
    }

    [Theory]
    [InlineData("de", "Erster Weihnachtstag")]
    [InlineData("en", "Christmas")]
    public async Task A_holiday_is_called_by_its_name(string language, string name)
    {
        await using var practice = await fixture.Start();
        practice.Http.DefaultRequestHeaders.Add("Accept-Language", language);
        var answer = await practice.Api.Book(ApiClient.Wish("impfung", "2026-12-25T10:00:00+01:00"));
        Assert.Contains(name, (string)answer.Json["detail"]!, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("T09:10:00+02:00")]
    [InlineData("T08:10:00Z")]
    [InlineData("T08:10:00+00:00")]
    [InlineData("T09:10:00")]
    [InlineData("T09:10+01:00")]
    [InlineData(" 09:10:00+01:00")]
    public async Task A_start_with_another_offset_is_refused_and_never_adjusted(string time)
    {
        await using var practice = await fixture.Start();
        var before = practice.Count("appointment");
        var answer = await practice.Api.Book(ApiClient.Wish("impfung", "2026-12-01" + time));
        Assert.Equal((422, "invalid"), (answer.Status, answer.Problem));
        Assert.Equal(["start"], answer.Fields);
        Assert.Equal(before, practice.Count("appointment"));
    }

    [Fact]
    public async Task What_nobody_asked_about_is_ignored()
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung"))[0];
        var wish = ApiClient.Wish("impfung", slot.Start);
        foreach (var name in (string[])["status", "state", "number", "id", "minutes", "expires_at", "owner_id", "revision", "created_at"]) wish[name] = "booked";
        wish["owner"]!["id"] = 1;
        wish["owner"]!["confirmed_at"] = 1;
        var answer = await practice.Api.Book(wish);
        Assert.Equal((201, "held"), (answer.Status, (string)answer.Json["status"]!));
        Assert.Equal(("held", "20", "0", null), (practice.Of(answer.Number, "state"), practice.Of(answer.Number, "minutes"), practice.Of(answer.Number, "revision"), practice.Of(answer.Number, "owner_id")));
    }

    [Fact]
    public async Task An_owner_the_practice_knows_stays_as_it_is_whoever_books_with_the_address()
    {
        await using var practice = await fixture.Start();
        var email = practice.Db.Row("SELECT email FROM owner ORDER BY id LIMIT 1", row => row.GetString(0))!;
        var before = practice.Db.Rows("SELECT name || email || phone || coalesce(confirmed_at, 0) FROM owner ORDER BY id", row => row.GetString(0));
        var answer = await practice.Api.BookFirst("impfung", email: email.ToUpperInvariant());
        using var confirmed = await practice.Http.PostAsync(await practice.LinkTo(answer.Number) + "/bestaetigung", null);
        Assert.Equal("booked", practice.Of(answer.Number, "state"));
        Assert.Equal(before, practice.Db.Rows("SELECT name || email || phone || coalesce(confirmed_at, 0) FROM owner ORDER BY id", row => row.GetString(0)));
        Assert.Equal("Erika Mustermann", practice.Of(answer.Number, "name"));
    }

    private static async Task Refused(RunningPractice practice, ApiAnswer answer, string cause, string field)
    {
        Assert.Equal((422, "application/problem+json", "invalid", cause), (answer.Status, answer.Type, answer.Problem, answer.Cause));
        Assert.Equal([field], answer.Fields);
        Assert.NotEqual("", (string)answer.Json["detail"]!);
        Assert.Equal(0, practice.Count("answered"));
        Assert.Equal(200, (await practice.Api.Get("/api/v1/practice")).Status);
    }
}

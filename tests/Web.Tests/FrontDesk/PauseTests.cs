using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.FrontDesk;

/// <summary>One click stops online booking for a while; and some times are kept for urgent cases.</summary>
public sealed class PauseTests(PracticeFixture fixture)
{
    [Fact]
    public async Task One_click_stops_the_pages_and_the_program_alike_and_both_say_until_when()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var slot = (await practice.Api.Slots("impfung"))[0];
        var paused = await desk.Browser.Press(await desk.Open("/praxis/pause"), "button[value='2']");
        Assert.Contains("bis Montag, 23. November, 10:00 Uhr", paused.Words, StringComparison.Ordinal);

        var slots = await practice.Api.Get("/api/v1/slots?visitType=impfung&species=dog");
        Assert.Equal((200, "2026-11-23T10:00:00+01:00"), (slots.Status, (string?)slots.Json["pausedUntil"]));
        Assert.Empty(slots.Json["slots"]!.AsArray());
        Assert.Equal("2026-11-23T10:00:00+01:00", (string?)(await practice.Api.Get("/api/v1/practice")).Json["pausedUntil"]);
        var refused = await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, slot.Vet));
        Assert.Equal((422, "invalid", "paused"), (refused.Status, refused.Problem, refused.Cause));
        Assert.Contains("10:00", (string?)refused.Json["detail"], StringComparison.Ordinal);
        Assert.Contains("030 23125 120", (string?)refused.Json["detail"], StringComparison.Ordinal);
        foreach (var path in (string[])["/", "/buchen"]) Assert.Contains("Online-Buchung macht Pause bis", (await practice.Browser.Open(path)).Words, StringComparison.Ordinal);
        Assert.Contains("macht Pause", (await practice.Browser.ToTimes()).Words, StringComparison.Ordinal);

        practice.Clock.Advance(Duration.FromHours(2));
        Assert.NotEmpty(await practice.Api.Slots("impfung"));
        Assert.Null((await practice.Api.Get("/api/v1/practice")).Json["pausedUntil"]);
        Assert.DoesNotContain("macht Pause", (await practice.Browser.Open("/buchen")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_ends_early_by_one_click_and_owners_can_still_confirm_and_cancel_during_it()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var number = (await practice.Api.BookFirst("impfung")).Number;
        var link = await practice.LinkTo(number);
        await desk.Browser.Press(await desk.Open("/praxis/pause"), "button[value=morgen]");
        await practice.Browser.Press(await practice.Browser.Open(link), "form[action*=bestaetigung] button");
        Assert.Equal("booked", practice.Of(number, "state"));
        await desk.Browser.Press(await desk.Open("/praxis/pause"), "form[action$=ende] button");
        Assert.NotEmpty(await practice.Api.Slots("impfung"));
        Assert.Equal(["booking.paused", "booking.resumed"], practice.Db.Rows("SELECT act FROM audit WHERE act LIKE 'booking.%' ORDER BY id", row => row.GetString(0)));
    }

    [Fact]
    public async Task No_length_or_a_strange_one_is_no_pause()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        foreach (var length in (string[])["", "3", "-1", "9999999999", "ewig"])
        {
            Assert.Equal(422, (await desk.Post("/praxis/pause", ("dauer", length))).Status);
        }
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM practice WHERE paused_until IS NOT NULL"));
    }

    [Fact]
    public async Task A_time_kept_for_urgent_cases_is_not_offered_before_its_hour_and_cannot_be_booked_by_any_way()
    {
        await using var practice = await fixture.Start();
        var manager = await practice.SignedIn(Role.Administrator);
        // Thursday a week from now: nobody has it yet.
        var slot = (await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-12-10&days=1"))[^1];
        var (hour, minute) = (slot.Start[11..13], slot.Start[14..16]);
        var kept = await manager.Browser.Press(await manager.Open("/praxis/pause"), "form[action='/praxis/reserve'] button",
            ("person", "weber"), ("tag", "4"), ("von", $"{hour}:00"), ("bis", $"{hour}:55"), ("frei", "08:00"));
        Assert.Contains($"{hour}:00–{hour}:55", kept.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(slot, await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-12-10&days=1"));
        var refused = await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, "weber"));
        Assert.Equal((422, "held-back"), (refused.Status, refused.Cause));
        practice.Clock.Set(Instant.FromUtc(2026, 12, 10, 7, 0));
        Assert.Contains(slot, await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-12-10&days=1"));
        Assert.NotEqual("", minute);

        practice.Clock.Set(PracticeFixture.Monday);
        await manager.Browser.Press(await manager.Open("/praxis/pause"), "form[action*=loeschung] button");
        Assert.Contains(slot, await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-12-10&days=1"));
    }

    [Theory]
    [InlineData("niemand", "1", "11:00", "12:00", "08:00")]
    [InlineData("weber", "8", "11:00", "12:00", "08:00")]
    [InlineData("weber", "1", "11:02", "12:00", "08:00")]
    [InlineData("weber", "1", "12:00", "11:00", "08:00")]
    [InlineData("weber", "1", "11:00", "12:00", "")]
    [InlineData("weber", "1", "25:00", "26:00", "08:00")]
    public async Task What_is_no_time_is_not_kept_and_what_was_typed_is(string person, string day, string from, string to, string opens)
    {
        await using var practice = await fixture.Start();
        var manager = await practice.SignedIn(Role.Administrator);
        var page = await manager.Post("/praxis/reserve", ("person", person), ("tag", day), ("von", from), ("bis", to), ("frei", opens));
        Assert.Equal(422, page.Status);
        Assert.Empty(page.DeadErrorLinks);
        Assert.Equal((from, to, opens), (page.Value("#von"), page.Value("#bis"), page.Value("#frei")));
        Assert.Equal(0, practice.Count("reserve"));
        Assert.Equal(403, (await (await practice.SignedIn()).Post("/praxis/reserve", ("person", "weber"), ("tag", "1"), ("von", "11:00"), ("bis", "12:00"), ("frei", "08:00"))).Status);
    }
}

using Microsoft.Data.Sqlite;
using VetBooking.Tests.Planning;
using VetBooking.Tests.Running;
using VetBooking.Web.Planning;
using VetBooking.Web.WaitingList;
using static VetBooking.Tests.Waiting.FullPractice;

namespace VetBooking.Tests.Waiting;

/// <summary>Many who want the one time that is offered.</summary>
public sealed class RaceTests(PracticeFixture fixture)
{
    private const int Many = 60;

    [Fact]
    public async Task Of_sixty_who_accept_one_time_at_once_exactly_one_has_it()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var first = await practice.Enter(Wants("Owner 0", "owner0@example.org"));
        await practice.FreeFor(1);
        var entries = new List<long> { first };
        for (var i = 1; i < Many; i++)
        {
            var name = $"owner{i}@example.org";
            entries.Add(await practice.Writer.Write(change =>
            {
                var id = Entries.Add(change, Web.Storage.Actor.Practice, Wants("Owner", name).Wish);
                // More than a practice can choose: all of them are offered the same time.
                Offer.Make(change, Entry.Load(change.Db, id)!, KeptTimes.Load(change.Db, change.Db.Number("SELECT id FROM kept_time"))!, change.Now);
                return id;
            }));
        }
        var links = await Task.WhenAll(entries.Select(practice.OfferLink));
        var answers = await Task.WhenAll(links.Select(link => Post(practice, link + "/annahme")));
        Assert.All(answers, status => Assert.True(status is 303 or 422, $"{status}"));
        Assert.Equal((1L, 1L, Many - 1L), (practice.Count("appointment"), practice.Offers("accepted"), practice.Offers("taken")));
        Assert.Equal(Many - 1, practice.Db.Number("SELECT count(*) FROM waiting WHERE state = 'waiting'"));
        Assert.Equal(0, practice.Count("kept_time"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task One_who_presses_sixty_times_has_one_appointment()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var entry = await practice.Enter(Wants());
        await practice.FreeFor(1);
        var link = await practice.OfferLink(entry);
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => Post(practice, link + (i % 6) switch { 4 => "/ablehnung", 5 => "/ende", _ => "/annahme" })));
        Assert.All(answers, status => Assert.Equal(303, status));
        Assert.InRange(practice.Count("appointment"), 0, 1);
        Assert.Equal(practice.Offers("accepted"), practice.Count("appointment"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Owners_who_book_online_and_staff_who_plan_never_get_the_time_that_is_offered()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var entry = await practice.Enter(Wants());
        await practice.FreeFor(1);
        var desk = await practice.SignedIn();
        var link = await practice.OfferLink(entry);
        var online = Enumerable.Range(0, 30).Select(i => practice.Api.Book(ApiClient.Wish("impfung", "2026-11-25T11:00:00+01:00", "weber", $"online{i}@example.org"))).ToList();
        var planned = practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, PlanPractice.Wish(Time, "weber")));
        var accepted = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Post(practice, link + "/annahme")));
        var answers = await Task.WhenAll(online);
        Assert.All(answers, answer => Assert.Equal(409, answer.Status));
        // Staff are asked first: they may have it, knowingly.
        Assert.IsType<PlanOutcome.Asks>(await planned);
        Assert.All(await accepted, status => Assert.Equal(303, status));
        Assert.Equal(("accepted", 1L), (practice.OfferOf(entry), practice.Count("appointment")));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task The_database_itself_refuses_what_meets_a_kept_time()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var booked = await practice.Enter(Wants());
        await practice.FreeFor(1);
        await practice.Browser.Post(await practice.OfferLink(booked) + "/annahme", []);
        var id = practice.Db.Number("SELECT id FROM appointment");
        var refused = Assert.Throws<SqliteException>(() => practice.Db.Execute(
            "INSERT INTO occupancy SELECT 'weber', starts_at + 300, ends_at + 300, appointment_id FROM occupancy WHERE appointment_id = $id AND resource_id = 'weber'", ("$id", id)));
        Assert.True(Web.Booking.Holds.IsOverlap(refused));
    }

    [Fact]
    public async Task Staff_take_the_time_knowingly_and_it_is_not_offered_again()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var (first, second) = (await practice.Enter(Wants("A A")), await practice.Enter(Wants("B B")));
        await practice.FreeFor(2);
        using var desk = await practice.SignedIn();
        Assert.Contains("Für die Warteliste freigehalten", (await desk.Open("/praxis/tag?tag=2026-11-25")).Html, StringComparison.Ordinal);
        var kept = practice.Db.Number("SELECT id FROM blocked_time WHERE kept_time_id IS NOT NULL AND resource_id = 'weber'");
        Assert.Equal(200, (await desk.Post($"/praxis/sperre/{kept}/aufhebung")).Status);
        await practice.Look();
        Assert.Equal(("withdrawn", "withdrawn", 0L), (practice.OfferOf(first), practice.OfferOf(second), practice.Offers("open")));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM blocked_time WHERE kept_time_id IS NOT NULL"));
        var late = await practice.Browser.Post(await practice.OfferLink(first) + "/annahme", []);
        Assert.Equal("Diese Zeit ist schon vergeben", late.Heading);
        await practice.Make(desk, Time, "weber");
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_visit_squeezed_in_over_the_kept_time_withdraws_the_offer()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var entry = await practice.Enter(Wants());
        await practice.FreeFor(1);
        using var desk = await practice.SignedIn();
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, PlanPractice.Wish(Time, "weber") with { Consent = new Consent(false, "Notfall") })));
        await UntilSo(() => practice.OfferOf(entry) == "withdrawn");
        Assert.Equal("waiting", practice.StateOf(entry));
        Assert.Empty(practice.Problems());
    }

    private static async Task<int> Post(RunningPractice practice, string url)
    {
        using var nothing = new FormUrlEncodedContent([]);
        using var response = await practice.Http.PostAsync(url, nothing);
        return (int)response.StatusCode;
    }
}

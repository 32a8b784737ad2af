using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.VisitFlow;

/// <summary>Arrived, called, in the room, done: one button after the other.</summary>
public sealed class StepTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Each_button_takes_somebody_one_step_on_and_writes_down_when_and_who()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var visit = Today.FirstVisit(practice);
        var columns = new[] { ("ankunft", "arrived"), ("aufruf", "called"), ("zimmer", "room"), ("ende", "done") };
        for (var i = 0; i < columns.Length; i++)
        {
            practice.Clock.Advance(Duration.FromMinutes(7));
            Assert.Equal(200, (await desk.Post($"/praxis/termin/{visit}/{columns[i].Item1}", ("stand", $"{i}"), ("zurueck", "/praxis/warteraum"))).Status);
            Assert.Equal(practice.Clock.GetCurrentInstant().ToUnixTimeSeconds(), Today.Arrival(practice, visit, columns[i].Item2 + "_at"));
            Assert.Equal(desk.Account, Today.Arrival(practice, visit, columns[i].Item2 + "_by"));
        }
        Assert.Equal(4, practice.Db.Number("SELECT count(*) FROM audit WHERE object = 'appointment:' || $id AND act LIKE 'visit.%' AND actor = 'account:' || $account", ("$id", visit), ("$account", desk.Account)));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_button_pressed_twice_counts_once()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var visit = Today.FirstVisit(practice);
        await desk.Post($"/praxis/termin/{visit}/ankunft", ("stand", "0"));
        practice.Clock.Advance(Duration.FromMinutes(3));
        Assert.Equal(200, (await desk.Post($"/praxis/termin/{visit}/ankunft", ("stand", "0"))).Status);
        Assert.Equal(PracticeFixture.Monday.ToUnixTimeSeconds(), Today.Arrival(practice, visit, "arrived_at"));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'visit.arrived'"));
    }

    [Fact]
    public async Task Whoever_presses_on_an_old_page_sees_how_it_stands_and_changes_nothing()
    {
        await using var practice = await fixture.Start();
        var (one, other) = (await practice.SignedIn(), await practice.SignedIn(Role.Vet));
        var visit = Today.FirstVisit(practice);
        await one.Post($"/praxis/termin/{visit}/ankunft", ("stand", "0"));
        await one.Post($"/praxis/termin/{visit}/zimmer", ("stand", "1"));
        var before = await practice.Digest();
        var seen = await other.Post($"/praxis/termin/{visit}/aufruf", ("stand", "1"));
        Assert.Equal(409, seen.Status);
        Assert.Contains("Jemand anderes", seen.Words, StringComparison.Ordinal);
        Assert.Contains("im Zimmer seit 08:00 Uhr", seen.Words, StringComparison.Ordinal);
        Assert.Equal(409, (await other.Post($"/praxis/termin/{visit}/schritt-zurueck", ("stand", "1"))).Status);
        Assert.Equal(before, await practice.Digest());
        Assert.Equal(200, (await other.Browser.Press(seen, ".steps .pri")).Status);
        Assert.NotEqual(0, Today.Arrival(practice, visit, "done_at"));
    }

    [Fact]
    public async Task The_last_step_can_be_taken_back_however_far_somebody_has_come()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var visit = Today.FirstVisit(practice);
        await desk.Post($"/praxis/termin/{visit}/ankunft", ("stand", "0"));
        await desk.Post($"/praxis/termin/{visit}/ende", ("stand", "1"));
        await desk.Post($"/praxis/termin/{visit}/schritt-zurueck", ("stand", "2"));
        Assert.Equal(0, Today.Arrival(practice, visit, "done_at"));
        Assert.NotEqual(0, Today.Arrival(practice, visit, "arrived_at"));
        await desk.Post($"/praxis/termin/{visit}/schritt-zurueck", ("stand", "3"));
        Assert.Equal(0, Today.Arrival(practice, visit, "arrived_at"));
        Assert.Equal(200, (await desk.Post($"/praxis/termin/{visit}/schritt-zurueck", ("stand", "4"))).Status);
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'step.taken-back'"));
    }

    [Fact]
    public async Task Nobody_is_a_no_show_before_their_time_and_whoever_comes_late_has_come()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var visit = Today.FirstVisit(practice);
        Assert.Equal(409, (await desk.Post($"/praxis/termin/{visit}/nichterschienen", ("stand", "0"))).Status);
        Assert.Equal(0, practice.Count("arrival"));
        practice.Clock.Advance(Duration.FromHours(10));
        desk = await practice.SignedIn();
        Assert.Equal(200, (await desk.Post($"/praxis/termin/{visit}/nichterschienen", ("stand", "0"))).Status);
        Assert.NotEqual(0, Today.Arrival(practice, visit, "no_show_at"));
        Assert.Equal(200, (await desk.Post($"/praxis/termin/{visit}/ankunft", ("stand", "1"))).Status);
        Assert.Equal((0, true), (Today.Arrival(practice, visit, "no_show_at"), Today.Arrival(practice, visit, "arrived_at") > 0));
    }

    [Fact]
    public async Task Nobody_arrives_for_what_is_not_booked_or_not_today_or_not_there()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var later = practice.Db.Number("SELECT id FROM appointment WHERE state = 'booked' AND starts_at > $now ORDER BY starts_at DESC LIMIT 1", ("$now", PracticeFixture.Monday.ToUnixTimeSeconds()));
        var gone = Today.FirstVisit(practice);
        practice.Db.Execute("UPDATE appointment SET state = 'cancelled' WHERE id = $id", ("$id", gone));
        Assert.Equal(409, (await desk.Post($"/praxis/termin/{later}/ankunft", ("stand", "0"))).Status);
        Assert.Equal(409, (await desk.Post($"/praxis/termin/{gone}/ankunft", ("stand", "0"))).Status);
        foreach (var nobody in (string[])["987654", "abc", "-1", "99999999999999999999"])
        {
            Assert.Equal(404, (await desk.Post($"/praxis/termin/{nobody}/ankunft", ("stand", "0"))).Status);
            Assert.Equal(404, (await desk.Post($"/praxis/nummer/{nobody}/aufruf", ("stand", "0"))).Status);
            Assert.Equal(404, (await desk.Post($"/praxis/nummer/{nobody}/schritt-zurueck", ("stand", "0"))).Status);
        }
        Assert.Equal(0, practice.Count("arrival"));
    }

    [Fact]
    public async Task A_button_leads_back_to_a_page_of_the_practices_and_nowhere_else()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var visit = Today.FirstVisit(practice);
        foreach (var (wanted, expected) in new[] { ("/praxis/liste?tag=2026-11-23", "/praxis/liste?tag=2026-11-23"), ("//evil.example", "/praxis/warteraum"), ("https://evil.example/praxis/", "/praxis/warteraum"), ("/praxis/\\evil", "/praxis/warteraum"), ("/praxis/\r\nX: 1", "/praxis/warteraum") })
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("stand", "0"), KeyValuePair.Create("zurueck", wanted), KeyValuePair.Create(Staff.FormTokenField, Sessions.FormToken(desk.Token))]);
            using var answer = await desk.Http.PostAsync($"/praxis/termin/{visit}/ankunft", content);
            Assert.Equal((303, expected), ((int)answer.StatusCode, answer.Headers.Location!.ToString()));
        }
    }

    [Fact]
    public async Task A_visit_moved_to_another_day_begins_anew()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var visit = Today.FirstVisit(practice);
        await desk.Post($"/praxis/termin/{visit}/ankunft", ("stand", "0"));
        practice.Db.Execute("UPDATE appointment SET starts_local = substr(starts_local, 1, 10) || 'T23:00' WHERE id = $id", ("$id", visit));
        Assert.Equal(1, practice.Count("arrival"));
        practice.Db.Execute("UPDATE appointment SET starts_local = '2026-12-01T10:00' WHERE id = $id", ("$id", visit));
        Assert.Equal(0, practice.Count("arrival"));
    }
}

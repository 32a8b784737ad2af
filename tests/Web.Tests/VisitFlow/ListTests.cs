using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.VisitFlow;

/// <summary>The day as a list, the waiting room, and the copy for when there is no connection.</summary>
public sealed class ListTests(PracticeFixture fixture)
{
    [Fact]
    public async Task The_list_shows_everybody_of_the_day_once_with_how_to_reach_them_and_nothing_of_what_is_wrong()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn(Role.Trainee);
        practice.Db.Execute("UPDATE appointment_animal SET reason = 'Hinkt seit gestern'; UPDATE appointment SET note = 'Beisst vielleicht'");
        var expected = practice.Db.Number("SELECT count(*) FROM appointment WHERE state IN ('held', 'requested', 'booked') AND substr(starts_local, 1, 10) = '2026-11-23'");
        foreach (var order in (string[])["", "&nach=person"])
        {
            var list = await desk.Open("/praxis/liste?tag=2026-11-23" + order);
            Assert.Equal(expected, list.Document.QuerySelectorAll("table.day tbody tr").Length);
            Assert.DoesNotContain("Hinkt", list.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Beisst", list.Html, StringComparison.Ordinal);
        }
        var phone = practice.Db.Row("SELECT phone FROM appointment WHERE id = $id", row => row.GetString(0), ("$id", Today.FirstVisit(practice)))!;
        Assert.Contains(phone, (await desk.Open("/praxis/liste")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tomorrow_is_the_next_day_the_practice_is_open()
    {
        await using var practice = await fixture.Start(new Wanted { Now = Instant.FromUtc(2026, 11, 27, 12, 0), Sql = "INSERT INTO closure (first_day, last_day) VALUES ('2026-11-30', '2026-11-30')" });
        var desk = await practice.SignedIn();
        var saturday = practice.Db.Number("SELECT count(*) FROM opening_hours WHERE weekday = 6") > 0;
        Assert.Contains(saturday ? "Samstag, 28. November" : "Dienstag, 1. Dezember", (await desk.Open("/praxis/morgen")).Heading, StringComparison.Ordinal);
        foreach (var odd in (string[])["morgen", "2026-02-30", "0001-01-01", "9999-12-31", "%00"]) Assert.Equal(200, (await desk.Open("/praxis/liste?tag=" + odd)).Status);
    }

    [Fact]
    public async Task The_waiting_room_puts_the_called_first_and_then_who_waits_longest()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        var visits = practice.Db.Rows("SELECT id FROM appointment WHERE state = 'booked' AND substr(starts_local, 1, 10) = '2026-11-23' ORDER BY starts_at, id LIMIT 3", row => row.GetInt64(0));
        foreach (var visit in Enumerable.Reverse(visits))
        {
            await desk.Post($"/praxis/termin/{visit}/ankunft", ("stand", "0"));
            practice.Clock.Advance(Duration.FromMinutes(10));
        }
        await desk.Post($"/praxis/termin/{visits[0]}/aufruf", ("stand", "1"));
        var room = await desk.Open("/praxis/warteraum");
        var order = room.Document.QuerySelectorAll("section:has(#wartet) form.steps").Select(form => long.Parse(form.GetAttribute("action")!.Split('/')[3], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal([visits[0], visits[2], visits[1]], order);
        Assert.Contains("3 warten, am längsten 30 Minuten", room.Words, StringComparison.Ordinal);
        Assert.Contains("30 Minuten", room.Words, StringComparison.Ordinal);
        // Whoever only looks sees the same and presses nothing.
        var trainee = await practice.SignedIn(Role.Trainee);
        Assert.Empty((await trainee.Open("/praxis/warteraum")).Document.QuerySelectorAll("form.steps"));
    }

    [Fact]
    public async Task A_list_that_renews_itself_keeps_nobody_signed_in()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        for (var times = 0; times < 7; times++)
        {
            practice.Clock.Advance(Duration.FromMinutes(4));
            Assert.Equal(200, (int)(await desk.Http.GetAsync("/praxis/warteraum/liste")).StatusCode);
        }
        practice.Clock.Advance(Duration.FromMinutes(4));
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/praxis/warteraum/liste");
        asked.Headers.Add("Sec-Fetch-Mode", "cors");
        Assert.Equal(401, (int)(await desk.Http.SendAsync(asked)).StatusCode);
    }

    [Fact]
    public async Task Only_a_marked_browser_gets_a_copy_and_only_while_somebody_is_signed_in_at_it()
    {
        await using var practice = await fixture.Start();
        var (head, desk) = (await practice.SignedIn(Role.Administrator), await practice.SignedIn());
        Assert.Equal(403, (await desk.Post("/praxis/geraete", ("geraet", "Empfang"))).Status);
        Assert.Equal(422, (await head.Post("/praxis/geraete", ("geraet", " "))).Status);
        Assert.Equal(404, (await desk.Open("/praxis/kopie")).Status);
        Assert.DoesNotContain("offline.", (await desk.Open("/praxis/warteraum")).Html, StringComparison.Ordinal);

        using var content = new FormUrlEncodedContent([KeyValuePair.Create("geraet", "Empfang"), KeyValuePair.Create(Staff.FormTokenField, Sessions.FormToken(head.Token))]);
        using var marked = await head.Http.PostAsync("/praxis/geraete", content);
        var cookie = Assert.Single(marked.Headers.GetValues("Set-Cookie"));
        foreach (var wanted in (string[])["httponly", "samesite=strict", "max-age=34560000", "path=/"]) Assert.Contains(wanted, cookie, StringComparison.OrdinalIgnoreCase);
        var token = cookie.Split(';')[0];
        Assert.DoesNotContain(token.Split('=')[1], string.Join('|', practice.Db.Rows("SELECT hex(token_hash) || name FROM workstation", row => row.GetString(0))), StringComparison.Ordinal);

        desk.Http.DefaultRequestHeaders.Remove("Cookie");
        desk.Http.DefaultRequestHeaders.Add("Cookie", $"praxis={desk.Token}; {token}");
        var copy = await desk.Open("/praxis/kopie");
        Assert.Equal(200, copy.Status);
        Assert.Contains("Keine Verbindung. Stand: 08:00 Uhr. Nur zum Lesen.", copy.Html, StringComparison.Ordinal);
        Assert.Equal(2, copy.Document.QuerySelectorAll("main section").Length);
        Assert.Empty(copy.Document.QuerySelectorAll("form, script"));
        Assert.Contains("offline.", (await desk.Open("/praxis/warteraum")).Html, StringComparison.Ordinal);
        Assert.Equal(1, practice.Db.Number("SELECT copied_at IS NOT NULL FROM workstation"));

        // The cookie of a device alone opens nothing.
        using var alone = new HttpRequestMessage(HttpMethod.Get, "/praxis/kopie");
        alone.Headers.Add("Cookie", token);
        Assert.Equal(303, (int)(await practice.Http.SendAsync(alone)).StatusCode);
        Assert.Equal(200, (await head.Post("/praxis/geraete/1/ende")).Status);
        Assert.Equal(404, (await desk.Open("/praxis/kopie")).Status);
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM audit WHERE act LIKE 'workstation.%'"));
    }

    [Fact]
    public async Task The_worker_and_the_manifest_are_what_browsers_want()
    {
        await using var practice = await fixture.Start();
        var desk = await practice.SignedIn();
        using var worker = await desk.Http.GetAsync("/praxis/sw.js");
        Assert.Equal((200, "text/javascript", true), ((int)worker.StatusCode, worker.Content.Headers.ContentType?.MediaType, worker.Headers.CacheControl?.NoStore));
        Assert.DoesNotContain("{p", await worker.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var manifest = await desk.Http.GetAsync("/praxis/app.webmanifest");
        Assert.Equal("application/manifest+json", manifest.Content.Headers.ContentType?.MediaType);
        Assert.Equal("/praxis/tag", (string)System.Text.Json.Nodes.JsonNode.Parse(await manifest.Content.ReadAsStringAsync())!["start_url"]!);
    }
}

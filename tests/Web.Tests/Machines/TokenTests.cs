using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Machines;

/// <summary>The practice's own programs: they get in with a token, where its scope suffices and nowhere else.</summary>
public sealed class TokenTests(PracticeFixture fixture)
{
    private const string Day = "/api/v1/staff/day";
    private const string Bookings = "/api/v1/staff/bookings";

    private static JsonObject Wish(string start = "2026-11-24T09:00:00+01:00") => JsonNode.Parse(
        $$$"""{"visitType":"impfung","start":"{{{start}}}","vet":"weber","owner":{"name":"Nora Neu","phone":"030 23125 888"},"animals":[{"name":"Fips","species":"rabbit"}],"note":"Kommt mit Box."}""")!.AsObject();

    private static async Task<ApiAnswer> Call(RunningPractice practice, string? token, string path, JsonObject? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(body is null && !path.EndsWith("/cancellation", StringComparison.Ordinal) ? HttpMethod.Get : HttpMethod.Post, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers.Append(("Idempotency-Key", Guid.NewGuid().ToString())).DistinctBy(header => header.Item1)) request.Headers.TryAddWithoutValidation(name, value);
        var response = await practice.Http.SendAsync(request);
        return new ApiAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(), response);
    }

    [Fact]
    public async Task A_token_is_shown_once_kept_as_a_hash_and_its_last_day_of_use_is_seen()
    {
        await using var practice = await fixture.Start(HookPractice.Near());
        var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Browser.Press(await desk.Open(HookPractice.Tokens), "#neu ~ form .btn", ("name", "Telefonanlage"));
        var token = page.Find(".said .code").TextContent;
        Assert.Matches("^vb_[A-Za-z0-9_-]{43}$", token);
        Assert.Contains("gültig bis 23.11.2027", page.Words, StringComparison.Ordinal);
        Assert.Contains("noch nie", page.Words, StringComparison.Ordinal);
        using var other = await practice.SignedIn(Role.Administrator);
        Assert.DoesNotContain("vb_", (await other.Open(HookPractice.Tokens)).Html, StringComparison.Ordinal);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM api_token WHERE length(token_hash) = 32 AND used_on IS NULL"));
        Assert.Equal(200, (await Call(practice, token, Day)).Status);
        Assert.Contains("23.11.2026", (await desk.Open(HookPractice.Tokens)).Find("tbody").TextContent, StringComparison.Ordinal);

        await desk.Browser.Press(await desk.Open(HookPractice.Tokens), "form[action$='/widerruf'] button");
        var gone = await Call(practice, token, Day);
        Assert.Equal((401, "unauthorized", "application/problem+json"), (gone.Status, gone.Problem, gone.Type));
        Assert.Contains("invalid_token", gone.Response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("widerrufen", (await desk.Open(HookPractice.Tokens)).Words, StringComparison.Ordinal);
        Assert.Equal(["api-token.made", "api-token.revoked"], practice.Db.Rows("SELECT act FROM audit WHERE object LIKE 'api-token:%' ORDER BY id", row => row.GetString(0)));
    }

    [Fact]
    public async Task What_is_typed_wrongly_is_kept_and_said()
    {
        await using var practice = await fixture.Start(HookPractice.Near());
        var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Post(HookPractice.Tokens, ("name", ""), ("bis", "2026-11-22"));
        Assert.Equal((422, "2026-11-22"), (page.Status, page.Value("#bis")));
        Assert.Equal(["#name", "#darf", "#bis"], page.Document.QuerySelectorAll(".err a").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.DeadErrorLinks);
        Assert.Equal(422, (await desk.Post(HookPractice.Tokens, ("name", "x"), ("darf", "day:read"), ("bis", "2031-01-01"))).Status);
        Assert.Equal(422, (await desk.Post(HookPractice.Tokens, ("name", "x"), ("darf", "alles"), ("bis", "2027-01-01"))).Status);
        Assert.Equal(0, practice.Count("api_token"));
        Assert.Equal(404, (await desk.Post(HookPractice.Tokens + "/4711/widerruf")).Status);
    }

    [Fact]
    public async Task A_scope_opens_its_own_routes_and_a_token_no_page()
    {
        await using var practice = await fixture.Start(HookPractice.Near());
        var (reads, writes) = (await practice.MakeToken("day:read"), await practice.MakeToken("appointments:write"));
        Assert.Equal(200, (await Call(practice, reads, Day)).Status);
        Assert.Equal(201, (await Call(practice, writes, Bookings, Wish())).Status);
        foreach (var refused in (ApiAnswer[])[await Call(practice, writes, Day), await Call(practice, reads, Bookings, Wish()), await Call(practice, reads, "/api/v1/staff/appointments/ABC-DEF/cancellation")])
        {
            Assert.Equal((403, "forbidden"), (refused.Status, refused.Problem));
            Assert.Contains("insufficient_scope", refused.Response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
        foreach (var page in (string[])["/praxis/tag", "/praxis/protokoll", HookPractice.Tokens]) Assert.Equal(303, (await Call(practice, reads, page)).Status);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'appointment.made' AND actor LIKE 'token:%'"));
        Assert.Contains("Programm Telefonanlage", (await (await practice.SignedIn(Role.Administrator)).Open("/praxis/protokoll?was=appointment.made")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_else_gets_in()
    {
        await using var practice = await fixture.Start(HookPractice.Near());
        var token = await practice.MakeToken("day:read", "appointments:write");
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        foreach (var wrong in (string?[])[null, "", "x", "vb_", token[..^1], token + "A", token.ToUpperInvariant(), token[3..], desk.Token, "vb_' OR 1=1 --"])
        {
            Assert.Equal((401, "unauthorized"), (await Call(practice, wrong, Day)) is var answer ? (answer.Status, answer.Problem) : default);
        }
        foreach (var path in (string[])[Day + "?token=" + token, Day + "?access_token=" + token, Day + "?authorization=Bearer%20" + token]) Assert.Equal(401, (await Call(practice, null, path)).Status);
        // A session with its form token opens pages, and nothing here.
        Assert.Equal(401, (await Call(practice, null, Bookings, Wish(), ("Cookie", "praxis=" + desk.Token), ("form-token", Sessions.FormToken(desk.Token)))).Status);
        Assert.Equal(401, (await Call(practice, null, Day, null, ("Cookie", "praxis=" + desk.Token))).Status);
        Assert.Equal(401, (await Call(practice, null, Day, null, ("Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("x:" + token))))).Status);
        Assert.Equal(before, await practice.Digest());
        practice.Clock.Set(Instant.FromUtc(2027, 11, 23, 22, 59));
        Assert.Equal(200, (await Call(practice, token, Day)).Status);
        practice.Clock.Advance(Duration.FromMinutes(1));
        Assert.Equal(401, (await Call(practice, token, Day)).Status);
    }

    [Fact]
    public async Task Whoever_guesses_is_slowed_down_and_a_good_token_is_not()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings() });
        var token = await practice.MakeToken("day:read");
        var statuses = new List<int>();
        for (var i = 0; i < 25; i++) statuses.Add((await Call(practice, "vb_" + i, Day)).Status);
        Assert.Equal((20, 5), (statuses.Count(status => status == 401), statuses.Count(status => status == 429)));
        Assert.Equal(200, (await Call(practice, token, Day)).Status);
    }

    [Fact]
    public async Task The_day_says_whom_to_expect_and_not_how_to_reach_them()
    {
        await using var practice = await fixture.Start(HookPractice.Near());
        var token = await practice.MakeToken("day:read", "appointments:write");
        var number = (await Call(practice, token, Bookings, Wish())).Number;
        var day = await Call(practice, token, Day + "?date=2026-11-24");
        var one = day.Json["appointments"]!.AsArray().Single(appointment => (string)appointment!["number"]! == number)!;
        Assert.Equal(("booked", "2026-11-24T09:00:00+01:00", "impfung", "weber", "Nora Neu"),
            ((string)one["state"]!, (string)one["start"]!, (string)one["visitType"]!, (string)one["vet"]!, (string)one["owner"]!));
        Assert.Equal("""[{"name":"Fips","species":"rabbit"}]""", one["animals"]!.ToJsonString());
        Assert.NotEmpty(one["rooms"]!.AsArray());
        foreach (var marker in (string[])["23125", "Kommt mit Box", "@"]) Assert.DoesNotContain(marker, day.Text, StringComparison.Ordinal);
        Assert.Equal("2026-11-23", (string)(await Call(practice, token, Day)).Json["date"]!);
        Assert.Equal((422, "date"), (await Call(practice, token, Day + "?date=morgen")) is var wrong ? (wrong.Status, wrong.Fields.Single()) : default);
    }

    [Fact]
    public async Task A_booking_is_made_once_for_its_key_against_no_rule_and_over_nothing()
    {
        await using var practice = await fixture.Start(HookPractice.Near());
        var token = await practice.MakeToken("appointments:write");
        var owners = practice.Count("owner");
        var first = await Call(practice, token, Bookings, Wish(), ("Idempotency-Key", "a"));
        var again = await Call(practice, token, Bookings, Wish(), ("Idempotency-Key", "a"));
        Assert.Equal((201, 201, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal((422, "key-reused"), (await Call(practice, token, Bookings, Wish("2026-11-24T11:00:00+01:00"), ("Idempotency-Key", "a"))) is var reused ? (reused.Status, reused.Problem) : default);
        // Another program's keys are its own.
        var other = await practice.MakeToken("appointments:write");
        var taken = await Call(practice, other, Bookings, Wish(), ("Idempotency-Key", "a"));
        Assert.Equal((409, "slot-taken"), (taken.Status, taken.Problem));
        Assert.NotEmpty(taken.Json["nearest"]!.AsArray());
        foreach (var (start, cause) in ((string, string)[])[("2026-11-22T09:00:00+01:00", "past"), ("2026-11-29T10:00:00+01:00", "closed"), ("2026-11-24T09:03:00+01:00", "off-grid"), ("2029-11-24T09:00:00+01:00", "too-far")])
        {
            var refused = await Call(practice, token, Bookings, Wish(start));
            Assert.Equal((422, cause), (refused.Status, refused.Cause));
        }
        foreach (var (field, value) in ((string, JsonNode?)[])[("visitType", "nichts"), ("start", "morgen"), ("vet", "niemand"), ("place", "nirgends"), ("language", "xx"), ("animals", new JsonArray())])
        {
            var wish = Wish();
            wish[field] = value;
            Assert.Equal((422, field), (await Call(practice, token, Bookings, wish)) is var wrong ? (wrong.Status, wrong.Fields.Single()) : default);
        }
        var unreachable = Wish();
        unreachable["owner"] = new JsonObject { ["name"] = "Nora Neu" };
        Assert.Equal("owner.phone", (await Call(practice, token, Bookings, unreachable)).Fields.Single());
        var strange = Wish("2026-11-24T11:00:00+01:00");
        (strange["minutes"], strange["animals"]) = (7, new JsonArray(new JsonObject { ["name"] = "Fips", ["species"] = "rabbit" }));
        Assert.Equal(422, (await Call(practice, token, Bookings, strange)).Status);
        Assert.Equal(400, (await Call(practice, token, Bookings, new JsonObject { ["animals"] = 7 })).Status);
        Assert.Equal((1L, owners), (practice.Db.Number("SELECT count(*) FROM appointment WHERE name = 'Nora Neu' AND online = 0"), practice.Count("owner")));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task It_is_called_off_as_often_as_one_likes_and_its_time_is_free()
    {
        await using var practice = await fixture.Start(HookPractice.Near());
        var token = await practice.MakeToken("appointments:write");
        var number = (await Call(practice, token, Bookings, Wish())).Number;
        var path = $"/api/v1/staff/appointments/{number}/cancellation";
        var off = await Call(practice, token, path, new JsonObject { ["reason"] = "krank", ["tell"] = false });
        Assert.Equal((200, "cancelled", number), (off.Status, (string)off.Json["status"]!, off.Number));
        Assert.Equal(off.Text, (await Call(practice, token, path.ToLowerInvariant())).Text);
        Assert.Equal(("cancelled", "krank", 0), (practice.Of(number, "state"), practice.Of(number, "cancel_reason"), practice.Taken(number)));
        Assert.Equal(201, (await Call(practice, token, Bookings, Wish())).Status);
        Assert.Equal((404, "not-found"), (await Call(practice, token, "/api/v1/staff/appointments/ABC-DEF/cancellation")) is var none ? (none.Status, none.Problem) : default);
        Assert.Equal(422, (await Call(practice, token, path, new JsonObject { ["reason"] = new string('x', 500) })).Status);
    }
}

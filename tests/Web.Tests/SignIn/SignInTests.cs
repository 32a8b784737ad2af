using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Demo;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Proof;

namespace VetBooking.Tests.SignIn;

/// <summary>Password and code: the way in that works without any script.</summary>
public sealed class SignInTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Password_and_code_lead_in_and_back_to_where_one_came_from()
    {
        await using var practice = await fixture.Start();
        var page = await practice.Browser.Open("/praxis/konto");
        Assert.Equal("/praxis/konto", page.Value("input[name=zurueck]"));
        var code = await practice.Browser.Press(page, "form[novalidate] .btn", ("email", Entrance.Weber), ("passwort", DemoAccounts.Password));
        Assert.Contains("Code", code.Heading, StringComparison.Ordinal);
        using var answer = await practice.Send("/praxis/anmelden/code", ("schritt", code.Value("input[name=schritt]")), ("code", practice.Code(Entrance.Weber)));
        Assert.Equal("/praxis/konto", answer.Headers.Location!.ToString());
        using var desk = practice.DeskOf(answer);
        var own = await desk.Open("/praxis/konto");
        Assert.Contains("Dr. Anna Weber", own.Words, StringComparison.Ordinal);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'session.started' AND detail = 'password'"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_code_and_a_step_are_good_once()
    {
        await using var practice = await fixture.Start();
        var (step, code) = (await practice.Step(Entrance.Weber), practice.Code(Entrance.Weber));
        using var first = await practice.Send("/praxis/anmelden/code", ("schritt", step), ("code", code));
        Assert.Equal(303, (int)first.StatusCode);
        using var sameStep = await practice.Send("/praxis/anmelden/code", ("schritt", step), ("code", code));
        using var sameCode = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Weber)), ("code", code));
        Assert.Equal((422, 422), ((int)sameStep.StatusCode, (int)sameCode.StatusCode));
        var late = await practice.Step(Entrance.Weber);
        practice.Clock.Advance(Duration.FromMinutes(5));
        using var tooLate = await practice.Send("/praxis/anmelden/code", ("schritt", late), ("code", practice.Code(Entrance.Weber)));
        Assert.Equal(422, (int)tooLate.StatusCode);
        Assert.Equal(1, practice.Count("session"));
    }

    [Fact]
    public async Task A_step_of_one_account_or_of_another_kind_does_not_open_another()
    {
        await using var practice = await fixture.Start();
        using var other = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Jansen)), ("code", practice.Code(Entrance.Weber)));
        Assert.Equal(422, (int)other.StatusCode);
        var page = await practice.Browser.Open("/praxis/anmelden/code?schritt=" + new string('A', 200));
        Assert.Equal("/praxis/anmelden", page.Path);
        Assert.Equal(0, practice.Count("session"));
    }

    [Fact]
    public async Task An_unknown_address_is_answered_like_a_wrong_password()
    {
        await using var practice = await fixture.Start();
        var page = await practice.Browser.Open("/praxis/anmelden");
        async Task<Seen> Try(string email) => await practice.Browser.Press(page, "form[novalidate] .btn", ("email", email), ("passwort", "Ganz falsch geraten"));
        practice.Db.Execute("UPDATE account SET active = 0 WHERE email = 'azubi@praxis-am-park.example'");
        var (known, unknown, closed) = (await Try(Entrance.Weber), await Try("niemand@example.org"), await Try("azubi@praxis-am-park.example"));
        Assert.Equal((422, 422, 422), (known.Status, unknown.Status, closed.Status));
        Assert.Equal(known.Html.Replace(Entrance.Weber, "", StringComparison.Ordinal), unknown.Html.Replace("niemand@example.org", "", StringComparison.Ordinal));
        Assert.Equal(3, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'sign-in.refused'"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM audit WHERE object || detail LIKE '%@%'"));
    }

    [Fact]
    public async Task Guessing_gets_slower_and_locks_nobody_out_where_they_usually_sign_in()
    {
        await using var practice = await fixture.Start(new Wanted { Limits = new LimitSettings() });
        async Task<int> Try(string from, string password)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/praxis/anmelden") { Content = new FormUrlEncodedContent([KeyValuePair.Create("email", Entrance.Weber), KeyValuePair.Create("passwort", password)]) };
            request.Headers.Add("X-Forwarded-For", from);
            using var answer = await practice.Http.SendAsync(request);
            return (int)answer.StatusCode;
        }
        Assert.Equal(303, await Try("198.51.100.7", DemoAccounts.Password));
        var answers = new List<int>();
        for (var i = 0; i < 8; i++) answers.Add(await Try($"203.0.{i}.1", "Ganz falsch geraten"));
        Assert.Equal([422, 422, 422, 422, 422, 429, 429, 429], answers);
        Assert.Equal(429, await Try("192.0.2.1", DemoAccounts.Password));
        Assert.Equal(303, await Try("198.51.100.7", DemoAccounts.Password));
        practice.Wait(2);
        Assert.Equal(303, await Try("192.0.2.1", DemoAccounts.Password));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'sign-in.slowed'"));
    }

    [Theory]
    [InlineData("/praxis/tag?tag=2027-03-01", "/praxis/tag?tag=2027-03-01")]
    [InlineData("https://evil.example/praxis", "/praxis")]
    [InlineData("//evil.example/praxis", "/praxis")]
    [InlineData("/praxis//evil.example", "/praxis")]
    [InlineData("/praxis/../buchen", "/praxis")]
    [InlineData("/praxis@evil.example", "/praxis")]
    [InlineData("/praxis\\evil", "/praxis")]
    [InlineData("/praxis/\r\nSet-Cookie: a=b", "/praxis")]
    [InlineData("/praxisevil", "/praxis")]
    [InlineData("javascript:alert(1)", "/praxis")]
    [InlineData("/praxis/anmelden", "/praxis")]
    [InlineData("/buchen", "/praxis")]
    public async Task The_way_back_stays_inside(string wanted, string expected)
    {
        await using var practice = await fixture.Start();
        using var answer = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Weber, back: wanted)), ("code", practice.Code(Entrance.Weber)));
        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_new_session_has_a_new_token_and_ends_the_one_before()
    {
        await using var practice = await fixture.Start();
        using var first = await practice.SignIn(Entrance.Weber);
        practice.Wait();
        using var again = await Entrance.Send(first.Http, "/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Weber)), ("code", practice.Code(Entrance.Weber)));
        using var second = practice.DeskOf(again);
        Assert.NotEqual(first.Token, second.Token);
        Assert.Equal(303, (int)(await first.Http.GetAsync("/praxis/konto")).StatusCode);
        Assert.Equal(200, (int)(await second.Http.GetAsync("/praxis/konto")).StatusCode);
    }

    [Fact]
    public async Task An_old_hash_is_renewed_with_the_next_sign_in()
    {
        await using var practice = await fixture.Start();
        var old = new Microsoft.AspNetCore.Identity.PasswordHasher<string>(Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 10_000 }))
            .HashPassword("", DemoAccounts.Password);
        practice.Db.Execute("UPDATE account SET password_hash = $old WHERE email = 'weber@praxis-am-park.example'", ("$old", old));
        using var desk = await practice.SignIn(Entrance.Weber);
        var now = practice.Db.Row("SELECT password_hash FROM account WHERE email = 'weber@praxis-am-park.example'", row => row.GetString(0))!;
        Assert.NotEqual(old, now);
        Assert.Equal(Passwords.Iterations, (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(now).AsSpan(5)));
    }

    [Fact]
    public async Task Another_site_cannot_sign_anybody_in()
    {
        await using var practice = await fixture.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/praxis/anmelden") { Content = new FormUrlEncodedContent([KeyValuePair.Create("email", Entrance.Weber), KeyValuePair.Create("passwort", DemoAccounts.Password)]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(400, (int)(await practice.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Only_a_demo_practice_shows_codes_and_accounts()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "UPDATE practice SET demo = 0" });
        var door = await practice.Browser.Open("/praxis/anmelden");
        Assert.DoesNotContain("@praxis-am-park", door.Html, StringComparison.Ordinal);
        var code = await practice.Browser.Press(door, "form[novalidate] .btn", ("email", Entrance.Weber), ("passwort", DemoAccounts.Password));
        Assert.DoesNotContain(practice.Code(Entrance.Weber), code.Html, StringComparison.Ordinal);
    }
}

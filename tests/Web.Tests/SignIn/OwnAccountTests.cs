using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Demo;

namespace VetBooking.Tests.SignIn;

/// <summary>What people do with their own account.</summary>
public sealed class OwnAccountTests(PracticeFixture fixture)
{
    private const string Better = "Nebel über dem Tisch";

    [Fact]
    public async Task What_opens_doors_asks_for_a_fresh_proof_and_leads_back()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignIn(Entrance.Jansen);
        Assert.Equal("/praxis/konto/passwort", (await desk.Open("/praxis/konto/passwort")).Path);
        practice.Wait(11 * 60);
        var proof = await desk.Open("/praxis/konto/passwort");
        Assert.Equal("/praxis/anmelden/nachweis", proof.Path);
        var wrong = await desk.Browser.Press(proof, ".btn:not(.sec)", ("passwort", "Ganz falsch geraten"), ("code", practice.Code(Entrance.Jansen)));
        Assert.Equal(422, wrong.Status);
        var right = await desk.Browser.Press(proof, ".btn:not(.sec)", ("passwort", DemoAccounts.Password), ("code", practice.Code(Entrance.Jansen)));
        Assert.Equal((200, "/praxis/konto/passwort"), (right.Status, right.Path));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'proof.refused'"));
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_the_old_one_is_void()
    {
        await using var practice = await fixture.Start();
        using var other = await practice.SignIn(Entrance.Jansen);
        practice.Wait();
        using var desk = await practice.SignIn(Entrance.Jansen);
        var form = await desk.Open("/praxis/konto/passwort");
        var common = await desk.Browser.Press(form, ".btn", ("neues-passwort", "passwort1234"));
        Assert.Equal(422, common.Status);
        Assert.Empty(common.DeadErrorLinks);
        Assert.Equal(2, practice.Count("session"));

        Assert.Equal("/praxis/konto", (await desk.Browser.Press(form, ".btn", ("neues-passwort", Better))).Path);
        Assert.Equal(303, (int)(await other.Http.GetAsync("/praxis/konto")).StatusCode);
        Assert.Equal(200, (int)(await desk.Http.GetAsync("/praxis/konto")).StatusCode);
        practice.Wait();
        using var old = await practice.Send("/praxis/anmelden", ("email", Entrance.Jansen), ("passwort", DemoAccounts.Password));
        Assert.Equal(422, (int)old.StatusCode);
        using var again = await practice.SignIn(Entrance.Jansen, Better);
    }

    [Fact]
    public async Task Recovery_codes_are_seen_for_ten_minutes_and_each_is_good_once()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignIn(Entrance.Jansen);
        var page = await desk.Post("/praxis/konto/codes");
        var codes = page.Document.QuerySelectorAll(".codes .code").Select(one => one.TextContent).ToList();
        Assert.Equal((10, 10), (codes.Distinct().Count(), practice.Count("recovery_code")));
        Assert.All(codes, code => Assert.Matches("^[a-z2-9]{4}(-[a-z2-9]{4}){3}$", code));
        Assert.Equal(codes[0], (await desk.Open("/praxis/konto/codes")).Find(".codes .code").TextContent);
        practice.Clock.Advance(Duration.FromMinutes(10));
        var later = await desk.Open("/praxis/konto/codes");
        Assert.DoesNotContain(codes[0], later.Html, StringComparison.Ordinal);

        async Task<int> Use(string code)
        {
            using var answer = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Jansen)), ("code", code));
            return (int)answer.StatusCode;
        }
        Assert.Equal(303, await Use(codes[3].ToUpperInvariant().Replace('-', ' ')));
        Assert.Equal(422, await Use(codes[3]));
        Assert.Equal(9, practice.Count("recovery_code"));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'recovery-code.used'"));
        using var weber = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Weber)), ("code", codes[4]));
        Assert.Equal(422, (int)weber.StatusCode);
    }

    [Fact]
    public async Task A_new_app_replaces_the_old_one()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignIn(Entrance.Jansen);
        var page = await desk.Open("/praxis/konto/app");
        Assert.NotNull(page.Document.QuerySelector("svg.qr[role=img][aria-label]"));
        var wrong = await desk.Browser.Press(page, ".btn", ("code", "000000"));
        Assert.Equal((422, page.Value("input[name=geheimnis]")), (wrong.Status, wrong.Value("input[name=geheimnis]")));
        Assert.Equal("/praxis/konto/codes", (await desk.Browser.Press(page, ".btn", ("code", practice.CodeOn(page)))).Path);
        practice.Wait();
        using var old = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Jansen)), ("code", practice.Code(Entrance.Jansen)));
        using var fresh = await practice.Send("/praxis/anmelden/code", ("schritt", await practice.Step(Entrance.Jansen)), ("code", practice.CodeOn(page)));
        Assert.Equal((422, 303), ((int)old.StatusCode, (int)fresh.StatusCode));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM account WHERE totp_secret = $plain", ("$plain", Entrance.Secret(Entrance.Jansen))));
    }

    [Fact]
    public async Task One_ends_one_s_own_sessions_and_nobody_else_s()
    {
        await using var practice = await fixture.Start();
        using var weber = await practice.SignIn(Entrance.Weber);
        using var jansen = await practice.SignIn(Entrance.Jansen);
        practice.Wait();
        using var jansenElsewhere = await practice.SignIn(Entrance.Jansen);
        var weberSession = practice.Db.Number("SELECT min(id) FROM session");
        Assert.Equal(404, (await jansen.Post($"/praxis/konto/sitzungen/{weberSession}/ende")).Status);
        Assert.Equal(3, practice.Count("session"));
        Assert.Equal("/praxis/konto", (await jansen.Post("/praxis/konto/sitzungen/ende")).Path);
        Assert.Equal(303, (int)(await jansenElsewhere.Http.GetAsync("/praxis/konto")).StatusCode);
        Assert.Equal(200, (int)(await weber.Http.GetAsync("/praxis/konto")).StatusCode);
    }
}

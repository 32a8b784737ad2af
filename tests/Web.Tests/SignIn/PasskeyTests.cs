using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.SignIn;

/// <summary>Passkeys over HTTP, with an authenticator in software.</summary>
public sealed class PasskeyTests(PracticeFixture fixture)
{
    private static readonly Wanted Named = new() { PublicUrl = "http://localhost:5080" };

    [Fact]
    public async Task A_passkey_is_made_signs_in_and_proves()
    {
        await using var practice = await fixture.Start(Named);
        using var authenticator = new Authenticator();
        using var desk = await WithPasskey(practice, authenticator);

        var (options, state) = await Entrance.Ask(practice.Http, "/praxis/anmelden/passkey/frage");
        Assert.Empty(options["allowCredentials"]!.AsArray());
        Assert.Equal("required", (string?)options["userVerification"]);
        using var answer = await practice.Send("/praxis/anmelden/passkey", ("passkey", authenticator.Get(options)), ("zustand", state), ("zurueck", "/praxis/konto"));
        Assert.Equal((303, "/praxis/konto"), ((int)answer.StatusCode, answer.Headers.Location?.ToString()));
        using var signedIn = practice.DeskOf(answer);
        Assert.Equal(200, (int)(await signedIn.Http.GetAsync("/praxis/konto")).StatusCode);

        practice.Wait(11 * 60);
        var (question, proofState) = await Entrance.Ask(signedIn.Http, "/praxis/anmelden/nachweis/frage", Sessions.FormToken(signedIn.Token));
        Assert.Single(question["allowCredentials"]!.AsArray());
        using var proof = await Entrance.Send(signedIn.Http, "/praxis/anmelden/nachweis", (Staff.FormTokenField, Sessions.FormToken(signedIn.Token)), ("passkey", authenticator.Get(question)), ("zustand", proofState), ("zurueck", "/praxis/konto/codes"));
        Assert.Equal("/praxis/konto/codes", proof.Headers.Location?.ToString());
        Assert.Equal(200, (int)(await signedIn.Http.GetAsync("/praxis/konto/codes")).StatusCode);
    }

    [Fact]
    public async Task An_answer_is_taken_once_and_from_this_site_only()
    {
        await using var practice = await fixture.Start(Named);
        using var authenticator = new Authenticator();
        using var desk = await WithPasskey(practice, authenticator);
        var (options, state) = await Entrance.Ask(practice.Http, "/praxis/anmelden/passkey/frage");
        var reply = authenticator.Get(options);
        async Task<int> Send(string answer, string sealedState)
        {
            using var response = await practice.Send("/praxis/anmelden/passkey", ("passkey", answer), ("zustand", sealedState));
            return (int)response.StatusCode;
        }
        Assert.Equal(303, await Send(reply, state));
        Assert.Equal(422, await Send(reply, state));

        var (other, otherState) = await Entrance.Ask(practice.Http, "/praxis/anmelden/passkey/frage");
        Assert.Equal(422, await Send(reply, otherState));
        (other, otherState) = await Entrance.Ask(practice.Http, "/praxis/anmelden/passkey/frage");
        authenticator.Origin = "http://localhost.evil.example";
        Assert.Equal(422, await Send(authenticator.Get(other), otherState));
        authenticator.Origin = "http://localhost:5080";
        (other, otherState) = await Entrance.Ask(practice.Http, "/praxis/anmelden/passkey/frage");
        authenticator.Verifies = false;
        Assert.Equal(422, await Send(authenticator.Get(other), otherState));
        foreach (var rubbish in (string[])["", "{}", "null", "[1]", "{\"id\":1}"]) Assert.Equal(422, await Send(rubbish, otherState));
        Assert.Equal(2, practice.Count("session"));
    }

    [Fact]
    public async Task A_closed_account_s_passkey_opens_nothing()
    {
        await using var practice = await fixture.Start(Named);
        using var authenticator = new Authenticator();
        using var desk = await WithPasskey(practice, authenticator);
        practice.Db.Execute("UPDATE account SET active = 0");
        var (options, state) = await Entrance.Ask(practice.Http, "/praxis/anmelden/passkey/frage");
        using var answer = await practice.Send("/praxis/anmelden/passkey", ("passkey", authenticator.Get(options)), ("zustand", state));
        Assert.Equal(422, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_last_way_in_is_never_removed_and_nobody_else_s_either()
    {
        await using var practice = await fixture.Start(Named);
        using var authenticator = new Authenticator();
        using var desk = await WithPasskey(practice, authenticator);
        using var stranger = await practice.SignedIn();
        var path = (await desk.Open("/praxis/konto")).Find("form[action$=entfernung]").GetAttribute("action")!;
        Assert.Equal(404, (await stranger.Post(path)).Status);
        practice.Db.Execute("UPDATE account SET password_hash = NULL");
        Assert.Null((await desk.Open("/praxis/konto")).Document.QuerySelector("form[action$=entfernung]"));
        Assert.Equal(404, (await desk.Post(path)).Status);
        Assert.Equal(1, practice.Count("passkey"));

        await practice.Writer.Write(change => change.Db.Execute("UPDATE account SET password_hash = 'x'"));
        Assert.Equal("Handy", (await desk.Post(path.Replace("entfernung", "name", StringComparison.Ordinal), ("name", "Handy"))).Value("ul.keys input[name=name]"));
        Assert.Equal("/praxis/konto", (await desk.Post(path)).Path);
        Assert.Equal(0, practice.Count("passkey"));
    }

    [Fact]
    public async Task Where_the_practice_has_no_name_there_are_no_passkeys()
    {
        await using var practice = await fixture.Start();
        Assert.Null((await practice.Browser.Open("/praxis/anmelden")).Document.QuerySelector("[data-question]"));
        using var answer = await practice.Send("/praxis/anmelden/passkey/frage");
        Assert.Equal(404, (int)answer.StatusCode);
    }

    /// <summary>Dr. Weber signs in with her password and makes a passkey.</summary>
    private static async Task<Desk> WithPasskey(RunningPractice practice, Authenticator authenticator)
    {
        var desk = await practice.SignIn(Entrance.Weber);
        var token = Sessions.FormToken(desk.Token);
        var (options, state) = await Entrance.Ask(desk.Http, "/praxis/konto/passkey/frage", token);
        using var made = await Entrance.Send(desk.Http, "/praxis/konto/passkey", (Staff.FormTokenField, token), ("passkey", authenticator.Create(options)), ("zustand", state), ("schluesselname", "Handy"));
        Assert.Equal((303, "/praxis/konto"), ((int)made.StatusCode, made.Headers.Location?.ToString()));
        Assert.Equal("Handy", practice.Db.Row("SELECT name FROM passkey", row => row.GetString(0)));
        return desk;
    }
}

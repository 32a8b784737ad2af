using System.Security.Cryptography;
using System.Text;
using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser.SignIn;

/// <summary>The door, one's own account, the team and the log, as they look and work in a browser.</summary>
public sealed class SignInTests(Stage stage) : IClassFixture<Stage>
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("door", "/praxis/anmelden"), ("own", "/praxis/konto"), ("own-password", "/praxis/konto/passwort"), ("own-codes", "/praxis/konto/codes"), ("own-passkey", "/praxis/konto/passkey"),
        ("proof", "/praxis/anmelden/nachweis"), ("team", "/praxis/team"), ("team-new", "/praxis/team/neu"), ("team-one", "/praxis/team/1"), ("team-support", "/praxis/team/betreiber"), ("log", "/praxis/protokoll"),
    ];

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    [InlineData(320, false)]
    public async Task The_pages_are_whole_for_everybody(int width, bool dark)
    {
        await using var administrator = await Administrator.At(stage, new Device(width, 800, Dark: dark));
        foreach (var (name, path) in Pages)
        {
            await administrator.Open(path);
            await administrator.Look("signin-" + name);
        }
        administrator.NothingIsWrong();
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    [InlineData(320, false)]
    public async Task The_first_pages_somebody_sees_are_whole_for_everybody(int width, bool dark)
    {
        const string Token = "only-for-this-test-0123456789";
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)));
        await using var practice = await stage.Named($"INSERT INTO setup_link (token_hash, expires_at) VALUES (x'{hash}', 1900000000)");
        await using var somebody = await Administrator.At(stage, new Device(width, 800, Dark: dark), practice);
        var page = somebody.Page;
        await somebody.Open("/praxis/team/neu");
        await page.FillAsync("#name", "Friederike Neumann-Wagenknecht");
        await page.FillAsync("#email", "friederike.neumann@praxis-am-park.example");
        await page.ClickAsync("form.sheet .btn");
        await somebody.Look("signin-invited");
        var invitation = new Uri((await page.InnerTextAsync(".said .code, .link, b.code")).Trim());
        await page.Context.ClearCookiesAsync();
        await somebody.Open(invitation.AbsolutePath);
        await somebody.Look("signin-invitation");
        await page.FillAsync("#neues-passwort", "kurz");
        await page.ClickAsync("form:has(#neues-passwort) .btn");
        await somebody.Look("signin-invitation-wrong");

        // The one-time link of a new practice.
        await somebody.Open("/praxis/einrichten/" + Token);
        await somebody.Look("signin-first");
        await page.FillAsync("#email", "kein@");
        await page.ClickAsync("form.sheet .btn");
        await somebody.Look("signin-first-wrong");
        await page.FillAsync("#name", "Dr. Ada Muster");
        await page.FillAsync("#email", "ada@lindenhof.example");
        await page.ClickAsync("form.sheet .btn");
        await page.WaitForURLAsync("**/praxis/einladung/*");
        await somebody.Look("signin-first-invitation");
        somebody.NothingIsWrong();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Password_and_code_lead_in_with_and_without_scripts(bool scripts)
    {
        await using var practice = await stage.Other();
        await using var somebody = await Administrator.At(stage, new Device(Scripts: scripts), practice);
        await somebody.Page.Context.ClearCookiesAsync();
        await somebody.Open("/praxis/konto");
        await somebody.Page.FillAsync("#email", "weber@praxis-am-park.example");
        await somebody.Page.FillAsync("#passwort", "Ganz falsch geraten");
        await somebody.Page.PressAsync("#passwort", "Enter");
        await somebody.Look("signin-door-wrong");
        await somebody.Page.FillAsync("#passwort", "Seehund trinkt Tee um 7");
        await somebody.Page.PressAsync("#passwort", "Enter");
        var code = await somebody.Page.InnerTextAsync(".said .code");
        await somebody.Look("signin-code");
        await somebody.Page.FillAsync("#code", code);
        await somebody.Page.PressAsync("#code", "Enter");
        await somebody.Page.WaitForURLAsync("**/praxis/konto");
        Assert.Contains("Dr. Anna Weber", await somebody.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        somebody.NothingIsWrong();
    }

    [BrowserFact]
    public async Task A_passkey_is_made_and_leads_in()
    {
        await using var practice = await stage.Named();
        await using var somebody = await Administrator.At(stage, new Device(), practice);
        var page = somebody.Page;
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("WebAuthn.enable");
        await wire.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        await somebody.Open("/praxis/konto/passkey");
        await page.FillAsync("#schluesselname", "Empfang links");
        await somebody.Look("signin-passkey-new");
        await page.ClickAsync("form.passkey .btn");
        await page.WaitForURLAsync("**/praxis/konto");
        Assert.Equal(1, practice.Number("SELECT count(*) FROM passkey WHERE name = 'Empfang links'"));
        await page.Context.ClearCookiesAsync();
        await somebody.Open("/praxis/konto");
        await somebody.Look("signin-door-passkey");
        await page.ClickAsync("form.passkey .btn");
        await page.WaitForURLAsync("**/praxis/konto");
        Assert.Equal(1, practice.Number("SELECT count(*) FROM audit WHERE act = 'session.started' AND detail = 'passkey'"));
        somebody.NothingIsWrong();
    }
}

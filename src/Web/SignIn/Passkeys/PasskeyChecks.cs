using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Passkeys;

/// <summary>
/// Passkeys: ASP.NET Core Identity asks the questions and checks the answers (WebAuthn level 3), this keeps them. A passkey
/// unlocks by finger, face or PIN, so it is two factors by itself. Nothing of Identity exists before the first one asks.
/// </summary>
internal sealed class PasskeyChecks(InstanceSettings settings, Readers readers, SealedSteps steps, IClock clock)
{
    private static readonly Duration Life = Duration.FromMinutes(5);

    private readonly Uri home = new(settings.PublicUrl);
    private readonly Lazy<PasskeyHandler<Account>> handler = new(() => Make(settings, new PasskeyStore(readers, clock)));

    /// <summary>Browsers have passkeys for names only, and only where nobody can listen.</summary>
    public bool IsPossible => home.HostNameType == UriHostNameType.Dns && (home.Scheme == Uri.UriSchemeHttps || home.Host == "localhost");

    /// <summary>What a browser must ask its authenticator for to get in, and what to send back with the answer.</summary>
    public async Task<IResult> AskWho(HttpContext http, Account? account)
    {
        var made = await handler.Value.MakeRequestOptionsAsync(account, http);
        return Question(made.RequestOptionsJson, made.AssertionState!);
    }

    /// <summary>What a browser must ask its authenticator for to make a new passkey.</summary>
    public async Task<IResult> AskNew(HttpContext http, Account account)
    {
        var made = await handler.Value.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = account.Id.ToString(CultureInfo.InvariantCulture), Name = account.Email, DisplayName = account.Name }, http);
        return Question(made.CreationOptionsJson, made.AttestationState!);
    }

    /// <summary>Whose answer this is; null if it is nobody's. Each question can be answered once.</summary>
    public async Task<(long Account, UserPasskeyInfo Passkey)?> Who(HttpContext http, string answer, string sealedState)
    {
        if (steps.Open(Step.Passkey, sealedState) is not { } state || !steps.Use(Step.Passkey, sealedState)) return null;
        var result = await handler.Value.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = answer, AssertionState = state });
        return result.Succeeded ? (result.User.Id, result.Passkey) : null;
    }

    /// <summary>The new passkey an answer makes for this account; null if it makes none.</summary>
    public async Task<UserPasskeyInfo?> New(HttpContext http, Account account, string answer, string sealedState)
    {
        if (steps.Open(Step.Passkey, sealedState) is not { } state || !steps.Use(Step.Passkey, sealedState)) return null;
        var result = await handler.Value.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = answer, AttestationState = state });
        return result.Succeeded && result.UserEntity.Id == account.Id.ToString(CultureInfo.InvariantCulture) ? result.Passkey : null;
    }

    /// <summary>Keeps a new passkey.</summary>
    public static void Save(Change change, long account, UserPasskeyInfo passkey, string name)
    {
        change.Db.Execute(
            "INSERT INTO passkey (credential_id, account_id, name, data, created_at) VALUES ($id, $account, $name, $data, $now)",
            ("$id", passkey.CredentialId), ("$account", account), ("$name", name), ("$data", Data(passkey)), ("$now", change.Now.ToUnixTimeSeconds()));
        Audit.Add(change, Actor.Account(account), "passkey.added", "account", account);
    }

    /// <summary>Keeps what an answer changed: the counter that shows copies.</summary>
    public static void Update(Change change, UserPasskeyInfo passkey) =>
        change.Db.Execute("UPDATE passkey SET data = $data WHERE credential_id = $id", ("$data", Data(passkey)), ("$id", passkey.CredentialId));

    private IResult Question(string options, string state) =>
        Results.Text($$"""{"options":{{options}},"state":"{{steps.Seal(Step.Passkey, state, Life)}}"}""", "application/json");

    private static string Data(UserPasskeyInfo passkey) => JsonSerializer.Serialize(
        new PasskeyData(passkey.PublicKey, passkey.SignCount, passkey.Transports ?? [], passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp),
        PasskeyJson.Default.PasskeyData);

    private static PasskeyHandler<Account> Make(InstanceSettings settings, PasskeyStore store)
    {
        var home = new Uri(settings.PublicUrl);
        // As passkeys need no more of it, Identity gets its parts by hand instead of a dozen services at every start.
        var users = new UserManager<Account>(store, Options.Create(new IdentityOptions()), null!, [], [], null!, new IdentityErrorDescriber(), null!, NullLogger<UserManager<Account>>.Instance);
        return new PasskeyHandler<Account>(users, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = home.Host,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == home.GetLeftPart(UriPartial.Authority)),
        }));
    }
}

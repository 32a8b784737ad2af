using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using VetBooking.Web.SignIn;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Demo;

/// <summary>A sign-in of the demo practice, as <c>vetbooking demo --json</c> prints it.</summary>
internal sealed record DemoSignIn(string Name, string Email, string Role, string Password, string TotpSecret);

/// <summary>
/// The accounts of the demo practice's people. Their password and their apps' secrets are no secrets: everybody has this
/// source. No other practice gets any account but by invitation.
/// </summary>
internal static class DemoAccounts
{
    public const string Password = "Seehund trinkt Tee um 7";

    private static readonly (string Name, string Email, Role Role, string? Resource)[] People =
    [
        ("Dr. Anna Weber", "weber@praxis-am-park.example", Role.Administrator, "weber"),
        ("Dr. Deniz Yılmaz", "yilmaz@praxis-am-park.example", Role.Vet, "yilmaz"),
        ("Maja Kowalska", "kowalska@praxis-am-park.example", Role.Vet, "kowalska"),
        ("Jule Jansen", "empfang@praxis-am-park.example", Role.FrontDesk, "tfa-jansen"),
        ("Toni Ruiz", "azubi@praxis-am-park.example", Role.Trainee, null),
        ("Dr. Ida Sommer", "vertretung@praxis-am-park.example", Role.Locum, null),
    ];

    /// <summary>How long the locum steps in.</summary>
    private static readonly Duration Locum = Duration.FromDays(90);

    /// <summary>The accounts as the sign-in page lists them.</summary>
    public static IReadOnlyList<(string Email, string Role)> Shown { get; } = [.. People.Select(one => (one.Email, Roles.Word(one.Role)))];

    /// <summary>The accounts as programs get them.</summary>
    public static IReadOnlyList<DemoSignIn> SignIns =>
        [.. People.Select((one, i) => new DemoSignIn(one.Name, one.Email, Roles.Word(one.Role), Password, Totp.Written(Secret(i)).Replace(" ", "", StringComparison.Ordinal)))];

    public static void Make(Db db, DataFolder folder, Instant now)
    {
        var protection = DataProtectionProvider.Create(new DirectoryInfo(folder.Keys), builder => builder.SetApplicationName("vetbooking"));
        using var passwords = new Passwords();
        // One hash for all: it takes a tenth of a second to make.
        var hash = passwords.Hash(Password).GetAwaiter().GetResult();
        for (var i = 0; i < People.Length; i++)
        {
            var one = People[i];
            db.Execute(
                """
                INSERT INTO account (name, email, email_key, role, resource_id, ends_at, password_hash, totp_secret, created_at)
                VALUES ($name, $email, $email, $role, $resource, $ends, $hash, $secret, $now)
                """,
                ("$name", one.Name), ("$email", one.Email), ("$role", Roles.Word(one.Role)), ("$resource", one.Resource),
                ("$ends", one.Role == Role.Locum ? (now + Locum).ToUnixTimeSeconds() : null), ("$hash", hash),
                ("$secret", SealedSteps.Lock(Secret(i), protection)), ("$now", now.ToUnixTimeSeconds()));
        }
    }

    private static byte[] Secret(int person) => [.. Enumerable.Range(1, 20).Select(i => (byte)((i * 7 + person * 31) & 255))];
}

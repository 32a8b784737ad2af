using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VetBooking.Verify;

/// <summary>Somebody of the practice who is signed in, put into its database from outside.</summary>
/// <param name="Token">What is in the cookie.</param>
internal sealed record StaffSession(string Token)
{
    /// <summary>Whose session it is.</summary>
    public long Account { get; private init; }

    /// <summary>The cookie as a header's value; over plain HTTP, as everything here.</summary>
    public string Cookie => "praxis=" + Token;

    /// <summary>What a form of this session's pages carries; docs/decisions says how it is derived.</summary>
    public string FormToken => Base64Url(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Token), "form"u8));

    public static StaffSession Start(string database, string role)
    {
        var token = Base64Url(RandomNumberGenerator.GetBytes(32));
        var now = Times.Now.ToUnixTimeSeconds();
        using var connection = Database.OpenToWrite(database);
        connection.Execute(
            "INSERT INTO account (name, email, email_key, role, ends_at, created_at) VALUES ('Kim Beispiel', $1, $1, $2, $3, $4)",
            string.Create(CultureInfo.InvariantCulture, $"{token[..12].ToLowerInvariant()}@praxis.example"), role, now + 86_400, now);
        connection.Execute(
            "INSERT INTO session (token_hash, account_id, started_at, seen_at, proved_at, device) SELECT $1, max(id), $2, $2, $2, 'verify' FROM account",
            SHA256.HashData(Encoding.UTF8.GetBytes(token)), now);
        return new StaffSession(token) { Account = connection.Number("SELECT max(id) FROM account") };
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

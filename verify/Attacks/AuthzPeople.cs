using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace VetBooking.Verify.Attacks;

/// <summary>A person of the practice: what they sign in with.</summary>
internal sealed record Member(string Role, long Account, string Email);

/// <summary>The practice's people at their browsers. It signs them in as they would, and makes the hundreds of sessions a matrix needs by SQL.</summary>
internal sealed partial class AuthzPeople(Target target, HttpClient http, string demoAnswer) : IDisposable
{
    private readonly SqliteConnection database = Database.OpenToWrite(target.Database);

    public List<Member> Members { get; } = [];

    /// <summary>Everybody of the demo practice signs in with password and code, and an administrator lets the operator in.</summary>
    public async Task<List<string>> SignEverybodyIn()
    {
        // What is lost here in a crash is nobody's.
        database.Execute("PRAGMA synchronous = OFF");
        var failures = new List<string>();
        var administrator = "";
        foreach (var one in JsonDocument.Parse(demoAnswer).RootElement.GetProperty("signIns").EnumerateArray())
        {
            var (email, role) = (one.GetProperty("email").GetString()!, one.GetProperty("role").GetString()!);
            var account = database.Number("SELECT id FROM account WHERE email = $1", email);
            if (Members.TrueForAll(member => member.Role != role)) Members.Add(new Member(role, account, email));
            var step = await Send(HttpMethod.Post, "/praxis/anmelden", null, ("email", email), ("passwort", one.GetProperty("password").GetString()!));
            var token = step.Where.Contains("schritt=", StringComparison.Ordinal) ? Uri.UnescapeDataString(step.Where.Split("schritt=")[1]) : "";
            var done = await Send(HttpMethod.Post, "/praxis/anmelden/code", null, ("schritt", token), ("code", Code(one.GetProperty("totpSecret").GetString()!)));
            if (done.Cookie is null) failures.Add($"{role}: {step.Status}, {done.Status}");
            else if (role == "administrator") administrator = done.Cookie;
        }
        var shown = await Send(HttpMethod.Post, "/praxis/team/betreiber", administrator, ("name", "Olaf Operator"), ("email", "olaf@operator.example"), ("stunden", "24"));
        var page = await Send(HttpMethod.Get, shown.Where.Length > 0 ? shown.Where : "/praxis/team", administrator);
        var invitation = Invitation().Match(page.Body).Value;
        var form = await Send(HttpMethod.Get, invitation, null);
        var enrolled = await Send(HttpMethod.Post, invitation, null, ("neues-passwort", "Nebel über dem Tisch"),
            ("geheimnis", Sealed().Match(form.Body).Groups[1].Value), ("code", Code(Written().Match(form.Body).Groups[1].Value)));
        if (enrolled.Cookie is null) failures.Add($"support: {shown.Status}, {page.Status}, {form.Status}, {enrolled.Status}");
        else Members.Add(new Member("support", database.Number("SELECT id FROM account WHERE role = 'support'"), "olaf@operator.example"));
        return failures;
    }

    /// <summary>A session as the program would have made it; answers its token.</summary>
    public string Session(Member member, int provedMinutesAgo = 0)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        database.Execute(
            "INSERT INTO session (token_hash, account_id, started_at, seen_at, proved_at, device) VALUES ($1, $2, $3, $3, $4, 'verify')",
            SHA256.HashData(Encoding.UTF8.GetBytes(token)), member.Account, now, now - provedMinutesAgo * 60);
        return token;
    }

    public long SessionId(string token) => database.Number("SELECT coalesce((SELECT id FROM session WHERE token_hash = $1), 0)", SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What a form of this session carries.</summary>
    public static string FormToken(string token) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "form"u8));

    /// <summary>Makes one role another one behind the checker's back.</summary>
    public void Promote(string role) => database.Execute("UPDATE account SET role = 'administrator' WHERE role = $1", role);

    public void Dispose() => database.Dispose();

    private async Task<(int Status, string Where, string? Cookie, string Body)> Send(HttpMethod method, string path, string? cookie, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(method, path);
        if (cookie is not null) request.Headers.Add("Cookie", "praxis=" + cookie);
        var fields = form.Select(field => KeyValuePair.Create(field.Name, field.Value));
        if (cookie is not null) fields = fields.Append(KeyValuePair.Create("form-token", FormToken(cookie)));
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(fields);
        using var answer = await http.SendAsync(request);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single().Split('=', 2)[1].Split(';')[0] : null;
        return ((int)answer.StatusCode, answer.Headers.Location?.ToString() ?? "", set, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What an authenticator app shows now (RFC 6238), from the secret as it is written.</summary>
    private static string Code(string written)
    {
        var (secret, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var one in written.Where(one => one != ' '))
        {
            (buffer, bits) = ((buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(one, StringComparison.Ordinal)) & 0xFFFF, bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            secret.Add((byte)(buffer >> bits & 255));
        }
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // As authenticator apps have it.
        var hash = HMACSHA1.HashData(secret.ToArray(), counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("/praxis/einladung/[A-Za-z0-9_-]{43}")]
    private static partial Regex Invitation();

    [GeneratedRegex("name=\"geheimnis\" value=\"([^\"]+)\"")]
    private static partial Regex Sealed();

    [GeneratedRegex("class=\"code\">([A-Z2-7 ]+)<")]
    private static partial Regex Written();
}

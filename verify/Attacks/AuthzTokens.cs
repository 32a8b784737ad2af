using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VetBooking.Verify.Attacks;

/// <summary>The routes for programs: every token there can be at each of them, cookies there, and tokens at pages.</summary>
internal sealed class AuthzTokens(Target target, HttpClient http, AuthzPeople people)
{
    private const string Reads = "day:read", Writes = "appointments:write";

    private readonly List<string> breaches = [];

    public int Cells { get; private set; }

    /// <summary>What got further than the list declares, or not as far.</summary>
    public async Task<List<string>> Try(List<Declared> routes)
    {
        breaches.Clear();
        var (reads, writes, both) = (Token(Reads), Token(Writes), Token($"{Reads} {Writes}"));
        string[] dead = [Token(Reads, endsIn: -1), Token($"{Reads} {Writes}", revoked: true), both[..^1], both + "A", both[3..], "vb_", "", "vb_' OR 1=1 --", Convert.ToBase64String(new byte[32])];
        var session = people.Session(people.Members.Single(one => one.Role == "administrator"));
        foreach (var route in routes.Where(route => route.Scope is not null))
        {
            foreach (var path in (string[])[route.With("ABC-DEF"), route.With("%27%20OR%201=1")])
            {
                foreach (var (token, scopes) in ((string, string)[])[(reads, Reads), (writes, Writes), (both, $"{Reads} {Writes}")])
                {
                    var status = await Send(route.Method, path, "Bearer " + token);
                    var may = scopes.Split(' ').Contains(route.Scope);
                    if (may ? status is 401 or 403 or >= 500 : status != 403) breaches.Add($"{scopes} {route.Method} {path}: {status}");
                }
                foreach (var token in dead) Expect(401, await Send(route.Method, path, "Bearer " + token), $"dead token {route.Method} {path}");
                foreach (var header in (string?[])[null, "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("x:" + both)), both]) Expect(401, await Send(route.Method, path, header), $"no bearer {route.Method} {path}");
                Expect(401, await Send(route.Method, path, null, session), $"a session {route.Method} {path}");
                foreach (var name in (string[])["token", "access_token", "authorization"]) Expect(401, await Send(route.Method, $"{path}?{name}={both}", null), $"in the address {route.Method} {path}");
            }
        }
        foreach (var route in routes.Where(route => route.IsStaff))
        {
            var path = route.With("1");
            Expect(route.IsChange ? 401 : 303, await Send(route.Method, path, "Bearer " + both), $"token at a page {route.Method} {path}");
        }
        return [.. breaches];
    }

    /// <summary>The same with a token that may more than is thought.</summary>
    public async Task<List<string>> Control(List<Declared> routes)
    {
        breaches.Clear();
        var token = Token(Writes);
        using var database = Database.OpenToWrite(target.Database);
        database.Execute("UPDATE api_token SET scopes = $1 WHERE token_hash = $2", $"{Reads} {Writes}", SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        foreach (var route in routes.Where(route => route.Scope == Reads)) Expect(403, await Send(route.Method, route.With("1"), "Bearer " + token), $"{Writes} {route.Method}");
        return [.. breaches];
    }

    /// <summary>A token as the program would have made it.</summary>
    private string Token(string scopes, int endsIn = 3600, bool revoked = false)
    {
        var token = "vb_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var database = Database.OpenToWrite(target.Database);
        database.Execute(
            "INSERT INTO api_token (token_hash, name, scopes, ends_at, revoked_at, created_at) VALUES ($1, 'verify', $2, $3, $4, $5)",
            SHA256.HashData(Encoding.UTF8.GetBytes(token)), scopes, now + endsIn, revoked ? (object)now : DBNull.Value, now);
        return token;
    }

    private void Expect(int expected, int status, string cell)
    {
        if (status != expected) breaches.Add($"{cell}: {status}");
    }

    private async Task<int> Send(string method, string path, string? authorization, string? session = null)
    {
        Cells++;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", "praxis=" + session);
            request.Headers.TryAddWithoutValidation("form-token", AuthzPeople.FormToken(session));
        }
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }
}

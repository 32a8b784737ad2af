using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>The practice under the storm: its server, its people's sessions, and the copy to go back to when it is ruined.</summary>
internal sealed class Practice(Run run) : IDisposable
{
    private readonly Lock door = new();
    private readonly Dictionary<string, (StaffSession Session, long At)> sessions = [];
    private Target target = new(run.Executable, run.CopyOfDemo("hostile"));
    private string token = "";
    private string? planted;

    public Target Target => target;

    /// <summary>How often it had to be put back.</summary>
    public int Resets { get; private set; }

    /// <summary>How often somebody had to sign in anew.</summary>
    public int SignIns { get; private set; }

    public async Task Open()
    {
        using (var prepared = Database.OpenToWrite(target.Database)) Plants.NameVisitTypes(prepared);
        await target.Start();
        token = "vb_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var database = Database.OpenToWrite(target.Database);
        database.Execute("INSERT INTO api_token (token_hash, name, scopes, ends_at, created_at) VALUES ($1, 'verify', 'day:read appointments:write', $2, $3)", SHA256.HashData(Encoding.UTF8.GetBytes(token)), now + 86_400, now);
    }

    /// <summary>Remembers how it is now.</summary>
    public async Task Keep()
    {
        await target.Stop();
        planted = run.Copy(target.Data, "hostile-planted");
        await target.Start();
    }

    /// <summary>Goes back to what was kept; the mails of what happened since stay.</summary>
    public async Task PutBack()
    {
        Resets++;
        await target.Stop();
        foreach (var file in Directory.GetFiles(target.Data, "practice.db*")) File.Delete(file);
        File.Copy(Path.Combine(planted!, "practice.db"), target.Database);
        lock (door) sessions.Clear();
        await target.Start();
    }

    public async Task<Reply> Send(string role, Shot shot)
    {
        var reply = await Wire.Send(target.Url, Sign(role, shot));
        if (role is "administrator" or "front-desk" && (reply.Status == 401 || reply.Header("Location") is "/praxis/anmelden" or ['/', 'p', 'r', 'a', 'x', 'i', 's', '/', 'a', 'n', 'm', 'e', 'l', 'd', 'e', 'n', '?', ..])
            && !shot.Headers.Any(one => one.Name is "Cookie" or "form-token"))
        {
            lock (door) sessions.Remove(role);
            return await Wire.Send(target.Url, Sign(role, shot));
        }
        return reply;
    }

    private Shot Sign(string role, Shot shot)
    {
        if (role == "anonymous") return shot;
        if (role == "api") return shot.Headers.Any(one => one.Name == "Authorization") ? shot : shot.And("Authorization", "Bearer " + token);
        StaffSession session;
        lock (door)
        {
            // A proof of who one is holds for ten minutes.
            if (!sessions.TryGetValue(role, out var known) || Environment.TickCount64 - known.At > 300_000)
            {
                sessions[role] = known = (StaffSession.Start(target.Database, role), Environment.TickCount64);
                SignIns++;
            }
            session = known.Session;
        }
        if (!shot.Headers.Any(one => one.Name == "Cookie")) shot = shot.And("Cookie", session.Cookie);
        var own = shot.Body.AsSpan().IndexOf("form-token"u8) >= 0;
        return shot.Method == "GET" || own || shot.Headers.Any(one => one.Name == "form-token") ? shot : shot.And("form-token", session.FormToken);
    }

    /// <summary>The cookie's value of somebody who is signed in.</summary>
    public string CookieOf(string role)
    {
        Sign(role, Shot.Get("/praxis"));
        lock (door) return sessions[role].Session.Token;
    }

    public void Dispose() => target.Dispose();
}

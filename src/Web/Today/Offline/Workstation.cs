using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Today.Offline;

/// <summary>A browser that belongs to the practice and may keep a copy of the next two days' lists.</summary>
public sealed record Workstation(long Id, string Name, Instant Marked, Instant? Copied);

/// <summary>Which browsers those are. Each has a cookie of its own, of which only the hash is kept.</summary>
public sealed class Workstations(Writer writer)
{
    // Browsers keep no cookie longer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);
    private static readonly Duration CopiedEvery = Duration.FromHours(1);

    /// <summary>All of them, the newest first.</summary>
    internal static List<Workstation> All(Db db) => db.Rows("SELECT id, name, marked_at, copied_at FROM workstation ORDER BY id DESC", From);

    /// <summary>The one this request comes from; null if it is none.</summary>
    internal static Workstation? Of(HttpContext http, Db db) => http.Request.Cookies[Cookie(http)] is { Length: > 0 } token
        ? db.Row("SELECT id, name, marked_at, copied_at FROM workstation WHERE token_hash = $hash", From, ("$hash", SecretToken.Hash(token)))
        : null;

    /// <summary>Whether this request may come from one: then it is worth asking the database.</summary>
    internal static bool MayBe(HttpContext http) => http.Request.Cookies.ContainsKey(Cookie(http));

    /// <summary>Marks the browser of this request.</summary>
    public async Task Mark(Staff staff, string name)
    {
        var token = SecretToken.Create();
        await writer.Write(change =>
        {
            // Marked once more, it is still one browser.
            if (Of(staff.Visitor.Http, change.Db) is { } before) change.Db.Execute("DELETE FROM workstation WHERE id = $id", ("$id", before.Id));
            var id = change.Db.Insert(
                "INSERT INTO workstation (token_hash, name, account_id, marked_at) VALUES ($hash, $name, $account, $now)",
                ("$hash", SecretToken.Hash(token)), ("$name", name), ("$account", staff.Account.Id), ("$now", change.Now.ToUnixTimeSeconds()));
            Audit.Add(change, staff.Actor, "workstation.marked", "workstation", id);
            return true;
        });
        var http = staff.Visitor.Http;
        http.Response.Cookies.Append(Cookie(http), token, Options(http, Longest));
    }

    /// <summary>Takes the mark away; the browser deletes its copy when it next asks. False if there is no such one.</summary>
    public Task<bool> Revoke(Staff staff, long id) => writer.Write(change =>
    {
        if (change.Db.Execute("DELETE FROM workstation WHERE id = $id", ("$id", id)) == 0) return false;
        Audit.Add(change, staff.Actor, "workstation.revoked", "workstation", id);
        return true;
    });

    /// <summary>Writes down that a copy was fetched, to within an hour.</summary>
    public async Task Copied(Workstation workstation, Instant now)
    {
        if (workstation.Copied is { } last && now - last < CopiedEvery) return;
        await writer.Write(change => change.Db.Execute("UPDATE workstation SET copied_at = $now WHERE id = $id", ("$now", change.Now.ToUnixTimeSeconds()), ("$id", workstation.Id)));
    }

    private static Workstation From(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), Instant.FromUnixTimeSeconds(row.GetInt64(2)), row.Number(3) is { } copied ? Instant.FromUnixTimeSeconds(copied) : null);

    private static string Cookie(HttpContext http) => IsSecure(http) ? "__Host-geraet" : "geraet";

    private static CookieOptions Options(HttpContext http, TimeSpan age) => new() { HttpOnly = true, Secure = IsSecure(http), SameSite = SameSiteMode.Strict, Path = "/", MaxAge = age };

    private static bool IsSecure(HttpContext http) => http.RequestServices.GetRequiredService<InstanceSettings>().PublicUrl.StartsWith("https:", StringComparison.Ordinal);

}

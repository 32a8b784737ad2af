using System.Collections.Immutable;
using NodaTime.Text;
using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Machines.Tokens;

/// <summary>What a program may do in the practice's name.</summary>
public enum Scope
{
    /// <summary>Read the appointments of a day.</summary>
    DayRead,

    /// <summary>Book and call off, as the front desk does, without going against any rule.</summary>
    AppointmentsWrite,
}

/// <summary>What programs of the practice's call with. The database holds its hash alone.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What the practice calls the program.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Ends">From when on it opens nothing.</param>
public sealed record ApiToken(long Id, string Name, ImmutableArray<Scope> Scopes, Instant Ends)
{
    /// <summary>How one begins, so that people and scanners for leaked secrets know it.</summary>
    public const string Prefix = "vb_";

    /// <summary>Every scope with its word in the database and in the API.</summary>
    public static readonly ImmutableArray<(Scope Scope, string Word)> Words = [(Scope.DayRead, "day:read"), (Scope.AppointmentsWrite, "appointments:write")];

    /// <summary>Since when it opens nothing any more; null if it was not revoked.</summary>
    public Instant? Revoked { get; init; }

    /// <summary>The last day it was used; null if never.</summary>
    public LocalDate? Used { get; init; }

    public Instant Made { get; init; }

    /// <summary>Who acts, for the audit log.</summary>
    public Actor Actor => Actor.Token(Id);

    private const string Columns = "SELECT id, name, scopes, ends_at, revoked_at, used_on, created_at FROM api_token";

    /// <summary>A scope as programs write it.</summary>
    public static string Word(Scope scope) => Words.First(one => one.Scope == scope).Word;

    /// <summary>All of them, the newest first.</summary>
    public static List<ApiToken> All(Db db) => db.Rows(Columns + " ORDER BY id DESC", From);

    /// <summary>The one a program shows, if it is good for something at this moment.</summary>
    internal static ApiToken? Open(Db db, string shown, Instant now) => shown.StartsWith(Prefix, StringComparison.Ordinal)
        ? db.Row(Columns + " WHERE token_hash = $hash AND revoked_at IS NULL AND ends_at > $now", From, ("$hash", SecretToken.Hash(shown)), ("$now", now.ToUnixTimeSeconds()))
        : null;

    /// <summary>Makes one; answers it, and it is nowhere else.</summary>
    internal static string Make(Change change, Staff staff, (string Name, IEnumerable<Scope> Scopes, Instant Ends) wish)
    {
        var token = Prefix + SecretToken.Create();
        var id = change.Db.Insert(
            "INSERT INTO api_token (token_hash, name, scopes, ends_at, created_at) VALUES ($hash, $name, $scopes, $ends, $now)",
            ("$hash", SecretToken.Hash(token)), ("$name", wish.Name), ("$scopes", string.Join(' ', wish.Scopes.Order().Select(Word))), ("$ends", wish.Ends.ToUnixTimeSeconds()), ("$now", change.Now.ToUnixTimeSeconds()));
        Audit.Add(change, staff.Actor, "api-token.made", "api-token", id);
        return token;
    }

    /// <summary>Ends one at once; false if there is no such one that is open.</summary>
    internal static bool Revoke(Change change, Staff staff, long id)
    {
        if (change.Db.Execute("UPDATE api_token SET revoked_at = $now WHERE id = $id AND revoked_at IS NULL", ("$now", change.Now.ToUnixTimeSeconds()), ("$id", id)) == 0) return false;
        Audit.Add(change, staff.Actor, "api-token.revoked", "api-token", id);
        return true;
    }

    /// <summary>Writes down the day on which one was used.</summary>
    internal static void Touch(Change change, long id, LocalDate today) =>
        change.Db.Execute("UPDATE api_token SET used_on = $today WHERE id = $id", ("$today", LocalDatePattern.Iso.Format(today)), ("$id", id));


    private static ApiToken From(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), [.. row.GetString(2).Split(' ').Select(word => Words.First(one => one.Word == word).Scope)], Instant.FromUnixTimeSeconds(row.GetInt64(3)))
    {
        Revoked = row.Number(4) is { } revoked ? Instant.FromUnixTimeSeconds(revoked) : null,
        Used = row.Text(5) is { } day ? LocalDatePattern.Iso.Parse(day).Value : null,
        Made = Instant.FromUnixTimeSeconds(row.GetInt64(6)),
    };
}

using NodaTime;
using VetBooking.Web.Protection;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup;

/// <summary>The link with which a new practice is set up: once, within a day. Only the SHA-256 of its token is kept.</summary>
internal static class SetupLink
{
    private static readonly Duration Life = Duration.FromHours(24);

    /// <summary>A fresh token.</summary>
    public static string Create(Db db, Instant now)
    {
        var token = SecretToken.Create();
        db.Execute("INSERT INTO setup_link (token_hash, expires_at) VALUES ($hash, $until)", ("$hash", SecretToken.Hash(token)), ("$until", (now + Life).ToUnixTimeSeconds()));
        return token;
    }

    /// <summary>Whether a token still opens the set-up.</summary>
    public static bool Opens(Db db, string token, Instant now) =>
        db.Number("SELECT count(*) FROM setup_link WHERE token_hash = $hash AND expires_at > $now", ("$hash", SecretToken.Hash(token)), ("$now", now.ToUnixTimeSeconds())) == 1;

    /// <summary>No link opens the set-up any more.</summary>
    public static void Close(Db db) => db.Execute("DELETE FROM setup_link");

}

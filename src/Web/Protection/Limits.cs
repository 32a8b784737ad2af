using System.Net;
using System.Net.Sockets;
using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Protection;

/// <summary>
/// Bounds against abuse. A bot gets nowhere, and while it tries, people elsewhere still get through: what counts is the
/// block of addresses somebody calls from, and a bound on all of them never shuts out a block that holds nothing yet.
/// </summary>
/// <remarks>
/// Counts live in memory only: an address is personal data and is worth nothing after an hour. A restart forgets them.
/// No timer runs, so that an idle practice stays idle.
/// </remarks>
public sealed class Limits(LimitSettings settings, IClock clock, bool off = false)
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Minute = Duration.FromMinutes(1);

    private const int WrongTokensPerMinute = 20;

    private readonly Lock guard = new();
    private readonly Dictionary<(string Block, Duration Span), (Instant Since, int Count)> counts = [];
    private readonly Dictionary<long, (string Block, Instant Until)> holds = [];
    private Instant forgotten;

    /// <summary>How fast a person can possibly fill in the contact form.</summary>
    public Duration FastestForm => off ? Duration.Zero : Duration.FromSeconds(settings.FastestFormSeconds);

    /// <summary>The block an address belongs to: what one customer of a provider usually has, or shares with few.</summary>
    public static string BlockOf(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 7;
        return Convert.ToHexString(bytes, 0, kept);
    }

    /// <summary>Counts a request; how long to wait if it is one too many.</summary>
    public Duration? TooManyRequests(string block) => Count(block, Minute, settings.RequestsPerBlockAndMinute);

    /// <summary>Counts an attempt to book; how long to wait if it is one too many.</summary>
    public Duration? TooManyTries(string block) => Count(block, Hour, settings.TriesPerBlockAndHour);

    /// <summary>Counts a token that opens nothing; how long to wait if it is one too many. Sign-ins from the same block go on: in a practice all share one.</summary>
    public Duration? TooManyWrongTokens(string block) => Count("token " + block, Minute, WrongTokensPerMinute);

    /// <summary>Whether this address and this block may have one more time kept for them; how long to wait if not.</summary>
    public Duration? TooManyHolds(Change change, string email, string block)
    {
        if (off) return null;
        var open = change.Db.Number(
            "SELECT count(*) FROM appointment WHERE email_key = $email AND state IN ('held', 'requested')", ("$email", email));
        if (open >= settings.HoldsPerAddress) return Hour;
        var today = change.Db.Number(
            "SELECT count(*) FROM appointment WHERE email_key = $email AND created_at > $since",
            ("$email", email), ("$since", (change.Now - Duration.FromDays(1)).ToUnixTimeSeconds()));
        if (today >= settings.BookingsPerAddressAndDay) return Duration.FromDays(1);
        lock (guard)
        {
            foreach (var (id, hold) in holds)
            {
                if (hold.Until <= change.Now) holds.Remove(id);
            }
            var mine = holds.Values.Count(hold => hold.Block == block);
            if (mine >= settings.HoldsPerBlock) return Hour;
            return mine > 0 && holds.Count >= settings.HoldsInAll ? Hour : null;
        }
    }

    /// <summary>Notes that a block holds a time.</summary>
    public void Holding(long appointment, string block, Instant until)
    {
        lock (guard) holds[appointment] = (block, until);
    }

    /// <summary>Notes that a hold is over: confirmed, or given up.</summary>
    public void HoldsNoMore(long appointment)
    {
        lock (guard) holds.Remove(appointment);
    }

    private Duration? Count(string block, Duration span, int most)
    {
        if (off) return null;
        var now = clock.GetCurrentInstant();
        lock (guard)
        {
            if (now - forgotten > Minute) Forget(now);
            var (since, count) = counts.GetValueOrDefault((block, span), (now, 0));
            if (now - since >= span) (since, count) = (now, 0);
            counts[(block, span)] = (since, count + 1);
            return count >= most ? since + span - now : null;
        }
    }

    private void Forget(Instant now)
    {
        forgotten = now;
        foreach (var (key, value) in counts)
        {
            if (now - value.Since >= key.Span) counts.Remove(key);
        }
    }
}

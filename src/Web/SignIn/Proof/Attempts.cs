using NodaTime;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>
/// Slows guessing down: by account, by block of addresses, and over all. An attempt counts before it is judged, so that a
/// thousand at once count as a thousand; a right one is taken back.
/// </summary>
/// <remarks>
/// Nobody can lock an account: a block from which its holder has signed in before is counted apart from strangers', and a
/// passkey is never asked to wait. Accounts are known here by a hash or an id only, all of it lives in memory, and what was
/// counted fades within a day.
/// </remarks>
public sealed class Attempts(IClock clock, bool off = false)
{
    private static readonly Duration Longest = Duration.FromMinutes(15);
    private static readonly Duration LongestForAll = Duration.FromSeconds(30);
    private static readonly Duration Fade = Duration.FromHours(6);

    private const int FreePerBlock = 20;
    private const int FreePerAccount = 5;
    private const int FreeForAll = 300;

    private readonly Lock guard = new();
    private readonly Dictionary<string, Tally> tallies = [];
    private readonly HashSet<(string Account, string Block)> familiar = [];

    /// <summary>Counts an attempt; how long to wait if it may not be made.</summary>
    /// <param name="account">What the attempt is at: a password or the code of one account.</param>
    /// <param name="block">Where it comes from.</param>
    public Slowed? TooMany(string account, string block)
    {
        if (off) return null;
        var now = clock.GetCurrentInstant();
        lock (guard)
        {
            if (tallies.Count > 10_000) Forget(now);
            var bounds = Bounds(account, block).ToList();
            var longest = bounds.MaxBy(bound => Wait(bound, now));
            if (Wait(longest, now) is var wait && wait > Duration.Zero)
            {
                var tally = tallies[longest.Key];
                tallies[longest.Key] = tally with { IsTold = true };
                return new Slowed(wait, !tally.IsTold);
            }
            foreach (var (key, _, _) in bounds) tallies[key] = tallies.GetValueOrDefault(key) is var tally && now - tally.Last > Fade ? new Tally(1, now, false) : tally with { Count = tally.Count + 1, Last = now };
            return null;
        }
    }

    /// <summary>It was right: it does not count, and this block is known to be the holder's.</summary>
    public void Right(string account, string block)
    {
        lock (guard)
        {
            foreach (var (key, _, _) in Bounds(account, block).ToList())
            {
                var left = key.StartsWith("at ", StringComparison.Ordinal) ? 0 : tallies.GetValueOrDefault(key).Count - 1;
                if (left > 0) tallies[key] = tallies[key] with { Count = left };
                else tallies.Remove(key);
            }
            if (familiar.Count > 10_000) familiar.Clear();
            familiar.Add((account, block));
        }
    }

    private IEnumerable<(string Key, int Free, Duration Longest)> Bounds(string account, string block)
    {
        yield return ("from " + block, FreePerBlock, Longest);
        if (familiar.Contains((account, block))) yield return ($"at {account} from {block}", FreePerAccount, Longest);
        else
        {
            yield return ($"at {account}", FreePerAccount, Longest);
            yield return ("all", FreeForAll, LongestForAll);
        }
    }

    /// <summary>Twice as long each time, from a second to the longest.</summary>
    private Duration Wait((string Key, int Free, Duration Longest) bound, Instant now)
    {
        var tally = tallies.GetValueOrDefault(bound.Key);
        if (tally.Count < bound.Free || now - tally.Last > Fade) return Duration.Zero;
        var seconds = Math.Min(bound.Longest.TotalSeconds, Math.Pow(2, Math.Min(20, tally.Count - bound.Free)));
        return Duration.Max(Duration.Zero, tally.Last + Duration.FromSeconds(seconds) - now);
    }

    private void Forget(Instant now)
    {
        foreach (var (key, tally) in tallies)
        {
            if (now - tally.Last > Longest) tallies.Remove(key);
        }
    }

    private readonly record struct Tally(int Count, Instant Last, bool IsTold);
}

/// <summary>An attempt that may not be made yet.</summary>
/// <param name="Wait">How long to wait.</param>
/// <param name="IsNew">Whether nobody has been told so before: worth a line in the log, once.</param>
public sealed record Slowed(Duration Wait, bool IsNew);

using NodaTime;

namespace VetBooking.Web.SignIn.Proof;

/// <summary>
/// What is shown once and kept nowhere: recovery codes, the link of an invitation. It waits in memory for the page that
/// shows it to this session, for ten minutes so that reloading and printing work, and is gone with a restart.
/// </summary>
public sealed class ShownOnce(IClock clock)
{
    private static readonly Duration Life = Duration.FromMinutes(10);

    private readonly Lock guard = new();
    private readonly Dictionary<(long Session, string What), (IReadOnlyList<string> Lines, Instant Until)> waiting = [];

    /// <summary>Lays something down for a session.</summary>
    public void Put(long session, string what, IReadOnlyList<string> lines)
    {
        lock (guard)
        {
            foreach (var (key, value) in waiting)
            {
                if (value.Until <= clock.GetCurrentInstant()) waiting.Remove(key);
            }
            waiting[(session, what)] = (lines, clock.GetCurrentInstant() + Life);
        }
    }

    /// <summary>What lies there for a session; nothing if it is over.</summary>
    public IReadOnlyList<string> For(long session, string what)
    {
        lock (guard) return waiting.TryGetValue((session, what), out var found) && found.Until > clock.GetCurrentInstant() ? found.Lines : [];
    }
}

namespace VetBooking.Verify.Bench;

/// <summary>Books as fast as a number of clients at once can; each time another free time.</summary>
internal static class BookingRuns
{
    /// <summary>
    /// One run on a server that is running: at most so many bookings. Whoever is refused took no time away: rooms and
    /// devices are scarcer than people, so some of the times that were free side by side are not free together.
    /// </summary>
    public static async Task<LoadResult> Book(Target server, int connections, int most, Random random)
    {
        var facts = Facts.Read(server.Database);
        var times = await FreeTimes.Of(server.Url, facts, random);
        var requests = times.Take(most).Select(choice =>
        {
            var wanted = facts.Ask(random, choice);
            return Load.Post(server.Url, "api/v1/bookings", wanted.Key, wanted.Body);
        }).ToArray();
        var seen = await Load.Run(server.Url, connections, requests);
        var strange = seen.Statuses.Where(one => one.Key is not (201 or 409 or 422)).ToArray();
        if (strange.Length > 0) throw new InvalidOperationException($"Bookings were answered with {string.Join(", ", strange)}: {server.LastWords()}");
        return seen;
    }
}

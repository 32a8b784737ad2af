using System.Diagnostics;
using VetBooking.Verify.Attacks.Sovereign;

namespace VetBooking.Verify.Bench;

/// <summary>What a large practice's backup costs those who book meanwhile, and how long its restore, an erasure and an export take.</summary>
internal sealed class SovereignRuns(Figures figures, string executable, string work, int rounds)
{
    private const int Clients = 16;

    /// <summary>How long somebody who has booked waits before the next booking: none of the clients is a machine that runs hot.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2.5);

    private readonly Verbs verbs = new(executable);

    public async Task Measure()
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, "sovereign")).FullName;
        try
        {
            await UnderLoad(folder);
            await Alone(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task UnderLoad(string folder)
    {
        var (usual, during, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            // Who comes first takes turns.
            var one = await Book(folder, round, backs: round % 2 == 0);
            var other = await Book(folder, round, backs: round % 2 != 0);
            var (without, with) = round % 2 == 0 ? (other, one) : (one, other);
            usual.Add(without);
            during.Add(with);
            ratios.Add(with / without);
        }
        figures.Add("16 clients book: p95", usual.Median(), "ms");
        figures.Add("16 clients book during a backup: p95", during.Median(), "ms");
        figures.AtMost(1.2, "16 clients book: growth of p95 by a backup", ratios.Median(), "x");
    }

    private async Task<double> Book(string folder, int round, bool backs)
    {
        var data = Path.Combine(folder, "booking");
        Folders.Copy(Path.Combine(work, "large"), data);
        try
        {
            using var server = new Target(executable, data);
            await server.Start();
            var random = new Random(round);
            var facts = Facts.Read(server.Database);
            var times = await FreeTimes.Of(server.Url, facts, random);
            byte[][] requests = [.. times.Select(choice => facts.Ask(random, choice)).Select(wanted => Load.Post(server.Url, "api/v1/bookings", wanted.Key, wanted.Body))];
            using var over = new CancellationTokenSource();
            var backups = backs ? Back(data, over.Token) : Task.CompletedTask;
            var seen = await Load.Run(server.Url, Clients, requests, Enough, Pause);
            await over.CancelAsync();
            await backups;
            if (seen.Count(201) < 200) throw new InvalidOperationException($"Too few were booked: {string.Join(", ", seen.Statuses)}");
            return seen.Percentile(0.95);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    // One after the other, as long as people book.
    private async Task Back(string data, CancellationToken over)
    {
        do
        {
            var to = Path.Combine(data, "one.vetbackup");
            await Verbs.MustDo(verbs.Backup(data, to));
            File.Delete(to);
        }
        while (!over.IsCancellationRequested);
    }

    private async Task Alone(string folder)
    {
        var (data, backup) = (Path.Combine(folder, "practice"), Path.Combine(folder, "one.vetbackup"));
        Folders.Copy(Path.Combine(work, "large"), data);
        figures.Add("backup of a large practice", await Seconds(verbs.Backup(data, backup)), "s");
        figures.Add("size of the backup", new FileInfo(backup).Length / 1e6, "MB");
        var key = Path.Combine(data, "keys", "backup.key");
        figures.AtMost(10, "restore of a large practice", await Seconds(verbs.Restore(backup, Path.Combine(folder, "restored"), key)), "s");
        figures.AtMost(20, "export of a large practice", await Seconds(verbs.Export(data, Path.Combine(folder, "one.zip"))), "s");
        figures.AtMost(10, "erasure in a large practice", await Seconds(verbs.Erase(data, MostVisits(data))), "s");
    }

    private static long MostVisits(string data)
    {
        using var connection = Database.OpenToRead(Path.Combine(data, "practice.db"));
        return connection.Number("SELECT owner_id FROM appointment WHERE owner_id IS NOT NULL GROUP BY owner_id ORDER BY count(*) DESC LIMIT 1");
    }

    private static async Task<double> Seconds(Task<Outcome> verb)
    {
        var since = Stopwatch.GetTimestamp();
        await Verbs.MustDo(verb);
        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}

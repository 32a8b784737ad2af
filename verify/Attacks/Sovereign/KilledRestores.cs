using System.Collections.Concurrent;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>
/// kill -9 before every call that puts something on disk or gives it another name, and at some other moment of the next try;
/// then a restore must come to its end.
/// </summary>
internal sealed class KilledRestores(Run run, Stage stage)
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private readonly ConcurrentQueue<string> forgotten = new(), halves = new(), ends = new(), rows = new(), left = new(), lost = new();
    private string previous = "";
    private int hit;

    /// <summary>Where to restore into, and what is there before.</summary>
    private sealed record Scene(string Name, string From, string? Own, string? Key)
    {
        public SortedDictionary<string, string>? Before { get; } = Own is null ? null : Database.Digests(Stage.DatabaseOf(Own));
    }

    public async Task Execute(int points)
    {
        if (!Tracer.IsThere)
        {
            run.Report.Check("strace is there", false, "Install strace (apt-get install strace): without it nothing can be killed at a step.");
            return;
        }
        // The last backup was made of the very state that is restored over.
        previous = (await Verbs.MustDo(stage.Verbs.Verify(stage.After, stage.Key))).Digest;
        var own = run.Copy(stage.Folder, "killed-template");
        foreach (var scene in new Scene[] { new("into an empty folder", stage.BeforeBesideAfter, null, stage.Key), new("over the practice itself", stage.Before, own, null) }) await Kill(scene, points);

        run.Report.Check("restores were killed", hit > 0);
        run.Report.CheckNone("each call is hit, and there is none beyond the last", forgotten);
        run.Report.CheckNone("killed: the practice is the old one, the new one, or does not start", halves);
        run.Report.CheckNone("killed: another restore comes to its end", ends);
        run.Report.CheckNone("killed: every table is what an uninterrupted restore brings", rows);
        run.Report.CheckNone("killed: nothing is left over", left);
        run.Report.CheckNone("killed: what was there before is kept", lost);
        run.Report.Figure("killPoints", hit);
    }

    private async Task Kill(Scene scene, int points)
    {
        var whole = Prepare(scene, out var place);
        var log = Path.Combine(place, "calls");
        var done = await stage.Verbs.RestoreUnder(Tracer.Counting(log), scene.From, whole, scene.Key);
        run.Report.Check($"{scene.Name}: restored under watch", done.Code == Outcome.Done, $"{done}");
        var wanted = Database.Digests(Stage.DatabaseOf(whole));
        var all = Tracer.Points(log);
        run.Report.Say($"{scene.Name}: {all.Count} calls to be killed before");
        run.Report.Check($"{scene.Name}: there are calls to be killed before", all.Count >= 20, $"{all.Count}");
        run.Report.Figure(scene.Own is null ? "callsIntoEmpty" : "callsOverItself", all.Count);

        var chosen = points >= all.Count ? all : [.. Enumerable.Range(0, points).Select(i => all[(int)((long)i * (all.Count - 1) / Math.Max(1, points - 1))])];
        var random = run.RandomFor(scene.Own is null ? 600 : 700);
        var pairs = chosen.Select(point => (First: point, Second: all[random.Next(all.Count)])).ToList();
        await Parallel.ForEachAsync(Beyond(all), AtOnce, async (point, _) => await NotHit(scene, point));
        await Parallel.ForEachAsync(pairs, AtOnce, async (pair, _) =>
        {
            if (!run.TimeIsUp) await KillAt(scene, pair.First, pair.Second, wanted);
        });
        Directory.Delete(place, recursive: true);
    }

    /// <summary>One call further than there are.</summary>
    private static IEnumerable<KillPoint> Beyond(List<KillPoint> all) =>
        all.GroupBy(point => point.Call).Select(calls => calls.MaxBy(call => call.Number)!).Select(last => last with { Number = last.Number + 1 });

    private async Task NotHit(Scene scene, KillPoint beyond)
    {
        var unhit = await stage.Verbs.RestoreUnder(Tracer.Killing(beyond), scene.From, Prepare(scene, out var place), scene.Key);
        if (unhit.Code != Outcome.Done) forgotten.Enqueue($"{scene.Name}: {beyond}: {unhit}");
        Directory.Delete(place, recursive: true);
    }

    private async Task KillAt(Scene scene, KillPoint point, KillPoint second, SortedDictionary<string, string> wanted)
    {
        var (folder, name) = (Prepare(scene, out var place), $"{scene.Name}, before {point}");
        var killed = await stage.Verbs.RestoreUnder(Tracer.Killing(point), scene.From, folder, scene.Key);
        if (killed.Code == Outcome.Done) forgotten.Enqueue($"{name}: not killed");
        else Interlocked.Increment(ref hit);
        var hasRun = await LookAtHalf(scene, folder, name, wanted);
        name += $", then before {second}";
        killed = await stage.Verbs.RestoreUnder(Tracer.Killing(second), scene.From, folder, scene.Key);
        if (killed.Code is Outcome.Refused or 1) ends.Enqueue($"{name}: {killed}");

        var again = await stage.Verbs.Restore(scene.From, folder, scene.Key);
        if (again.Code != Outcome.Done) ends.Enqueue($"{name}: {again}");
        else
        {
            foreach (var table in Different(Database.Digests(Stage.DatabaseOf(folder)), wanted)) rows.Enqueue($"{name}: {table}");
            if (await stage.Verbs.Check(folder) is { Code: not Outcome.Done } unsound) rows.Enqueue($"{name}: {unsound}");
            foreach (var path in Leftovers.In(folder)) left.Enqueue($"{name}: {path}");
            if (scene.Own is not null) await LookForPrevious(folder, name, hasRun);
        }
        Directory.Delete(place, recursive: true);
    }

    /// <summary>Whatever lies there now must not answer as a mixture of two states.</summary>
    private async Task<bool> LookAtHalf(Scene scene, string folder, string name, SortedDictionary<string, string> wanted)
    {
        var database = Stage.DatabaseOf(folder);
        using var target = new Target(run.Executable, folder);
        string? refusal = null;
        var there = File.Exists(database);
        List<string> fromOld = ["none"], fromNew = ["none"];
        if (there)
        {
            var now = Database.Digests(database);
            (fromOld, fromNew) = (scene.Before is null ? ["none"] : Different(now, scene.Before), Different(now, wanted));
        }
        try
        {
            await target.Start();
            await target.Stop();
        }
        catch (InvalidOperationException left)
        {
            refusal = left.Message;
        }
        if (refusal is not null)
        {
            if (!refusal.Contains($"left with {Outcome.Refused}:", StringComparison.Ordinal)) halves.Enqueue($"{name}: {refusal}");
            // Where a practice was, it is not enough to say that there is none: somebody would make a new one in its place.
            else if ((there || scene.Own is not null) && !refusal.Contains("'vetbooking restore'", StringComparison.Ordinal)) halves.Enqueue($"{name}: it does not say why it refuses: {refusal}");
            if (!there && scene.Own is not null && await stage.Verbs.Init(folder) is { RefusedProperly: false } made) halves.Enqueue($"{name}: another practice is made: {made}");
            return false;
        }
        if (fromOld.Count > 0 && fromNew.Count > 0) halves.Enqueue($"{name}: it starts, and is neither: {string.Join(", ", fromOld)} differ from before, {string.Join(", ", fromNew)} from after");
        if (await stage.Verbs.Check(folder) is { Code: not Outcome.Done } unsound) halves.Enqueue($"{name}: {unsound}");
        return true;
    }

    /// <summary>The state from before the first try lies in <c>backups/</c>; if it has run in between, that state has changed a little.</summary>
    private async Task LookForPrevious(string folder, string name, bool hasRun)
    {
        var kept = Directory.Exists(Path.Combine(folder, "backups")) ? Directory.GetFiles(Path.Combine(folder, "backups"), "*.vetbackup").Order(StringComparer.Ordinal).ToList() : [];
        var found = false;
        foreach (var file in kept)
        {
            var whole = await stage.Verbs.Verify(file, Stage.KeyOf(folder));
            if (whole.Code != Outcome.Done) lost.Enqueue($"{name}: {whole}");
            found |= hasRun || whole.Digest == previous;
        }
        if (!found) lost.Enqueue($"{name}: none of {kept.Count} backups is what was there");
    }

    private string Prepare(Scene scene, out string place)
    {
        place = Directory.CreateDirectory(run.PathOf("killed-" + Guid.NewGuid().ToString("N"))).FullName;
        var folder = Path.Combine(place, "practice");
        return scene.Own is null ? folder : run.Copy(scene.Own, folder);
    }

    // The log of acts says when erasures were done again, which is another moment each time.
    private static List<string> Different(SortedDictionary<string, string> one, SortedDictionary<string, string> other) => Database.Differences(one, other, "session", "audit", "backup_run");
}

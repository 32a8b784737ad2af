using System.Collections.Concurrent;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>Whole backups that must not be restored all the same: with this key, into this folder, beside this journal.</summary>
internal sealed class MisfitRestores(Run run, Stage stage)
{
    private readonly ConcurrentQueue<string> judged = new(), restored = new(), changed = new();

    public async Task Execute()
    {
        var misfits = new Misfits(stage).All().ToList();
        await Try(new Misfit("none", (own, _) => new(stage.Before, own, null)));
        run.Report.Check("negative control: what fits is accepted where misfits are judged", restored.Count == 1 && !changed.IsEmpty, string.Join(" | ", [.. restored, .. changed]));
        foreach (var list in new[] { judged, restored, changed }) list.Clear();

        await Parallel.ForEachAsync(misfits, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (misfit, _) => await Try(misfit));
        await WhileItRuns();
        run.Report.CheckNone("keys and backups that do not fit: 'verify' refuses", judged);
        run.Report.CheckNone("keys, folders and journals that do not fit: 'restore' refuses", restored);
        run.Report.CheckNone("keys, folders and journals that do not fit: the folder stays as it was", changed);
        run.Report.Figure("misfits", misfits.Count + 1);
    }

    private async Task Try(Misfit misfit)
    {
        var place = Directory.CreateDirectory(run.PathOf("misfit-" + Guid.NewGuid().ToString("N"))).FullName;
        var call = misfit.Make(run.Copy(stage.Folder, Path.Combine(place, "own")), Directory.CreateDirectory(Path.Combine(place, "beside")).FullName);
        var (wasThere, before) = (Directory.Exists(call.Into), FolderDigest.Of(call.Into));
        if (call.IsFileOrKey && await stage.Verbs.Verify(call.From, call.Key!) is { RefusedProperly: false } verified) judged.Enqueue($"{misfit.Name}: {verified}");
        if (await stage.Verbs.Restore(call.From, call.Into, call.Key) is { RefusedProperly: false } taken) restored.Enqueue($"{misfit.Name}: {taken}");
        foreach (var difference in FolderDigest.Differences(before, FolderDigest.Of(call.Into))) changed.Enqueue($"{misfit.Name}: {difference}");
        if (!wasThere && Directory.Exists(call.Into)) changed.Enqueue($"{misfit.Name}: a folder was made");
        Directory.Delete(place, recursive: true);
    }

    /// <summary>Nothing is put in the place of a practice that runs.</summary>
    private async Task WhileItRuns()
    {
        using var running = new Target(run.Executable, run.Copy(stage.Folder, "running"));
        await running.Start();
        var (rows, before) = (Database.Digests(running.Database), Names());
        if (await stage.Verbs.Restore(stage.Before, running.Data) is { RefusedProperly: false } taken) restored.Enqueue($"the practice is running: {taken}");
        // How far it has looked for mails to send is the practice's own doing.
        foreach (var table in Database.Differences(rows, Database.Digests(running.Database), "practice", "outbox")) changed.Enqueue($"the practice is running: {table}");
        foreach (var difference in FolderDigest.Differences(before, Names())) changed.Enqueue($"the practice is running: {difference}");
        await running.Stop();

        // The database's own files live while it runs; its rows are compared instead.
        SortedDictionary<string, string> Names() => new(FolderDigest.Of(running.Data)
            .Where(one => !one.Key.StartsWith("practice.db", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);
    }
}

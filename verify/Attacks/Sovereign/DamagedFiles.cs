using System.Collections.Concurrent;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>Every kind of damage to a backup's file: nobody takes it for a backup, and no folder changes.</summary>
internal sealed class DamagedFiles(Run run, Stage stage)
{
    private readonly ConcurrentQueue<string> judged = new(), restored = new(), changed = new();

    public async Task Execute()
    {
        var whole = BackupBytes.Read(await File.ReadAllBytesAsync(stage.Before));
        run.Report.Check("the backup has three chunks and more", whole.Chunks.Count >= 3, $"{whole.Chunks.Count}");
        var damages = Damages.Of(BackupBytes.Read(await File.ReadAllBytesAsync(stage.After)), await File.ReadAllBytesAsync(stage.Plain), run.RandomFor(500)).ToList();
        // The same way for one that is not damaged: a judge who refuses everything judges nothing.
        await Try(new Damage("none", backup => backup.ToFile()), whole);
        run.Report.Check("negative control: a whole backup is accepted where damaged ones are judged", judged.Count == 1 && restored.Count == 2 && !changed.IsEmpty,
            string.Join(" | ", [.. judged, .. restored]));
        foreach (var list in new[] { judged, restored, changed }) list.Clear();

        await Parallel.ForEachAsync(damages, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (damage, _) => await Try(damage, whole));
        run.Report.CheckNone($"{damages.Count} damaged backups: 'verify' refuses", judged);
        run.Report.CheckNone($"{damages.Count} damaged backups: 'restore' refuses", restored);
        run.Report.CheckNone($"{damages.Count} damaged backups: the folder stays as it was", changed);
        run.Report.Figure("damagedFiles", damages.Count);
    }

    private async Task Try(Damage damage, BackupBytes whole)
    {
        var place = Directory.CreateDirectory(run.PathOf("damage-" + Guid.NewGuid().ToString("N"))).FullName;
        var (file, own, empty) = (Path.Combine(place, "damaged.vetbackup"), run.Copy(stage.Folder, Path.Combine(place, "own")), Path.Combine(place, "absent"));
        await File.WriteAllBytesAsync(file, damage.Do(whole));
        if (await stage.Verbs.Verify(file, stage.Key) is { RefusedProperly: false } verified) judged.Enqueue($"{damage.Name}: {verified}");
        foreach (var folder in new[] { own, empty })
        {
            var before = FolderDigest.Of(folder);
            if (await stage.Verbs.Restore(file, folder, stage.Key) is { RefusedProperly: false } taken) restored.Enqueue($"{damage.Name}: {taken}");
            foreach (var difference in FolderDigest.Differences(before, FolderDigest.Of(folder))) changed.Enqueue($"{damage.Name}: {difference}");
        }
        if (Directory.Exists(empty) && damage.Name != "none") changed.Enqueue($"{damage.Name}: a folder was made");
        Directory.Delete(place, recursive: true);
    }
}

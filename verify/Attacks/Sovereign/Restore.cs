namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>
/// Backups that are good, backups that are damaged in every way, restores that are killed at every step, and people who were
/// erased: a practice comes back whole or not at all, and nobody comes back with it who must not.
/// </summary>
internal sealed class Restore(Run run, int clients)
{
    public async Task Execute(int points)
    {
        var verbs = new Verbs(run.Executable);
        run.Report.Say("backups while bookings go on");
        await new GoodBackups(run, verbs, clients).Execute();
        var stage = await Stage.Make(run, verbs);
        run.Report.Check("there are two people to erase", stage.Erased.Count == 2);
        NegativeControls(stage);
        await Part("damaged files", () => new DamagedFiles(run, stage).Execute());
        await Part("keys and folders that do not fit", () => new MisfitRestores(run, stage).Execute());
        await Part("people who were erased", () => new ErasedPeople(run, stage).Execute());
        await Part("killed at every step", () => new KilledRestores(run, stage).Execute(points));
        run.Report.Figure("restores", verbs.Restores);
    }

    private async Task Part(string name, Func<Task> part)
    {
        if (run.TimeIsUp) return;
        run.Report.Say(name);
        await part();
    }

    /// <summary>The smallest change there is must be seen by whatever says below that nothing has changed.</summary>
    private void NegativeControls(Stage stage)
    {
        var (before, copy) = (FolderDigest.Of(stage.Folder), run.Copy(stage.Folder, "control"));
        run.Report.CheckNone("negative control: a copy is the same", FolderDigest.Differences(before, FolderDigest.Of(copy)));
        var (settings, rows) = (Path.Combine(copy, "instance.json"), Database.Digests(Stage.DatabaseOf(copy)));
        var content = File.ReadAllBytes(settings);
        content[^2] ^= 1;
        File.WriteAllBytes(settings, content);
        Directory.CreateDirectory(Path.Combine(copy, ".restoring"));
        File.Delete(Stage.JournalOf(copy));
        var seen = FolderDigest.Differences(before, FolderDigest.Of(copy));
        run.Report.Check("negative control: one changed byte, an empty folder and a missing file are seen",
            seen.Count == 3 && seen.Contains("instance.json changed") && seen.Contains(".restoring came") && seen.Contains("erasures.journal went"), string.Join(" | ", seen));
        File.WriteAllText(Path.Combine(copy, "backup.new"), "");
        run.Report.Check("negative control: what is left over is seen", Leftovers.In(copy).Count == 2);

        using (var connection = Database.OpenToWrite(Stage.DatabaseOf(copy))) connection.Execute("UPDATE animal SET name = name || '.' WHERE id = (SELECT max(id) FROM animal)");
        run.Report.Check("negative control: one changed value is seen", Database.Differences(rows, Database.Digests(Stage.DatabaseOf(copy))).Contains("animal"));
    }
}

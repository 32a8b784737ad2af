namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>Whoever was erased stays erased, whichever way an older state comes back; everybody else is untouched.</summary>
internal sealed class ErasedPeople(Run run, Stage stage)
{
    // What must differ: the log says that erasures were done again, and nobody is signed in any more.
    private static readonly string[] Differs = ["audit", "session", "backup_run"];

    // A practice that has run knows how far it has looked for reminders to send.
    private static readonly string[] DiffersOnceRun = [.. Differs, "practice", "outbox"];

    public async Task Execute()
    {
        foreach (var person in stage.Erased)
        {
            run.Report.Check("negative control: the search finds a person in a copy from before the erasure", person.TracesIn(stage.Plain).Count >= 4, string.Join(", ", person.TracesIn(stage.Plain)));
        }
        Look(stage.Folder, "the practice itself");

        // With nothing that knows of the erasures, an old backup has to bring them back: what follows is the journal's doing.
        var alone = run.PathOf("without-journal");
        await Verbs.MustDo(stage.Verbs.Restore(stage.Before, alone, stage.Key));
        run.Report.Check("negative control: without any journal the person is back", stage.Erased.All(person => person.TracesIn(Stage.DatabaseOf(alone)).Count > 0));
        run.Report.Check("negative control: their name is found in the folder's files", stage.Erased.All(person => person.FilesNaming(alone).Count > 0));

        await Restored("over the practice itself", stage.Before, run.Copy(stage.Folder, "erased-own"), null);
        await Restored("into an empty folder, a newer backup beside it", stage.BeforeBesideAfter, run.PathOf("erased-new"), stage.Key);
        await Restored("the newer backup into an empty folder", stage.After, run.PathOf("erased-after"), stage.Key);
        var grown = run.PathOf("erased-grown");
        await Verbs.MustDo(stage.Verbs.Restore(stage.Before, grown, stage.Key));
        Directory.CreateDirectory(Path.Combine(grown, "backups"));
        File.Copy(stage.After, Path.Combine(grown, "backups", "after.vetbackup"));
        await Restored("over a folder whose backups know of it", stage.Before, grown, null);
        await CopiedByHand();
    }

    private async Task Restored(string how, string from, string folder, string? key)
    {
        var restored = await stage.Verbs.Restore(from, folder, key);
        run.Report.Check($"{how}: restored", restored.Code == Outcome.Done, $"{restored}");
        if (restored.Code != Outcome.Done) return;
        var check = await stage.Verbs.Check(folder);
        run.Report.Check($"{how}: sound", check.Code == Outcome.Done, $"{check}");
        Look(folder, how);
    }

    /// <summary>An older database in the place of the newer one, as somebody does who knows no better.</summary>
    private async Task CopiedByHand()
    {
        using var target = new Target(run.Executable, run.Copy(stage.Folder, "by-hand"));
        File.Copy(stage.Plain, target.Database, overwrite: true);
        await target.Start();
        Look(target.Data, "an older database copied by hand, and started", hasRun: true);
        await target.Stop();
        Look(target.Data, "an older database copied by hand, started and stopped", hasRun: true);
    }

    private void Look(string folder, string how, bool hasRun = false)
    {
        var (database, journal) = (Stage.DatabaseOf(folder), Stage.JournalOf(folder));
        run.Report.CheckNone($"{how}: no row names who was erased", [.. stage.Erased.SelectMany(person => person.TracesIn(database))]);
        run.Report.CheckNone($"{how}: no file names who was erased", [.. stage.Erased.SelectMany(person => person.FilesNaming(folder))]);
        run.Report.CheckNone($"{how}: every other row is as in the practice", Database.Differences(Database.Digests(Stage.DatabaseOf(stage.Folder)), Database.Digests(database), hasRun ? DiffersOnceRun : Differs));
        run.Report.CheckNone($"{how}: nobody else has changed", [.. Others(stage.Plain).Except(Others(database)).Concat(Others(database).Except(Others(stage.Plain)))]);
        run.Report.Check($"{how}: the journal goes on", File.Exists(journal) && File.ReadLines(Stage.JournalOf(stage.Folder)).SequenceEqual(File.ReadLines(journal)));
    }

    /// <summary>Everybody else's records, animals and appointments, in a few words each.</summary>
    private List<string> Others(string database)
    {
        using var connection = Database.OpenToRead(database);
        var gone = string.Join(", ", stage.Erased.Select(person => person.Owner));
        return connection.Rows(
            $"""
            SELECT 'owner ' || id || ' ' || name || ' ' || email || ' ' || phone || ' ' || revision FROM owner WHERE id NOT IN ({gone})
            UNION ALL SELECT 'animal ' || id || ' ' || owner_id || ' ' || name FROM animal WHERE owner_id NOT IN ({gone})
            UNION ALL SELECT 'appointment ' || id || ' ' || number || ' ' || state || ' ' || starts_at || ' ' || name || ' ' || email || ' ' || note FROM appointment
            WHERE owner_id IS NULL OR owner_id NOT IN ({gone})
            """, row => row.GetString(0));
    }
}

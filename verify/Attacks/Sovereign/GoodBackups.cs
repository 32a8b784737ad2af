using NodaTime;

namespace VetBooking.Verify.Attacks.Sovereign;

/// <summary>Backups of a practice that goes on booking, and what comes back from them.</summary>
internal sealed class GoodBackups(Run run, Verbs verbs, int clients)
{
    private readonly Ledger ledger = new();

    public async Task Execute()
    {
        using var live = new Target(run.Executable, run.CopyOfDemo("live"));
        using (var connection = Database.OpenToWrite(live.Database)) Facts.OpenAroundTheClock(connection, Facts.AllWeek);
        var during = run.PathOf("during.vetbackup");
        await WhileBookingsGoOn(live, during);
        await AtRest(live);
        await OverItself(live, during);
        await OverDamage(live, during);
    }

    /// <summary>Whoever had an answer before the backup began is in it, and nobody is disturbed by it.</summary>
    private async Task WhileBookingsGoOn(Target live, string backup)
    {
        await live.Start();
        using var api = new Api(live.Url);
        using var over = new CancellationTokenSource();
        var facts = Facts.Read(live.Database);
        var working = Enumerable.Range(0, clients).Select(number => Task.Run(() => Book(api, facts, run.RandomFor(number), over.Token))).ToList();
        for (var wait = 0; wait < 600 && ledger.Acknowledged.Count < 20; wait++) await Task.Delay(50);
        var before = ledger.Acknowledged.Count;
        var made = await verbs.Backup(live.Data, backup);
        var meanwhile = ledger.Acknowledged.Count - before;
        await over.CancelAsync();
        await Task.WhenAll(working);
        await live.Stop();
        run.Report.Check("a backup is made while bookings go on", made.Code == Outcome.Done, $"{made}");
        run.Report.Check("bookings before the backup and during it", before >= 20 && meanwhile > 0,
            $"{before} before, {meanwhile} during, {ledger.Refused.Count} refused, {ledger.Broken.Count} broken: {string.Join(" | ", ledger.Broken.Take(2))}");
        run.Report.CheckNone("nothing that was acknowledged is missing from the live practice, nothing is there twice", Checker.Examine(live.Database, ledger));
        run.Report.Figure("bookedDuringBackup", meanwhile);

        var key = Stage.KeyOf(live.Data);
        var seen = await verbs.Verify(backup, key);
        run.Report.Check("the backup is whole, and says the same as when it was made", seen.Code == Outcome.Done && seen.Digest == made.Digest && seen.Digest.Length > 0, $"{seen}");
        var back = new Target(run.Executable, run.PathOf("back"));
        var restored = await verbs.Restore(backup, back.Data, key);
        run.Report.Check("it is restored into an empty folder", restored.Code == Outcome.Done, $"{restored}");
        var check = await verbs.Check(back.Data);
        run.Report.Check("the restored practice is sound", check.Code == Outcome.Done, $"{check}");
        var (there, all) = (Numbers(back.Database), Numbers(live.Database));
        run.Report.CheckNone("whatever was acknowledged before the backup began is in it", [.. ledger.Acknowledged.Take(before).Select(one => one.Answer.Number).Except(there)]);
        run.Report.CheckNone("nothing is in it that the live practice does not know", [.. there.Except(all)]);
        await Answers(back, "the restored practice");
    }

    /// <summary>What nobody changes in between comes back to the row, at every level.</summary>
    private async Task AtRest(Target live)
    {
        using (var connection = Database.OpenToWrite(live.Database))
        {
            connection.Execute("INSERT INTO session (token_hash, account_id, started_at, seen_at, proved_at) SELECT randomblob(32), min(id), 1, 1, 1 FROM account");
        }
        var (rows, key, file) = (Database.Digests(live.Database), Stage.KeyOf(live.Data), run.PathOf("rest.vetbackup"));
        var into = run.PathOf("rest");
        await Verbs.MustDo(verbs.Backup(live.Data, file));
        foreach (var time in new[] { "once", "twice", "at once again" })
        {
            var restored = await verbs.Restore(file, into, key);
            run.Report.Check($"restored {time}: it says where what was there before is", (time == "once") == (restored.File.Length == 0), $"{restored}");
            run.Report.Check($"a backup of a practice at rest is restored {time}", restored.Code == Outcome.Done, $"{restored}");
            run.Report.CheckNone($"restored {time}: every table is the same to the row", Database.Differences(rows, Database.Digests(Stage.DatabaseOf(into)), "session", "backup_run"));
            run.Report.CheckNone($"restored {time}: nothing is left over", Leftovers.In(into));
        }
        using (var connection = Database.OpenToRead(Stage.DatabaseOf(into))) run.Report.Check("nobody is signed in after a restore", connection.Number("SELECT count(*) FROM session") == 0);
        string[] beside = ["instance.json", .. Directory.GetFiles(Path.Combine(live.Data, "keys")).Select(path => Path.GetRelativePath(live.Data, path))];
        run.Report.CheckNone("settings and keys are the same to the byte", [.. beside.Where(name => !Same(Path.Combine(live.Data, name), Path.Combine(into, name)))]);

        var (plain, files) = (run.PathOf("rest.db"), new Target(run.Executable, run.PathOf("files")));
        var made = await verbs.Backup(live.Data, plain, "database");
        run.Report.Check("a plain database is made", made.Code == Outcome.Done, $"{made}");
        run.Report.CheckNone("the plain database is the same to the row", Database.Differences(rows, Database.Digests(plain), "backup_run"));
        made = await verbs.Backup(live.Data, files.Data, "files");
        run.Report.Check("a plain folder is made", made.Code == Outcome.Done, $"{made}");
        run.Report.CheckNone("the plain folder's database is the same to the row", Database.Differences(rows, Database.Digests(files.Database), "backup_run"));
        await Answers(files, "the plain folder");
    }

    /// <summary>Over the practice's own folder: what was there before is kept, and can be brought back.</summary>
    private async Task OverItself(Target live, string backup)
    {
        var (previous, wanted) = (Database.Digests(live.Database), Database.Digests(Stage.DatabaseOf(await Fresh(backup, Stage.KeyOf(live.Data), "wanted"))));
        run.Report.Check("there is something to bring back", Database.Differences(previous, wanted, "session", "backup_run").Count > 0);
        var restored = await verbs.Restore(backup, live.Data);
        run.Report.Check("a practice is restored over itself", restored.Code == Outcome.Done, $"{restored}");
        run.Report.CheckNone("restored over itself: every table is the backup's", Database.Differences(wanted, Database.Digests(live.Database), "session", "backup_run"));
        run.Report.Check("what was there before lies in backups/", Path.GetDirectoryName(restored.File) == Path.Combine(live.Data, "backups"), $"{restored}");
        if (restored.File.Length == 0) return;
        var kept = await verbs.Verify(restored.File, Stage.KeyOf(live.Data));
        run.Report.Check("what was kept is whole", kept.Code == Outcome.Done, $"{kept}");
        var again = await Fresh(restored.File, Stage.KeyOf(live.Data), "previous");
        run.Report.CheckNone("what was kept is what was there before", Database.Differences(previous, Database.Digests(Stage.DatabaseOf(again)), "session", "backup_run"));
    }

    /// <summary>Over a database nobody can read any more, which is why people restore. What is left of it is kept.</summary>
    private async Task OverDamage(Target live, string backup)
    {
        var (spoilt, noise) = (run.Copy(live.Data, "spoilt"), new byte[100_000]);
        run.RandomFor(900).NextBytes(noise);
        await File.WriteAllBytesAsync(Stage.DatabaseOf(spoilt), noise);
        var damaged = run.Copy(spoilt, "damaged");
        var restored = await verbs.Restore(backup, damaged);
        run.Report.Check("a practice is restored over a database that is damaged", restored.Code == Outcome.Done, $"{restored}");
        run.Report.CheckNone("restored over damage: every table is the backup's", Database.Differences(Database.Digests(live.Database), Database.Digests(Stage.DatabaseOf(damaged)), "session", "backup_run"));
        run.Report.Check("what is left of the damaged database is kept", Directory.GetDirectories(damaged, "damaged-*")
            .Any(place => Same(Stage.DatabaseOf(place), Stage.DatabaseOf(spoilt))));
    }

    private async Task<string> Fresh(string backup, string key, string name)
    {
        var folder = run.PathOf(name);
        await Verbs.MustDo(verbs.Restore(backup, folder, key));
        return folder;
    }

    private async Task Book(Api api, Facts facts, Random random, CancellationToken over)
    {
        var today = Times.Now.InZone(facts.Zone).Date.AtStartOfDayInZone(facts.Zone).ToInstant();
        while (!over.IsCancellationRequested)
        {
            var wanted = facts.Ask(random, facts.Around(random, today + Duration.FromHours(random.Next(48, 24 * 60)), named: false));
            ledger.Enter(wanted, await api.TryBook(wanted));
        }
    }

    private async Task Answers(Target practice, string which)
    {
        using (practice)
        {
            await practice.Start();
            using var api = new Api(practice.Url);
            var (status, _) = await api.Open(HttpMethod.Get, "api/v1/visit-types");
            run.Report.Check($"{which} answers", status == 200, $"{status}");
            await practice.Stop();
        }
    }

    private static bool Same(string one, string other) => File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).SequenceEqual(File.ReadAllBytes(other));

    private static List<string> Numbers(string database)
    {
        using var connection = Database.OpenToRead(database);
        return connection.Rows("SELECT number FROM appointment", row => row.GetString(0));
    }
}

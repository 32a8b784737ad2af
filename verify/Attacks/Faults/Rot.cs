using Microsoft.Data.Sqlite;
using VetBooking.Verify.Attacks.Sovereign;

namespace VetBooking.Verify.Attacks.Faults;

/// <summary>
/// One bit flips, as a disk does it: nobody wrote, and the file's time of change stays. In a backup, every one must be seen; in
/// the live database, every one that changes what the practice knows. What SQLite's own check sees is printed beside it.
/// </summary>
internal sealed class Rot(Run run)
{
    private readonly Verbs verbs = new(run.Executable);

    public async Task Execute(int flips)
    {
        var folder = run.CopyOfDemo("rot");
        var (ledger, target) = (new Ledger(), new Target(run.Executable, folder));
        using (target)
        {
            using (var connection = Database.OpenToWrite(target.Database)) Facts.OpenAroundTheClock(connection, Facts.AllWeek);
            var staff = StaffSession.Start(target.Database, "administrator");
            // Twice: what the first run wrote down must still hold after the second.
            for (var time = 0; time < 2; time++)
            {
                await target.Start();
                using var life = new Life(run, target, staff, ledger);
                foreach (var flow in (string[])["book", "confirm", "move", "cancel", "staff"])
                {
                    // A wish may meet an appointment of the first run; another one will not.
                    var (told, words) = (Told.Refused, "");
                    for (var tries = 0; tries < 10 && told == Told.Refused; tries++) (told, words) = await (await life.Ready(flow)).Do();
                    if (told != Told.Done) throw new InvalidOperationException($"{flow}: {words}");
                }
                await target.Stop();
            }
        }
        var sound = await verbs.Check(folder);
        run.Report.Check("negative control: nothing is found where no bit has flipped", sound.Code == Outcome.Done, $"{sound}");

        await Backups(folder, flips);
        await Live(folder, flips);
        run.Report.Figure("flips", flips);
    }

    private async Task Backups(string folder, int flips)
    {
        var (file, key, random, missed) = (run.PathOf("rot.vetbackup"), Stage.KeyOf(folder), run.RandomFor(1), new List<string>());
        await Verbs.MustDo(verbs.Backup(folder, file));
        var after = await verbs.Check(folder);
        run.Report.Check("what a verb writes is not taken for a flip", after.Code == Outcome.Done && File.Exists(Path.Combine(folder, "pages.sums")), $"{after}");
        var whole = await File.ReadAllBytesAsync(file);
        for (var i = 0; i < flips && !run.TimeIsUp; i++)
        {
            var (at, bit) = (random.Next(whole.Length), random.Next(8));
            var spoilt = whole.ToArray();
            spoilt[at] ^= (byte)(1 << bit);
            await File.WriteAllBytesAsync(file, spoilt);
            if (!(await verbs.Verify(file, key)).RefusedProperly) missed.Add($"byte {at}, bit {bit}");
        }
        await File.WriteAllBytesAsync(file, whole);
        run.Report.CheckNone("every flip in a backup is found", missed);
        run.Report.Check("negative control: the backup without a flip is whole", (await verbs.Verify(file, key)).Code == Outcome.Done);
    }

    private async Task Live(string folder, int flips)
    {
        // A reader may leave an empty log.
        Clean(Path.Combine(folder, "practice.db"));
        var (database, random, before) = (Path.Combine(folder, "practice.db"), run.RandomFor(2), Database.Digests(Path.Combine(folder, "practice.db")));
        var (changedAt, length) = (File.GetLastWriteTimeUtc(database), new FileInfo(database).Length);
        var (missed, found, byIntegrity, changing, integrityMissed) = (new List<string>(), 0, 0, 0, 0);
        (long At, int Bit)? unseen = null;
        for (var i = 0; i < flips && !run.TimeIsUp; i++)
        {
            var (at, bit) = (random.NextInt64(length), random.Next(8));
            Flip(database, at, bit, changedAt);
            var (changes, sees) = (Changes(database, before), Sees(database));
            Clean(database);
            var check = await verbs.Check(folder);
            var byDigest = check.Said.Contains("changed the database by itself", StringComparison.Ordinal) || (check.Code == 1 && check.Error.Length > 0);
            Flip(database, at, bit, changedAt);
            if (byDigest) found++;
            if (sees) byIntegrity++;
            if (changes) changing++;
            if (changes && !sees) (integrityMissed, unseen) = (integrityMissed + 1, (at, bit));
            if (changes && !byDigest) missed.Add($"byte {at}, bit {bit}: {check}");
        }
        run.Report.CheckNone("every flip that changes what the practice knows is found by its digest", missed);
        run.Report.Check("some flips change something", changing > 0);
        run.Report.Figure("liveFoundByDigest", found);
        run.Report.Figure("liveFoundByIntegrityCheck", byIntegrity);
        run.Report.Figure("liveChanging", changing);
        run.Report.Figure("liveChangingUnseenByIntegrityCheck", integrityMissed);
        // A short run may not have met one that changes something and that SQLite does not see; there are many.
        while (unseen is null)
        {
            var (at, bit) = (random.NextInt64(length), random.Next(8));
            Flip(database, at, bit, changedAt);
            if (Changes(database, before) && !Sees(database)) unseen = (at, bit);
            Clean(database);
            Flip(database, at, bit, changedAt);
        }
        // Without the sums nobody sees it: what finds it is the digest, and nothing else.
        File.Delete(Path.Combine(folder, "pages.sums"));
        Flip(database, unseen.Value.At, unseen.Value.Bit, changedAt);
        var blind = await verbs.Check(folder);
        run.Report.Check("negative control: without the sums such a flip is not found", !blind.Said.Contains("by itself", StringComparison.Ordinal), $"{blind}");
    }

    private static void Flip(string file, long at, int bit, DateTime changedAt)
    {
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Position = at;
            var value = stream.ReadByte();
            stream.Position = at;
            stream.WriteByte((byte)(value ^ (1 << bit)));
        }
        File.SetLastWriteTimeUtc(file, changedAt);
    }

    /// <summary>Whether any table says something else, or cannot be read.</summary>
    private static bool Changes(string database, SortedDictionary<string, string> before)
    {
        try
        {
            return Database.Differences(before, Database.Digests(database)).Count > 0;
        }
        catch (Exception unreadable) when (unreadable is SqliteException or InvalidCastException or FormatException or ArgumentException or OverflowException)
        {
            return true;
        }
    }

    private static bool Sees(string database)
    {
        try
        {
            using var connection = Database.OpenToRead(database);
            return connection.Rows("PRAGMA integrity_check", row => row.GetString(0)) is not ["ok"];
        }
        catch (SqliteException)
        {
            return true;
        }
    }

    private static void Clean(string database)
    {
        foreach (var end in (string[])["-wal", "-shm"]) File.Delete(database + end);
    }
}

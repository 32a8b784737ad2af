using Microsoft.Data.Sqlite;

namespace VetBooking.Verify.Attacks.Faults;

/// <summary>
/// One run is recorded, call by call, and then the power goes at every place of it, thousands of times, without a server.
/// What was acknowledged before must be there, nothing may be half there, and who was erased must stay erased.
/// </summary>
internal sealed class PowerLoss(Run run)
{
    private static readonly string[] Files = ["practice.db", "practice.db-wal", "erasures.journal"];

    private readonly Ledger ledger = new();
    private readonly List<(long Point, Act Act)> promises = [];
    private readonly List<(long Point, int Count)> booked = [];
    private readonly string place = Directory.Exists("/dev/shm") ? Directory.CreateTempSubdirectory("powerloss").FullName : run.PathOf("state");
    private List<string> backups = [];

    private sealed record Judgement(List<string> Lost, List<string> Corrupt, List<string> Half)
    {
        public Judgement() : this([], [], []) { }
    }

    public async Task Execute(int states)
    {
        var folder = run.CopyOfDemo("recorded");
        using (var connection = Database.OpenToWrite(Path.Combine(folder, "practice.db"))) Facts.OpenAroundTheClock(connection, Facts.AllWeek);
        var staff = StaffSession.Start(Path.Combine(folder, "practice.db"), "administrator");
        var before = run.Copy(folder, "before");
        var steps = await Record(folder, staff);
        var (old, older, newest) = await RecordMigration();

        var judged = Replay(steps, before, states * 9 / 10, Judge);
        run.Report.CheckNone("nothing acknowledged is lost", judged.Lost);
        run.Report.CheckNone("no database is damaged", judged.Corrupt);
        run.Report.CheckNone("nothing is half saved", judged.Half);
        var migrated = Replay(older, old, states / 10, (db, point, found) => JudgeMigration(db, point >= older[^1].End, newest, found));
        run.Report.CheckNone("a migration loses nothing", migrated.Lost);
        run.Report.CheckNone("a migration damages nothing", migrated.Corrupt);

        var control = Replay(Trace.AsNormal(steps), before, Math.Max(100, states / 10), Judge);
        run.Report.Check("negative control: with synchronous = NORMAL acknowledged acts are lost", control.Lost.Count > 0);
        run.Report.Check("there was something to lose", booked.Count > 0 && promises.Select(one => one.Act.Flow).Distinct().Count() == Life.Flows.Length);
        run.Report.Figure("states", states);
        run.Report.Figure("calls", steps.Count);
        run.Report.Figure("callsOfMigration", older.Count);
        run.Report.Figure("promises", promises.Count + ledger.Acknowledged.Count);
        run.Report.Figure("controlLost", control.Lost.Count);
        run.Report.Figure("controlStates", Math.Max(100, states / 10));
        Directory.Delete(place, recursive: true);
    }

    /// <summary>A practice at work, with everything that puts something on the disk; the trace's length says when somebody was told.</summary>
    private async Task<List<Step>> Record(string folder, StaffSession staff)
    {
        using var shim = new Shim(run, folder);
        using var target = new Target(run.Executable, folder) { Environment = new Dictionary<string, string>(shim.Environment) { ["FAULT_TRACE"] = shim.Trace } };
        await target.Start();
        using (var life = new Life(run, target, staff, ledger))
        {
            for (var round = 0; round < 3; round++)
            {
                foreach (var flow in Life.Flows)
                {
                    var act = await life.Ready(flow);
                    booked.Add((new FileInfo(shim.Trace).Length, ledger.Acknowledged.Count));
                    var (told, words) = await act.Do();
                    if (told != Told.Done) throw new InvalidOperationException($"{flow} on a good disk: {words}");
                    promises.Add((new FileInfo(shim.Trace).Length, act));
                }
            }
        }
        await target.Stop();
        using (var connection = Database.OpenToRead(target.Database)) backups = connection.Rows("SELECT file FROM backup_run WHERE kind = 'backup' AND problem IS NULL ORDER BY id", row => "backups/" + row.GetString(0));
        run.Report.CheckNone("the checker finds nothing where no power went", Checker.Examine(target.Database, new Ledger()));
        return Trace.Read(shim.Trace, folder);
    }

    /// <summary>A database of the first release, and what its migration does to the disk.</summary>
    private async Task<(string Before, List<Step> Steps, long Newest)> RecordMigration()
    {
        var folder = run.CopyOfDemo("old");
        var database = Path.Combine(folder, "practice.db");
        await using (var packed = new System.IO.Compression.GZipStream(File.OpenRead(Path.Combine(Run.Root, "tests", "Web.Tests", "Releases", "0.1.0.db.gz")), System.IO.Compression.CompressionMode.Decompress))
        await using (var file = File.Create(database)) await packed.CopyToAsync(file);
        var before = run.Copy(folder, "before-migration");
        using var shim = new Shim(run, folder);
        var start = new System.Diagnostics.ProcessStartInfo(run.Executable, ["migrate", "--data", folder]) { RedirectStandardError = true };
        foreach (var (name, value) in shim.Environment) start.Environment[name] = value;
        start.Environment["FAULT_TRACE"] = shim.Trace;
        using var migrate = System.Diagnostics.Process.Start(start)!;
        var words = await migrate.StandardError.ReadToEndAsync();
        await migrate.WaitForExitAsync();
        if (migrate.ExitCode != 0) throw new InvalidOperationException($"The migration failed: {words}");
        using var db = Database.OpenToRead(database);
        return (before, Trace.Read(shim.Trace, folder), db.Number("PRAGMA user_version"));
    }

    private Judgement Replay(List<Step> steps, string before, int states, Action<SqliteConnection, long, Judgement> judge)
    {
        var (disk, random, found, done) = (Disk.Of(before), run.RandomFor(states), new Judgement(), 0);
        for (var i = 0; i < steps.Count; i++)
        {
            // Evenly over the run: after each call as many states as are due by then.
            for (; (long)done * steps.Count < (long)states * i; done++)
            {
                var loss = (Disk.Loss)(done % 4);
                disk.Crash(place, loss, random, Files);
                var (lost, corrupt, half) = (found.Lost.Count, found.Corrupt.Count, found.Half.Count);
                try
                {
                    using var db = Database.OpenToWrite(Path.Combine(place, "practice.db"));
                    if (db.Rows(done % 20 == 0 ? "PRAGMA integrity_check" : "PRAGMA quick_check", row => row.GetString(0)) is not ["ok"]) found.Corrupt.Add($"after call {i}, {loss}");
                    else judge(db, i == 0 ? 0 : steps[i - 1].End, found);
                }
                catch (SqliteException malformed)
                {
                    found.Corrupt.Add($"after call {i}, {loss}: {malformed.Message}");
                }
                // One entry a state, however much is missing in it.
                foreach (var (list, was) in new[] { (found.Lost, lost), (found.Corrupt, corrupt), (found.Half, half) })
                    if (list.Count > was + 1) list.RemoveRange(was + 1, list.Count - was - 1);
                File.Delete(Path.Combine(place, "practice.db-shm"));
            }
            disk.Take(steps[i]);
            Kept(disk, i == 0 ? 0 : steps[i - 1].End, steps[i].End, found);
        }
        return found;
    }

    /// <summary>A backup that somebody was told of is on the disk to its last byte.</summary>
    private void Kept(Disk disk, long after, long upTo, Judgement found)
    {
        var made = promises.Where(one => one.Act.Flow == "backup").ToList();
        for (var i = 0; i < made.Count && i < backups.Count; i++)
            if (made[i].Point > after && made[i].Point <= upTo && !disk.Keeps(backups[i])) found.Lost.Add(backups[i]);
    }

    private void Judge(SqliteConnection db, long point, Judgement found)
    {
        var there = db.Rows("SELECT number FROM appointment", row => row.GetString(0)).ToHashSet();
        var known = booked.Where(one => one.Point <= point).Select(one => one.Count).DefaultIfEmpty(0).Max();
        found.Lost.AddRange(ledger.Acknowledged.Take(known).Where(one => !there.Contains(one.Answer.Number)).Select(one => $"{one.Answer.Number} at {point}"));
        // The start erases again what the journal holds and the database does not know of, before anything answers.
        var (journal, carried) = (Math.Max(0, File.Exists(Path.Combine(place, Files[2])) ? File.ReadAllText(Path.Combine(place, Files[2])).Count(letter => letter == '\n') - 1 : 0), db.Number("SELECT entry FROM erased"));
        if (carried > journal) found.Half.Add($"the journal has {journal} of {carried} entries at {point}");
        foreach (var (_, act) in promises.Where(one => one.Point <= point))
            if (!act.IsDone(db) && !(act.Flow == "erase" && journal > carried)) found.Lost.Add($"{act.Flow} at {point}");
        var half = db.Number(
            """
            SELECT count(*) FROM appointment a WHERE length(note) = 32 AND (
              NOT EXISTS (SELECT 1 FROM outbox WHERE appointment_id = a.id) OR NOT EXISTS (SELECT 1 FROM appointment_animal WHERE appointment_id = a.id)
              OR (state IN ('held', 'requested', 'booked') AND NOT EXISTS (SELECT 1 FROM occupancy WHERE appointment_id = a.id)))
            """);
        if (half > 0) found.Half.Add($"{half} appointments at {point}");
        if (point % 10 == 0) found.Half.AddRange(Checker.Examine(Path.Combine(place, "practice.db"), new Ledger()).Select(one => one.ToString()));
    }

    private static void JudgeMigration(SqliteConnection db, bool isTold, long newest, Judgement found)
    {
        if (isTold && db.Number("PRAGMA user_version") != newest) found.Lost.Add("the migration");
        if (db.Number("SELECT count(*) FROM appointment") == 0) found.Lost.Add("all appointments");
    }
}

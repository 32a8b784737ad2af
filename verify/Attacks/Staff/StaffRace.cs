using System.Globalization;

namespace VetBooking.Verify.Attacks.Staff;

/// <summary>
/// Staff and owners at once, on the same people, rooms and devices: booking, confirming, moving, resizing, deciding,
/// cancelling, blocking, squeezing in, taking back. Nothing may overlap but what was squeezed in, everything somebody was
/// told must be so, and whoever was second with the same appointment must have been told.
/// </summary>
internal sealed class StaffRace(Run run, int owners)
{
    private const int Staff = 6;
    private const int ActsEach = 5;
    private const int RoundsPerPractice = 40;

    // In fewer rounds than this it may happen by chance that nobody does one of the things.
    private const int Enough = 10;

    private readonly Dictionary<string, int> counts = [];

    public async Task Execute(int rounds)
    {
        var (done, acts) = (0, 0);
        for (var practice = 0; done < rounds && !run.TimeIsUp; practice++)
        {
            var folder = run.CopyOfDemo($"staff-{practice}");
            var (ledger, beginning, took) = await Practice(run.Executable, folder, (done, Math.Min(RoundsPerPractice, rounds - done)));
            done += took;
            var database = Path.Combine(folder, "practice.db");
            run.Report.CheckNone("D, staff and owners: no answer of 500 and above, none missing", [.. ledger.Broken, .. ledger.Bookings.Broken.Select(one => $"{one}")]);
            run.Report.CheckNone("D: everybody is told yes, or no in the way the pages say no", ledger.Odd);
            run.Report.CheckNone("D: nothing overlaps unmeant, is lost, half saved or overwritten unseen", PlanChecker.Examine(database, ledger, beginning));
            run.Report.Check("D: everything there is to do was done by somebody", took < Enough || EverythingHappened(ledger), string.Join(", ", ledger.Counts.Keys.Order()));
            if (practice == 0) new StaffControls(run).Tampered(folder, ledger, beginning);
            acts += ledger.CountOf(Told.Done);
            foreach (var (what, count) in ledger.Counts) counts[what] = counts.GetValueOrDefault(what) + count;
            Figures(database);
        }
        run.Report.Figure("staffRounds", done);
        run.Report.Figure("staffPeople", $"{Staff} staff, {owners} owners");
        run.Report.Figure("staffDone", acts);
        foreach (var told in (Told[])[Told.Changed, Told.Asked, Told.Refused, Told.Gone])
        {
            run.Report.Figure("staff" + told, counts.Where(one => one.Key.EndsWith($" {told}", StringComparison.Ordinal)).Sum(one => one.Value));
        }
        foreach (var (what, count) in counts.Where(one => one.Key.EndsWith(" Done", StringComparison.Ordinal)).OrderBy(one => one.Key))
        {
            run.Report.Figure(what[..^" Done".Length], count);
        }
        await Unguarded();
    }

    /// <summary>Negative control: a diary that forgets and a database that lets it.</summary>
    private async Task Unguarded()
    {
        var folder = run.CopyOfDemo("staff-no-guard");
        var database = Path.Combine(folder, "practice.db");
        Sabotage.Unguard(database);
        var (ledger, beginning, _) = await Practice(await Sabotage.Build(run), folder, (100_000, 2));
        var overlaps = PlanChecker.Examine(database, ledger, beginning).CountOf(Finding.Overlap);
        run.Report.Figure("staffControl", overlaps);
        run.Report.Check("D, negative control: without any guard the checker finds overlaps", overlaps > 0);
    }

    private async Task<(PlanLedger Ledger, Beginning Beginning, int Rounds)> Practice(string executable, string folder, (int From, int Count) rounds)
    {
        using var target = new Target(executable, folder);
        var sessions = Enumerable.Range(0, Staff).Select(at => StaffSession.Start(target.Database, at % 2 == 0 ? "front-desk" : "vet")).ToList();
        var beginning = Beginning.Of(target.Database);
        await target.Start();
        using var api = new Api(target.Url);
        var (facts, ledger, mailbox) = (Facts.Read(target.Database), new PlanLedger(), new Mailbox(folder));
        var staff = sessions.Select((one, at) => new Employee(new Desk(target.Url, one, ledger), ledger, at)).ToList();
        var done = 0;
        for (; done < rounds.Count && (done == 0 || !run.TimeIsUp); done++)
        {
            var number = rounds.From + done;
            await Round(await Scene.Find(api, facts, run.RandomFor(number * 100), number), staff, () => new Owner(api, mailbox, ledger));
            if (done % 5 == 4) run.Report.Say($"D: {number + 1} rounds, {ledger.CountOf(Told.Done)} acts done, {ledger.CountOf(Told.Changed)} told of a change");
        }
        foreach (var one in staff) one.Dispose();
        await target.Stop();
        return (ledger, beginning, done);
    }

    private async Task Round(Scene scene, List<Employee> staff, Func<Owner> owner)
    {
        var seen = await staff[0].Look(scene);
        var random = run.RandomFor(scene.Round * 100 + 1);
        (long, int)? contested = seen.Appointments.Count > 0 ? Scene.AnyOf(random, seen.Appointments) : null;
        await Task.WhenAll(
        [
            .. staff.Select((one, at) => one.Work(scene, run.RandomFor(scene.Round * 100 + 2 + at), (ActsEach, contested))),
            .. Enumerable.Range(0, owners).Select(at => owner().Live(scene, run.RandomFor(scene.Round * 100 + 2 + Staff + at))),
        ]);
    }

    /// <summary>A part in which nobody ever moved, squeezed in or came second has not shown what it is to show.</summary>
    private static bool EverythingHappened(PlanLedger ledger) =>
        ((string[])["owner book", "owner confirmed", "owner moved", "owner cancelled", "staff book", "staff move", "staff cancel", "staff decide", "staff block", "staff free", "staff undo"])
        .All(one => ledger.Counts.ContainsKey($"{one} {Told.Done}"))
        && ledger.CountOf(Told.Changed) > 0 && ledger.Acts.Any(one => one.Squeeze.Length > 0);

    private void Figures(string database)
    {
        using var connection = Database.OpenToRead(database);
        run.Report.Say(string.Create(CultureInfo.InvariantCulture,
            $"D: {connection.Number("SELECT count(*) FROM squeeze")} stretches squeezed in, {connection.Number("SELECT count(*) FROM blocked_time")} blocked, {connection.Number("SELECT count(*) FROM occupancy")} taken"));
    }
}

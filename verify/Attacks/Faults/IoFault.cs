using System.Diagnostics;
using VetBooking.Verify.Attacks.Sovereign;

namespace VetBooking.Verify.Attacks.Faults;

/// <summary>
/// The disk fails while people and staff work, in every way and at every place. Whoever was told "done" must find it done,
/// whoever was refused must find nothing, and once the disk is well the practice must be, too, within ten seconds.
/// </summary>
internal sealed class IoFault(Run run)
{
    private const int Always = 0, Once = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Ledger ledger = new();
    private readonly List<string> lost = [], phantoms = [], wrong = [], unwell = [], ends = [];
    private readonly List<double> healthyAfter = [];
    private readonly SortedDictionary<string, int> told = new(StringComparer.Ordinal);
    private int injections;
    private int struck;
    private int restarts;

    public async Task Execute(int rounds)
    {
        var folder = run.CopyOfDemo("iofault");
        using var shim = new Shim(run, folder);
        using var target = new Target(run.Executable, folder) { Environment = shim.Environment };
        using (var connection = Database.OpenToWrite(target.Database)) Facts.OpenAroundTheClock(connection, Facts.AllWeek);
        var staff = StaffSession.Start(target.Database, "administrator");
        await target.Start();
        using var life = new Life(run, target, staff, ledger);

        var all = (from fault in new[] { Fault.Broken, Fault.Full, Fault.ReadOnly, Fault.Short, Fault.Flush, Fault.Slow }
                   from flow in Life.Flows
                   from number in new[] { Once, 2, Always }
                   select (fault, flow, number)).ToArray();
        run.RandomFor(1).Shuffle(all);
        foreach (var (fault, flow, number) in all.Take(rounds).TakeWhile(_ => !run.TimeIsUp))
            await Suffer(target, shim, life, (fault, flow, number == 2 ? run.RandomFor(restarts + injections).Next(2, 9) : number));

        run.Report.CheckNone("whoever was told that it is done finds it done", lost);
        run.Report.CheckNone("whoever was told that nothing has happened finds nothing", phantoms);
        run.Report.CheckNone("every answer is a success or a refusal that says what to do", wrong);
        run.Report.CheckNone("healthy again within ten seconds", unwell);
        run.Report.CheckNone("who ends because of the disk says so by the exit code", ends);
        await target.Stop();
        run.Report.CheckNone("the checker finds nothing", Checker.Examine(target.Database, ledger));
        await Backups(folder);
        run.Report.Check("a fault met its call in many rounds", struck > 0 && struck * 3 >= healthyAfter.Count, $"{struck} of {healthyAfter.Count}");
        await Controls(target, shim, life);

        run.Report.Figure("rounds", healthyAfter.Count);
        run.Report.Figure("roundsHit", struck);
        run.Report.Figure("injections", injections);
        run.Report.Figure("acknowledged", ledger.Acknowledged.Count);
        run.Report.Figure("restarts", restarts);
        foreach (var (word, count) in told) run.Report.Figure("told" + word, count);
        run.Report.Durations("healthyMs", healthyAfter);
    }

    /// <summary>One fault in one act: what was said, and what is there once the disk is well.</summary>
    private async Task Suffer(Target target, Shim shim, Life life, (Fault Fault, string Flow, int Number) round)
    {
        var act = await life.Ready(round.Flow);
        shim.Set(round.Fault, round.Number);
        var (answer, words) = await act.Do();
        // While the disk is still away, more people come.
        if (round.Number == Always) for (var more = 0; more < 3; more++) Note(await (await Another(life, round.Flow)).Do(), "more");
        var hits = shim.Heal();
        injections += hits;
        if (hits > 0) struck++;
        Note((answer, words), round.ToString());

        var watch = Stopwatch.StartNew();
        if (!await Healthy(target, life, watch)) unwell.Add($"{round}: {target.LastWords()}");
        healthyAfter.Add(watch.Elapsed.TotalMilliseconds);
        var isDone = IsDone(target, act);
        if (answer == Told.Done && !isDone) lost.Add($"{round}: {words}");
        if (answer == Told.Refused && isDone && !act.MayComeLater) phantoms.Add($"{round}: {words}");
        if (answer is Told.Unknown or Told.Refused && (!isDone || round.Flow == "book"))
        {
            (answer, words) = await act.Do();
            if (answer != Told.Done || !IsDone(target, act)) lost.Add($"{round}, asked again: {words}");
        }
        if (IsDone(target, act)) act.Promised();
    }

    /// <summary>Another booking, for which nothing has to be made ready.</summary>
    private static Task<Act> Another(Life life, string flow) => life.Ready(flow == "backup" ? "staff" : "book");

    private void Note((Told Told, string Words) answer, string round)
    {
        told[answer.Told.ToString()] = told.GetValueOrDefault(answer.Told.ToString()) + 1;
        if (answer.Told == Told.Wrong) wrong.Add($"{round}: {answer.Words}");
    }

    /// <summary>Waits until it is ready; one that has ended is started again, as a supervisor does.</summary>
    private async Task<bool> Healthy(Target target, Life life, Stopwatch watch)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        while (watch.Elapsed < Patience)
        {
            if (target.Ended is { } code)
            {
                if (code != 1) ends.Add($"exit code {code}: {target.LastWords()}");
                restarts++;
                await target.Start();
                life.Reconnect();
            }
            try
            {
                using var answer = await http.GetAsync(new Uri(target.Url, "health/ready"));
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
            }
            await Task.Delay(20);
        }
        return false;
    }

    private static bool IsDone(Target target, Act act)
    {
        using var db = Database.OpenToRead(target.Database);
        return act.IsDone(db);
    }

    /// <summary>What came out of backups on a failing disk: each file that has the name of a backup is one.</summary>
    private async Task Backups(string folder)
    {
        var (verbs, broken) = (new Verbs(run.Executable), new List<string>());
        var place = Path.Combine(folder, "backups");
        foreach (var file in Directory.Exists(place) ? Directory.GetFiles(place, "*.vetbackup") : [])
            if (await verbs.Verify(file, Path.Combine(folder, "keys", "backup.key")) is { Code: not Outcome.Done } refused) broken.Add($"{Path.GetFileName(file)}: {refused}");
        run.Report.CheckNone("every backup that has its name is whole", broken);
    }

    /// <summary>A promise nobody gave, and a disk that lies: both must be found.</summary>
    private async Task Controls(Target target, Shim shim, Life life)
    {
        var forged = new Ledger();
        var (wanted, answer) = ledger.Acknowledged[0];
        forged.Enter(wanted, answer with { Number = "FORGED" });
        run.Report.Check("negative control: a forged acknowledgement is found", Checker.Examine(target.Database, forged).CountOf(Finding.Lost) > 0);

        await target.Start();
        life.Reconnect();
        shim.Set(Fault.Lie, Always);
        var act = await life.Ready("book");
        var (said, words) = await act.Do();
        await target.Kill();
        shim.Heal();
        var found = Checker.Examine(target.Database, ledger);
        run.Report.Check("negative control: a disk that lies is found", said == Told.Done && found.Count > 0, $"{said} {words}, {found.Count} found");
    }
}

using NodaTime;

namespace VetBooking.Verify.Attacks;

/// <summary>
/// kill -9 under load, again and again. Whatever a client was told must be in the database afterwards, exactly once;
/// whatever it was not told it asks again with the same key, and that must not book twice.
/// </summary>
internal sealed class Kill(Run run, int clients)
{
    private readonly Ledger ledger = new();
    private readonly List<double> readyAfter = [];
    private readonly List<double> answers = [];
    private int cut;

    public async Task Execute(int cycles)
    {
        using var target = new Target(run.Executable, run.CopyOfDemo("kill"));
        // Around the clock for 90 days: thousands of free times, so that most requests really write.
        using (var connection = Database.OpenToWrite(target.Database)) Facts.OpenAroundTheClock(connection, Facts.AllWeek);
        var facts = Facts.Read(target.Database);
        var crowd = Enumerable.Range(0, clients).Select(number => new Client(facts, run.RandomFor(number))).ToList();
        var random = run.RandomFor(1_000);

        var cycle = 0;
        for (; cycle < cycles && !run.TimeIsUp; cycle++)
        {
            readyAfter.Add(await target.Start());
            using var api = new Api(target.Url);
            using var over = new CancellationTokenSource();
            var working = crowd.Select(one => Task.Run(() => Work(one, api, over.Token))).ToList();
            await Task.Delay(random.Next(50, 401));
            await target.Kill();
            await over.CancelAsync();
            await Task.WhenAll(working);
            cut += crowd.Count(one => one.Pending is not null);
            if (cycle % 10 == 9) run.Report.Say($"{cycle + 1} cycles, {ledger.Acknowledged.Count} acknowledged, {cut} cut off");
        }
        await Finish(target, crowd);

        run.Report.CheckNone("no answer of 500 and above", ledger.Broken);
        run.Report.Check("there was load: bookings acknowledged, requests cut off", ledger.Acknowledged.Count >= cycle && cut > 0,
            $"{ledger.Acknowledged.Count} acknowledged and {cut} cut off in {cycle} cycles");
        var findings = Checker.Examine(target.Database, ledger);
        foreach (var what in new[] { Finding.Lost, Finding.Twice, Finding.Phantom, Finding.Overlap, Finding.Need, Finding.NoMail, Finding.Integrity })
        {
            run.Report.CheckNone($"after {cycle} kills: {what}", [.. findings.Where(one => one.What == what)]);
        }
        NegativeControl(target);

        run.Report.Figure("cycles", cycle);
        run.Report.Figure("clients", clients);
        run.Report.Figure("acknowledged", ledger.Acknowledged.Count);
        run.Report.Figure("refused", ledger.Refused.Count);
        run.Report.Figure("cutOff", cut);
        run.Report.Durations("readyMs", readyAfter);
        run.Report.Durations("answerMs", answers);
    }

    /// <summary>One client: what it wants next, and what it does not know the answer to.</summary>
    private sealed class Client(Facts facts, Random random)
    {
        public Wanted? Pending { get; set; }

        public Wanted Next()
        {
            var type = facts.Types[random.Next(facts.Types.Count)];
            var species = type.Minutes.Keys.ElementAt(random.Next(type.Minutes.Count));
            var day = Times.Now.InZone(facts.Zone).Date.PlusDays(random.Next(1, Math.Min(type.Horizon, 61)));
            var start = day.AtStartOfDayInZone(facts.Zone).ToInstant() + Duration.FromMinutes(type.Grid * random.Next(23 * 60 / type.Grid));
            var vet = random.Next(2) == 0 ? type.People[random.Next(type.People.Count)] : null;
            return facts.Ask(random, new Choice(type, species, start, vet));
        }
    }

    private async Task Work(Client client, Api api, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            client.Pending ??= client.Next();
            var since = System.Diagnostics.Stopwatch.GetTimestamp();
            var answer = await api.TryBook(client.Pending);
            if (answer.Status == 0) return;
            ledger.Enter(client.Pending, answer);
            client.Pending = null;
            lock (answers) answers.Add(System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
    }

    /// <summary>The last start: what is open is asked again, and what was answered must be answered the same, however late.</summary>
    private async Task Finish(Target target, List<Client> crowd)
    {
        readyAfter.Add(await target.Start());
        using var api = new Api(target.Url);
        foreach (var client in crowd.Where(one => one.Pending is not null)) ledger.Enter(client.Pending!, await api.TryBook(client.Pending!));

        var acknowledged = ledger.Acknowledged.ToArray();
        run.RandomFor(2_000).Shuffle(acknowledged);
        var changed = new List<string>();
        foreach (var (wanted, first) in acknowledged.Take(500))
        {
            var again = await api.TryBook(wanted);
            if (again.Status != 201 || again.Number != first.Number) changed.Add($"{first} became {again}");
        }
        run.Report.CheckNone("the same key gives the same answer after the crashes", changed);
        await target.Stop();
    }

    /// <summary>Three defects in a copy of the final database; the same checker must name all three.</summary>
    private void NegativeControl(Target target)
    {
        if (ledger.Acknowledged.Count < 3)
        {
            run.Report.Check("negative control", false, "too few bookings to damage any");
            return;
        }
        var database = Path.Combine(run.Copy(target.Data, "damaged"), "practice.db");
        var numbers = ledger.Acknowledged.Take(3).Select(one => one.Answer.Number).ToList();
        using (var connection = Database.OpenToWrite(database))
        {
            connection.Execute("DELETE FROM appointment WHERE number = $1", numbers[0]);
            connection.Execute("DELETE FROM outbox WHERE appointment_id = (SELECT id FROM appointment WHERE number = $1)", numbers[1]);
            connection.Execute("DROP TRIGGER occupancy_never_overlaps");
            connection.Execute(
                """
                INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id)
                SELECT resource_id, ends_at - 300, ends_at + 300, appointment_id FROM occupancy
                WHERE appointment_id = (SELECT id FROM appointment WHERE number = $1) AND ends_at - 300 > starts_at LIMIT 1
                """, numbers[2]);
        }
        var findings = Checker.Examine(database, ledger);
        foreach (var what in new[] { Finding.Lost, Finding.NoMail, Finding.Overlap })
        {
            run.Report.Check($"negative control: the checker sees the damage '{what}'", findings.CountOf(what) > 0);
        }
    }
}

using System.Diagnostics;
using NodaTime;
using VetBooking.Verify.Attacks.Staff;

namespace VetBooking.Verify.Attacks;

/// <summary>
/// Many clients at once for the same time. Part A: the product as it is. Part B: a build whose diary forgets what is taken,
/// so that only the database's own guard is left. Part C, the negative control: that guard is taken away, too, and the
/// checker must see what happens then. Part D: staff and owners mixed.
/// </summary>
internal sealed class Race(Run run, int clients)
{
    private const int RoundsPerPractice = 100;
    private readonly List<double> durations = [];
    private readonly Dictionary<int, int> statuses = [];

    /// <summary>A time all clients of a round want: one person, starts of which each stands in the way of every other.</summary>
    private sealed record Field(Bookable Type, string Species, string Vet, IReadOnlyList<Instant> Starts);

    public async Task Execute(int rounds)
    {
        if (run.Only != "staff") await Clients(rounds);
        if (run.Only != "clients") await new StaffRace(run, clients / 10).Execute(Math.Max(rounds / 2, 2));
    }

    private async Task Clients(int rounds)
    {
        await AsItIs(rounds);

        var sabotaged = await Sabotage.Build(run);
        var guarded = await Nights(sabotaged, "guard-alone", Math.Clamp(rounds / 5, 2, 50), clients);
        CheckRounds("B, the database's guard alone", guarded.Ledger, guarded.Findings);
        run.Report.CheckNone("B: one winner a round, everybody else gets 409 slot-taken", guarded.Wrong);

        var unguarded = await Nights(sabotaged, "no-guard", 2, Math.Min(clients, 50), Sabotage.Unguard);
        run.Report.Figure("control", unguarded.Findings.CountOf(Finding.Overlap));
        run.Report.Check("C, negative control: without any guard the checker finds overlaps", unguarded.Findings.CountOf(Finding.Overlap) > 0,
            $"{unguarded.Ledger.Acknowledged.Count} acknowledged in 2 rounds, none of them overlapping");

        run.Report.Durations("answerMs", durations);
        foreach (var (status, count) in statuses.OrderBy(one => one.Key)) run.Report.Figure($"answers{status}", count);
    }

    private async Task AsItIs(int rounds)
    {
        var (done, won) = (0, 0);
        // A practice has only so much free time: another one after every hundred rounds.
        for (var practice = 0; done < rounds && !run.TimeIsUp; practice++)
        {
            using var target = new Target(run.Executable, run.CopyOfDemo($"race-{practice}"));
            await target.Start();
            using var api = new Api(target.Url);
            var (facts, ledger, wrong) = (Facts.Read(target.Database), new Ledger(), new List<string>());
            for (var round = 0; round < RoundsPerPractice && done < rounds && !run.TimeIsUp; round++, done++)
            {
                var random = run.RandomFor(done);
                if (done % 2 == 0) wrong.AddRange(await OneSlot(api, facts, await FreeField(api, facts, random), (random, ledger)));
                else wrong.AddRange(await Crowd(api, facts, await FreeField(api, facts, random), (random, ledger)));
                if (done % 10 == 9) run.Report.Say($"A: {done + 1} rounds, {won + ledger.Acknowledged.Count} winners");
            }
            won += ledger.Acknowledged.Count;
            await target.Stop();
            CheckRounds("A", ledger, Checker.Examine(target.Database, ledger));
            run.Report.CheckNone("A: exactly one winner for one time, winners never overlap, losers are told properly", wrong);
        }
        run.Report.Figure("rounds", done);
        run.Report.Figure("clients", clients);
        run.Report.Figure("winners", won);
    }

    private async Task<(Ledger Ledger, List<Finding> Findings, List<string> Wrong)> Nights(
        string executable, string name, int rounds, int howMany, Action<string>? before = null)
    {
        using var target = new Target(executable, run.CopyOfDemo(name));
        using (var connection = Database.OpenToWrite(target.Database)) Facts.OpenAroundTheClock(connection, Facts.AllWeek);
        before?.Invoke(target.Database);
        await target.Start();
        using var api = new Api(target.Url);
        var (facts, ledger, wrong) = (Facts.Read(target.Database), new Ledger(), new List<string>());
        for (var round = 0; round < rounds && !run.TimeIsUp; round++)
        {
            var random = run.RandomFor(100_000 + round);
            wrong.AddRange(await OneSlot(api, facts, NightField(facts, random, round), (random, ledger), howMany));
        }
        run.Report.Say($"{name}: {rounds} rounds, {ledger.Acknowledged.Count} winners");
        await target.Stop();
        return (ledger, Checker.Examine(target.Database, ledger), wrong);
    }

    private void CheckRounds(string part, Ledger ledger, List<Finding> findings)
    {
        run.Report.CheckNone($"{part}: no answer of 500 and above, none missing", ledger.Broken);
        run.Report.CheckNone($"{part}: the checker finds nothing", findings);
        run.Report.Check($"{part}: somebody won", ledger.Acknowledged.Count > 0);
    }

    /// <summary>Everybody wants the same person at times that stand in each other's way.</summary>
    private async Task<List<string>> OneSlot(Api api, Facts facts, Field field, (Random Random, Ledger Ledger) round, int? howMany = null)
    {
        // Half of the rounds one and the same start, half of them shifted along the grid.
        var starts = round.Random.Next(2) == 0 ? field.Starts.Take(1).ToList() : field.Starts;
        // Who may be anybody is this person anyway, if nobody else does this visit type.
        var alone = field.Type.People.Count == 1;
        var wanted = Enumerable.Range(0, howMany ?? clients).Select(client => facts.Ask(round.Random, new Choice(
            field.Type, field.Species, starts[client % starts.Count], alone && client % 2 == 1 ? null : field.Vet))).ToList();
        var answers = await AllAtOnce(api, wanted, round.Ledger);

        var wrong = new List<string>();
        var winners = answers.Where(one => one.Answer.Won).ToList();
        var which = $"{field.Type.Id} with {field.Vet} at {field.Starts[0]}";
        if (winners.Count != 1) wrong.Add($"{winners.Count} winners for {which}");
        wrong.AddRange(answers.Where(one => !one.Answer.Won && !one.Answer.LostProperly).Take(3).Select(one => $"{which}: {one.Answer}"));
        foreach (var (request, first) in winners.Take(1))
        {
            var again = await api.TryBook(request);
            if (again.Text != first.Text || again.Status != 201) wrong.Add($"the same key was answered {first} and then {again}");
        }
        return wrong;
    }

    /// <summary>Everybody wants something else around the same time; half of them name a person.</summary>
    private async Task<List<string>> Crowd(Api api, Facts facts, Field field, (Random Random, Ledger Ledger) round)
    {
        var wanted = new List<Wanted>();
        while (wanted.Count < clients) wanted.Add(facts.Ask(round.Random, facts.Around(round.Random, field.Starts[0], named: wanted.Count % 2 == 0)));
        var answers = await AllAtOnce(api, wanted, round.Ledger);

        var wrong = answers.Where(one => one.Answer.Status == 409 && !one.Answer.LostProperly).Take(3).Select(one => $"{one.Answer}").ToList();
        foreach (var person in answers.Where(one => one.Answer.Won).GroupBy(one => one.Answer.Vet))
        {
            var visits = person.Select(one => (From: one.Wanted.Choice.Start, one.Answer.Minutes)).OrderBy(visit => visit.From).ToList();
            wrong.AddRange(visits.Zip(visits.Skip(1))
                .Where(pair => pair.First.From + Duration.FromMinutes(pair.First.Minutes) > pair.Second.From)
                .Select(pair => $"{person.Key} was promised twice: {pair}"));
        }
        return wrong;
    }

    private async Task<List<(Wanted Wanted, Answer Answer)>> AllAtOnce(Api api, List<Wanted> wanted, Ledger ledger)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asking = wanted.Select(async one =>
        {
            await gate.Task;
            var since = Stopwatch.GetTimestamp();
            var answer = await api.TryBook(one);
            return (one, answer, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(asking);
        foreach (var (one, answer, took) in answers)
        {
            ledger.Enter(one, answer);
            durations.Add(took);
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
        }
        return [.. answers.Select(one => (one.one, one.answer))];
    }

    /// <summary>Free time as the server offers it. A visit type with a daily cap has a second reason to refuse, so it is left out.</summary>
    private static async Task<Field> FreeField(Api api, Facts facts, Random random)
    {
        var from = Times.Now.InZone(facts.Zone).Date.PlusDays(1);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var types = facts.Types.Where(one => !one.Capped).ToList();
            var type = types[random.Next(types.Count)];
            var species = type.Minutes.Keys.ElementAt(random.Next(type.Minutes.Count));
            var vet = type.People[random.Next(type.People.Count)];
            var slots = await api.Slots(type, species, vet, from, Math.Clamp(type.Horizon, 1, 60));
            if (slots.Count == 0) continue;
            var first = slots[random.Next(slots.Count)];
            var end = first.Start.ToInstant() + Duration.FromMinutes(first.Minutes);
            return new Field(type, species, vet, [.. slots.Select(slot => slot.Start.ToInstant()).Where(start => start >= first.Start.ToInstant() && start < end)]);
        }
        throw new InvalidOperationException("The demo practice has no free time left.");
    }

    /// <summary>Late in the evening, another day each round: nothing is taken there, so the forgetful server need not be asked.</summary>
    private static Field NightField(Facts facts, Random random, int round)
    {
        var type = facts.Types[random.Next(facts.Types.Count)];
        var (species, minutes) = type.Minutes.ElementAt(random.Next(type.Minutes.Count));
        var evening = Times.Now.InZone(facts.Zone).Date.PlusDays(3 + round).At(new LocalTime(22, 0)).InZoneLeniently(facts.Zone).ToInstant();
        return new Field(type, species, type.People[random.Next(type.People.Count)],
            [.. Enumerable.Range(0, (minutes + type.Grid - 1) / type.Grid).Select(step => evening + Duration.FromMinutes(step * type.Grid))]);
    }
}

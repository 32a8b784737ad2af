using VetBooking.Verify.Attacks.Sovereign;

namespace VetBooking.Verify.Attacks.Exporting;

/// <summary>
/// A practice that is exported while people book is taken over elsewhere, row by row the same; what is not an export is
/// refused and changes nothing; an import that is killed is done again.
/// </summary>
internal sealed class Export(Run run)
{
    private const int Flips = 16;
    private const int MostKills = 8;

    private readonly Verbs verbs = new(run.Executable);

    public async Task Execute(int practices)
    {
        for (var i = 0; i < practices; i++) await Same(i);
        var practice = run.CopyOfDemo("practice");
        var good = run.PathOf("good.zip");
        await Verbs.MustDo(verbs.Export(practice, good));
        await Damaged(good, practice);
        await Misfits(good, practice);
        await Killed(good, practice);
        await new OpenedPages(run).Execute(good, Stage.DatabaseOf(practice));
    }

    private async Task Same(int number)
    {
        var data = run.CopyOfDemo($"live-{number}");
        using (var connection = Database.OpenToWrite(Stage.DatabaseOf(data))) Facts.OpenAroundTheClock(connection, Facts.AllWeek);
        using var live = new Target(run.Executable, data);
        await live.Start();
        using (var api = new Api(live.Url))
        {
            var facts = Facts.Read(live.Database);
            var random = run.RandomFor(number);
            using var over = new CancellationTokenSource();
            var booking = Task.Run(async () =>
            {
                var type = facts.Types[0];
                var slots = await api.Slots(type, type.Minutes.Keys.First(), null, Times.Now.InZone(facts.Zone).Date.PlusDays(10), 60);
                for (var booked = 0; !over.IsCancellationRequested; booked++)
                {
                    var slot = slots[random.Next(slots.Count)];
                    await api.Book(facts.Ask(random, new Choice(type, type.Minutes.Keys.First(), slot.Start.ToInstant(), slot.Vet)));
                }
            });
            await Task.Delay(500);
            var during = await verbs.Export(data, run.PathOf($"during-{number}.zip"));
            run.Report.Check("an export is made while people book", during.Code == Outcome.Done, $"{during}");
            await over.CancelAsync();
            await booking;
        }
        await live.Stop();
        await Verbs.MustDo(verbs.Erase(data, 1 + number));
        var (zip, back) = (run.PathOf($"{number}.zip"), run.PathOf($"back-{number}"));
        var made = await verbs.Export(data, zip);
        var taken = await verbs.Import(zip, back);
        run.Report.Check("what was exported is taken over, and both say the same of it", taken.Code == Outcome.Done && taken.Digest == made.Digest && made.Digest.Length == 64, $"{made}, {taken}");
        run.Report.CheckNone("row by row it is the same, and no secret came along", SameRows.Differences(Stage.DatabaseOf(data), Stage.DatabaseOf(back)));
        run.Report.Check("the practice that took over is sound", (await verbs.Check(back)).Code == Outcome.Done);
        using (var other = new Target(run.Executable, back))
        {
            await other.Start();
            using var api = new Api(other.Url);
            var facts = Facts.Read(other.Database);
            run.Report.Check("it answers", (await api.Slots(facts.Types[0], facts.Types[0].Minutes.Keys.First(), null, Times.Now.InZone(facts.Zone).Date.PlusDays(20), 30)).Count > 0);
            await other.Stop();
        }
        if (number > 0) return;
        using (var connection = Database.OpenToWrite(Stage.DatabaseOf(back))) connection.Execute("UPDATE animal SET name = name || '.' WHERE id = (SELECT max(id) FROM animal)");
        run.Report.Check("negative control: one changed value is seen", SameRows.Differences(Stage.DatabaseOf(data), Stage.DatabaseOf(back)).Any(one => one.StartsWith("animal: came", StringComparison.Ordinal)));
        run.Report.Check("negative control: a backup instead of an export is not the same", SameRows.Differences(Stage.DatabaseOf(data), Stage.DatabaseOf(data)) is [_, ..]);
    }

    private async Task Damaged(string good, string practice)
    {
        var findings = new List<string>();
        var kinds = 0;
        foreach (var (name, path) in new HostileZips(good, Directory.CreateDirectory(run.PathOf("hostile")).FullName).All())
        {
            kinds++;
            findings.AddRange(await Refused(name, path));
            if (File.Exists(path)) File.Delete(path);
        }
        run.Report.CheckNone("every file that is no good export is refused, with a reason, and leaves nothing", findings);
        run.Report.Figure("hostileFiles", kinds);

        var (random, bytes, flipped, harmless) = (run.RandomFor(77), await File.ReadAllBytesAsync(good), new List<string>(), 0);
        for (var i = 0; i < Flips; i++)
        {
            var (path, at, target) = (run.PathOf("flipped.zip"), random.Next(bytes.Length), run.PathOf("flipped"));
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(path, bytes);
            bytes[at] ^= 1;
            var taken = await verbs.Import(path, target);
            // A bit of a ZIP's own that says nothing, like the moment of an entry: then what was taken over must be the same.
            if (taken.Code == Outcome.Done)
            {
                harmless++;
                flipped.AddRange(SameRows.Differences(Stage.DatabaseOf(practice), Stage.DatabaseOf(target)).Select(one => $"byte {at}: {one}"));
                Directory.Delete(target, recursive: true);
            }
            else if (!taken.RefusedProperly || Directory.Exists(target)) flipped.Add($"byte {at}: {taken}");
        }
        run.Report.CheckNone("a single flipped bit is refused, or means nothing", flipped);
        run.Report.Figure("flips", Flips);
        run.Report.Figure("harmlessFlips", harmless);
        run.Report.Check("negative control: the good one is taken where the others were refused", (await verbs.Import(good, run.PathOf("control"))).Code == Outcome.Done);
    }

    private async Task<List<string>> Refused(string name, string path)
    {
        var target = run.PathOf("refused");
        var outcome = await verbs.Import(path, target);
        List<string> found = [];
        if (!outcome.RefusedProperly) found.Add($"{name}: {outcome}");
        if (!Directory.Exists(target)) return found;
        found.Add($"{name}: left {string.Join(", ", Directory.GetFileSystemEntries(target).Select(Path.GetFileName))}");
        Directory.Delete(target, recursive: true);
        return found;
    }

    /// <summary>A practice, somebody's folder and a file in the way stay as they were.</summary>
    private async Task Misfits(string good, string practice)
    {
        var mine = Directory.CreateDirectory(run.PathOf("mine")).FullName;
        await File.WriteAllTextAsync(Path.Combine(mine, "thesis.txt"), "mine");
        foreach (var folder in new[] { practice, mine })
        {
            var before = FolderDigest.Of(folder);
            var outcome = await verbs.Import(good, folder);
            run.Report.Check("an import into a folder that is not empty is refused", outcome.RefusedProperly, $"{outcome}");
            run.Report.CheckNone("and leaves it as it was", FolderDigest.Differences(before, FolderDigest.Of(folder)));
        }
        var written = await File.ReadAllBytesAsync(good);
        var over = await verbs.Export(practice, good);
        IEnumerable<byte> now = await File.ReadAllBytesAsync(good);
        run.Report.Check("an export writes over nothing", over.RefusedProperly && now.SequenceEqual(written), $"{over}");
    }

    /// <summary>Killed before any call that saves, moves or removes a file: there is no practice or the whole one, and the next try ends well.</summary>
    private async Task Killed(string good, string practice)
    {
        var (findings, kills, log) = (new List<string>(), 0, run.PathOf("calls"));
        await Verbs.MustDo(verbs.ImportUnder(Tracer.Counting(log), good, run.PathOf("counted")));
        var points = Tracer.Points(log);
        foreach (var point in points.Where((_, i) => i % ((points.Count + MostKills - 1) / MostKills) == 0))
        {
            var target = run.PathOf("killed");
            // A thread of another number may have made that call this time.
            var first = await verbs.ImportUnder(Tracer.Killing(point), good, target);
            if (first.Code != Outcome.Done) kills++;
            var second = await verbs.Import(good, target);
            if (second.Code != Outcome.Done && !second.RefusedProperly) findings.Add($"{point}: {second}");
            findings.AddRange(SameRows.Differences(Stage.DatabaseOf(practice), Stage.DatabaseOf(target)).Select(one => $"{point}: {one}"));
            Directory.Delete(target, recursive: true);
        }
        run.Report.Figure("kills", kills);
        run.Report.Check("imports were killed", kills > 3, $"{kills}");
        run.Report.CheckNone("an import that was killed is done by the next", findings);
    }
}

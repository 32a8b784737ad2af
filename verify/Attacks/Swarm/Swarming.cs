using System.Diagnostics;
using System.Globalization;
using VetBooking.Verify.Attacks.Fleet;

namespace VetBooking.Verify.Attacks.Swarm;

/// <summary>
/// Two machines become a swarm with practices on both: added, reached through one edge, given bad and good releases. Then the
/// machine of one loses its power, and the practice comes back on the other from its newest backup.
/// </summary>
internal sealed class Swarming(Run run)
{
    private const string Old = "0.3.0", Berg = "berg", Tal = "tal", Wald = "wald", Spoils = "spoils the data and dies";

    private const string Settings = $$"""{"acme":"internal","instance":{ {{People.Limits}} } }""";

    private const string Strict = """
        {"acme":"internal","instance":{"limits":{"requestsPerBlockAndMinute":20}}}
        """;

    private readonly Report report = run.Report;

    public async Task Execute(int faults)
    {
        await using var lab = await SwarmLab.Boot(run);
        await Made(lab);
        await Added(lab);
        await Broken(lab, faults);
        if (faults > 0) await Good(lab);
        await NodeLost(lab);
        await Retired(lab);
    }

    private async Task Made(SwarmLab lab)
    {
        await Refused(lab.Ash, "add berg --host berg.vet.test --demo", "docker swarm init", "before there is a swarm");
        report.Figure("joinSeconds", Math.Round((await lab.Join()).TotalSeconds, 1));
        await Refused(lab.Ash, "add berg --host berg.vet.test --demo", "not prepared yet", "before it is prepared");
        var watch = Stopwatch.StartNew();
        await lab.Ash.Prepare(Settings, Old);
        report.Figure("prepareSeconds", Math.Round(watch.Elapsed.TotalSeconds, 1));
        report.Check("preparing again changes nothing that runs", (await lab.Ash.Fleet("prepare")).Done);
        await Refused(lab.Ash, "move berg --to oak", "There is no 'move' with --engine swarm", "as not there");
        await Refused(lab.Ash, "add Berg --host berg.vet.test --demo", "cannot be a practice's name", "as no name");
        await Refused(lab.Ash, "add berg --host berg.vet.test --demo --on elm", "No node has the place", "as no place");
        foreach (var image in new[] { "vetbooking:" + Old, "vetbooking-edge:latest" }) report.Figure($"{image.Split(':')[0]}ImageMB", Math.Round(long.Parse((await lab.Ash.Lab.RunOk($"docker image inspect --format {{{{.Size}}}} {image}")).Trim(), CultureInfo.InvariantCulture) / 1e6, 1));
        var ids = (await lab.Ash.Lab.RunOk($"docker image inspect --format {{{{.Id}}}} vetbooking:{Old}")).Trim();
        report.Check("both machines have the very same image", ids == (await lab.Oak.RunOk($"docker image inspect --format {{{{.Id}}}} vetbooking:{Old}")).Trim());
    }

    private async Task Added(SwarmLab lab)
    {
        foreach (var (name, place, settings) in new[] { (Berg, "oak", Settings), (Tal, "ash", Settings), ("strict", "oak", Strict) })
        {
            await lab.Ash.Lab.Write("/etc/vetbooking/fleet.json", settings, "600");
            var added = await lab.Ash.Fleet($"add {name} --host {name}.vet.test --demo --on {place}");
            report.Check($"{name} is added on {place}", added.Done, $"{added}");
            report.Figure($"add{name}Seconds", Math.Round(added.Took.TotalSeconds, 1));
            using var visitor = lab.Ash.Visitor($"{name}.vet.test");
            report.Check($"{name} answers through the edge of ash, over TLS", await SwarmLab.Answers(visitor), $"{await lab.Ash.Lab.RunOk("docker service logs --tail 5 vetbooking-edge 2>&1")}");
            report.Check($"{name} has a certificate of its own", lab.Ash.Certified.StartsWith($"{name}.vet.test ", StringComparison.Ordinal), lab.Ash.Certified);
        }
        await lab.Ash.Lab.Write("/etc/vetbooking/fleet.json", Settings, "600");
        report.Check("adding it once more is nothing to do", (await lab.Ash.Fleet($"add {Berg} --host berg.vet.test --demo --on oak")).Done);
        await Refused(lab.Ash, "add neu --host berg.vet.test --demo", "leads to the practice \"berg\" already", "as taken");
        using var nobody = lab.Ash.Visitor("nobody.vet.test");
        report.Check("a name nobody has gets no certificate", await SwarmLab.Fails(nobody));
        using var curious = lab.Ash.Visitor($"{Berg}.vet.test");
        report.Check("whether a practice is well is not told outside", (int)(await curious.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode == 404);
        await Sealed(lab);
        await Counted(lab);
        var listed = await lab.Ash.Fleet("list");
        report.Check("all are listed with their place", listed.Done && listed.Subjects.Count == 3 && listed.Subjects.Any(one => one.GetProperty("name").GetString() == Berg && one.GetProperty("state").GetProperty("place").GetString() == "oak"), $"{listed}");
    }

    // What the container of a practice may do, as the machine says it.
    private async Task Sealed(SwarmLab lab)
    {
        var id = (await lab.Oak.RunOk("docker ps --quiet --filter name=vb-berg")).Trim();
        var said = await lab.Oak.RunOk($"docker inspect --format '{{{{.Config.User}}}} {{{{.HostConfig.ReadonlyRootfs}}}} {{{{.HostConfig.CapDrop}}}} {{{{.HostConfig.Memory}}}} {{{{.HostConfig.PidsLimit}}}} {{{{.State.Health.Status}}}}' {id}");
        report.Check("a practice runs as nobody in particular, cannot change its image, and is bounded", said.Trim() == "10001:10001 true [ALL] 268435456 64 healthy", said);
        report.Check("there is no shell in its image", !(await lab.Oak.Run($"docker exec {id} /bin/sh -c true")).Done);
    }

    // The edge asks for others: a practice counts its visitors, not the edge.
    private async Task Counted(SwarmLab lab)
    {
        using var here = lab.Ash.Visitor("strict.vet.test");
        var stopped = false;
        for (var i = 0; i < 40 && !stopped; i++) stopped = (int)(await here.GetAsync(new Uri("/impressum", UriKind.Relative))).StatusCode == 429;
        report.Check("who asks too much is stopped", stopped);
        var other = await lab.Oak.RunOk("curl -sk -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 198.18.0.1' --resolve strict.vet.test:443:10.77.0.1 https://strict.vet.test/impressum");
        report.Check("and nobody else for it", other.Trim() == "200", other);
    }

    private async Task Broken(SwarmLab lab, int howMany)
    {
        var faults = new[]
        {
            (Version: "0.4.0", Fault: "never becomes ready", Script: "[ \"$1\" = serve ] && exec /app/busybox sleep 600", Touched: true),
            (Version: "0.4.1", Fault: "cannot take the data over", Script: "[ \"$1\" = restore ] && exit 1", Touched: false),
            // The number of the schema, where SQLite keeps it: the release of before cannot read what this one leaves.
            (Version: "0.4.2", Fault: Spoils, Script: "[ \"$1\" = serve ] && { printf '\\000\\000\\003\\347' | /app/busybox dd of=/data/practice.db bs=1 seek=60 conv=notrunc 2>/dev/null; exit 1; }", Touched: true),
        };
        foreach (var (version, fault, script, touched) in faults.Take(howMany))
        {
            await lab.Make(version, script);
            await using var people = new People(lab.Ash, [Berg], practice => SwarmLab.Numbers(lab.Oak, practice));
            await Task.Delay(2_000);
            var (before, told) = (await lab.Started(), people.Promised.ToHashSet());
            var updated = await lab.Ash.Fleet($"update {Berg} {Tal} --to {version}");
            report.Check($"a release that {fault} is stopped", updated.Exit == 1, $"{updated}");
            report.Say($"{fault}: {updated.Words.Trim().ReplaceLineEndings(" / ")} ({updated.Took.TotalSeconds:0.0} s)");
            if (touched) report.Check($"Swarm went back by itself ({fault})", updated.Words.Contains("went back to " + Old, StringComparison.Ordinal) || updated.Words.Contains("Swarm stopped", StringComparison.Ordinal), $"{updated}");
            var after = await lab.Started();
            report.Check($"and touched no other practice ({fault})", before.Tal == after.Tal && (touched || before.Berg == after.Berg), $"{before} {after}");
            report.Check($"{Berg} has its old release ({fault})", await lab.ReleaseOf() == Old, await lab.ReleaseOf());
            using var visitor = lab.Ash.Visitor($"{Berg}.vet.test");
            report.Check($"and answers ({fault})", await SwarmLab.Answers(visitor));
            await Task.Delay(1_000);
            await people.Stop();
            var lost = await people.Lost();
            report.Figure($"bookedDuring{version}", people.Acknowledged);
            report.Figure($"failuresDuring{version}", people.Failures.Count);
            report.Figure($"seconds{version}", Math.Round(updated.Took.TotalSeconds, 1));
            report.Figure($"lostDuring{version}", lost.Count);
            // Data that were spoilt come back from a backup of a moment before the old release was stopped.
            report.CheckNone($"no acknowledged booking is lost ({fault})", lost.Where(one => fault != Spoils || told.Contains(one.Split(' ')[1])).ToList());
            report.Check($"people did book meanwhile ({fault})", people.Acknowledged > 0);
        }
        var left = await lab.Oak.RunOk("docker volume ls --quiet | grep -E 'trial|carry' || true");
        report.Check("no trial leaves a copy behind", left.Trim().Length == 0, left);
    }

    private async Task Good(SwarmLab lab)
    {
        await lab.Make("0.5.0", "");
        await using var people = new People(lab.Ash, [Berg], practice => SwarmLab.Numbers(lab.Oak, practice));
        var updated = await lab.Ash.Fleet($"update --all --to 0.5.0");
        report.Check("a good release reaches everybody", updated.Done && updated.Subjects.Count == 3, $"{updated}");
        report.Figure("updateSecondsEach", Math.Round(updated.Took.TotalSeconds / 3, 1));
        var back = await lab.Ash.Fleet($"rollback {Berg}");
        report.Check("and one goes back to the release before", back.Done && await lab.ReleaseOf() == Old, $"{back}");
        await people.Stop();
        report.Figure("bookedDuringUpdate", people.Acknowledged);
        report.Figure("failuresDuringUpdate", people.Failures.Count);
        report.Durations("answerMs", people.Took);
        report.CheckNone("no acknowledged booking is lost while releases change", await people.Lost());
        people.Pretend(Berg);
        report.Check("negative control: a booking that is not there is found missing", (await people.Lost()).Count == 1);
    }

    private async Task NodeLost(SwarmLab lab)
    {
        // One of its own: in the diary of the other people have booked for a while.
        var made = await lab.Ash.Fleet($"add {Wald} --host {Wald}.vet.test --demo --on oak");
        report.Check($"{Wald} is added on oak", made.Done, $"{made}");
        var neighbour = (await lab.Started()).Tal;
        await using var people = new People(lab.Ash, [Wald], practice => SwarmLab.Numbers(lab.Ash.Lab, practice));
        await Task.Delay(4_000);
        var covered = people.Promised.ToHashSet();
        var backup = await lab.Ash.Fleet($"backup {Wald}");
        report.Check("a backup is made and carried to ash", backup.Done && (await lab.Ash.Lab.RunOk($"ls /var/lib/vetbooking-backups/{Wald} | wc -l")).Trim() != "0", $"{backup}");
        report.Figure("backupSeconds", Math.Round(backup.Took.TotalSeconds, 1));
        await Task.Delay(5_000);
        await people.Stop();
        var after = people.Promised.Where(number => !covered.Contains(number)).ToHashSet();
        await lab.Oak.CutPower();
        var lost = Stopwatch.StartNew();
        var status = await lab.Ash.Fleet("status");
        while (!status.Words.Contains("its node is down", StringComparison.Ordinal) && !$"{status.Json}".Contains("its node is down", StringComparison.Ordinal) && lost.Elapsed < TimeSpan.FromSeconds(60)) status = await lab.Ash.Fleet("status");
        report.Figure("noticedSeconds", Math.Round(lost.Elapsed.TotalSeconds, 1));
        report.Check("a lost machine is seen", status.Exit == 1 && $"{status.Json}".Contains("its node is down", StringComparison.Ordinal), $"{status}");
        await Refused(lab.Ash, $"backup {Wald}", "is down", "while its machine is lost");
        await Refused(lab.Ash, $"restore {Wald}", "is down", "where its machine is lost");

        var watch = Stopwatch.StartNew();
        var restored = await lab.Ash.Fleet($"restore {Wald} --on ash");
        report.Check("it comes back on the other machine", restored.Done, $"{restored}");
        using var visitor = lab.Ash.Visitor($"{Wald}.vet.test");
        report.Check("under its name, through the same edge", await SwarmLab.Answers(visitor));
        report.Figure("restoredSeconds", Math.Round(watch.Elapsed.TotalSeconds, 1));
        var numbers = (await SwarmLab.Numbers(lab.Ash.Lab, Wald)).Split('\n').ToHashSet();
        report.CheckNone("nothing acknowledged before the last backup is lost", covered.Where(number => !numbers.Contains(number)).ToList());
        var gone = after.Count(number => !numbers.Contains(number));
        report.Figure("acknowledgedBeforeBackup", covered.Count);
        report.Figure("acknowledgedSinceBackupBegan", after.Count);
        report.Figure("ofThoseLost", gone);
        report.Say($"acknowledged before the backup {covered.Count}, all there; since it began {after.Count}, of which {gone} went with the machine");
        report.Check("people booked before and after the backup", covered.Count > 0 && after.Count > 0);
        report.Check("negative control: what came after the backup is found lost", gone > 0);
        report.Check("the practice that was here all the time did not notice", (await lab.Started()).Tal == neighbour);
    }

    private async Task Retired(SwarmLab lab)
    {
        await Refused(lab.Ash, $"retire {Tal} --to /root --confirm {Tal}", "oak is down", "while a machine that may have something of it is lost");
        await lab.Ash.Lab.RunOk("docker node rm --force oak");
        await lab.Ash.Fleet($"backup {Tal}");
        await Refused(lab.Ash, $"retire {Tal} --to /root", "Say so with --confirm", "without its name once more");
        var retired = await lab.Ash.Fleet($"retire {Tal} --to /root --confirm {Tal}");
        report.Check("a practice leaves, with its export and a certificate", retired.Done && (await lab.Ash.Lab.Run($"test -s /root/{Tal}.zip -a -s /root/{Tal}-erased.txt")).Done, $"{retired}");
        var left = await lab.Ash.Lab.RunOk($"docker volume ls --quiet | grep vb-{Tal}; docker service ls | grep vb-{Tal}; ls -d /var/lib/vetbooking-*/{Tal}* /etc/vetbooking/practices/{Tal} 2>/dev/null; true");
        report.Check("and nothing of it stays", left.Trim().Length == 0, left);
        using var visitor = lab.Ash.Visitor($"{Wald}.vet.test");
        report.Check("the other goes on", await SwarmLab.Answers(visitor));
    }

    private async Task Refused(FleetHost ash, string arguments, string reason, string why)
    {
        var said = await ash.Fleet(arguments);
        report.Check($"'{arguments}' is refused {why}", said.Exit == 3 && said.Words.Contains(reason, StringComparison.Ordinal), $"{said}");
    }
}

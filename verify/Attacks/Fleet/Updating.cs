using System.Globalization;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>
/// Releases broken in every way are given to practices that people are booking at: none of them gets past the first practice,
/// none loses a booking. The operator's program is killed in between. A good one reaches everybody, and nobody notices.
/// </summary>
internal sealed class Updating(Run run)
{
    private const string Old = "0.3.0";
    private readonly Report report = run.Report;

    public async Task Execute(int practices)
    {
        await using var host = await FleetHost.Boot(run, "update");
        await host.Prepare($$"""{"acme":"internal","idleExit":"20m","instance":{ {{People.Limits}} } }""", Old);
        var names = Enumerable.Range(1, practices).Select(number => string.Create(CultureInfo.InvariantCulture, $"p{number:000}")).ToList();
        foreach (var name in names) report.Check($"{name} is added", (await host.Fleet($"add {name} --host {name}.vet.test --demo")).Done);
        // Caddy 2.6 may refuse a name's first handshake when others want their first certificates in the same moment.
        foreach (var name in names) report.Check($"{name} has its certificate", await IsOpen(host, name));

        await Asleep(host, names[0]);
        await using var people = new People(host, names);
        await Broken(host, names);
        await people.Stop();
        report.Figure("bookedDuringBrokenReleases", people.Acknowledged);
        report.CheckNone("nobody was answered with a failure while broken releases came", people.Failures);
        report.CheckNone("no acknowledged booking is lost", await people.Lost());

        await KilledInEachPhase(host, names[0]);
        await Killed(host, names[0], practices > 2 ? 8 : 3);
        await Good(host, names);
    }

    // Nobody visits: a release that fails on this practice's own data is found all the same, and one that is good lets it sleep on.
    private async Task Asleep(FleetHost host, string name)
    {
        async Task<string> Said() => await host.Lab.RunOk($"systemctl stop vetbooking@{name}.service; sqlite3 /var/lib/vetbooking/{name}/practice.db 'PRAGMA user_version; SELECT group_concat(name) FROM owner'");
        await host.Lab.RunOk("systemctl stop vetbooking-wake.timer");
        var before = await Said();
        await Make(host, "0.3.1", Faults[^1].Script);
        var broken = await host.Fleet($"update {name} --to 0.3.1");
        report.Check("a release that fails on a sleeping practice's own data alone is stopped", broken.Exit == 1, $"{broken}");
        report.Check("and the practice sleeps on with its old release and data", !await host.IsAwake(name) && await Said() == before && await Pin(host, name) == Old);
        await Make(host, "0.3.2", Real);
        var good = await host.Fleet($"update {name} --to 0.3.2");
        report.Check("a good one reaches it, and it sleeps on", good.Done && !await host.IsAwake(name) && await Pin(host, name) == "0.3.2", $"{good}");
        report.Check("its first visitor is answered", await IsOpen(host, name));
        report.Check("and back", (await host.Fleet($"rollback {name}")).Done && await Pin(host, name) == Old);
        await host.Lab.RunOk("systemctl start vetbooking-wake.timer");
    }

    private static async Task<bool> IsOpen(FleetHost host, string name)
    {
        using var visitor = host.Visitor($"{name}.vet.test");
        using var answer = await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private static async Task<string> Pin(FleetHost host, string name) => Path.GetFileName((await host.Lab.RunOk($"readlink /etc/vetbooking/practices/{name}/release")).Trim());

    private async Task Broken(FleetHost host, List<string> names)
    {
        var number = 0;
        foreach (var (fault, script) in Faults)
        {
            var version = string.Create(CultureInfo.InvariantCulture, $"0.4.{number++}");
            await Make(host, version, script);
            var started = await Started(host);
            var updated = await host.Fleet($"update --all --to {version}");
            if (updated.Words.Contains("was not touched", StringComparison.Ordinal)) report.Check($"who was not touched was not even restarted ({fault})", await Started(host) == started);
            report.Check($"a release that {fault} is stopped", updated.Exit == 1, $"{updated}");
            var pins = (await host.Lab.RunOk("readlink /etc/vetbooking/practices/*/release | sort | uniq -c")).Trim();
            report.Check($"and every practice has its old release ({fault})", pins == $"{names.Count} /opt/vetbooking/releases/{Old}", pins);
            if (Verbose(updated) is { } words) report.Say($"{fault}: {words}");
        }
        report.Check("no trial leaves a copy behind", (await host.Lab.RunOk("ls -A /var/lib/vetbooking-trials")).Trim().Length == 0);
        report.Figure("brokenReleases", number);
    }

    private static async Task<string> Started(FleetHost host) => await host.Lab.RunOk("systemctl show 'vetbooking@*.service' --property=ExecMainPID");

    // Waits for a phase until it can be seen on the host, and ends the program in it.
    private async Task KilledInEachPhase(FleetHost host, string name)
    {
        var (trial, hold, pin) = ($"/var/lib/vetbooking-trials/{name}", $"/var/lib/vetbooking/{name}/hold", $"/etc/vetbooking/practices/{name}/release");
        (string Phase, string IsNow)[] phases =
        [
            ("the trial", $"[ -e {trial} ]"),
            ("stopping it behind its door", $"[ -e {hold} ]"),
            ("copying its data", $"[ -e {trial}.before ]"),
            ("changing its release", $"[ {pin} -ef $new ] && [ -e {hold} ]"),
            ("watching it", $"[ {pin} -ef $new ] && [ ! -e {hold} ]"),
        ];
        foreach (var ((phase, isNow), number) in phases.Select((phase, number) => (phase, number)))
        {
            var version = string.Create(CultureInfo.InvariantCulture, $"0.4.{20 + number}");
            await Make(host, version, Real);
            await using var people = new People(host, [name]);
            var killed = await host.Lab.Run($"new=/opt/vetbooking/releases/{version}; vetfleet update {name} --to {version} >/dev/null 2>&1 & pid=$!; until {isNow}; do kill -0 $pid || exit 1; done; kill -KILL $pid && ! wait $pid");
            report.Check($"the program is killed during {phase}", killed.Done, $"{killed}");
            var again = await host.Fleet($"update {name} --to {version}");
            await people.Stop();
            report.Check($"and told once more it ends well after {phase}", again.Done && await Pin(host, name) == version, $"{again}");
            report.CheckNone($"nobody noticed and no booking is lost, killed during {phase}", [.. people.Failures, .. await people.Lost()]);
        }
    }

    // Killed after a random while, then told the same again: it goes on, or begins anew, and loses nothing.
    private async Task Killed(FleetHost host, string name, int times)
    {
        var random = run.RandomFor(7);
        var problems = new List<string>();
        for (var round = 0; round < times; round++)
        {
            var version = string.Create(CultureInfo.InvariantCulture, $"0.5.{round}");
            await Make(host, version, Real);
            await using var people = new People(host, [name]);
            await host.Lab.Run($"timeout -s KILL {(0.3 + (random.NextDouble() * 9)).ToString("0.0", CultureInfo.InvariantCulture)} vetfleet update {name} --to {version}");
            var again = await host.Fleet($"update {name} --to {version}");
            await people.Stop();
            if (!again.Done) problems.Add($"{again}");
            problems.AddRange(people.Failures);
            problems.AddRange(await people.Lost());
        }
        report.CheckNone("killed while it updates, the same command once more ends well, and no booking is lost", problems);
        report.Check("it has the last of them", await Pin(host, name) == $"0.5.{times - 1}");
    }

    // Those who booked until now have filled the diary.
    private static async Task Free(FleetHost host, string name) => await host.Lab.RunOk(
        $"systemctl stop vetbooking@{name}.service && runuser -u vb-{name} -- sqlite3 /var/lib/vetbooking/{name}/practice.db \"PRAGMA foreign_keys = ON; DELETE FROM appointment WHERE email LIKE '%@example.org'\"");

    private async Task Good(FleetHost host, List<string> names)
    {
        await Make(host, "0.6.0", Real);
        foreach (var name in names) await Free(host, name);
        await using var people = new People(host, names);
        var updated = await host.Fleet("update --all --to 0.6.0");
        var back = await host.Fleet($"rollback {names[^1]}");
        await people.Stop();
        report.Figure("updateSecondsEach", Math.Round(updated.Took.TotalSeconds / names.Count, 1));
        report.Figure("bookedDuringUpdate", people.Acknowledged);
        report.Durations("answerMs", people.Took);
        report.Check("a good release reaches everybody", updated.Done && updated.Subjects.Count == names.Count, $"{updated}");
        report.Check("and one goes back to the release before", back.Done && await Pin(host, names[^1]) == (names.Count > 1 ? Old : "0.5.2"), $"{back}");
        report.CheckNone("nobody was answered with a failure", people.Failures);
        report.CheckNone("no acknowledged booking is lost", await people.Lost());
        report.Check("people did book meanwhile", people.Acknowledged > 0);
        people.Pretend(names[0]);
        report.Check("negative control: a booking that is not there is found missing", (await people.Lost()).Count == 1);
        report.Check("every practice is sound", (await host.Fleet("check --all")).Done);
    }

    // A release is the shipped executable behind a script that does what its fault says.
    private static async Task Make(FleetHost host, string version, string script)
    {
        var folder = $"/root/release-{version}";
        await host.Lab.RunOk($"rm -rf {folder} && cp -r /root/built {folder} && rm -f {folder}/release.json* && mv {folder}/vetbooking {folder}/vetbooking.real");
        await host.Lab.Write($"{folder}/vetbooking", $"#!/bin/bash\nhere=$(dirname \"$(readlink -f \"$0\")\")\ndata=; for ((i=1; i<=$#; i++)); do [[ ${{!i}} == --data ]] && {{ j=$((i+1)); data=${{!j}}; }}; done\n{script}\n", "755");
        await host.Sign(folder, version, 28);
        var brought = await host.Fleet($"release {folder}");
        if (!brought.Done) throw new InvalidOperationException($"{version} is not taken: {brought}");
        // The program inside must run, whatever its list of files calls it.
        await host.Lab.RunOk($"chmod 755 /opt/vetbooking/releases/{version}/vetbooking.real");
    }

    private static string? Verbose(FleetSaid said) => said.Subjects is [var first, ..] && first.TryGetProperty("error", out var error) ? error.GetString() : null;

    private const string Real = "exec \"$here/vetbooking.real\" \"$@\"";

    private static readonly (string Fault, string Script)[] Faults =
    [
        ("dies at its start", $"[[ $1 == serve ]] && exit 1\n{Real}"),
        ("cannot take the data over", $"[[ $1 == restore ]] && exit 1\n{Real}"),
        ("never says that it is ready", $"[[ $1 == serve ]] && exec sleep 600\n{Real}"),
        ("answers bookings with a failure", $"[[ $1 == serve ]] && sqlite3 \"$data/practice.db\" \"CREATE TRIGGER broken BEFORE INSERT ON appointment BEGIN SELECT RAISE(ABORT, 'broken'); END\"\n{Real}"),
        ("empties a column", $"if [[ $1 == restore ]]; then \"$here/vetbooking.real\" \"$@\" || exit; sqlite3 \"$data/practice.db\" \"UPDATE owner SET phone = ''\"; rm -f \"$data/pages.sums\"; exit 0; fi\n{Real}"),
        ("makes no mail", $"[[ $1 == serve ]] && (while sleep 0.02; do rm -f \"$data\"/outbox/*; done) &\n{Real}"),
        ("is in another time zone", $"[[ $1 == serve ]] && sqlite3 \"$data/practice.db\" \"UPDATE practice SET zone = 'America/New_York'\"\n{Real}"),
        ("is many times slower", $"if [[ $1 == serve ]]; then \"$here/vetbooking.real\" \"$@\" & p=$!; trap 'kill -CONT $p; kill $p; wait $p; exit' TERM; while kill -STOP $p; do sleep 0.3; kill -CONT $p; sleep 0.005; done; fi\n{Real}"),
        ("takes far more memory", $"[[ $1 == serve ]] && {{ (head -c 150M /dev/zero | tail | sleep 600) & sleep 2; }}\n{Real}"),
        ("fails on the practice's own data alone, after it has changed them for good", $"[[ $1 == serve && $data != *trials* ]] && {{ sqlite3 \"$data/practice.db\" 'PRAGMA user_version = 999; UPDATE owner SET name = 1'; exit 1; }}\n{Real}"),
    ];
}

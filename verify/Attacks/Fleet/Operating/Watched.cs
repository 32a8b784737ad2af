using System.Globalization;

namespace VetBooking.Verify.Attacks.Fleet.Operating;

/// <summary>
/// The operator's page and the metrics: they say what went wrong and when, to root alone, wake nobody, and nothing of a
/// person's gets into them, even if a practice writes it into the journal.
/// </summary>
internal sealed class Watched(Run run, FleetHost host, Func<string, bool> holds)
{
    private const string Socket = "/run/vetbooking-edge/status.sock";
    private const string Loud = "p002";
    private readonly Report report = run.Report;

    public async Task All()
    {
        await Plant();
        await host.Lab.RunOk("systemctl stop vetbooking-wake.timer");
        var before = await Awake();
        var took = System.Diagnostics.Stopwatch.StartNew();
        await host.Lab.RunOk("systemctl start vetbooking-status.service");
        report.Figure("statusPageMs", Math.Round(took.Elapsed.TotalMilliseconds));
        report.CheckNone("looking wakes nobody", (await Awake()).Except(before).ToList());
        await host.Lab.RunOk("systemctl start vetbooking-wake.timer");
        var (page, metrics) = (System.Net.WebUtility.HtmlDecode(await Ask("/")), await Ask("/metrics"));
        var said = await host.Fleet("status");
        await Says(page, metrics, said);
        report.Check("nothing of a person's is on the page, in the metrics or in the status", !holds(page) && !holds(metrics) && !holds(said.Json.GetRawText() + said.Words), "a marker was found");
        report.Check("negative control: a practice has written it into the journal", holds(await host.Lab.RunOk($"journalctl --no-pager -u vetbooking@{Loud}.service")));
        await Conform(metrics);
        await Received();
        await Alone();
        await new PageSeen(run).Look(await Ask("/"));
        await Control();
        await Returns();
    }

    // A practice that writes what it never should, and one that crashes.
    private async Task Plant()
    {
        await host.Lab.Write($"/etc/systemd/system/vetbooking@{Loud}.service.d/loud.conf",
            "[Service]\nExecStartPre=/bin/sh -c 'echo \"<3>VetBooking.Booking[301] The backup of Quastenberg, 030 7654321, failed\"; echo \"<3>Quastenberg[7654321] called\"'\n");
        await host.Lab.RunOk($"systemctl daemon-reload && systemctl stop vetbooking@{Loud}.service && systemctl start vetbooking@{Loud}.service && kill -KILL $(systemctl show vetbooking@{Loud}.service --property=MainPID --value)");
        for (var i = 0; i < 100 && await Crashes() == 0; i++) await Task.Delay(100);
        report.Check("a practice crashes", await Crashes() > 0);
        // Its own way back is not to be taken for being woken.
        for (var i = 0; i < 300 && !await host.IsAwake(Loud); i++) await Task.Delay(100);
        await host.Lab.RunOk("runuser -u vb-p003 -- sh -c 'mkdir -p /var/lib/vetbooking/p003/outbox && touch /var/lib/vetbooking/p003/outbox/quastenberg.eml'");
    }

    private async Task<int> Crashes() => int.Parse(await host.Lab.RunOk($"journalctl --no-pager -q -o cat UNIT=vetbooking@{Loud}.service EXIT_STATUS=9 | wc -l"), CultureInfo.InvariantCulture);

    private async Task Says(string page, string metrics, FleetSaid said)
    {
        var names = (await host.Lab.RunOk("ls /etc/vetbooking/practices")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        report.CheckNone("every practice is on the page and in the metrics", names.Where(name => !page.Contains($">{name}<", StringComparison.Ordinal) || !metrics.Contains($"vetbooking_practice_ok{{practice=\"{name}\"}} ", StringComparison.Ordinal)).ToList());
        report.Check("with their release and the errors of the last day, by number", page.Contains("<td>0.3.0</td>", StringComparison.Ordinal) && page.Contains("301 ×", StringComparison.Ordinal) && page.Contains("signal-9 ×", StringComparison.Ordinal), page);
        report.Check("and the same in the metrics", metrics.Contains($"vetbooking_practice_errors{{practice=\"{Loud}\",code=\"301\"}} ", StringComparison.Ordinal) && metrics.Contains($"code=\"signal-9\"}} ", StringComparison.Ordinal), metrics);
        var rehearsed = said.Subjects.Where(subject => subject.GetProperty("name").GetString() == "p003").Select(subject => subject.GetProperty("state")).Single();
        report.Check("backup, rehearsal and certificate have an age", new[] { "backup", "rehearsal", "certificate", "disk" }.All(what => rehearsed.GetProperty(what).GetString() is not (null or "none")), rehearsed.GetRawText());
        var wakes = said.Subjects.Count(subject => subject.GetProperty("state").TryGetProperty("wakes", out _));
        report.Check("who sleeps says when it wakes", wakes > 0 && metrics.Contains("vetbooking_practice_wake_in_seconds{", StringComparison.Ordinal), $"{wakes}");
        report.Check("and when the host's timers run next", System.Text.RegularExpressions.Regex.IsMatch(page, @"vetbooking-backup\.service</th><td>success</td><td>[^<]*</td><td>\d{4}-\d\d-\d\dT"), page[page.IndexOf("This host</h2>", StringComparison.Ordinal)..]);
        report.Check("the host says what is free, and how its own units are", said.Json.GetProperty("host").GetProperty("free").GetString() is { Length: > 2 } && said.Json.GetProperty("host").GetProperty("vetbooking-wake.service").GetString() == "success", said.Json.GetProperty("host").GetRawText());
    }

    // By the parser of those who made the format.
    private async Task Conform(string metrics)
    {
        const string parse = "python3 -c 'import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as read; print(sum(len(f.samples) for f in read(sys.stdin.read())))'";
        var parsed = await host.Lab.Run(parse, input: metrics);
        report.Check("the metrics are OpenMetrics, by its own parser", parsed.Done && int.Parse(parsed.Out, CultureInfo.InvariantCulture) > 20, $"{parsed}");
        report.Figure("samples", parsed.Done ? int.Parse(parsed.Out, CultureInfo.InvariantCulture) : 0);
        report.Check("negative control: cut off they are not", !(await host.Lab.Run(parse, input: metrics.Replace("# EOF", "", StringComparison.Ordinal))).Done);
        report.Check("and are served as such", (await host.Lab.RunOk($"curl -sS -o /dev/null -w '%{{content_type}}' --unix-socket {Socket} http://localhost/metrics")).StartsWith("application/openmetrics-text", StringComparison.Ordinal));
    }

    private async Task Received()
    {
        await host.Lab.Write("/root/receiver.py", """
            import http.server
            class Receiver(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    open("/root/received", "wb").write((self.path + " " + self.headers["Content-Type"] + "\n").encode() + body)
                    self.send_response(200); self.send_header("Content-Type", "application/json"); self.end_headers(); self.wfile.write(b"{}")
            http.server.HTTPServer(("127.0.0.1", 4318), Receiver).serve_forever()
            """);
        await host.Lab.RunOk("cp /etc/vetbooking/fleet.json /root/fleet.json && sed -i 's|^{|{\"metrics\":\"http://127.0.0.1:4318/v1/metrics\",|' /etc/vetbooking/fleet.json");
        var away = await host.Fleet("status --page");
        report.Check("a receiver that is away fails the timer's job, and the page is written all the same", away.Exit == 1 && away.Words.Contains("cannot be reached", StringComparison.Ordinal), $"{away}");
        await host.Lab.RunOk("systemd-run --quiet --unit=receiver python3 /root/receiver.py; for i in $(seq 50); do curl -s -o /dev/null http://127.0.0.1:4318/ && break; sleep 0.1; done");
        var sent = await host.Fleet("status --page");
        var received = (await host.Lab.RunOk("cat /root/received")).Split('\n', 2);
        report.Check("metrics reach a receiver of OTLP", sent.Done && received[0].StartsWith("/v1/metrics application/json", StringComparison.Ordinal), $"{sent}, {received[0]}");
        report.CheckNone("and have the protocol's form", OtlpForm.Problems(received[1]));
        report.Check("negative control: a number where the protocol wants a string is found", OtlpForm.Problems(System.Text.RegularExpressions.Regex.Replace(received[1], "\"timeUnixNano\":\"(\\d+)\"", "\"timeUnixNano\":$1")).Count > 0);
        report.Check("nothing of a person's was sent", !holds(received[1]));
        await host.Lab.RunOk("sed -i 's|http://127.0.0.1:4318|http://otel.example|' /etc/vetbooking/fleet.json");
        report.Check("metrics do not go over a network in clear", (await host.Fleet("status --page")).Exit == 3);
        await host.Lab.RunOk("cp /root/fleet.json /etc/vetbooking/fleet.json; systemctl stop receiver.service");
    }

    private async Task Alone()
    {
        foreach (var command in new[] { "cat /var/lib/vetbooking-status/index.html", "cat /var/lib/vetbooking-status/metrics", $"curl -sS -m 5 --unix-socket {Socket} http://localhost/" })
            report.Check($"closed to a practice: {command}", !(await host.Lab.Run($"runuser -u vb-p001 -- {command}")).Done);
        var outside = await host.Lab.Run("curl -sS -m 5 -L -H 'Host: localhost' http://127.0.0.1/; curl -sS -m 5 -k --resolve localhost:443:127.0.0.1 https://localhost/");
        report.Check("and not to be had over the network", !outside.Out.Contains("To look after", StringComparison.Ordinal), outside.Out);
    }

    // What an operator types is shown: the search finds it there.
    private async Task Control()
    {
        await host.Fleet("domains p001 --host quastenberg.vet.test --host p001.vet.test");
        await host.Fleet("status --page");
        report.Check("negative control: a name that the operator gave a practice is found on the page", holds(await Ask("/")));
        report.Check("and taken back", (await host.Fleet("domains p001 --host p001.vet.test")).Done && (await host.Fleet("status --page")).Done && !holds(await Ask("/")));
    }

    private async Task Returns()
    {
        await host.Lab.RunOk("systemctl kill --signal=KILL caddy.service");
        for (var i = 0; i < 50 && (await host.Lab.Run($"curl -sS -m 2 --unix-socket {Socket} http://localhost/")).Out.Length == 0; i++) await Task.Delay(200);
        report.Check("an edge that was killed comes back by itself, with the page", (await Ask("/")).Contains("To look after", StringComparison.Ordinal));
        await host.Lab.RunOk($"rm -r /etc/systemd/system/vetbooking@{Loud}.service.d && systemctl daemon-reload");
    }

    private async Task<string> Ask(string path) => await host.Lab.RunOk($"curl -sS -m 5 --fail --unix-socket {Socket} http://localhost{path}");

    private async Task<IReadOnlyList<string>> Awake() => (await host.Lab.RunOk("systemctl list-units --no-legend --plain --state=active,activating 'vetbooking@*.service' | cut -d' ' -f1")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

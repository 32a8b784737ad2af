using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>Backups, trials of them, coming back from one, other names, a pause, and leaving for good; the operator never sees a person's name.</summary>
internal sealed class Keeping(Run run, FleetHost host, string marker)
{
    private const string Practice = "p003";
    private readonly Report report = run.Report;

    public async Task All(IReadOnlyList<string> names)
    {
        await Book();
        await Backups(names);
        await new Operating.Repository(run, host).All();
        await Names();
        await Paused();
        await Closed();
        await Unseen();
        await new Operating.Watched(run, host, Holds).All();
        await Leaves();
    }

    private async Task Book()
    {
        using var visitor = host.Visitor($"{Practice}.vet.test");
        var from = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var slots = await visitor.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/slots?visitType=impfung&species=dog&from={from}&days=30", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/bookings", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                visitType = "impfung",
                start = slots.GetProperty("slots")[0].GetProperty("start").GetString(),
                language = "de",
                owner = new { name = marker, email = "quastenberg@example.org", phone = "030 7654321" },
                animals = new[] { new { name = "Bello", species = "dog" } },
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var booked = await visitor.SendAsync(request);
        report.Check("a visitor books through the edge", booked.StatusCode == HttpStatusCode.Created, await booked.Content.ReadAsStringAsync());
    }

    private async Task Backups(IReadOnlyList<string> names)
    {
        var backed = await host.Fleet("backup --all");
        report.Check("all practices are backed up", backed.Done && backed.Subjects.Count >= names.Count, $"{backed}");
        report.Figure("backupAllSeconds", Math.Round(backed.Took.TotalSeconds, 1));
        report.Check("and each backup is carried away", int.Parse((await host.Lab.RunOk("ls /srv/backups/*/*.vetbackup | wc -l")).Trim(), CultureInfo.InvariantCulture) >= names.Count);
        await host.Sleep(TimeSpan.FromMinutes(3));
        var rehearsed = await host.Fleet($"rehearse {Practice} {names[0]}");
        report.Check("backups are tried", rehearsed.Done, $"{rehearsed}");
        var before = await Digest();
        await host.Lab.RunOk($"runuser -u vb-{Practice} -- sqlite3 /var/lib/vetbooking/{Practice}/practice.db \"UPDATE appointment SET note = 'vertan'\"");
        var file = (await host.Lab.RunOk($"ls /srv/backups/{Practice}/*.vetbackup | tail -1")).Trim();
        var back = await host.Fleet($"restore {Practice} --from {file}");
        report.Check("a practice comes back as it was", back.Done && await Digest() == before, $"{back}");
        await host.Lab.RunOk("head -c 5000 " + file + " > /root/damaged.vetbackup");
        var refused = await host.Fleet($"restore {Practice} --from /root/damaged.vetbackup");
        report.Check("a damaged backup changes nothing, and the practice is on the network again", !refused.Done && await Digest() == before && await Status(Practice) == HttpStatusCode.OK, $"{refused}");
        var twin = await host.Fleet($"add twin --host twin.vet.test --from {file} --key /var/lib/vetbooking-keys/{Practice}.key --no-mail-check");
        report.Check("a lost practice is added again from its backup", twin.Done && await Status("twin") == HttpStatusCode.OK, $"{twin}");
        report.Check("the retired twin leaves nothing", (await host.Fleet("retire twin --to /root --confirm twin")).Done);
    }

    private async Task Names()
    {
        var other = await host.Fleet($"domains {Practice} --host neu.vet.test --host {Practice}.vet.test");
        using var visitor = host.Visitor($"{Practice}.vet.test");
        using var moved = await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
        report.Check("a new address answers, and the old one leads there", other.Done && await Status("neu") == HttpStatusCode.OK && moved.Headers.Location?.Host == "neu.vet.test", $"{other}, {moved.Headers.Location}");
        report.Check("back to one name", (await host.Fleet($"domains {Practice} --host {Practice}.vet.test")).Done && await Status(Practice) == HttpStatusCode.OK);
        report.Check("another's name is refused", (await host.Fleet($"domains {Practice} --host p001.vet.test")).Exit == 3);
    }

    private async Task Paused()
    {
        report.Check("a practice is taken off the network", (await host.Fleet($"suspend {Practice}")).Done && await Status(Practice) == HttpStatusCode.ServiceUnavailable);
        report.Check("its neighbours are not", await Status("p001") == HttpStatusCode.OK);
        report.Check("and it comes back", (await host.Fleet($"resume {Practice}")).Done && await Status(Practice) == HttpStatusCode.OK);
    }

    private async Task Closed()
    {
        var asked = await host.Fleet($"grant-support {Practice}");
        report.Check("into a practice that has let nobody in leads no way", asked.Exit == 3 && asked.Words.Contains($"https://{Practice}.vet.test/praxis/team/betreiber", StringComparison.Ordinal), $"{asked}");
    }

    // Everything an operator can ask for, and everything the machine has written down.
    private async Task Unseen()
    {
        var said = "";
        foreach (var verb in new[] { "status", "list", $"logs {Practice}", $"check {Practice}", $"backup {Practice} --even-if-unchanged", $"update {Practice} --to 0.3.0 --dry-run" })
        {
            var one = await host.Fleet(verb);
            report.Check($"an operator may ask: {verb}", one.Exit is 0, $"{one}");
            said += one.Json.ValueKind == JsonValueKind.Undefined ? one.Words : one.Json.GetRawText() + one.Words;
        }
        said += await host.Lab.RunOk("journalctl --no-pager -o json; ls -R /var/lib/vetbooking /srv/backups");
        report.Check("no name, address or number of an owner is told to the operator", !Holds(said), "a marker was found");
        var inside = await host.Lab.RunOk($"sqlite3 /var/lib/vetbooking/{Practice}/practice.db 'SELECT name, email, phone FROM appointment'");
        report.Check("negative control: it is in the practice's database", Holds(inside));
    }

    private async Task Leaves()
    {
        report.Check("leaving must be confirmed", (await host.Fleet($"retire {Practice} --to /root")).Exit == 3);
        await host.Lab.Run($"timeout -s KILL 0.8 vetfleet retire {Practice} --to /root --confirm {Practice}");
        var gone = await host.Fleet($"retire {Practice} --to /root --confirm {Practice}");
        report.Check("a practice leaves, also if the first try is killed", gone.Done || gone.Exit == 3 && gone.Words.Contains("There is no practice", StringComparison.Ordinal), $"{gone}");
        report.Check("with an export and a certificate", IsExport(host.Lab.PathOf($"/root/{Practice}.zip")) && (await host.Lab.Read($"/root/{Practice}-erased.txt")).Contains("SHA-256", StringComparison.Ordinal));
        report.Check("the certificate names no owner", !Holds(await host.Lab.Read($"/root/{Practice}-erased.txt")));
        var left = await host.Lab.Run($"rm -f /root/{Practice}.zip; sync; grep -rlF -e 'quastenberg@example.org' --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev / ; find / -xdev -name '*{Practice}*' -not -path '/proc/*' -not -name '*-erased.txt'");
        report.Check("nothing of it is left on the host", left.Out.Trim().Length == 0, left.Out);
        report.Check("its name gets no certificate any more", await Status(Practice) is HttpStatusCode.ServiceUnavailable or 0 or HttpStatusCode.BadGateway);
    }

    private static bool IsExport(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.GetEntry("index.html") is not null && zip.GetEntry("daten/appointment.json") is { Length: > 2 };
    }

    private bool Holds(string text) => text.Contains(marker, StringComparison.Ordinal) || text.Contains("quastenberg", StringComparison.OrdinalIgnoreCase) || text.Contains("7654321", StringComparison.Ordinal);

    private async Task<string> Digest() => await host.Lab.RunOk($"sqlite3 /var/lib/vetbooking/{Practice}/practice.db \"SELECT id, name, email, starts_at, state, note FROM appointment ORDER BY id\" | sha256sum");

    private async Task<HttpStatusCode> Status(string name)
    {
        try
        {
            using var visitor = host.Visitor($"{name}.vet.test");
            using var answer = await visitor.GetAsync(new Uri("/buchen", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}

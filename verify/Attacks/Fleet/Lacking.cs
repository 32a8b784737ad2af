namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>What a host lacks is said before anything changes: room, a mail relay, units that are whole, a folder of one's own.</summary>
internal sealed class Lacking(Run run, FleetHost host)
{
    private const string Add = "add p900 --host p900.vet.test --title P --email p@vet.test";
    private const string Units = "/etc/systemd/system/vetbooking@";

    private readonly Report report = run.Report;

    public async Task All()
    {
        report.Check("nobody named is wrong usage", (await host.Fleet("backup")).Exit == 2);
        await Broken();
        await Full();
        await Relay();
    }

    private async Task Broken()
    {
        var lab = host.Lab;
        await lab.RunOk("mkdir /var/lib/vetbooking/p900");
        await Refused($"{Add} --demo", "a foreign folder in the way", "is in the way");
        await lab.RunOk("rmdir /var/lib/vetbooking/p900 && useradd --system vb-p900");
        await Refused($"{Add} --demo", "a foreign user in the way", "vb-p900");
        await lab.RunOk("userdel vb-p900; groupdel vb-p900 2>/dev/null; groupadd --system vb-p900");
        await Refused($"{Add} --demo", "a foreign group in the way", "vb-p900");
        await lab.RunOk("groupdel vb-p900 && systemctl mask vetbooking@p900.service");
        await Refused($"{Add} --demo", "a masked unit", "systemctl unmask");
        await lab.RunOk($"systemctl unmask vetbooking@p900.service && mkdir -p {Units}p900.service.d && printf '[Service]\\nExecStart=/bin/true\\n' > {Units}p900.service.d/own.conf && systemctl daemon-reload");
        await Refused($"{Add} --demo", "a unit that a drop-in has spoilt", "systemd-analyze verify");
        await lab.RunOk($"rm -r {Units}p900.service.d && systemctl daemon-reload && sed -i s/Backlog=1024/Backlog=1/ {Units}.socket");
        await Refused($"{Add} --demo", "a unit that was changed", "vetfleet prepare");
        await lab.RunOk($"ln -sf /dev/null {Units}.service");
        await Refused($"{Add} --demo", "a unit that leads elsewhere", "vetfleet prepare");
        report.Check("and prepare mends them", (await host.Fleet("prepare")).Done);
    }

    private async Task Full()
    {
        await host.Lab.RunOk("mount -t tmpfs -o size=50m,mode=711 tmpfs /var/lib/vetbooking");
        await Refused($"{Add} --demo", "a full disk", "Make room");
        await host.Lab.RunOk("umount /var/lib/vetbooking");
    }

    private async Task Relay()
    {
        var lab = host.Lab;
        await Refused(Add, "no mail relay at all", "--no-mail-check");
        var settings = await lab.Read("/etc/vetbooking/fleet.json");
        await lab.Write("/etc/vetbooking/fleet.json", """{"acme":"internal","idleExit":"5s","backups":"/srv/backups","instance":{"mail":{"transport":"smtp","host":"localhost","port":2525,"security":"none"}}}""", "600");
        await Refused(Add, "a mail relay that does not answer", "does not answer");
        await host.Greet();
        var added = await host.Fleet(Add);
        for (var i = 0; i < 20 && added.Words.Contains("does not answer", StringComparison.Ordinal); i++) added = await host.Fleet(Add);
        report.Check("with a relay that answers it is added", added.Done, $"{added}");
        report.Check("and is well", (await host.Fleet("check p900")).Done);
        await lab.RunOk("systemctl stop relay");
        var lost = await host.Fleet("check p900");
        report.Check("a relay that is gone is found by check", lost.Exit == 1 && lost.Words.Contains("does not answer", StringComparison.Ordinal), $"{lost}");
        report.Check("it goes again", (await host.Fleet("retire p900 --to /root --confirm p900")).Done);
        await lab.Write("/etc/vetbooking/fleet.json", settings, "600");
    }

    private async Task Refused(string arguments, string what, string words)
    {
        var said = await host.Fleet(arguments);
        var left = (await host.Lab.RunOk("ls /etc/vetbooking/practices | grep -c p900 || true")).Trim();
        report.Check($"refused: {what}", said.Exit == 3 && said.Words.Contains(words, StringComparison.Ordinal) && left == "0", $"{said}");
    }
}

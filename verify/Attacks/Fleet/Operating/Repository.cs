using System.Globalization;

namespace VetBooking.Verify.Attacks.Fleet.Operating;

/// <summary>Backups are carried into a real restic repository over a real SFTP server, come back from it byte by byte, grow old and are forgotten.</summary>
internal sealed class Repository(Run run, FleetHost host)
{
    private const string Place = "sftp:root@127.0.0.1:/srv/restic";
    private const string Restic = "set -a; . /etc/vetbooking/restic.env; set +a; restic --quiet -r " + Place;
    private readonly Report report = run.Report;

    public async Task All()
    {
        await Furnish();
        var absent = await host.Fleet($"backup p001 --to restic:{Place} --even-if-unchanged");
        report.Check("a repository that is not there is said, not skipped", absent.Exit == 1 && absent.Words.Contains("restic", StringComparison.Ordinal), $"{absent}");
        await host.Lab.RunOk($"{Restic} init");
        await Carried();
        await Aged();
        await Gone();
    }

    private async Task Furnish()
    {
        await host.Lab.RunOk("mkdir -pm 700 /root/.ssh && [ -f /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519");
        await host.Lab.RunOk("cat /root/.ssh/id_ed25519.pub >> /root/.ssh/authorized_keys && echo \"127.0.0.1 $(cat /etc/ssh/ssh_host_ed25519_key.pub)\" >> /root/.ssh/known_hosts");
        await host.Lab.Write("/etc/vetbooking/restic.password", "nur zum Versuch\n", "600");
        await host.Lab.Write("/etc/vetbooking/restic.env", "RESTIC_PASSWORD_FILE=/etc/vetbooking/restic.password\n", "600");
        // Who is woken for the first time changes something.
        await host.Lab.RunOk("systemctl stop vetbooking-wake.timer");
        report.Check("one more practice is added", (await host.Fleet("add weit --host weit.vet.test --demo --no-mail-check")).Done);
    }

    private async Task Carried()
    {
        var carried = await host.Fleet($"backup weit p001 --to restic:{Place}");
        report.Check("backups are carried over SFTP", carried.Done && await Count("weit") == 1 && await Count("p001") == 1, $"{carried}");
        const string newest = "$(ls -t /var/lib/vetbooking/weit/backups/*.vetbackup | head -1)";
        report.Check("and come back byte by byte", (await host.Lab.Run($"({Restic} dump --tag weit latest \"/$(basename {newest})\") | cmp - {newest}")).Done);
        report.Check("negative control: another practice's is another", !(await host.Lab.Run($"({Restic} dump --tag p001 latest \"/$({Restic} ls --tag p001 latest | grep -o '[^/]*vetbackup')\") | cmp - {newest}")).Done);
        var again = await host.Fleet($"backup weit --to restic:{Place}");
        report.Check("what is there is not carried twice", again.Done && await Count("weit") == 1, $"{again}");
        // The practice backs itself up at night, and nothing changes after it.
        await host.Lab.RunOk("runuser -u vb-weit -- /etc/vetbooking/practices/weit/release/vetbooking backup --data /var/lib/vetbooking/weit --to /var/lib/vetbooking/weit/backups >/dev/null");
        var own = await host.Fleet($"backup weit --to restic:{Place}");
        report.Check("a backup the practice made itself is carried, too", own.Done && await Count("weit") == 2, $"{own}");
    }

    private async Task Aged()
    {
        await host.Lab.RunOk($"for time in '2026-01-01' '2026-02-01'; do echo old | ({Restic} backup --stdin --time \"$time 03:00:00\" --tag vetbooking --tag weit); done; echo mine | ({Restic} backup --stdin --time '2026-01-01 03:00:00' --tag mine)");
        report.Check("a copy somebody wanted besides makes nothing old", (await host.Fleet($"backup weit --to restic:{Place}")).Done && await Count("weit") == 4);
        await host.Lab.RunOk($"cp -p /etc/vetbooking/fleet.json /root/fleet.json && sed -i 's|\"/srv/backups\"|\"restic:{Place}\"|' /etc/vetbooking/fleet.json && grep -q sftp /etc/vetbooking/fleet.json");
        var aged = await host.Fleet("backup weit");
        report.Check("what is too old goes, and what is not ours stays", aged.Done && await Count("weit") == 2 && await Count("mine") == 1, $"{aged}");
        await host.Lab.Write("/etc/vetbooking/restic.password", "falsch\n", "600");
        var closed = await host.Fleet($"backup weit --to restic:{Place} --even-if-unchanged");
        report.Check("a wrong password is said", closed.Exit == 1 && closed.Words.Contains("password", StringComparison.Ordinal), $"{closed}");
        await host.Lab.Write("/etc/vetbooking/restic.password", "nur zum Versuch\n", "600");
    }

    private async Task Gone()
    {
        var gone = await host.Fleet("retire weit --to /root --confirm weit");
        report.Check("who leaves is forgotten there, and nobody else", gone.Done && await Count("weit") == 0 && await Count("p001") == 1 && await Count("mine") == 1, $"{gone}");
        await host.Lab.RunOk("mv /root/fleet.json /etc/vetbooking/fleet.json && rm -rf /root/weit* /srv/restic /etc/vetbooking/restic.* && systemctl start vetbooking-wake.timer");
    }

    private async Task<int> Count(string tag) => int.Parse((await host.Lab.RunOk($"({Restic} snapshots --json --tag {tag}) | grep -o '\"short_id\"' | wc -l")).Trim(), CultureInfo.InvariantCulture);
}

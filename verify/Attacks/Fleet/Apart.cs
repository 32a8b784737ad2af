using System.Globalization;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>One practice's user sees nothing of another's.</summary>
internal sealed class Apart(Run run, FleetHost host)
{
    private readonly Report report = run.Report;

    public async Task All()
    {
        const string other = "p002";
        await Closed($"cat /var/lib/vetbooking/{other}/practice.db", "another's database");
        await Closed($"ls /var/lib/vetbooking/{other}", "another's folder");
        await Closed("ls /var/lib/vetbooking", "who else is there");
        await Closed($"cat /etc/vetbooking/practices/{other}/hosts", "another's names");
        await Closed("cat /etc/vetbooking/fleet.json", "the fleet's settings");
        await Closed($"cat /var/lib/vetbooking-keys/{other}.key", "another's recovery code");
        await Closed($"curl -sS -m 5 --unix-socket /run/vetbooking/{other}.sock http://localhost/", "another's socket");
        await Closed("touch /var/lib/vetbooking-trials/mine", "a place that is nobody's");
        report.Check("negative control: one's own database can be read", (await As("cat /var/lib/vetbooking/p001/practice.db > /dev/null")).Done);
        var users = (await host.Lab.RunOk("stat -c %u /var/lib/vetbooking/* | sort | uniq -d")).Trim();
        report.Check("no two practices share a user", users.Length == 0, users);
        var modes = (await host.Lab.RunOk("stat -c %a /var/lib/vetbooking/* | sort -u")).Trim();
        report.Check("every folder is its user's alone", modes == "700", modes);

        var exposure = await host.Lab.RunOk("systemd-analyze security --no-pager vetbooking@p001.service | tail -1");
        var level = double.Parse(exposure.Split(':')[1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        report.Figure("exposure", level);
        report.Check("the sandbox's exposure is at most 1.5", level <= 1.5, exposure);
        var limits = await host.Lab.RunOk("systemctl show vetbooking@p001.service --property=MemoryMax,TasksMax,CPUQuotaPerSecUSec,LimitFSIZE,LimitNOFILE");
        report.Check("every practice has limits", !limits.Contains("infinity", StringComparison.Ordinal), limits);
    }

    private async Task Closed(string command, string what)
    {
        var ran = await As(command);
        report.Check($"closed to a practice: {what}", !ran.Done, $"{ran}");
    }

    private Task<Lab.Ran> As(string command) => host.Lab.Run($"runuser -u vb-p001 -- sh -c '{command}'");
}

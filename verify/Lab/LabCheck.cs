using System.Diagnostics;
using System.Globalization;

namespace VetBooking.Verify.Lab;

/// <summary>
/// The lab looked at by itself: what is shown on its hosts counts only if limits hold there, a socket wakes, the edge routes,
/// and nothing stays behind. Each limit is shown with and without.
/// </summary>
internal sealed class LabCheck(Run run)
{
    private const string Ask = "curl -sS -m 20 --cacert /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt";
    private readonly Report report = run.Report;

    public async Task Execute(int hosts)
    {
        var group = "";
        await using (var first = await Boot("first"))
        {
            report.Figure("rootMs", Math.Round(LabRoot.Took.TotalMilliseconds));
            report.Check("systemd is process 1", await first.RunOk("cat /proc/1/comm") == "systemd\n");
            var memory = first.Memory();
            report.Figure("initMiB", Mebibytes(memory.Init));
            report.Figure("ownMiB", Mebibytes(memory.Own));
            report.Check("the host's memory is counted", memory.Init > 1 << 20 && memory.Own > memory.Init / 2 && memory.Total > memory.Own, $"{memory}");
            report.Check("and its use of processors", first.ProcessorTime() > TimeSpan.FromMilliseconds(50), $"{first.ProcessorTime()}");
            group = LabMemory.GroupOf(first.Init, "memory");
            await first.Copy(LabRoot.Script("samples"), "/opt/samples");
            await Limits(first);
            await Doors(first);
            await Edge(first);
            if (hosts > 1 && !run.TimeIsUp) await Two(first);
            await Reboots(first);
        }
        report.Check("nothing stays behind", !Directory.Exists(group), group);
        await Killed();
    }

    private async Task<LabHost> Boot(string name)
    {
        var host = await LabHost.Boot(name);
        report.Say($"{name} is up after {host.BootTime.TotalSeconds:0.0} s");
        report.Figure($"{name}BootMs", Math.Round(host.BootTime.TotalMilliseconds));
        return host;
    }

    /// <summary>Runs a command as a service with these settings.</summary>
    private static Task<Ran> Service(LabHost host, string settings, string command) =>
        host.Run($"systemd-run --quiet --wait --pipe --collect {string.Concat(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => $"-p {one} "))} -- {command}");

    private async Task Limits(LabHost host)
    {
        const string fill = "python3 -c \"len(b'x' * (200 << 20)); print('whole')\"";
        var (limited, free) = (await Service(host, "MemoryMax=32M", fill), await Service(host, "", fill));
        report.Check("MemoryMax ends a process that takes 200 MB", !limited.Done && limited.Out == "", $"{limited}");
        report.Check("negative control: without it the same process comes to its end", free.Done && free.Out == "whole\n", $"{free}");

        const string forks = "python3 /opt/samples/forks.py";
        (limited, free) = (await Service(host, "TasksMax=20", forks), await Service(host, "", forks));
        report.Check("TasksMax=20 stops at 19 children", limited.Out == "19\n", $"{limited}");
        report.Check("negative control: without it there are 40", free.Out == "40\n", $"{free}");

        const string burn = "python3 /opt/samples/burn.py";
        (limited, free) = (await Service(host, "CPUQuota=20%", burn), await Service(host, "", burn));
        var (slow, quick) = (limited.Out.Split(' '), free.Out.Split(' '));
        report.Check("CPUQuota=20% makes 0.3 s of work wait", slow is [var took, var times] && Number(took) > 0.9 && Number(times) > 0, $"{limited}");
        report.Check("negative control: without it nothing makes it wait", quick is [_, var never] && Number(never) == 0, $"{free}");
        report.Figure("quotaSeconds", slow[0]);
        report.Figure("noQuotaSeconds", quick[0]);

        const string visit = "curl -sS -m 3 -o /dev/null -w %{http_code} http://127.0.0.1/";
        (limited, free) = (await Service(host, "IPAddressDeny=any", visit), await Service(host, "", visit));
        report.Check("IPAddressDeny=any keeps even loopback away", !limited.Done && limited.Out == "000", $"{limited}");
        report.Check("negative control: without it the edge answers", free.Out == "200", $"{free}");

        const string write = "touch /etc/written";
        (limited, free) = (await Service(host, "DynamicUser=yes ProtectSystem=strict", write), await Service(host, "", write));
        report.Check("a service shut in cannot write to /etc", !limited.Done, $"{limited}");
        report.Check("negative control: one that is not can", free.Done, $"{free}");
    }

    private async Task Doors(LabHost host)
    {
        await host.RunOk("cp /opt/samples/page@.* /etc/systemd/system/ && systemctl daemon-reload && systemctl enable -q --now page@ash.socket page@oak.socket");
        async Task<string> State(string page) => (await host.Run($"systemctl is-active page@{page}.service")).Out.Trim();
        report.Check("behind its socket a page sleeps", await State("ash") == "inactive");
        var watch = Stopwatch.StartNew();
        using var ash = host.Through("/run/pages/ash.sock");
        var answer = await ash.GetStringAsync("http://ash/");
        report.Figure("wakeMs", Math.Round(watch.Elapsed.TotalMilliseconds));
        report.Check("a visitor wakes it, from outside too", answer == "page ash, start 1", answer);
        report.Check("and not its neighbour", await State("oak") == "inactive");
        while (await State("ash") == "active" && watch.Elapsed < TimeSpan.FromSeconds(30)) await Task.Delay(200);
        report.Check("it leaves by itself", await State("ash") == "inactive");
        answer = await ash.GetStringAsync("http://ash/");
        report.Check("the next visitor wakes it again, with what it had kept", answer == "page ash, start 2", answer);
    }

    private async Task Edge(LabHost host)
    {
        await host.RunOk("cp /opt/samples/Caddyfile /etc/caddy/Caddyfile && mkdir -p /run/pages/by-host && ln -s ../ash.sock /run/pages/by-host/ash.vet.test.sock && systemctl restart caddy");
        Task<Ran> Visit(string name) => host.Run($"{Ask} --resolve {name}:443:127.0.0.1 https://{name}/");
        var (known, unknown) = (await Visit("ash.vet.test"), await Visit("elm.vet.test"));
        report.Check("the edge makes a certificate and routes by name", known.Out.StartsWith("page ash, start", StringComparison.Ordinal), $"{known}");
        report.Check("a name nobody has is refused before anything is said", unknown is { Exit: 35, Out: "" }, $"{unknown}");
        await host.RunOk("ln -s ../oak.sock /run/pages/by-host/elm.vet.test.sock");
        unknown = await Visit("elm.vet.test");
        report.Check("negative control: once somebody has it, it is answered without a reload", unknown.Out == "page oak, start 1", $"{unknown}");

        using var outside = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        var address = await LabNetwork.Reach(host);
        await host.Write("/etc/caddy/conf/outside", ":8080 {\n respond hello\n}\n");
        await host.RunOk("cat /etc/caddy/conf/outside >> /etc/caddy/Caddyfile && systemctl restart caddy");
        report.Check("the host is reached from here over a cable", await outside.GetStringAsync($"http://{address}:8080/") == "hello");
    }

    private async Task Two(LabHost first)
    {
        await using var second = await Boot("second");
        await LabNetwork.Join((first, "10.77.0.1"), (second, "10.77.0.2"));
        await first.RunOk("mkdir -pm 700 /root/.ssh && ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519");
        await second.Write("/root/.ssh/authorized_keys", await first.Read("/root/.ssh/id_ed25519.pub"), "600");
        const string call = "ssh -o BatchMode=yes -o ConnectTimeout=10 second hostname";
        var stranger = await first.Run(call);
        report.Check("negative control: a host whose key is not known is not spoken to", !stranger.Done, $"{stranger}");
        await first.Write("/root/.ssh/known_hosts", "second " + await second.Read("/etc/ssh/ssh_host_ed25519_key.pub"));
        var friend = await first.Run(call);
        report.Check("two hosts speak by ssh", friend.Out == "second\n", $"{friend}");
        report.Check("two hosts have keys and numbers of their own",
            await first.Read("/etc/machine-id") != await second.Read("/etc/machine-id") && await first.Read("/etc/ssh/ssh_host_ed25519_key.pub") != await second.Read("/etc/ssh/ssh_host_ed25519_key.pub"));
    }

    private async Task Reboots(LabHost host)
    {
        await host.RunOk("echo kept > /var/lib/kept");
        var watch = Stopwatch.StartNew();
        await host.Stop();
        report.Figure("stopMs", Math.Round(watch.Elapsed.TotalMilliseconds));
        await host.Boot();
        report.Check("after a shutdown the disk is as it was", await host.Read("/var/lib/kept") == "kept\n");
        using (var ash = host.Through("/run/pages/ash.sock"))
            report.Check("and sockets are back", (await ash.GetStringAsync("http://ash/")).StartsWith("page ash", StringComparison.Ordinal));
        await host.CutPower();
        await host.Boot();
        report.Check("after a power cut, too", await host.Read("/var/lib/kept") == "kept\n");
    }

    /// <summary>Nobody is left to clear away: boot.sh itself is killed.</summary>
    private async Task Killed()
    {
        await using var host = await Boot("third");
        var (init, group) = (host.Init, LabMemory.GroupOf(host.Init, "memory"));
        host.Kill();
        for (var tries = 0; tries < 100 && Directory.Exists($"/proc/{init}"); tries++) await Task.Delay(50);
        report.Check("whoever holds a host is killed: the host is gone", !Directory.Exists($"/proc/{init}"));
        await using (await Boot("fourth"))
            report.Check("the next host clears away what was left of it", !Directory.Exists(group), group);
    }

    private static double Number(string text) => double.Parse(text.AsSpan().Trim(), CultureInfo.InvariantCulture);

    private static double Mebibytes(long bytes) => Math.Round(bytes / 1048576.0, 1);
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace VetBooking.Verify.Lab;

/// <summary>
/// A server of its own: bare Debian, a real systemd, limits that hold, a network with nobody else in it. It begins fresh,
/// and is gone with its disk when it is disposed of, or when this program ends in whatever way.
/// </summary>
internal sealed class LabHost : IAsyncDisposable
{
    private static readonly TimeSpan BootPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string disk;
    private readonly IReadOnlyList<string> binds, packages;
    private Process? boot;

    private LabHost(string name, IReadOnlyList<string> binds, IReadOnlyList<string> packages)
    {
        (Name, this.binds, this.packages) = (name, binds, packages);
        disk = Directory.CreateTempSubdirectory($"vetbooking-lab-{name}-").FullName;
    }

    public string Name { get; }

    /// <summary>Process 1 of the host, as this machine numbers it.</summary>
    public int Init { get; private set; }

    public bool Running => boot is { HasExited: false };

    /// <summary>From nothing to "running".</summary>
    public TimeSpan BootTime { get; private set; }

    /// <summary>The host's files as seen from here while it runs. A link with an absolute target leads out of the host: to follow one, use Read, Write or Run.</summary>
    public string Root => string.Create(CultureInfo.InvariantCulture, $"/proc/{Init}/root");

    public string PathOf(string path) => Root + path;

    /// <summary>Boots a fresh host. Binds are from a path here to one in the host, read-only unless the latter ends in ":rw", a disk of its own in a file with ":btrfs"; packages are those of Debian it has besides.</summary>
    public static async Task<LabHost> Boot(string name, IReadOnlyDictionary<string, string>? binds = null, IReadOnlyList<string>? packages = null, CancellationToken stop = default)
    {
        var host = new LabHost(name, [.. (binds ?? new Dictionary<string, string>()).Select(bind => $"{Path.GetFullPath(bind.Key)}:{bind.Value}")], packages ?? []);
        try
        {
            await host.Boot(stop);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Boots it again, with the disk it had when it stopped.</summary>
    public async Task Boot(CancellationToken stop = default)
    {
        var root = await LabRoot.Ready(packages, stop);
        var watch = Stopwatch.StartNew();
        boot = Process.Start(new ProcessStartInfo(LabRoot.Script("boot.sh"), [root, disk, Name, .. binds])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var first = await boot.StandardOutput.ReadLineAsync(stop);
        if (first?.Split(' ') is not ["init", var number])
            throw new InvalidOperationException($"The host {Name} does not boot: {await boot.StandardError.ReadToEndAsync(stop)}");
        Init = int.Parse(number, CultureInfo.InvariantCulture);

        string state;
        while ((state = (await Run("systemctl is-system-running", stop: stop)).Out.Trim()) is not ("running" or "degraded"))
        {
            if (!Running) throw new InvalidOperationException($"The host {Name} ended while it booted: {Console()}");
            if (watch.Elapsed > BootPatience) throw new TimeoutException($"The host {Name} is still \"{state}\": {(await Run("systemctl list-jobs", stop: stop)).Out}");
            await Task.Delay(50, stop);
        }
        BootTime = watch.Elapsed;
        if (state == "degraded") throw new InvalidOperationException($"Not all of the host {Name} came up: {(await Run("systemctl --failed --no-legend --plain", stop: stop)).Out}");
    }

    /// <summary>A command line in the host, as root, in its shell. What it leaves behind running must not hold its output.</summary>
    public Task<Ran> Run(string command, TimeSpan? patience = null, string? input = null, CancellationToken stop = default) =>
        Shell.Run(["nsenter", "-t", Init.ToString(CultureInfo.InvariantCulture), "-a", "env", "-i", "HOME=/root", "LANG=C.UTF-8",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "bash", "-c", command], input, patience ?? Patience, stop);

    public async Task<string> RunOk(string command, TimeSpan? patience = null, string? input = null, CancellationToken stop = default)
    {
        var ran = await Run(command, patience, input, stop);
        return ran.Done ? ran.Out : throw new InvalidOperationException($"{Name}: {command} left with {ran}");
    }

    public Task<string> Read(string path) => RunOk($"cat '{path}'");

    public Task Write(string path, string text, string mode = "644") =>
        RunOk($"mkdir -p \"$(dirname '{path}')\" && cat > '{path}' && chmod {mode} '{path}'", input: text);

    /// <summary>Copies a file or folder of this machine into the host, as what is named.</summary>
    public Task Copy(string from, string path) => Shell.MustRun(["bash", "-c",
        "tar -C \"$(dirname \"$1\")\" -cf - \"$(basename \"$1\")\" | nsenter -t \"$2\" -a bash -c 'mkdir -p \"$1\" && tar --no-same-owner --strip-components=\"$2\" -C \"$1\" -xf -' - \"$3\" \"$4\"",
        "-", from, Init.ToString(CultureInfo.InvariantCulture), Directory.Exists(from) ? path : Path.GetDirectoryName(path)!, Directory.Exists(from) ? "1" : "0"], Patience);

    /// <summary>A client for what listens on a UNIX socket in the host, whatever the address says.</summary>
    public HttpClient Through(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(socket)), stop);
            return new NetworkStream(connection, ownsSocket: true);
        },
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    { Timeout = Patience };

    public LabMemory Memory() => LabMemory.Of(Init);

    /// <summary>What the host has used of processors since it booted; of a single unit systemd does not know it here.</summary>
    public TimeSpan ProcessorTime() =>
        TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(LabMemory.GroupOf(Init, "cpuacct") + "/cpuacct.usage").AsSpan().Trim(), CultureInfo.InvariantCulture) / 1000);

    /// <summary>The last lines of the journal, of one unit or of all.</summary>
    public async Task<string> Journal(string? unit = null, int lines = 30) =>
        (await Run(string.Create(CultureInfo.InvariantCulture, $"journalctl --no-pager -q -o cat -n {lines} {(unit is null ? "" : $"-u '{unit}'")}"))).Out;

    /// <summary>Shuts the host down in order; its disk stays for another Boot.</summary>
    public async Task Stop()
    {
        await Run("systemctl poweroff");
        await Ended("did not shut down");
    }

    /// <summary>The power goes: every process is killed at once. Its disk stays for another Boot.</summary>
    public async Task CutPower()
    {
        using (var init = Process.GetProcessById(Init)) init.Kill();
        await Ended("did not die");
    }

    /// <summary>Kills, instead of the host, what holds it.</summary>
    public void Kill() => boot!.Kill();

    public async ValueTask DisposeAsync()
    {
        if (boot is not null)
        {
            // The end of its input is what tells boot.sh to clear away everything.
            boot.StandardInput.Close();
            await boot.WaitForExitAsync();
            boot.Dispose();
            boot = null;
        }
        if (Directory.Exists(disk)) Directory.Delete(disk, recursive: true);
    }

    private async Task Ended(string complaint)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            await boot!.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The host {Name} {complaint} within {Patience.TotalSeconds} s: {Console()}");
        }
        boot.Dispose();
        boot = null;
    }

    private string Console() => File.Exists(Path.Combine(disk, "console")) ? File.ReadAllText(Path.Combine(disk, "console")) : "";
}

using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Sovereignty;
using VetBooking.Fleet.Updates;

namespace VetBooking.Fleet.Watching;

/// <summary><c>vetfleet list</c> and <c>vetfleet status</c>: what can be seen of practices without looking into them.</summary>
internal static class Status
{
    private const string Certificates = "/var/lib/caddy/.local/share/caddy/certificates";

    public static Command List(Layout layout)
    {
        var command = new Command("list", "Name, address, release and state of every practice; also of those half added.") { Answer.Json };
        command.SetAction((verb, _) => Say(verb, () => Task.FromResult<IReadOnlyList<SubjectAnswer>>([.. HostFacts.Read(layout).Practices.Values.Select(practice => new SubjectAnswer(practice.Name, practice.IsWhole)
        {
            Error = practice.IsWhole ? null : "half added, or half retired: run that command again",
            State = Basics(practice),
        })])));
        return command;
    }

    public static Command Command(Layout layout)
    {
        var names = Chosen.Several();
        var command = new Command("status", "What practices do: awake or asleep, memory, disk, certificate, age of backup and rehearsal, when they wake. All, unless named.") { names, Answer.Json };
        command.SetAction((verb, _) => Say(verb, async () =>
        {
            var answers = new List<SubjectAnswer>();
            foreach (var practice in Chosen.From(HostFacts.Read(layout), verb.GetValue(names) ?? [], verb.GetValue(names) is null or [])) answers.Add(await Of(layout, practice));
            return answers;
        }));
        return command;
    }

    private static async Task<int> Say(ParseResult verb, Func<Task<IReadOnlyList<SubjectAnswer>>> look)
    {
        try
        {
            var subjects = await look();
            if (!verb.GetValue(Answer.Json))
                foreach (var subject in subjects)
                    Console.Out.WriteLine($"{subject.Name,-28} {string.Join("  ", subject.State!.Select(state => $"{state.Key} {state.Value}"))}{(subject.Error is { } error ? $"  ! {error}" : "")}");
            return verb.Say("", new FleetAnswer(Answer.Of(verb), subjects.All(subject => subject.Ok)) { Subjects = subjects }, subjects.All(subject => subject.Ok) ? ExitCode.Done : ExitCode.Failed);
        }
        catch (RefusedException refused)
        {
            return verb.Refused(refused.Message);
        }
    }

    private static Dictionary<string, string> Basics(Practice practice) => new()
    {
        ["address"] = practice.Hosts is [var host, ..] ? $"https://{host}" : "-",
        ["release"] = practice.Release ?? "-",
        ["state"] = practice switch { { IsWhole: false } => "half", { IsSuspended: true } => "suspended", _ => "open" },
    };

    private static async Task<SubjectAnswer> Of(Layout layout, Practice practice)
    {
        var now = DateTime.UtcNow;
        var unit = (await Shell.Run(["systemctl", "show", Systemd.Service(practice.Name), "--property=ActiveState,Result,NRestarts,MemoryCurrent,SubState"])).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var awake = unit["ActiveState"] == "active";
        var healthy = !awake || await Answers(layout.SocketOf(practice.Name));
        // Before it is tried again it waits in its last step.
        var failed = unit["ActiveState"] is "failed" || unit["SubState"] is "auto-restart" || unit["SubState"] is "stop-post" && unit["Result"] != "success";
        var state = Basics(practice);
        state["is"] = failed ? "failing" : awake ? healthy ? "awake" : "ill" : "asleep";
        if (failed) state["reason"] = unit["Result"];
        if (unit["NRestarts"] != "0") state["restarts"] = unit["NRestarts"];
        if (long.TryParse(unit["MemoryCurrent"], out var memory) && awake) state["memory"] = Size(memory);
        state["disk"] = Size(Weight(new DirectoryInfo(layout.DataOf(practice.Name))));
        state["backup"] = Age(Backups.Newest(layout, practice.Name), now);
        state["rehearsal"] = Age(File.Exists(layout.RehearsedOf(practice.Name)) ? File.GetLastWriteTimeUtc(layout.RehearsedOf(practice.Name)) : null, now);
        state["certificate"] = Expiry(practice.Hosts[0], now);
        if (!awake && Wake.Of(layout, practice.Name) is { } wake) state["wakes"] = wake.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);
        return new SubjectAnswer(practice.Name, healthy && !failed) { State = state, Error = failed || !healthy ? $"look at: vetfleet logs {practice.Name}" : null };
    }

    private static async Task<bool> Answers(string socket)
    {
        using var door = new FrontDoor(socket);
        return await door.IsReady();
    }

    private static string Expiry(string host, DateTime now)
    {
        if (!Directory.Exists(Certificates)) return "none";
        var file = Directory.EnumerateDirectories(Certificates).Select(authority => Path.Combine(authority, host, host + ".crt")).FirstOrDefault(File.Exists);
        if (file is null) return "none";
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return $"{(certificate.NotAfter.ToUniversalTime() - now).TotalDays:0.0}d";
    }

    private static long Weight(DirectoryInfo folder) => folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0}MB");

    private static string Age(DateTime? moment, DateTime now) => moment is { } then ? string.Create(CultureInfo.InvariantCulture, $"{(now - then).TotalHours:0.0}h") : "none";
}

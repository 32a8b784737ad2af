using System.CommandLine;
using System.Globalization;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Watching;

/// <summary><c>vetfleet list</c> and <c>vetfleet status</c>: what can be seen of practices without looking into them.</summary>
internal static class Status
{
    public static Command List(Layout layout)
    {
        var command = new Command("list", "Name, address, release and state of every practice; also of those half added.") { Answer.Json };
        command.SetAction((verb, _) => Say(verb, () => Task.FromResult(new FleetAnswer("list", true)
        {
            Subjects = [.. HostFacts.Read(layout).Practices.Values.Select(practice => new SubjectAnswer(practice.Name, practice.IsWhole)
            {
                Error = practice.IsWhole ? null : "half added, or half retired: run that command again",
                State = Basics(practice),
            })],
        })));
        return command;
    }

    public static Command Command(Layout layout)
    {
        var names = Chosen.Several();
        var page = new Option<bool>("--page") { Description = "Write the page and the metrics instead of saying it here, and send the metrics if fleet.json says where; a timer does it every five minutes." };
        var command = new Command("status", "What practices do: awake or asleep, memory, disk, certificate, age of backup and rehearsal, error codes, when they wake. All, unless named.") { names, page, Answer.Json };
        command.SetAction((verb, _) => Say(verb, async () =>
        {
            var (facts, wanted) = (HostFacts.Read(layout), verb.GetValue(names) ?? []);
            if (verb.GetValue(page)) return await Page(layout, facts, wanted);
            var host = await Look.At(layout, Chosen.From(facts, wanted, wanted.Length == 0), DateTime.UtcNow);
            return new FleetAnswer("status", host.Practices.All(practice => practice.IsWell))
            {
                Host = Of(host),
                Subjects = [.. host.Practices.Select(practice => new SubjectAnswer(practice.Practice.Name, practice.IsWell)
                {
                    State = Of(practice, host.At),
                    Error = practice.IsWell ? null : $"look at: vetfleet logs {practice.Practice.Name}",
                })],
            };
        }));
        return command;
    }

    /// <summary>What is said of a practice, by <c>status</c> and on the page.</summary>
    public static Dictionary<string, string> Of(Seen seen, DateTime now)
    {
        var state = Basics(seen.Practice);
        state["is"] = seen.Is;
        if (seen.Reason is { } reason) state["reason"] = reason;
        if (seen.Restarts > 0) state["restarts"] = seen.Restarts.ToString(CultureInfo.InvariantCulture);
        if (seen.Memory is { } memory) state["memory"] = Room.Size(memory);
        state["disk"] = Room.Size(seen.Disk);
        state["backup"] = Age(seen.Backup, now);
        state["rehearsal"] = Age(seen.Rehearsal, now);
        state["certificate"] = seen.Certificate is { } held ? string.Create(CultureInfo.InvariantCulture, $"{(held.Until - now).TotalDays:0.0}d") : "none";
        if (seen.Wakes is { } wakes) state["wakes"] = Minute(wakes);
        if (seen.Errors.Count > 0) state["errors"] = string.Join(", ", seen.Errors.OrderBy(error => error.Key, StringComparer.Ordinal).Select(error => string.Create(CultureInfo.InvariantCulture, $"{error.Key} ×{error.Value}")));
        return state;
    }

    public static string Age(DateTime? moment, DateTime now) => moment is { } then ? string.Create(CultureInfo.InvariantCulture, $"{(now - then).TotalHours:0.0}h") : "none";

    public static string Minute(DateTime moment) => moment.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Of(SeenHost host)
    {
        var state = new Dictionary<string, string>
        {
            ["version"] = host.Version,
            ["disk"] = Room.Size(host.Disk.Size),
            ["free"] = Room.Size(host.Disk.Free),
        };
        foreach (var unit in host.Units) state[unit.Unit] = unit.Result;
        return state;
    }

    private static async Task<FleetAnswer> Page(Layout layout, HostFacts facts, string[] named)
    {
        if (named.Length > 0) throw new RefusedException("The page shows all practices: leave out the names. Nothing was changed.");
        if (!facts.IsPrepared) throw new RefusedException("This machine is no host yet: run 'vetfleet prepare' first.");
        if (!Environment.IsPrivilegedProcess) throw new RefusedException("This writes the host's page. Run it as root. Nothing was changed.");
        var receiver = Otlp.Receiver(facts.Settings);
        var host = await Look.At(layout, [.. facts.Practices.Values], DateTime.UtcNow);
        var written = await Runner.Perform(new Plan("host",
        [
            new Step.Text(Path.Combine(layout.Page, "index.html"), StatusPage.Of(host)),
            new Step.Text(Path.Combine(layout.Page, "metrics"), OpenMetrics.Of(Metrics.Of(host))),
        ]));
        var problem = written.Problem ?? (receiver is null ? null : await Otlp.Send(receiver, Otlp.Of(host)));
        return new FleetAnswer("status", problem is null) { Error = problem, Host = Of(host) };
    }

    /// <summary>One line a practice for people, or all of them as JSON.</summary>
    public static async Task<int> Say(ParseResult verb, Func<Task<FleetAnswer>> look)
    {
        try
        {
            var said = await look();
            if (!verb.GetValue(Answer.Json))
            {
                if (said.Host is { } host) Console.Out.WriteLine($"{"host",-28} {Words(host)}");
                foreach (var subject in said.Subjects ?? [])
                    Console.Out.WriteLine($"{subject.Name,-28} {Words(subject.State!)}{(subject.Error is { } error ? $"  ! {error}" : "")}");
            }
            var isWell = said.Error is null && (said.Subjects ?? []).All(subject => subject.Ok);
            return verb.Say(said.Error ?? "", said with { Ok = isWell }, isWell ? ExitCode.Done : ExitCode.Failed);
        }
        catch (RefusedException refused)
        {
            return verb.Refused(refused);
        }
    }

    private static string Words(IReadOnlyDictionary<string, string> state) => string.Join("  ", state.Select(pair => $"{pair.Key} {pair.Value}"));

    private static Dictionary<string, string> Basics(Practice practice) => new()
    {
        ["address"] = practice.Hosts is [var host, ..] ? $"https://{host}" : "-",
        ["release"] = practice.Release ?? "-",
        ["state"] = practice switch { { IsWhole: false } => "half", { IsSuspended: true } => "suspended", _ => "open" },
    };
}

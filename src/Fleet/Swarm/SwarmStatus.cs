using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Watching;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet list</c> and <c>vetfleet status --engine swarm</c>.</summary>
internal static class SwarmStatus
{
    public static Command List(Layout layout)
    {
        var command = new Command("list", "Name, address, release and place of every practice; also of those half added.") { Answer.Json };
        command.SetAction((verb, _) => Status.Say(verb, async () =>
        {
            var facts = await SwarmFacts.Read(layout);
            return Answered("list", [.. facts.Practices.Values.Select(practice => new SubjectAnswer(practice.Name, true) { State = Basics(practice) }),
                .. facts.HalfMade.Where(name => !facts.Practices.ContainsKey(name)).Select(name => new SubjectAnswer(name, false) { Error = "half added: run that command again", State = new Dictionary<string, string> { ["state"] = "half" } })]);
        }));
        return command;
    }

    public static Command Command(Layout layout)
    {
        var names = Chosen.Several();
        var command = new Command("status", "What practices do: where they run, since Swarm says so, and the age of their newest backup. All, unless named.") { names, Answer.Json };
        command.SetAction((verb, _) => Status.Say(verb, async () =>
        {
            var facts = await SwarmFacts.Read(layout);
            var answers = new List<SubjectAnswer>();
            foreach (var practice in facts.Chosen(verb.GetValue(names) ?? [], verb.GetValue(names) is null or []))
            {
                var (state, node, error) = await Tasks.Of(practice.Name);
                var basics = Basics(practice);
                basics["is"] = state == "running" ? "awake" : state;
                if (node.Length > 0) basics["node"] = node;
                if (error.Length > 0) basics["reason"] = error;
                basics["backup"] = Status.Age(SwarmBackups.Newest(layout, facts.Settings, practice.Name)?.LastWriteTimeUtc, DateTime.UtcNow);
                var lost = facts.Nodes.Any(at => at.Place == practice.Place && !at.IsReady);
                answers.Add(new SubjectAnswer(practice.Name, state == "running" && !lost || !practice.IsOpen)
                {
                    State = basics,
                    Error = lost ? $"its node is down; if it stays so: vetfleet restore {practice.Name} --on PLACE --engine swarm"
                        : state != "running" && practice.IsOpen ? $"look at: docker service logs {Docker.Service(practice.Name)}" : null,
                });
            }
            return Answered("status", answers);
        }));
        return command;
    }

    private static FleetAnswer Answered(string verb, IReadOnlyList<SubjectAnswer> subjects) => new(verb, subjects.All(subject => subject.Ok)) { Subjects = subjects };

    private static Dictionary<string, string> Basics(Placed practice) => new()
    {
        ["address"] = practice.Hosts is [var host, ..] ? $"https://{host}" : "-",
        ["release"] = practice.Release,
        ["place"] = practice.Place,
        ["state"] = practice.IsOpen ? "open" : "stopped",
    };
}

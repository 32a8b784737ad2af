using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Swarm;

/// <summary>The verbs where practices live on a swarm, and the option that says so.</summary>
internal static class SwarmVerbs
{
    // What one machine has, and a swarm does not.
    private static readonly (string Verb, string Instead)[] Missing =
    [
        ("suspend", "'docker service scale vb-NAME=0' takes a practice off the network, 'restore' or '=1' brings it back."),
        ("resume", "'docker service scale vb-NAME=1' brings a practice back."),
        ("domains", "Retire the practice and add it again under its new names, from its newest backup."),
        ("rehearse", "The practice does it by itself every week."),
        ("move", "'restore NAME --on PLACE' brings a practice to another node from a backup; make one first."),
        ("export", "'retire' exports; administrators of the practice export by themselves at any time."),
        ("logs", "'docker service logs vb-NAME'."),
        ("check", "'update' looks a copy over before it changes anything."),
        ("wake", "Practices on a swarm do not sleep."),
    ];

    public static Option<string> Engine { get; } = new Option<string>("--engine") { Description = "What practices run on: systemd, on one machine, or swarm, on several.", Recursive = true, DefaultValueFactory = _ => "systemd" }.AcceptOnlyFromAmong("systemd", "swarm");

    /// <summary>Whether a command line is about a swarm. Looked at before it is read: the verbs are others.</summary>
    public static bool AreMeant(IReadOnlyList<string> words) =>
        words.Contains("--engine=swarm") || words.Zip(words.Skip(1)).Any(pair => pair is ("--engine", "swarm"));

    public static IEnumerable<Command> All(Layout layout) =>
    [
        SwarmPrepare.Command(layout),
        SwarmRelease.Command(layout),
        SwarmAdd.Command(layout),
        SwarmStatus.List(layout),
        SwarmStatus.Command(layout),
        SwarmBackups.Command(layout),
        SwarmUpdate.Command(layout),
        SwarmUpdate.Rollback(layout),
        SwarmRestore.Command(layout),
        SwarmRetire.Command(layout),
        .. Missing.Select(missing => Refused(missing.Verb, missing.Instead)),
    ];

    private static Command Refused(string word, string instead)
    {
        var command = new Command(word, "Not with Swarm.") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.Options.Add(Answer.Json);
        command.SetAction(verb => verb.Refused($"There is no '{word}' with --engine swarm. {instead} Nothing was changed."));
        return command;
    }
}

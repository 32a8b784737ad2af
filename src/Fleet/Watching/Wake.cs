using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Watching;

/// <summary>
/// <c>vetfleet wake</c>, run by a timer twice a minute: starts the sleeping practices for which something is due. A practice
/// that falls asleep leaves an empty file whose time is the minute it wants; nothing is opened here, only times are read.
/// </summary>
internal static class Wake
{
    public static Command Command(Layout layout)
    {
        var command = new Command("wake", "Start the sleeping practices for which something is due; a timer does it twice a minute.") { Answer.DryRun, Answer.Json };
        // It does not wait for whoever else is at work: a reminder has its minute.
        command.SetAction((verb, _) =>
        {
            try
            {
                var plan = Plan(Due(layout, HostFacts.Read(layout), DateTime.UtcNow));
                // Almost always nobody: the journal need not hear of it.
                if (plan.Steps.Count == 0 && !verb.GetValue(Answer.DryRun) && !verb.GetValue(Answer.Json)) return Task.FromResult((int)ExitCode.Done);
                return verb.GetValue(Answer.DryRun) ? Task.FromResult(verb.Say(plan.Steps is [var step] ? step.ToString() : "Nobody.", new FleetAnswer("wake", true) { DryRun = true }, ExitCode.Done)) : verb.Perform([plan]);
            }
            catch (RefusedException refused)
            {
                return Task.FromResult(verb.Refused(refused));
            }
        });
        return command;
    }

    /// <summary>Starts them all at once; systemd sees to the rest.</summary>
    public static Plan Plan(IReadOnlyList<string> due) =>
        new("host", due.Count == 0 ? [] : [new Step.Run(["systemctl", "start", "--no-block", .. due.Select(Systemd.Service)])]);

    /// <summary>When a sleeping practice wants to be woken, in UTC; null if it is awake or wants nothing.</summary>
    public static DateTime? Of(Layout layout, string practice) =>
        new FileInfo(layout.WakeOf(practice)) is { Exists: true, LinkTarget: null } wake ? wake.LastWriteTimeUtc : null;

    /// <summary>
    /// The practices whose time has come, and those without one: they are awake, which harms nothing, or have never been
    /// since they came here, or the power went before they could say when.
    /// </summary>
    public static IReadOnlyList<string> Due(Layout layout, HostFacts facts, DateTime now) =>
        [.. facts.Practices.Values.Where(practice => practice is { IsWhole: true, IsSuspended: false } && (Of(layout, practice.Name) is not { } due || due <= now)).Select(practice => practice.Name)];
}

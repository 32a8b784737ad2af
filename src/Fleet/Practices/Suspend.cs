using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Practices;

/// <summary><c>vetfleet suspend</c> and <c>vetfleet resume</c>: off the network and back; the data stay as they are.</summary>
internal static class Suspend
{
    public static Command Off(Layout layout) => Command(layout, "suspend", "Take practices off the network; visitors read that they shall try again later.", Suspended);

    public static Command On(Layout layout) => Command(layout, "resume", "Put suspended practices back on the network.", Resumed, Units.Expect);

    /// <summary>Closes the front door, and then the practice. The mark comes first: what it says may not be true yet if this was cut off.</summary>
    public static Plan Suspended(Layout layout, Practice practice) => new(practice.Name,
    [
        .. practice.IsSuspended ? Array.Empty<Step>() : [new Step.Text(layout.SuspensionOf(practice.Name), "", "0644")],
        .. Closed(layout, practice.Name),
    ])
    { Next = $"Its data are untouched. Back with: vetfleet resume {practice.Name}" };

    /// <summary>The other way round; also for one that has no mark any more, and may not be back yet.</summary>
    public static Plan Resumed(Layout layout, Practice practice) => new(practice.Name,
    [
        .. practice.IsSuspended ? [new Step.Remove(layout.SuspensionOf(practice.Name))] : Array.Empty<Step>(),
        .. Add.Opened(layout, practice.Name, practice.Hosts),
    ])
    { Looks = [Units.Look(practice.Name)] };

    /// <summary>Takes a practice off the network: now, and at every start of the machine.</summary>
    public static IReadOnlyList<Step> Closed(Layout layout, string practice) =>
    [
        new Step.Remove(layout.WantOf(practice)),
        new Step.Run("systemctl", "stop", Systemd.Socket(practice)),
        new Step.Run("systemctl", "stop", Systemd.Service(practice)),
        new Step.Run("systemctl", "reset-failed", Systemd.Service(practice), Systemd.Socket(practice)) { MayFail = true },
    ];

    private static Command Command(Layout layout, string word, string about, Func<Layout, Practice, Plan> plan, Action<HostFacts>? expect = null)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var command = new Command(word, about) { names, all, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
        {
            expect?.Invoke(facts);
            return [.. Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => plan(layout, practice))];
        }));
        return command;
    }
}

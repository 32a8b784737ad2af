using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Fleet.Watching;

/// <summary><c>vetfleet logs</c> and <c>vetfleet check</c>.</summary>
internal static class Logs
{
    public static Command Command(Layout layout)
    {
        var name = Chosen.One();
        var lines = new Option<int>("--lines") { Description = "How many.", DefaultValueFactory = _ => 100 };
        var command = new Command("logs", "What a practice has written to the journal: error codes, never a person's data.") { name, lines, Answer.Json };
        command.SetAction(async (verb, stop) =>
        {
            try
            {
                var practice = Chosen.From(HostFacts.Read(layout), verb.GetRequiredValue(name));
                using var journal = Process.Start("journalctl", ["--no-pager", "--unit", Systemd.Service(practice.Name), "--lines", verb.GetValue(lines).ToString(CultureInfo.InvariantCulture), "--output", verb.GetValue(Answer.Json) ? "json" : "short-iso"]);
                await journal.WaitForExitAsync(stop);
                return journal.ExitCode == 0 ? (int)ExitCode.Done : (int)ExitCode.Failed;
            }
            catch (RefusedException refused)
            {
                return verb.Refused(refused);
            }
        });
        return command;
    }

    /// <summary><c>vetfleet check</c></summary>
    public static Command Check(Layout layout)
    {
        var (names, all) = (Chosen.Several(), Chosen.All());
        var command = new Command("check", "Let practices look their databases, journals and settings over.") { names, all, Answer.DryRun, Answer.Json };
        command.SetAction((verb, _) => verb.Perform(layout, facts =>
            [HostCheck(layout, facts), .. Chosen.From(facts, verb.GetValue(names) ?? [], verb.GetValue(all)).Select(practice => Check(layout, practice.Name) with { Next = Quota.Missing(facts) })]));
        return command;
    }

    private static Plan HostCheck(Layout layout, HostFacts facts) => new("host",
    [
        new Step.Act("units as prepare wrote them", () => facts.BrokenUnit is { } broken ? throw new RefusedException(broken) : Task.FromResult<JsonElement?>(null)),
        new Step.Act("room on the practices' disk", () => Room.Lack(facts, layout.Data, 0) is { } lack ? throw new RefusedException(lack) : Task.FromResult<JsonElement?>(null)),
    ]);

    private static Plan Check(Layout layout, string practice) => new(practice,
    [
        new Step.Verb(practice, Path.Combine(layout.PinOf(practice), "vetbooking"), [layout.DataOf(practice)], "check", "--data", layout.DataOf(practice)),
        Units.Look(practice),
        new Step.Act($"mail relay of {practice}", async () => await Relay.Of(layout, practice) is { } relay && await relay.Problem() is { } problem ? throw new RefusedException(problem) : null as JsonElement?),
    ]);
}

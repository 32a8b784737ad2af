using System.Text.Json;

namespace VetBooking.Verify.Attacks.Fleet;

/// <summary>One operator, two hosts: the same verb on both, each answering from its own folders, and one that is away does not stop the other.</summary>
internal sealed class Machines(Report report, FleetHost ash)
{
    private const string Two = "ash local\noak root@oak\n";

    /// <summary>The other machine is reached and knows no vetfleet yet.</summary>
    public async Task OneIsNoHost()
    {
        var listed = await ash.Fleet("list --hosts all");
        report.Check("a machine that is no host is named, and the other one answers", listed.Exit == 1 && Places(listed) == "berg@ash" && Wrong(listed) == "oak", $"{listed}");
    }

    /// <summary>berg is on one, tal on the other.</summary>
    public async Task Both()
    {
        foreach (var verb in new[] { "list", "status", "check --all", "backup --all", "rehearse --all" })
        {
            var said = await ash.Fleet($"{verb} --hosts all");
            report.Check($"both hosts do as they are told: {verb}", said.Done && Places(said) == "berg@ash tal@oak", $"{said}");
        }
        var one = await ash.Fleet("suspend tal --hosts all");
        report.Check("a practice is found where it is", one.Done && Places(one) == "tal@oak", $"{one}");
        report.Check("and nowhere else is anything done", (await ash.Fleet("resume tal --hosts oak")).Done && (await ash.Fleet("list --hosts ash")).Subjects is [var berg] && berg.GetProperty("state").GetProperty("state").GetString() == "open");
        report.Check("a practice that is nowhere is refused", (await ash.Fleet("backup fels --hosts all")).Exit == 3);
        report.Check("a host that is not in the file is refused", (await ash.Fleet("list --hosts elm")).Exit == 3 && (await ash.Fleet("move berg --to elm")).Exit == 3);
        report.Check("nobody named is wrong usage on all", (await ash.Fleet("backup --hosts all")).Exit == 2);
        var refused = await ash.Fleet("update --all --to 9.9.9 --hosts all");
        report.Check("after the first host that fails no other one gets a release", refused.Exit == 1 && Wrong(refused) == "ash oak" && refused.Words.Contains("oak was left as it is", StringComparison.Ordinal), $"{refused}");
        var lines = (await ash.Lab.RunOk("vetfleet list --hosts all")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        report.Check("people read the machine's name before each line", lines is [var first, var second] && first.StartsWith("ash  berg", StringComparison.Ordinal) && second.StartsWith("oak  tal", StringComparison.Ordinal), string.Join('\n', lines));
    }

    /// <summary>Of three machines one is not there.</summary>
    public async Task OneIsAway()
    {
        await ash.Lab.Write("/etc/vetbooking/hosts", Two + "elm root@10.77.0.3\n");
        var said = await ash.Fleet("status --hosts all");
        report.Check("a host that is away is named, and the others answer", said.Exit == 1 && Places(said) == "berg@ash tal@oak" && Wrong(said) == "elm", $"{said}");
        report.Check("where a practice is cannot be known then", (await ash.Fleet("backup tal --hosts all")).Exit == 3);
        report.Check("but can be said", (await ash.Fleet("backup tal --hosts oak")).Done);
        await ash.Lab.Write("/etc/vetbooking/hosts", Two);
    }

    /// <summary>berg is on both: open there, suspended here.</summary>
    public async Task Moved()
    {
        report.Check("a practice that has moved is seen on both hosts", Places(await ash.Fleet("status berg --hosts all")) == "berg@ash berg@oak");
        report.Check("and not opened twice", (await ash.Fleet("resume berg --hosts all")).Exit == 3);
    }

    // What a check says of the host itself is no practice.
    private static string Places(FleetSaid said) => string.Join(' ', said.Subjects.Where(subject => Text(subject, "name") != "host").Select(subject => $"{Text(subject, "name")}@{Text(subject, "host")}"));

    private static string Wrong(FleetSaid said) => said.Json.ValueKind != JsonValueKind.Object || !said.Json.TryGetProperty("hosts", out var hosts) ? "?"
        : string.Join(' ', hosts.EnumerateArray().Where(host => !host.GetProperty("ok").GetBoolean()).Select(host => Text(host, "name")));

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() : null;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Swarm;

/// <summary>Waits for what Swarm does by itself.</summary>
internal static class Tasks
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What Swarm says its task does: its word for the state, and where.</summary>
    public static async Task<(string State, string Node, string Error)> Of(string practice)
    {
        var tasks = (await Docker.Ask("docker", "service", "ps", "--no-trunc", "--filter", "desired-state=running", "--filter", "desired-state=ready", "--filter", "desired-state=accepted", "--format", "{{.CurrentState}}|{{.Node}}|{{.Error}}", Docker.Service(practice)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')).Where(task => task.Length == 3).ToList();
        var task = tasks.FirstOrDefault(task => task[0].StartsWith("Running", StringComparison.Ordinal)) ?? tasks.FirstOrDefault();
        return task is null ? ("none", "", "") : (task[0].Split(' ')[0].ToLowerInvariant(), task[1], task[2]);
    }

    /// <summary>Waits until the practice says that it is ready: Swarm calls a task running only when its health check has passed.</summary>
    public static Step Up(string practice) => new Step.Act($"wait until {practice} is ready", async () =>
        await IsUp(practice, Patience) ? null as JsonElement? : throw new RefusedException($"{practice} did not become ready: {await Why(practice)} See 'docker service logs {Docker.Service(practice)}'."));

    /// <summary>Waits until nothing of a practice runs any more; a second program in its folder would be one too many.</summary>
    public static Step Down(Node node, string practice) => new Step.Act($"wait until nothing of {practice} runs on {node.Name}", async () =>
    {
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(90);
        while ((await Docker.Ask([.. Docker.At(node, "ps", "--quiet", "--filter", $"label=com.docker.swarm.service.name={Docker.Service(practice)}")])).Length > 0)
        {
            if (DateTime.UtcNow > until) throw new RefusedException($"{practice} does not stop on {node.Name}.");
            await Task.Delay(500);
        }
        return null;
    });

    public static async Task<bool> IsUp(string practice, TimeSpan patience)
    {
        var until = DateTime.UtcNow + patience;
        while ((await Of(practice)).State != "running")
        {
            if (DateTime.UtcNow > until) return false;
            await Task.Delay(500);
        }
        return true;
    }

    /// <summary>Waits until Swarm has brought an update to its end, or taken it back.</summary>
    /// <param name="practice">The practice.</param>
    /// <param name="earlier">When the update before it began.</param>
    /// <param name="to">The release it gets.</param>
    public static Step Updated(Placed practice, string? earlier, string to) => new Step.Act($"watch how Swarm brings {practice.Name} to {to}", async () =>
    {
        var until = DateTime.UtcNow + Patience + TimeSpan.FromMinutes(2);
        while (DateTime.UtcNow < until)
        {
            var status = JsonNode.Parse(await Docker.Ask("docker", "service", "inspect", "--format", "{{json .UpdateStatus}}", Docker.Service(practice.Name)));
            if (status is not null && (string?)status["StartedAt"] != earlier)
                switch ((string?)status["State"])
                {
                    case "completed": return null;
                    case "rollback_completed": throw new RefusedException($"Release {to} did not become ready; Swarm went back to {practice.Release} by itself.");
                    case "paused" or "rollback_paused": throw new RefusedException($"Release {to} did not become ready, and Swarm stopped: {(string?)status["Message"]}.");
                }
            await Task.Delay(500);
        }
        throw new RefusedException($"Swarm has not come to an end with {practice.Name}: {await Why(practice.Name)}");
    });

    private static async Task<string> Why(string practice)
    {
        var (state, node, error) = await Of(practice);
        return $"it is {state}{(node.Length > 0 ? $" on {node}" : "")}{(error.Length > 0 ? $" ({error})" : "")}.";
    }
}

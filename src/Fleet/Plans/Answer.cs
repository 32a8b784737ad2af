using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using VetBooking.Fleet.Host;

namespace VetBooking.Fleet.Plans;

/// <summary>How a verb ended, as the instance's verbs end; docs/operating.md. <c>Failed</c> may have changed something, <c>Refused</c> has not.</summary>
internal enum ExitCode { Done = 0, Failed = 1, WrongUsage = 2, Refused = 3 }

/// <summary>What a verb says to programs: one line of JSON on stdout.</summary>
internal sealed record FleetAnswer(string Verb, bool Ok)
{
    public string? Error { get; init; }

    /// <summary>With <c>--dry-run</c>: nothing was done.</summary>
    public bool? DryRun { get; init; }

    /// <summary>With <c>--hosts</c>: every machine that was asked.</summary>
    public IReadOnlyList<HostAnswer>? Hosts { get; init; }

    public IReadOnlyList<SubjectAnswer>? Subjects { get; init; }

    /// <summary>The same of the host itself.</summary>
    public IReadOnlyDictionary<string, string>? Host { get; init; }
}

/// <summary>How a verb ended on one of several machines.</summary>
internal sealed record HostAnswer(string Name, bool Ok)
{
    public string? Error { get; init; }
}

/// <summary>The same about one practice, or the host.</summary>
internal sealed record SubjectAnswer(string Name, bool Ok)
{
    /// <summary>With <c>--hosts</c>: the machine it is on.</summary>
    public string? Host { get; init; }
    public string? Error { get; init; }
    public double? Seconds { get; init; }
    public IReadOnlyList<string>? Steps { get; init; }
    public IReadOnlyDictionary<string, JsonElement>? Answers { get; init; }
    public IReadOnlyDictionary<string, string>? State { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FleetAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;

/// <summary>Says how a verb ended: sentences for people on stderr, one line of JSON for programs on stdout.</summary>
internal static class Answer
{
    /// <summary>The option every verb has.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one line of JSON on stdout.", Recursive = true };

    /// <summary>The option of every verb that changes something.</summary>
    public static Option<bool> DryRun { get; } = new("--dry-run") { Description = "Print what would be done; nothing is changed." };

    public static int Say(this ParseResult verb, string sentence, FleetAnswer answer, ExitCode code)
    {
        if (sentence.Length > 0) Console.Error.WriteLine(sentence);
        if (verb.GetValue(Json)) Console.Out.WriteLine(JsonSerializer.Serialize(answer, AnswerJson.Default.FleetAnswer));
        return (int)code;
    }

    public static int Refused(this ParseResult verb, string sentence) => verb.Refused(new RefusedException(sentence));

    public static int Refused(this ParseResult verb, RefusedException refused) =>
        verb.Say(refused.Message, new FleetAnswer(Of(verb), false) { Error = refused.Message }, refused.IsWrongUsage ? ExitCode.WrongUsage : ExitCode.Refused);

    /// <summary>Makes plans from what the host's folders say, and prints or performs them.</summary>
    public static Task<int> Perform(this ParseResult verb, Layout layout, Func<HostFacts, IReadOnlyList<Plan>> plans, Func<int, int, int>? waves = null) =>
        verb.Perform(layout, () => Task.FromResult(plans(HostFacts.Read(layout))), waves);

    /// <summary>Makes plans from what is there, and prints or performs them. A plan that fails leaves the others' turn untouched.</summary>
    public static async Task<int> Perform(this ParseResult verb, Layout layout, Func<Task<IReadOnlyList<Plan>>> plans, Func<int, int, int>? waves = null)
    {
        try
        {
            if (verb.GetValue(DryRun)) return verb.Print(await plans());
            if (!Environment.IsPrivilegedProcess) return verb.Refused("This changes the host. Run it as root, or see what it would do with --dry-run.");
            using var alone = Alone(layout);
            if (alone is null) return verb.Refused("Another vetfleet is at work on this host. Wait for it; nothing was changed.");
            return await verb.Perform(await plans(), waves);
        }
        catch (RefusedException refused)
        {
            return verb.Refused(refused);
        }
    }

    /// <summary>Performs plans one after the other, and says so.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="plans">The plans.</param>
    /// <param name="waves">How large the next wave is after so many of so many; the first fault leaves the rest alone. Without it one's fault is nobody else's.</param>
    public static async Task<int> Perform(this ParseResult verb, IReadOnlyList<Plan> plans, Func<int, int, int>? waves = null)
    {
        var outcomes = new List<Outcome>();
        foreach (var plan in plans)
        {
            Progress(outcomes.Count, plans.Count, plan.Subject);
            if (waves is not null && outcomes.Count > 0 && Begins(waves, outcomes.Count, plans.Count)) Console.Error.WriteLine($"{outcomes.Count} of {plans.Count} are well; the next wave: {waves(outcomes.Count, plans.Count)}.");
            outcomes.Add(await Runner.Perform(plan));
            if (waves is not null && outcomes[^1].Problem is not null) break;
        }
        Progress(plans.Count, plans.Count, "");
        if (outcomes.Count < plans.Count) Console.Error.WriteLine($"Stopped at the first fault; {plans.Count - outcomes.Count} practices were left as they are.");
        foreach (var (plan, outcome) in plans.Zip(outcomes))
        {
            Console.Error.WriteLine(outcome is { IsRefused: true } ? $"{plan.Subject}: refused. {outcome.Problem} Nothing of it was changed."
                : outcome.Problem is { } problem ? $"{plan.Subject}: failed. {problem} Run the same command again once that is mended: it goes on where it stopped."
                : plan.Steps.Count == 0 ? $"{plan.Subject}: nothing to do.{Spaced(plan.Next)}"
                : $"{plan.Subject}: done in {outcome.Seconds:0.0} s.{Spaced(plan.Next)}");
            if (plan.Shows.Length > 0 && !verb.GetValue(Json) && outcome.Answers.Values.FirstOrDefault() is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty(plan.Shows, out var word)) Console.Out.WriteLine(word.GetString());
        }
        return verb.Say("", new FleetAnswer(Of(verb), outcomes.All(outcome => outcome.Problem is null))
        {
            Subjects = [.. outcomes.Select(outcome => new SubjectAnswer(outcome.Subject, outcome.Problem is null)
            {
                Error = outcome.Problem,
                Seconds = Math.Round(outcome.Seconds, 3),
                Answers = outcome.Answers.Count > 0 ? outcome.Answers : null,
            })],
        }, CodeOf(outcomes));
    }

    /// <summary>Refused is a verb of whose practices none was changed.</summary>
    internal static ExitCode CodeOf(IReadOnlyList<Outcome> outcomes) => outcomes.All(outcome => outcome.Problem is null) ? ExitCode.Done
        : outcomes.All(outcome => outcome is { Problem: null, Steps: 0 } or { IsRefused: true }) ? ExitCode.Refused
        : ExitCode.Failed;

    /// <summary>The verb's name.</summary>
    public static string Of(ParseResult verb) => verb.CommandResult.Command.Name;

    private static int Print(this ParseResult verb, IReadOnlyList<Plan> plans)
    {
        foreach (var plan in plans)
        {
            Console.Error.WriteLine(plan.Steps.Count == 0 ? $"{plan.Subject}: nothing to do." : $"{plan.Subject}:");
            foreach (var look in plan.Looks) Console.Error.WriteLine($"  look first: {look}");
            foreach (var step in plan.Steps) Console.Error.WriteLine($"  {step}");
        }
        return verb.Say("", new FleetAnswer(Of(verb), true)
        {
            DryRun = true,
            Subjects = [.. plans.Select(plan => new SubjectAnswer(plan.Subject, true) { Steps = [.. plan.Steps.Select(step => step.ToString())] })],
        }, ExitCode.Done);
    }

    // Opened for this program alone, and given back by the kernel whatever becomes of it.
    private static FileStream? Alone(Layout layout)
    {
        try
        {
            return new FileStream(layout.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // A wave begins where the one before it has no more to do.
    private static bool Begins(Func<int, int, int> waves, int done, int all) => waves(done - 1, all) == 1;

    private static string Spaced(string text) => text.Length > 0 ? " " + text : "";

    private static void Progress(int done, int all, string subject)
    {
        if (all < 2 || Console.IsErrorRedirected) return;
        var width = 30 * done / all;
        Console.Error.Write($"\r[{new string('#', width)}{new string('.', 30 - width)}] {done}/{all} {subject,-28}" + (done == all ? "\n" : ""));
    }
}

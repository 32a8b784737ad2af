using System.CommandLine;
using System.Text.Json;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Hosts;

/// <summary>What one machine said to a verb.</summary>
internal sealed record HostSaid(FleetHost Host)
{
    /// <summary>Its exit code; null if it was not asked any more.</summary>
    public int? Code { get; init; }

    public string Output { get; init; } = "";

    public string LastWords { get; init; } = "";

    public bool IsReached { get; init; } = true;

    /// <summary>Whether something went wrong there, and not on the way.</summary>
    public bool HasFailed => IsReached && Code is not (null or 0);

    /// <summary>Its line of JSON; null if it said none.</summary>
    public FleetAnswer? Answer
    {
        get
        {
            try
            {
                return Output.StartsWith('{') ? JsonSerializer.Deserialize(Output, AnswerJson.Default.FleetAnswer) : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>What is wrong with it; null if nothing.</summary>
    public string? Problem => this switch
    {
        { Code: 0 } => null,
        { Code: null } => $"{Host.Name} was left as it is.",
        { IsReached: false } => $"{Host.Name} cannot be reached: {LastWords}",
        { Answer.Error: { } error } => error,
        _ => LastWords.Length > 0 ? LastWords : $"{Host.Name} ended with exit code {Code}.",
    };
}

/// <summary>Puts together what several machines said.</summary>
internal static class HostsSaid
{
    /// <summary>Says it: lines with the machine's name before them, or one line of JSON.</summary>
    public static int Say(this ParseResult verb, IReadOnlyList<HostSaid> said)
    {
        var wide = said.Select(one => one.Host.Name.Length).DefaultIfEmpty().Max();
        if (!verb.GetValue(Answer.Json))
            foreach (var one in said)
                foreach (var line in one.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Console.Out.WriteLine($"{one.Host.Name.PadRight(wide)}  {line}");
        var wrong = said.Where(one => one.Problem is not null).ToList();
        var sentence = wrong.Count == 0 ? "" : $"{said.Count - wrong.Count} of {said.Count} machines are done. {string.Join(" ", wrong.Select(one => $"{one.Host.Name}: {one.Problem}"))}";
        return verb.Say(sentence, Merged(Answer.Of(verb), said), CodeOf(said));
    }

    /// <summary>All practices of all machines, each with its machine's name.</summary>
    internal static FleetAnswer Merged(string verb, IReadOnlyList<HostSaid> said) => new(verb, said.All(one => one.Problem is null))
    {
        DryRun = said.Select(one => one.Answer?.DryRun).FirstOrDefault(dryRun => dryRun is not null),
        Hosts = [.. said.Select(one => new HostAnswer(one.Host.Name, one.Problem is null) { Error = one.Problem })],
        Subjects = [.. said.SelectMany(one => (one.Answer?.Subjects ?? []).Select(subject => subject with { Host = one.Host.Name }))],
    };

    /// <summary>What all say, if they agree; otherwise failed, unless all are done.</summary>
    internal static ExitCode CodeOf(IReadOnlyList<HostSaid> said) => said.Select(one => one.Code).Distinct().ToList() switch
    {
        [0] => ExitCode.Done,
        [2] => ExitCode.WrongUsage,
        [3] => ExitCode.Refused,
        _ => ExitCode.Failed,
    };
}

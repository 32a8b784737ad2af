using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace VetBooking.Web.Verbs;

/// <summary>How a verb ended; docs/instance.md. <c>Failed</c> may have changed something, <c>Refused</c> has not.</summary>
public enum ExitCode { Done = 0, Failed = 1, WrongUsage = 2, Refused = 3 }

/// <summary>What a verb answers programs: one line of JSON on stdout.</summary>
internal sealed record VerbAnswer(string Verb, bool Ok)
{
    public string? Error { get; init; }
    public string? Version { get; init; }
    public string? Data { get; init; }
    public int? Schema { get; init; }
    public int? Migrated { get; init; }
    public string? Sqlite { get; init; }
    public string? SetupLink { get; init; }
    public string? Link { get; init; }
    public string? Until { get; init; }
    public string? File { get; init; }
    public long? Bytes { get; init; }
    public string? CreatedAt { get; init; }
    public string? Digest { get; init; }
    public int? Erasures { get; init; }
    public IReadOnlyList<string>? Problems { get; init; }
    public IReadOnlyList<Demo.DemoSignIn>? SignIns { get; init; }
    public IReadOnlyDictionary<string, long>? Counts { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerbAnswer))]
internal sealed partial class VerbJson : JsonSerializerContext;

/// <summary>Says how a verb ended: a sentence for people on stderr, one line of JSON for programs on stdout.</summary>
internal static class Answer
{
    /// <summary>The option every verb has.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one line of JSON on stdout.", Recursive = true };

    /// <summary>Sets what a verb does. A disk or a database that fails it is an answer, too.</summary>
    public static void SetVerb(this Command command, Func<ParseResult, int> run) => command.SetAction(verb =>
    {
        try
        {
            return run(verb);
        }
        catch (Exception failed) when (IsStorage(failed))
        {
            return verb.StorageFailed(failed);
        }
    });

    /// <summary>Whether a disk or a database, rather than this program, is what failed.</summary>
    public static bool IsStorage(Exception failed) => failed is SqliteException or IOException or UnauthorizedAccessException;

    public static int StorageFailed(this ParseResult verb, Exception failed) =>
        verb.Failed($"This failed: {failed.Message} Check the folder's owner and the room on the disk, or restore the last verified backup.");

    public static int Done(this ParseResult verb, string sentence, VerbAnswer answer) => verb.Say(sentence, answer, ExitCode.Done);

    public static int Refused(this ParseResult verb, string sentence) => verb.Say(sentence, Failure(verb, sentence), ExitCode.Refused);

    public static int WrongUsage(this ParseResult verb, string sentence) => verb.Say(sentence, Failure(verb, sentence), ExitCode.WrongUsage);

    public static int Failed(this ParseResult verb, string sentence) => verb.Say(sentence, Failure(verb, sentence), ExitCode.Failed);

    public static int Say(this ParseResult verb, string sentence, VerbAnswer answer, ExitCode code)
    {
        Console.Error.WriteLine(sentence);
        if (verb.GetValue(Json)) Console.Out.WriteLine(JsonSerializer.Serialize(answer, VerbJson.Default.VerbAnswer));
        return (int)code;
    }

    private static VerbAnswer Failure(ParseResult verb, string sentence) => new(verb.CommandResult.Command.Name, false) { Error = sentence };
}

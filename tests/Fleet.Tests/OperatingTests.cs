using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using VetBooking.Fleet;
using VetBooking.Fleet.Host;

namespace VetBooking.Tests.Fleet;

/// <summary>The operator's document names commands that are there, and every code that can come; bin/verify runbook runs them.</summary>
public sealed partial class OperatingTests
{
    internal static string Document { get; } = Path.Combine(Root(), "docs", "operating.md");

    private static readonly string Text = File.ReadAllText(Document);

    [Fact]
    public void Every_command_in_the_document_can_be_read()
    {
        var commands = Text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Split("  #")[0].Trim())
            .Where(line => line.StartsWith("vetfleet ", StringComparison.Ordinal) || line.StartsWith("./vetfleet ", StringComparison.Ordinal)).ToList();
        Assert.True(commands.Count > 20);
        Assert.Empty(commands.SelectMany(line => Wrong(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Select(problem => $"{line}: {problem}")));
        Assert.NotEmpty(Wrong("tidy --all"));
        Assert.NotEmpty(Wrong("status --everything"));
    }

    [Fact]
    public void Every_verb_is_in_a_block_and_in_the_table_and_the_table_has_no_other()
    {
        var verbs = Verbs.Of(new Layout(), []).Subcommands.Select(command => command.Name).Order().ToList();
        var table = Text[Text.IndexOf("## Verbs", StringComparison.Ordinal)..Text.IndexOf("| exit code | means |", StringComparison.Ordinal)];
        Assert.Equal(verbs, Row().Matches(table).SelectMany(row => Verb().Matches(row.Groups[1].Value).Select(verb => verb.Groups[1].Value)).Distinct().Order());
        // The first is run by a timer, the others need a practice that asks for help, and Docker.
        Assert.All(verbs.Except(["wake", "grant-support", "image"]), verb => Assert.Matches($@"(?m)^    (\./)?vetfleet {verb}\b", Text));
    }

    [Fact]
    public void Commands_within_sentences_are_verbs_too()
    {
        var verbs = Verbs.Of(new Layout(), []).Subcommands.Select(command => command.Name).ToHashSet();
        Assert.Subset(verbs, Inline().Matches(Text).Select(match => match.Groups[1].Value).ToHashSet());
    }

    [Fact]
    public void Every_number_of_a_fault_stands_in_the_table_with_what_to_do()
    {
        var numbers = Number().Matches(File.ReadAllText(Path.Combine(Root(), "src", "Web", "Shared", "Faults", "Fault.cs"))).Select(match => match.Groups[1].Value).ToList();
        Assert.True(numbers.Count > 10);
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(numbers.Order(), Regex.Matches(Text, @"(?m)^\| (\d{3}) \| [^|]{10,} \| [^|]{3,} \|$").Select(match => match.Groups[1].Value).Order());
        Assert.All(new[] { "exit-1", "exit-2", "exit-3", "signal-9", "oom-kill", "timeout", "watchdog", "resources", "protocol", "start-limit-hit", "other" }, code => Assert.Contains($"`{code}`", Text, StringComparison.Ordinal));
    }

    // What looks like an option and is none is taken for a name.
    private static IEnumerable<string> Wrong(string arguments)
    {
        var words = Words().Matches(arguments).Select(word => word.Value.Trim('"')).ToList();
        var verb = Verbs.Of(new Layout(), words).Parse(words);
        return [.. verb.Errors.Select(error => error.Message), .. verb.CommandResult.Children.OfType<ArgumentResult>().SelectMany(names => names.Tokens).Where(name => name.Value.StartsWith('-')).Select(name => $"there is no {name.Value}")];
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "VetBooking.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?m)^\| (`[a-z](?:\\\||[^|])*?) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)[^`]*`")]
    private static partial Regex Verb();

    [GeneratedRegex("`vetfleet ([a-z-]+)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"= (\d{3});")]
    private static partial Regex Number();
}

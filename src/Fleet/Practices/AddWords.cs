using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Practices;

/// <summary>What is said to <c>add</c>, whatever the engine.</summary>
internal sealed class AddWords
{
    private readonly Argument<string> name = Chosen.One();
    private readonly Option<string[]> hosts = new("--host") { Description = "A name on the network, like termin.praxis.de; the first is the practice's address.", Required = true };
    private readonly Option<string> title = new("--title") { Description = "What the practice is called." };
    private readonly Option<string> email = new("--email") { Description = "The practice's mail address." };
    private readonly Option<bool> demo = new("--demo") { Description = "The fictional demo practice instead of an empty one." };
    private readonly Option<FileInfo?> from = new("--from") { Description = "Begin with a backup; needs --key." };
    private readonly Option<FileInfo?> key = new("--key") { Description = "A file with the recovery code of --from." };
    private readonly Option<string?> version = new("--version") { Description = "Another release than the newest." };
    private readonly Option<bool> noMailCheck = new("--no-mail-check") { Description = "Also if no mail relay is set in fleet.json, or it does not answer." };

    public Command Command(string about) => new("add", about) { name, hosts, title, email, demo, from, key, version, noMailCheck, Answer.DryRun, Answer.Json };

    /// <exception cref="RefusedException">A file is not there.</exception>
    public AddWish Wish(ParseResult verb) => new(verb.GetRequiredValue(name), verb.GetRequiredValue(hosts))
    {
        Title = verb.GetValue(title) ?? "",
        Email = verb.GetValue(email) ?? "",
        Demo = verb.GetValue(demo),
        From = verb.GetValue(from) is { } file ? (Add.Present(file), Add.Present(verb.GetValue(key) ?? throw new RefusedException("--from needs --key, the file with the backup's recovery code."))) : null,
        Version = verb.GetValue(version),
        NoMailCheck = verb.GetValue(noMailCheck),
    };
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Diagnostics;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Hosts;

/// <summary><c>--hosts</c>: the same verb on other machines, by ssh; each does it by itself, and what they answer is put together here.</summary>
internal static class OnHosts
{
    /// <summary>What ssh ends with when it is ssh that failed.</summary>
    private const int Unreached = 255;

    private static readonly Option<string?> Hosts = new("--hosts") { Description = "On these machines of /etc/vetbooking/hosts: all, or names with commas between them." };

    /// <summary>Lets verbs be said to other machines, too.</summary>
    public static void Offer(RootCommand root, Layout layout, params IReadOnlyList<string> verbs)
    {
        foreach (var command in root.Subcommands.Where(command => verbs.Contains(command.Name)))
        {
            var here = (AsynchronousCommandLineAction)command.Action!;
            command.Options.Add(Hosts);
            command.SetAction((verb, stop) => verb.GetValue(Hosts) is { } words ? Perform(verb, layout, words) : here.InvokeAsync(verb, stop));
        }
    }

    /// <summary>What was said, without whom it was said to: the verb, the practices, the options.</summary>
    internal static (IReadOnlyList<string> Names, IReadOnlyList<string> Options) Said(ParseResult verb) =>
    (
        [.. verb.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)],
        [.. verb.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit && option.Option != Hosts)
            .SelectMany(option => option.Tokens.Count == 0 ? [option.Option.Name] : option.Tokens.SelectMany(token => new[] { option.Option.Name, token.Value }))]
    );

    /// <summary>Which of the named practices each machine is asked about.</summary>
    /// <param name="names">The practices.</param>
    /// <param name="found">What each machine has.</param>
    /// <param name="mayBeTwice">Whether nothing is changed: then a practice that has moved is shown where it was, too.</param>
    /// <exception cref="RefusedException">One is nowhere, or on several machines.</exception>
    internal static IReadOnlyDictionary<FleetHost, IReadOnlyList<string>> Placed(IReadOnlyList<string> names, IReadOnlyDictionary<FleetHost, IReadOnlyList<string>> found, bool mayBeTwice)
    {
        foreach (var name in names)
        {
            var places = found.Where(host => host.Value.Contains(name)).Select(host => host.Key.Name).ToList();
            if (places.Count == 0) throw new RefusedException($"There is no practice \"{name}\" on {string.Join(", ", found.Keys.Select(host => host.Name))}. Nothing was changed.");
            if (places.Count > 1 && !mayBeTwice) throw new RefusedException($"\"{name}\" is on {string.Join(" and ", places)}. Say which with --hosts NAME, or retire the one that has moved. Nothing was changed.");
        }
        return found.Select(host => (host.Key, Names: (IReadOnlyList<string>)[.. names.Intersect(host.Value)])).Where(host => host.Names.Count > 0).ToDictionary(host => host.Key, host => host.Names);
    }

    private static async Task<int> Perform(ParseResult verb, Layout layout, string words)
    {
        try
        {
            var hosts = HostList.Chosen(layout, words);
            var (names, options) = Said(verb);
            var word = Answer.Of(verb);
            var places = names.Count > 0 && hosts.Count > 1
                ? Placed(names, await Found(hosts), mayBeTwice: word == "status")
                : hosts.ToDictionary(host => host, _ => names);
            var answers = new List<HostSaid>();
            // A release that one machine could not take is brought to no other.
            if (word is "update" or "rollback")
                foreach (var (host, there) in places) answers.Add(answers.Exists(said => said.HasFailed) ? new HostSaid(host) : await Ask(host, [word, .. there, .. options], aloud: true));
            else answers.AddRange(await Task.WhenAll(places.Select(place => Ask(place.Key, [word, .. place.Value, .. options], aloud: true))));
            return verb.Say(answers);
        }
        catch (RefusedException refused)
        {
            return verb.Refused(refused);
        }
    }

    private static async Task<Dictionary<FleetHost, IReadOnlyList<string>>> Found(IReadOnlyList<FleetHost> hosts)
    {
        var lists = await Task.WhenAll(hosts.Select(host => Ask(host, ["list", "--json"], aloud: false)));
        if (lists.FirstOrDefault(list => list.Answer is null) is { } silent) throw new RefusedException($"{silent.Problem} So it is not known which practices are there: say with --hosts NAME which machines are meant. Nothing was changed.");
        return lists.ToDictionary(list => list.Host, list => (IReadOnlyList<string>)[.. list.Answer!.Subjects!.Select(subject => subject.Name)]);
    }

    private static async Task<HostSaid> Ask(FleetHost host, IReadOnlyList<string> said, bool aloud)
    {
        IReadOnlyList<string> command = host.Destination is { } destination ? [.. Ssh.To(destination), Layout.Self, .. said.Select(Ssh.Quoted)] : [Environment.ProcessPath!, .. said];
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Close();
        var (output, last) = (process.StandardOutput.ReadToEndAsync(), "");
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Trim().Length > 0) last = line.Trim();
            if (aloud) Console.Error.WriteLine($"{host.Name}: {line}");
        }
        await process.WaitForExitAsync();
        return new HostSaid(host) { Code = process.ExitCode, Output = await output, LastWords = last, IsReached = host.Destination is null || process.ExitCode != Unreached };
    }
}

using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Releases;

/// <summary><c>vetfleet release</c>: puts a release beside the others. Nobody uses it yet.</summary>
internal static class Bring
{
    public static Command Command(Layout layout) =>
        Command((verb, folder, older) => verb.Perform(layout, facts => [Plan(layout, facts, folder, older)]));

    /// <summary>The verb, whatever the engine.</summary>
    /// <param name="perform">What is done with the folder in which the release lies.</param>
    public static Command Command(Func<ParseResult, string, bool, Task<int>> perform)
    {
        var from = new Argument<string>("FILE") { Description = "A release as it is published (.tar.gz), or the folder it was unpacked to." };
        var older = new Option<bool>("--allow-older") { Description = "Also if a newer release is here already." };
        var command = new Command("release", "Put a signed release on this host, beside the others.") { from, older, Answer.DryRun, Answer.Json };
        command.SetAction(async (verb, _) =>
        {
            var source = Path.GetFullPath(verb.GetRequiredValue(from));
            var folder = Directory.Exists(source) ? source : null;
            try
            {
                folder ??= await Unpacked(source);
                return await perform(verb, folder, verb.GetValue(older));
            }
            catch (RefusedException refused)
            {
                return verb.Refused(refused);
            }
            finally
            {
                if (folder is not null && folder != source) Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    /// <summary>It is looked over where it was unpacked, and copied under another name until it is whole.</summary>
    /// <exception cref="RefusedException">It is not whole, not signed, or older than what is here.</exception>
    public static Plan Plan(Layout layout, HostFacts facts, string folder, bool allowOlder)
    {
        if (!facts.IsPrepared || !File.Exists(layout.ReleaseKey)) throw new RefusedException("This machine is no host yet: run 'vetfleet prepare' first. Nothing was changed.");
        return Plan(layout, facts.Releases, folder, allowOlder);
    }

    /// <summary>The same where releases are all that is asked of a host.</summary>
    /// <exception cref="RefusedException">It is not whole, not signed, or older than what is here.</exception>
    public static Plan Plan(Layout layout, IReadOnlyList<ReleaseVersion> here, string folder, bool allowOlder)
    {
        var release = Release.Read(folder, File.ReadAllText(layout.ReleaseKey));
        var version = ReleaseVersion.Read(release.Version)!;
        if (here.Contains(version)) return new Plan(release.Version, []) { Next = "It is here already." };
        if (!allowOlder && here is [.., var newest] && version.CompareTo(newest) < 0) throw new RefusedException($"Release {version} is older than {newest}, which is here. If you mean it, say --allow-older. Nothing was changed.");
        var beside = Path.Combine(layout.Releases, $".{version}");
        return new Plan(release.Version,
        [
            new Step.Remove(beside),
            new Step.Folder(beside),
            .. release.Files.Keys.Append(Release.ManifestFile).Append(Release.SignatureFile).Select(name => new Step.Run("install", "-m", name.Contains('.', StringComparison.Ordinal) ? "0644" : "0755", Path.Combine(folder, name), Path.Combine(beside, name))),
            new Step.Run("mv", "-T", beside, layout.Release(release.Version)),
        ])
        { Next = $"New practices begin with it. The others: vetfleet update --to {version} --all" };
    }

    private static async Task<string> Unpacked(string archive)
    {
        if (!File.Exists(archive)) throw new RefusedException($"{archive} is not there. Nothing was changed.");
        var folder = Directory.CreateTempSubdirectory("vetfleet-release-").FullName;
        var ended = await Shell.Run(["tar", "--extract", "--no-same-owner", "--file", archive, "--directory", folder]);
        if (ended.Code == 0) return folder;
        Directory.Delete(folder, recursive: true);
        throw new RefusedException($"{archive} cannot be unpacked: it was cut off, or is no release. Take it from where it is published, anew. Nothing was changed.");
    }
}

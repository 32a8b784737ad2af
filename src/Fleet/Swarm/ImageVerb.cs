using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Releases;

namespace VetBooking.Fleet.Swarm;

/// <summary><c>vetfleet image</c>: a release as an archive that <c>docker load</c> takes, for whoever has another engine than ours.</summary>
internal static class ImageVerb
{
    public static Command Command(Layout layout)
    {
        var from = new Argument<DirectoryInfo>("FOLDER") { Description = "The folder a release was unpacked to." };
        var to = new Option<FileInfo>("--to") { Description = "The archive; nothing may be there yet.", Required = true };
        var key = new Option<FileInfo?>("--release-key") { Description = "The public key (PEM) that the release is signed with. This host's, if not given." };
        var command = new Command("image", "Make an image of a signed release, for docker load.") { from, to, key, Answer.Json };
        command.SetAction(async (verb, stop) =>
        {
            try
            {
                var (folder, archive) = (verb.GetRequiredValue(from).FullName, verb.GetRequiredValue(to).FullName);
                var trusted = verb.GetValue(key)?.FullName ?? layout.ReleaseKey;
                if (File.Exists(archive)) throw new RefusedException($"{archive} is there already; nothing was overwritten.");
                if (!File.Exists(trusted)) throw new RefusedException("Give the public key that the release is signed with: --release-key FILE. Nothing was changed.");
                var release = Release.Read(folder, await File.ReadAllTextAsync(trusted, stop));
                await Image.Make(folder, release.Version, archive);
                return verb.Say($"{archive} is vetbooking:{release.Version}, {Image.NumberOf(archive)}", new FleetAnswer("image", true), ExitCode.Done);
            }
            catch (RefusedException refused)
            {
                return verb.Refused(refused);
            }
        });
        return command;
    }
}

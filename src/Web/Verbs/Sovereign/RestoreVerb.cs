using System.CommandLine;
using NodaTime;
using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking restore</c></summary>
internal static class RestoreVerb
{
    public static Command Command()
    {
        var from = BackupOptions.From();
        var key = BackupOptions.Key();
        var data = DataOption.Create();
        var command = new Command("restore", "Bring a practice back from a backup, into an empty folder or its own.") { from, key, data, Answer.Json };
        command.SetVerb(verb =>
        {
            try
            {
                var folder = verb.Folder(data);
                var keys = verb.GetValue(key) is { } file ? BackupKeys.Read(file.FullName) : null;
                var done = Restore.Run(verb.GetRequiredValue(from), folder, keys, SystemClock.Instance.GetCurrentInstant());
                var kept = done.Kept is null ? "" : $" What was there before is in {done.Kept}.";
                return verb.Done(
                    $"The practice is as it was at {done.CreatedAt}; {done.Erasures} erasures were done again.{kept} Start it: vetbooking serve --data {folder.Path}",
                    new VerbAnswer("restore", true) { Data = folder.Path, CreatedAt = done.CreatedAt, Digest = done.Digest, Erasures = done.Erasures, File = done.Kept });
            }
            catch (BackupException refused)
            {
                return verb.Refused(refused.Message);
            }
        });
        return command;
    }
}

/// <summary>What the verbs about backups share.</summary>
internal static class BackupOptions
{
    public static Option<string> From() => new("--from") { Description = "The backup.", Required = true };

    public static Option<FileInfo?> Key() => new("--key") { Description = "A file with the practice's recovery code. The folder's own key, if not given." };

    /// <summary>The keys that were named, or the folder's.</summary>
    public static BackupKeys Keys(FileInfo? key, Storage.DataFolder? folder) =>
        BackupKeys.Read(key?.FullName ?? folder?.BackupKey ?? throw new BackupException("No key is at hand. Give the practice's recovery code with --key FILE, or its folder with --data."));

    /// <summary>The practice's folder in whose <c>backups</c> a backup lies; null if it lies elsewhere.</summary>
    public static Storage.DataFolder? Around(string backup) =>
        Directory.GetParent(Path.GetFullPath(backup)) is { Name: "backups", Parent: { } parent } && new Storage.DataFolder(parent.FullName) is { HasPractice: true } folder ? folder : null;
}

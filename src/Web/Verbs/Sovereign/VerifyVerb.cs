using System.CommandLine;
using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary><c>vetbooking verify</c></summary>
internal static class VerifyVerb
{
    public static Command Command()
    {
        var from = BackupOptions.From();
        var key = BackupOptions.Key();
        var data = new Option<DirectoryInfo?>("--data") { Description = "The practice's folder, whose key opens the backup." };
        var command = new Command("verify", "Read every byte of a backup and say whether it is whole.") { from, key, data, Answer.Json };
        command.SetVerb(verb =>
        {
            try
            {
                var path = verb.GetRequiredValue(from);
                var read = Backup.Verify(path, BackupOptions.Keys(verb.GetValue(key), verb.GetValue(data) is { } folder ? new(folder.FullName) : BackupOptions.Around(path)));
                return verb.Done($"The backup of {read.CreatedAt} is whole.", new VerbAnswer("verify", true) { File = read.File, Bytes = read.Bytes, CreatedAt = read.CreatedAt, Digest = read.Digest });
            }
            catch (BackupException refused)
            {
                return verb.Refused(refused.Message);
            }
        });
        return command;
    }
}

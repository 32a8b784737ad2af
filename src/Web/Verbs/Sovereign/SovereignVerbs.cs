using System.CommandLine;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Verbs.Sovereign;

/// <summary>What verbs about the practice's data have in common: they work beside a running practice, and what they find amiss is a refusal.</summary>
internal static class SovereignVerbs
{
    public static int Sovereign(this ParseResult verb, DataFolder folder, Func<DataFolder, int> run) =>
        verb.Sovereign(folder, inside => Task.FromResult(run(inside))).GetAwaiter().GetResult();

    public static async Task<int> Sovereign(this ParseResult verb, DataFolder folder, Func<DataFolder, Task<int>> run)
    {
        if (Swap.IsHalfDone(folder)) return verb.Refused(DataOption.HalfRestored);
        if (!folder.HasPractice) return verb.Refused(DataOption.NoPractice(folder));
        try
        {
            using var shared = FolderLock.Share(folder);
            if (shared is null) return verb.Refused(DataOption.HalfRestored);
            using (var db = Db.Open(folder.Database))
            {
                Migrations.RefuseNewer(db);
                if (Migrations.VersionOf(db) < Migrations.Newest) return verb.Refused("The database is older than this program. Run 'vetbooking migrate' first.");
            }
            return await run(folder);
        }
        catch (Exception refused) when (refused is BackupException or NewerDatabaseException)
        {
            return verb.Refused(refused.Message);
        }
        catch (JournalException journal)
        {
            return verb.Refused($"The journal of erasures {journal.Message} Nothing was changed.");
        }
        catch (Exception failed) when (failed is StorageException || Answer.IsStorage(failed))
        {
            return verb.StorageFailed(failed.InnerException ?? failed);
        }
    }
}

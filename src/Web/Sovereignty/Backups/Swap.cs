using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Backups;

/// <summary>Puts a state that was made ready beside in the place of the one that is there. Once it has begun it can only be brought to its end, however often it is interrupted.</summary>
internal static class Swap
{
    private const string ReadyMark = "ready";
    private const string CopyExists = "copy";

    /// <summary>Whether one was interrupted: the practice must not answer before it has been brought to its end.</summary>
    public static bool IsHalfDone(DataFolder folder) => File.Exists(Mark(folder));

    /// <summary>The folder to make the new state ready in; whatever an earlier attempt left there is gone.</summary>
    public static DataFolder Begin(DataFolder folder)
    {
        Abandon(folder);
        var staged = Staged(folder);
        EmptyPractice.Prepare(staged);
        return staged;
    }

    /// <summary>Forgets a state that did not become ready.</summary>
    public static void Abandon(DataFolder folder) => Files.ShredFolder(Staged(folder).Path);

    /// <summary>Says that the new state is whole. From here on there is no way back.</summary>
    /// <param name="staged">The folder it is ready in.</param>
    /// <param name="copyExists">Whether the state that is there has been kept as a backup.</param>
    public static void Ready(DataFolder staged, bool copyExists)
    {
        Files.SyncFolder(staged.Keys);
        Files.SyncFolder(staged.Path);
        Files.Replace(Path.Combine(staged.Path, ReadyMark), copyExists ? System.Text.Encoding.ASCII.GetBytes(CopyExists) : []);
    }

    /// <summary>Does it, or what is left of it.</summary>
    public static void Run(DataFolder folder)
    {
        var (staged, before) = (Staged(folder), Path.Combine(folder.Path, "before-restore"));
        var copyExists = File.ReadAllText(Mark(folder)) == CopyExists;
        if (File.Exists(staged.Database))
        {
            Files.MakeFolder(before);
            // The log first: a new database must never meet the old one's.
            foreach (var end in (string[])["-wal", "-shm", ""])
            {
                if (File.Exists(folder.Database + end)) Files.Move(folder.Database + end, Path.Combine(before, "practice.db" + end));
            }
            if (File.Exists(staged.Erasures)) Files.Move(staged.Erasures, folder.Erasures);
            foreach (var key in Directory.GetFiles(staged.Keys)) Files.Move(key, Path.Combine(folder.Keys, Path.GetFileName(key)));
            if (File.Exists(staged.Settings)) Files.Move(staged.Settings, folder.Settings);
            Files.Move(staged.Database, folder.Database);
        }
        if (copyExists) Files.ShredFolder(before);
        else if (Directory.Exists(before)) KeepDamaged(folder, before);
        File.Delete(Mark(folder));
        Abandon(folder);
        Files.SyncFolder(folder.Path);
    }

    private static DataFolder Staged(DataFolder folder) => new(Path.Combine(folder.Path, ".restoring"));

    private static string Mark(DataFolder folder) => Path.Combine(Staged(folder).Path, ReadyMark);

    private static void KeepDamaged(DataFolder folder, string before)
    {
        if (!Directory.EnumerateFileSystemEntries(before).Any()) Directory.Delete(before);
        else Files.Move(before, Path.Combine(folder.Path, "damaged-" + Guid.NewGuid().ToString("N")[..8]));
    }
}

using VetBooking.Web.Shared;

namespace VetBooking.Web.Storage;

/// <summary>Makes a new practice's folder: keys, settings, and a database with a name and an address in it.</summary>
internal static class EmptyPractice
{
    public static void Make(DataFolder folder, string name, string email, InstanceSettings? settings = null)
    {
        Prepare(folder);
        // Under another name until it is whole: a folder with a database has a practice.
        var unfinished = folder.Database + ".new";
        File.Delete(unfinished);
        using (var db = Db.Open(unfinished))
        {
            Migrations.Run(db);
            db.Execute("INSERT INTO practice (id, name, email) VALUES (1, $name, $email)", ("$name", name), ("$email", email));
            db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        if (!File.Exists(folder.Settings)) (settings ?? new InstanceSettings()).Save(folder.Settings);
        File.Move(unfinished, folder.Database);
    }

    /// <summary>Makes the folders, for the practice's own user only.</summary>
    public static void Prepare(DataFolder folder)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("A practice lives on Linux.");
        Directory.CreateDirectory(folder.Path, ownerOnly);
        Directory.CreateDirectory(folder.Keys, ownerOnly);
    }
}

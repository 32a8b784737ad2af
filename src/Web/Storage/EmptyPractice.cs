using NodaTime;
using VetBooking.Web.Setup;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Backups;

namespace VetBooking.Web.Storage;

/// <summary>Makes a new practice's folder: keys, settings, and a database with a name and an address in it.</summary>
internal static class EmptyPractice
{
    /// <summary>Makes it; answers the link with which it is set up.</summary>
    public static string Make(DataFolder folder, string name, string email, Instant now)
    {
        Prepare(folder);
        // Under another name until it is whole: a folder with a database has a practice.
        var unfinished = folder.Database + ".new";
        File.Delete(unfinished);
        string token;
        using (var db = Db.Open(unfinished))
        {
            Migrations.Run(db);
            db.Execute("INSERT INTO practice (id, name, email) VALUES (1, $name, $email)", ("$name", name), ("$email", email));
            token = SetupLink.Create(db, now);
            db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        BackupKeys.Of(folder);
        if (!File.Exists(folder.Settings)) new InstanceSettings().Save(folder.Settings);
        var link = $"{InstanceSettings.Load(folder.Settings).PublicUrl}/praxis/einrichten/{token}";
        File.Move(unfinished, folder.Database);
        return link;
    }

    /// <summary>Makes the folders, for the practice's own user only.</summary>
    public static void Prepare(DataFolder folder)
    {
        Files.MakeFolder(folder.Path);
        Files.MakeFolder(folder.Keys);
    }
}

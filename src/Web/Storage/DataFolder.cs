namespace VetBooking.Web.Storage;

/// <summary>Where one practice keeps everything it owns; laid out as docs/instance.md says.</summary>
public sealed record DataFolder(string Path)
{
    /// <summary>The database file.</summary>
    public string Database => Inside("practice.db");

    /// <summary>What the operator owns: address, relay, limits.</summary>
    public string Settings => Inside("instance.json");

    /// <summary>Keys; readable by the practice's own user only.</summary>
    public string Keys => Inside("keys");

    /// <summary>The recovery codes that open the practice's backups.</summary>
    public string BackupKey => System.IO.Path.Combine(Keys, "backup.key");

    /// <summary>The journal of erasures.</summary>
    public string Erasures => Inside("erasures.journal");

    /// <summary>A sum of every page of the database file.</summary>
    public string PageSums => Inside("pages.sums");

    /// <summary>Where backups lie when they are sent nowhere else.</summary>
    public string Backups => Inside("backups");

    /// <summary>Says that somebody works here; holds nothing.</summary>
    public string Lock => Inside("in-use");

    /// <summary>Written and removed again to see whether there is room.</summary>
    public string Room => Inside("room");

    /// <summary>There while the practice sleeps; its time says when it wants to be woken.</summary>
    public string Wake => Inside("wake");

    /// <summary>As long as it is there, <c>serve</c> waits before it touches anything, but not for ever: the operator changes the release.</summary>
    public string Hold => Inside("hold");

    /// <summary>Where mail goes when it is not sent anywhere.</summary>
    public string Outbox => Inside("outbox");

    /// <summary>Whether a practice lives here.</summary>
    public bool HasPractice => File.Exists(Database);

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}

namespace VetBooking.Fleet.Host;

/// <summary>What the host's folders say.</summary>
internal sealed record HostFacts
{
    /// <summary>Whether <c>prepare</c> has been here.</summary>
    public bool IsPrepared { get; init; }

    public required FleetSettings Settings { get; init; }

    /// <summary>The releases that are here, the oldest first.</summary>
    public IReadOnlyList<ReleaseVersion> Releases { get; init; } = [];

    /// <summary>The practices by name, half-added ones, too.</summary>
    public IReadOnlyDictionary<string, Practice> Practices { get; init; } = new Dictionary<string, Practice>();

    /// <summary>The folders under which practices' data lie, of whatever owner.</summary>
    public IReadOnlySet<string> DataFolders { get; init; } = new HashSet<string>();

    /// <summary>How the file system of the practices limits what one may fill.</summary>
    public Quota? Quota { get; init; }

    /// <summary>Which practice a name on the network leads to.</summary>
    public IReadOnlyDictionary<string, string> Routes { get; init; } = new Dictionary<string, string>();

    /// <summary>The users of the machine, of whatever kind.</summary>
    public IReadOnlySet<string> Users { get; init; } = new HashSet<string>();

    /// <summary>The groups of the machine, of whatever kind.</summary>
    public IReadOnlySet<string> Groups { get; init; } = new HashSet<string>();

    /// <summary>What is wrong with the units that all practices run by; null if nothing.</summary>
    public string? BrokenUnit { get; init; }

    /// <summary>What is free on the disk of a folder.</summary>
    public Func<string, long> Free { get; init; } = Room.FreeAt;

    public static HostFacts Read(Layout layout)
    {
        var settings = FleetSettings.Load(layout.Settings);
        var users = Listed(layout.Users);
        var routes = Folder(layout.ByHost).ToDictionary(route => Path.GetFileName(route), route => Path.GetFileNameWithoutExtension(new FileInfo(route).LinkTarget ?? ""));
        return new HostFacts
        {
            IsPrepared = File.Exists(Path.Combine(layout.Units, "vetbooking@.service")) && Directory.Exists(layout.Practices),
            Settings = settings,
            Releases = [.. Folder(layout.Releases).Select(path => ReleaseVersion.Read(Path.GetFileName(path))).OfType<ReleaseVersion>().Order()],
            Practices = Folder(layout.Practices).Select(path => Of(layout, Path.GetFileName(path), users, routes)).ToDictionary(practice => practice.Name),
            DataFolders = Folder(layout.Data).Select(path => Path.GetFileName(path)).ToHashSet(),
            Quota = File.Exists(layout.Mounts) ? Quota.Of(layout.Data, File.ReadLines(layout.Mounts), layout.Btrfs) : null,
            Routes = routes,
            Users = users,
            Groups = Listed(layout.Groups),
            BrokenUnit = Units.Problem(layout, settings),
        };
    }

    private static Practice Of(Layout layout, string name, HashSet<string> users, Dictionary<string, string> routes)
    {
        string[] hosts = File.Exists(layout.NamesOf(name)) ? File.ReadAllLines(layout.NamesOf(name)) : [];
        return new Practice(name)
        {
            Hosts = hosts,
            Release = Version(layout.PinOf(name)),
            Before = Version(layout.PinBeforeOf(name)),
            IsSuspended = File.Exists(layout.SuspensionOf(name)),
            IsHeld = File.Exists(layout.HoldOf(name)) || File.Exists(layout.AwakeOf(name)),
            HasUser = users.Contains(Names.UserOf(name)),
            IsHalfMade = File.Exists(layout.MakingOf(name)),
            HasData = File.Exists(Path.Combine(layout.DataOf(name), "practice.db")),
            IsOpen = new FileInfo(layout.WantOf(name)).LinkTarget is not null && hosts.All(host => routes.GetValueOrDefault(host) == name),
        };
    }

    private static HashSet<string> Listed(string file) => File.Exists(file) ? File.ReadLines(file).Select(line => line.Split(':')[0]).ToHashSet() : [];

    private static string? Version(string pin) => new FileInfo(pin).LinkTarget is { } target ? Path.GetFileName(target) : null;

    private static string[] Folder(string path) => Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal)] : [];
}

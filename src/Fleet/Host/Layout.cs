namespace VetBooking.Fleet.Host;

/// <summary>Where everything lies on a host. The folders are the fleet's only memory; docs/operating.md explains them.</summary>
/// <param name="Root">Where the host's file system begins: <c>/</c>, or a folder in tests.</param>
internal sealed record Layout(string Root = "/")
{
    /// <summary>Where the host's units look for this program.</summary>
    public const string Self = "/usr/local/bin/vetfleet";

    /// <summary>The fleet's own settings.</summary>
    public string Settings => In("etc/vetbooking/fleet.json");

    /// <summary>What restic needs to know and nobody else, like <c>RESTIC_PASSWORD_FILE</c>; a line each.</summary>
    public string Restic => In("etc/vetbooking/restic.env");

    /// <summary>The operator's machines, by name.</summary>
    public string Hosts => In("etc/vetbooking/hosts");

    /// <summary>The public key that releases are signed with.</summary>
    public string ReleaseKey => In("etc/vetbooking/release.pub");

    /// <summary>One folder a practice: its names, its release, its environment.</summary>
    public string Practices => In("etc/vetbooking/practices");

    /// <summary>One link a name on the network, to the practice's socket: the edge's table of routes and of certificates.</summary>
    public string ByHost => In("etc/vetbooking/by-host");

    /// <summary>Releases side by side; never changed once they are there.</summary>
    public string Releases => In("opt/vetbooking/releases");

    /// <summary>The practices' own folders.</summary>
    public string Data => In("var/lib/vetbooking");

    /// <summary>What a practice's new version is tried on; empty but during an update.</summary>
    public string Trials => In("var/lib/vetbooking-trials");

    /// <summary>The recovery codes of the practices' backups, for the day on which a disk is lost.</summary>
    public string Keys => In("var/lib/vetbooking-keys");

    /// <summary>With Swarm: the releases as images, one file each.</summary>
    public string Images => In("var/lib/vetbooking-images");

    /// <summary>With Swarm: where backups lie unless fleet.json says otherwise; no node but this one has to live for them.</summary>
    public string Backups => In("var/lib/vetbooking-backups");

    /// <summary>Where the practices listen.</summary>
    public string Sockets => In("run/vetbooking");

    /// <summary>Held while something on this host is changed.</summary>
    public string Lock => In("run/vetfleet.lock");

    public string Units => In("etc/systemd/system");

    /// <summary>What is added to the unit of the host's journal.</summary>
    public string Journal => Path.Combine(Units, "systemd-journald.service.d");

    public string EdgeConfiguration => In("etc/caddy/Caddyfile");

    /// <summary>What belongs to the edge's own unit.</summary>
    public string EdgeUnit => In("etc/systemd/system/caddy.service.d/vetbooking.conf");

    /// <summary>Where the edge keeps its certificates: authority, then name.</summary>
    public string Certificates => In("var/lib/caddy/.local/share/caddy/certificates");

    /// <summary>The page and the metrics that <c>status --page</c> writes, for root and the edge alone.</summary>
    public string Page => In("var/lib/vetbooking-status");

    public string Mounts => In("proc/mounts");

    /// <summary>What the system knows of each btrfs.</summary>
    public string Btrfs => In("sys/fs/btrfs");

    public string Users => In("etc/passwd");

    public string Groups => In("etc/group");

    public string Of(string practice) => Path.Combine(Practices, practice);

    /// <summary>The link that pins a practice to a release.</summary>
    public string PinOf(string practice) => Path.Combine(Of(practice), "release");

    /// <summary>The same to the release it had before.</summary>
    public string PinBeforeOf(string practice) => PinOf(practice) + ".before";

    /// <summary>The practice's names on the network, one a line, the first being its address.</summary>
    public string NamesOf(string practice) => Path.Combine(Of(practice), "hosts");

    /// <summary>There while a practice is taken off the network.</summary>
    public string SuspensionOf(string practice) => Path.Combine(Of(practice), "suspended");

    /// <summary>There while a practice's folder is being made.</summary>
    public string MakingOf(string practice) => Path.Combine(Of(practice), "making");

    /// <summary>There while a practice's release is changed: whoever starts it waits, and its visitors wait in the socket.</summary>
    public string HoldOf(string practice) => Path.Combine(DataOf(practice), "hold");

    /// <summary>There while the data of before the change have to come back.</summary>
    public string ReturnOf(string practice) => Path.Combine(Of(practice), "return");

    /// <summary>There during the same if the practice was awake.</summary>
    public string AwakeOf(string practice) => Path.Combine(Of(practice), "awake");

    /// <summary>Which backup was carried away last, and where to.</summary>
    public string CarriedOf(string practice) => Path.Combine(Of(practice), "carried");

    /// <summary>An empty file whose time is that of the last rehearsal that went well.</summary>
    public string RehearsedOf(string practice) => Path.Combine(Of(practice), "rehearsed");

    /// <summary>An empty file of the sleeping practice whose time says when it has to be woken.</summary>
    public string WakeOf(string practice) => Path.Combine(DataOf(practice), "wake");

    public string DataOf(string practice) => Path.Combine(Data, practice);

    public string BackupsOf(string practice) => Path.Combine(DataOf(practice), "backups");

    public string KeyOf(string practice) => Path.Combine(Keys, practice + ".key");

    public string SocketOf(string practice) => Path.Combine(Sockets, practice + ".sock");

    public string RouteOf(string host) => Path.Combine(ByHost, host);

    public string Release(string version) => Path.Combine(Releases, version);

    /// <summary>What makes systemd listen for the practice at every start of the machine.</summary>
    public string WantOf(string practice) => Path.Combine(Units, "sockets.target.wants", Systemd.Socket(practice));

    private string In(string path) => Path.Combine(Root, path);
}

namespace VetBooking.Fleet.Host;

/// <summary>What a practice is kept from, in systemd's words: the same for the practice itself and for every verb run on its data.</summary>
internal static class Sandbox
{
    /// <summary>The lines, without what depends on the practice.</summary>
    /// <remarks>
    /// <c>ProtectProc=invisible</c> would hide from .NET that systemd started it, and <c>SystemCallFilter=~@resources</c>
    /// kills it at the start: both are left out on purpose.
    /// </remarks>
    public static IReadOnlyList<string> Lines { get; } =
    [
        "UMask=0077",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "PrivateUsers=yes",
        "ProtectClock=yes",
        "ProtectHostname=yes",
        "ProtectKernelTunables=yes",
        "ProtectKernelModules=yes",
        "ProtectKernelLogs=yes",
        "ProtectControlGroups=yes",
        "RestrictNamespaces=yes",
        "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes",
        "RemoveIPC=yes",
        "LockPersonality=yes",
        "MemoryDenyWriteExecute=yes",
        "CapabilityBoundingSet=",
        "AmbientCapabilities=",
        "DevicePolicy=closed",
        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
        "SystemCallArchitectures=native",
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@privileged",
        "SystemCallErrorNumber=EPERM",
    ];
}

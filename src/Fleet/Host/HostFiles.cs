namespace VetBooking.Fleet.Host;

/// <summary>The files that make a machine a host, as they are to lie there.</summary>
internal static class HostFiles
{
    /// <summary>The first line of each of them; a file without it is somebody else's.</summary>
    public const string Mark = "# Written by vetfleet prepare.";

    private static readonly string[] Units =
    [
        "vetbooking@.socket", "vetbooking@.service", "vetbooking.slice", "vetbooking-wake.service", "vetbooking-wake.timer",
        "vetbooking-backup.service", "vetbooking-backup.timer", "vetbooking-rehearse.service", "vetbooking-rehearse.timer",
        "vetbooking-status.service", "vetbooking-status.timer",
    ];

    /// <summary>Path and content of every file.</summary>
    public static IEnumerable<(string Path, string Content)> All(Layout layout, FleetSettings settings) =>
    [
        .. Units.Select(unit => (Path.Combine(layout.Units, unit), Filled(unit, settings))),
        (layout.EdgeUnit, Filled("caddy.conf", settings)),
        (Path.Combine(layout.Journal, "vetbooking.conf"), Filled("journald.conf", settings)),
        (layout.EdgeConfiguration, Filled("Caddyfile", settings)),
    ];

    /// <summary>One of the program's own files, with what the operator has decided in its places.</summary>
    public static string Filled(string name, FleetSettings settings) => Read(name)
        .Replace("{idleExit}", settings.IdleExit, StringComparison.Ordinal)
        .Replace("{sandbox}", string.Join('\n', Sandbox.Lines), StringComparison.Ordinal)
        .Replace("{network}", Network(settings.Outbound), StringComparison.Ordinal)
        .Replace("{unreachable}", Read("unreachable.caddy").TrimEnd(), StringComparison.Ordinal)
        .Replace("{certificates}", Certificates(settings), StringComparison.Ordinal);

    private static string Network(string outbound) => outbound == "any" ? "" : $"IPAddressDeny=any\nIPAddressAllow=localhost {outbound}";

    private static string Certificates(FleetSettings settings)
    {
        string?[] lines =
        [
            settings.Email.Length > 0 ? $"email {settings.Email}" : null,
            settings.Acme == "internal" ? "local_certs\n\tskip_install_trust" : null,
            settings.Acme.StartsWith("https://", StringComparison.Ordinal) ? $"acme_ca {settings.Acme}" : null,
            settings.AcmeRoot.Length > 0 ? $"acme_ca_root {settings.AcmeRoot}" : null,
        ];
        return string.Join("\n\t", lines.OfType<string>());
    }

    private static string Read(string name)
    {
        using var resource = typeof(HostFiles).Assembly.GetManifestResourceStream($"VetBooking.Fleet.{name}")!;
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}

using System.Net;
using System.Net.Sockets;

namespace VetBooking.Web.Protection;

/// <summary>
/// Which addresses this program may call on somebody's word: public ones. Whatever is inside the practice's or the
/// operator's network is not asked, by whatever name or redirection it comes (SSRF, CWE-918).
/// </summary>
internal static class AddressPolicy
{
    private static readonly (IPNetwork Network, string Why)[] Closed =
    [
        .. from line in (string[])
           [
               "0.0.0.0/8 this network", "10.0.0.0/8 private", "100.64.0.0/10 shared by a provider", "127.0.0.0/8 this machine", "169.254.0.0/16 link-local",
               "172.16.0.0/12 private", "192.0.0.0/24 protocols", "192.0.2.0/24 documents", "192.88.99.0/24 relays", "192.168.0.0/16 private", "198.18.0.0/15 benchmarks",
               "198.51.100.0/24 documents", "203.0.113.0/24 documents", "224.0.0.0/4 multicast", "240.0.0.0/4 reserved",
               "::/96 this machine and old mappings", "64:ff9b::/96 translated", "64:ff9b:1::/48 translated", "100::/64 discarded", "2001::/23 protocols",
               "2001:db8::/32 documents", "2002::/16 6to4", "3fff::/20 documents", "fc00::/7 private", "fe80::/10 link-local", "fec0::/10 site-local", "ff00::/8 multicast",
           ]
           let parts = line.Split(' ', 2)
           select (IPNetwork.Parse(parts[0]), parts[1]),
    ];

    /// <summary>Whether an address is one of the whole world's.</summary>
    public static bool IsPublic(IPAddress address)
    {
        // ::ffff:127.0.0.1 is 127.0.0.1.
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !Array.Exists(Closed, one => one.Network.Contains(address));
    }

    /// <summary>Whether an address somebody typed is one to ask at all: https, its usual port, no name or password in it.</summary>
    public static bool IsAcceptable(Uri address) => address is { Scheme: "https", IsDefaultPort: true, UserInfo: "", HostNameType: UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 };

    /// <summary>Reads what was typed; calendars call the same thing webcal.</summary>
    public static Uri? Read(string typed)
    {
        typed = typed.Trim();
        if (typed.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase)) typed = "https://" + typed["webcal://".Length..];
        return typed.Length <= 2000 && Uri.TryCreate(typed, UriKind.Absolute, out var address) && IsAcceptable(address) ? address : null;
    }
}

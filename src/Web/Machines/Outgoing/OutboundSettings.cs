using System.Net;
using VetBooking.Web.Protection;

namespace VetBooking.Web.Machines;

/// <summary>What this program may call inside the operator's own network; part of <c>instance.json</c>.</summary>
public sealed record OutboundSettings
{
    /// <summary>
    /// Hosts that may lie on private addresses and may be called without TLS: a gateway in the practice's own rooms. Empty
    /// unless the operator says otherwise, and never what somebody types into a page.
    /// </summary>
    public IReadOnlyList<string> AllowPrivate { get; set => field = value ?? []; } = [];

    internal string? Problem => AllowPrivate.FirstOrDefault(host => Uri.CheckHostName(host) == UriHostNameType.Unknown) is { } wrong
        ? $"outbound.allowPrivate must be host names or addresses like \"gateway.praxis.local\" or \"192.168.1.20\", without a port; \"{wrong}\" is none."
        : null;

    internal bool Allows(string host) => AllowPrivate.Contains(host, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Where a program may be told something.</summary>
internal enum AddressProblem { Missing, NotAnAddress, NotHttps, HasPassword, Port, Inside }

/// <summary>Reads an address somebody typed for this program to call.</summary>
internal static class OutboundAddress
{
    private const int Longest = 500;
    private const int FirstFreePort = 1024;

    /// <summary>The address, or what is wrong with it. A name that leads inside is found out when it is called.</summary>
    public static (Uri? Address, AddressProblem? Problem) Read(string typed, OutboundSettings settings)
    {
        typed = typed.Trim();
        if (typed.Length == 0) return (null, AddressProblem.Missing);
        if (typed.Length > Longest || !Uri.TryCreate(typed, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Fragment.Length > 0
            || address.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)) return (null, AddressProblem.NotAnAddress);
        if (address.UserInfo.Length > 0) return (null, AddressProblem.HasPassword);
        var isAllowed = settings.Allows(address.IdnHost);
        if (address.Scheme != "https" && !isAllowed) return (null, AddressProblem.NotHttps);
        if (!address.IsDefaultPort && address.Port < FirstFreePort) return (null, AddressProblem.Port);
        if (!isAllowed && IPAddress.TryParse(address.IdnHost, out var literal) && !AddressPolicy.IsPublic(literal)) return (null, AddressProblem.Inside);
        return (address, null);
    }
}

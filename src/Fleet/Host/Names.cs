using System.Text.RegularExpressions;

namespace VetBooking.Fleet.Host;

/// <summary>What may be the name of a practice, and what the name of a website.</summary>
internal static partial class Names
{
    /// <summary>Says what is wrong with a practice's name; null if nothing is. It becomes part of a UNIX user's name, which holds 31 characters.</summary>
    public static string? ProblemOfPractice(string name) => PracticeName().IsMatch(name)
        ? null
        : $"\"{name}\" cannot be a practice's name. Use 1 to 28 small letters, digits and hyphens, beginning with a letter.";

    /// <summary>Says what is wrong with a host name (RFC 1123, with at least one dot); null if nothing is.</summary>
    public static string? ProblemOfHost(string host) => host.Length <= 253 && HostName().IsMatch(host)
        ? null
        : $"\"{host}\" is no host name. Use one like termin.praxis.de, in small letters; write umlauts as browsers send them (xn--…).";

    /// <summary>The UNIX user that a practice runs as.</summary>
    public static string UserOf(string practice) => "vb-" + practice;

    [GeneratedRegex("^[a-z](?:[a-z0-9-]{0,26}[a-z0-9])?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex PracticeName();

    [GeneratedRegex(@"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}

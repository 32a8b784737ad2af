using System.Globalization;
using System.Text.RegularExpressions;

namespace VetBooking.Web.Booking;

/// <summary>One mail address that can be written to: no quoted local part, no display name, nothing that could split a header.</summary>
/// <param name="Address">As typed, without blanks around it.</param>
/// <param name="Key">The form that two spellings of one address share; for comparing, never for sending.</param>
public sealed partial record EmailAddress(string Address, string Key)
{
    private const int Longest = 254;
    private const int LongestLocal = 64;

    /// <summary>Reads an address; says what is wrong if it is none.</summary>
    public static (EmailAddress? Address, Problem? Problem) Read(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length == 0) return (null, Problem.Missing);
        if (text.Length > Longest) return (null, Problem.TooLong);
        if (text.Count('@') > 1 || text.AsSpan().ContainsAny(",; ")) return (null, Problem.SeveralAddresses);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at > LongestLocal || !Local().IsMatch(text[..at])) return (null, Problem.NotAnAddress);
        string domain;
        try
        {
            domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text[(at + 1)..]);
        }
        catch (ArgumentException)
        {
            return (null, Problem.NotAnAddress);
        }
        if (!Domain().IsMatch(domain)) return (null, Problem.NotAnAddress);
        // Umlauts grow when the domain is written as the network wants it.
        var address = text[..at] + "@" + domain;
        return address.Length > Longest ? (null, Problem.TooLong) : (Known(address), null);
    }

    /// <summary>An address that was read before and kept.</summary>
    public static EmailAddress Known(string address) => new(address, address.ToLowerInvariant());

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Local();

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Domain();
}

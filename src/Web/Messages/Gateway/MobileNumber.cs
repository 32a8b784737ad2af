namespace VetBooking.Web.Messages.Gateway;

/// <summary>Telephone numbers that can take short messages.</summary>
internal static class MobileNumber
{
    private const int Shortest = 10, Longest = 15;

    /// <summary>The number as gateways want it (E.164), or null if it is no mobile number. Without a country's code it is taken as German.</summary>
    public static string? Of(string typed)
    {
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        var number = typed.TrimStart().StartsWith('+') ? digits : digits switch
        {
            ['0', '0', .. var rest] => rest,
            ['0', .. var rest] => "49" + rest,
            _ => "",
        };
        // (0) after the country's code is dialled at home only.
        foreach (var country in (string[])["49", "43", "41"])
        {
            if (number.StartsWith(country + "0", StringComparison.Ordinal)) number = country + number[(country.Length + 1)..];
        }
        var isMobile = number switch
        {
            ['4', '9', .. var rest] => rest is ['1', '5' or '6' or '7', ..],
            ['4', '3', .. var rest] => rest is ['6', ..],
            ['4', '1', .. var rest] => rest is ['7', ..],
            _ => true,
        };
        return isMobile && number.Length is >= Shortest and <= Longest ? "+" + number : null;
    }
}

using System.Globalization;

namespace VetBooking.Web.Shared;

/// <summary>The id of a row as an address has it. What is no number is the id of nothing, so that it leads to the page for that.</summary>
public readonly record struct RowId(long Value)
{
    /// <summary>Lets a handler take one out of its address. Always answers.</summary>
    public static bool TryParse(string? text, out RowId id)
    {
        id = Read(text);
        return true;
    }

    /// <summary>The id in a text, as of a form's field.</summary>
    public static RowId Read(string? text) => new(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0);
}

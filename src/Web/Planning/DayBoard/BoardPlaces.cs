using System.Globalization;
using System.Text;

namespace VetBooking.Web.Planning;

/// <summary>
/// The classes that put things in their place: a row to begin at, a number of rows, a lane of so many. The content
/// security policy allows no style in the markup.
/// </summary>
internal static class BoardPlaces
{
    // The longest day has 25 hours.
    private const int MostRows = 300;
    private const int MostLanes = 8;

    public static string Css { get; } = Make();

    /// <summary>The classes for a stretch of rows.</summary>
    public static string Class(int start, int rows) => $"s{Math.Clamp(start, 0, MostRows)} d{Math.Clamp(rows, 1, MostRows)}";

    /// <summary>The class for a lane; none if it has the whole width.</summary>
    public static string Lane(int lane, int lanes) => lanes < 2 ? "" : $" l{Math.Min(lane, MostLanes - 1)} n{Math.Min(lanes, MostLanes)}";

    private static string Make()
    {
        var css = new StringBuilder();
        for (var i = 0; i <= MostRows; i++) css.Append(CultureInfo.InvariantCulture, $".s{i}{{--s:{i}}}.d{i}{{--d:{i}}}");
        for (var i = 0; i <= MostLanes; i++) css.Append(CultureInfo.InvariantCulture, $".l{i}{{--l:{i}}}.n{i}{{--n:{i}}}");
        return css.ToString();
    }
}

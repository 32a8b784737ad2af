namespace VetBooking.Web.Voice.Look;

/// <summary>
/// A colour as the eye orders it (OKLCH, CSS Color 4): lightness from 0 to 1, chroma, and hue as an angle. Made lighter or
/// darker here it keeps its hue, which it does not in RGB or HSL.
/// </summary>
internal readonly record struct Oklch(double L, double C, double H)
{
    private const double Slack = 0.0005;

    public static Oklch Of(Rgb colour)
    {
        var (r, g, b) = (Linear(colour.R), Linear(colour.G), Linear(colour.B));
        var l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        var m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        var s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        var lightness = (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s);
        var along = (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s);
        var across = (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s);
        return new Oklch(lightness, Math.Sqrt((along * along) + (across * across)), Math.Atan2(across, along));
    }

    /// <summary>The colour on a screen; where no screen shows so much of it, as much as one does.</summary>
    public Rgb ToRgb()
    {
        var (least, most) = (0.0, Math.Max(C, 0));
        if (Fits(Channels(most))) return Rounded(Channels(most));
        for (var step = 0; step < 16; step++)
        {
            var middle = (least + most) / 2;
            if (Fits(Channels(middle))) least = middle;
            else most = middle;
        }
        return Rounded(Channels(least));
    }

    private (double R, double G, double B) Channels(double chroma)
    {
        var (along, across) = (chroma * Math.Cos(H), chroma * Math.Sin(H));
        var l = Cube(L + (0.3963377774 * along) + (0.2158037573 * across));
        var m = Cube(L - (0.1055613458 * along) - (0.0638541728 * across));
        var s = Cube(L - (0.0894841775 * along) - (1.2914855480 * across));
        return ((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static bool Fits((double R, double G, double B) one) =>
        Math.Min(one.R, Math.Min(one.G, one.B)) >= -Slack && Math.Max(one.R, Math.Max(one.G, one.B)) <= 1 + Slack;

    private static Rgb Rounded((double R, double G, double B) one) => new(Encoded(one.R), Encoded(one.G), Encoded(one.B));

    private static double Cube(double value) => value * value * value;

    private static double Linear(byte channel) => channel / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);

    private static byte Encoded(double linear) =>
        (byte)Math.Round(255 * Math.Clamp(linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055, 0, 1));
}

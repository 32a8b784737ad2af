namespace VetBooking.Web.Voice.Look;

/// <summary>
/// What becomes of a practice's colour on light or on dark pages: lighter or darker until everything written in it, or on
/// it, can be read (WCAG 2.2, 1.4.3 and 1.4.11), and never of another hue.
/// </summary>
public sealed record Palette
{
    /// <summary>The least contrast of words.</summary>
    public const double Words = 4.5;

    /// <summary>The least contrast of what is no words but must be seen: the edge of a time to choose.</summary>
    public const double Edges = 3;

    /// <summary>How bright the style sheet shows a button under the pointer.</summary>
    public const double Hover = 0.93;

    private const double Step = 0.004;

    /// <summary>Links, buttons, what is chosen.</summary>
    public required Rgb Brand { get; init; }

    /// <summary>Words on <see cref="Brand"/>.</summary>
    public required Rgb On { get; init; }

    /// <summary>The ground of what is pointed out.</summary>
    public required Rgb Tint { get; init; }

    /// <summary>The edge of such a ground; decoration.</summary>
    public required Rgb Edge { get; init; }

    /// <summary>The edge of a time to choose.</summary>
    public required Rgb Slot { get; init; }

    /// <summary>The page behind everything.</summary>
    public required Rgb Page { get; init; }

    /// <summary>What lies on the page: fields, cards, the head of the page.</summary>
    public required Rgb Card { get; init; }

    /// <summary>Lines around such; decoration.</summary>
    public required Rgb Line { get; init; }

    /// <summary>As the variables of the style sheet.</summary>
    public string Css => $"--brand:{Brand.Hex};--on:{On.Hex};--tint:{Tint.Hex};--edge:{Edge.Hex};--slot:{Slot.Hex};--bg:{Page.Hex};--pa:{Card.Hex};--ln:{Line.Hex}";

    /// <summary>On light pages. A colour that can be read as it is stays as it is.</summary>
    public static Palette Light(Rgb colour)
    {
        var (own, grounds) = (Oklch.Of(colour), Grounds.Light);
        var page = own with { L = 0.979, C = Math.Min(own.C * 0.05, 0.006) };
        var tint = Until(own with { L = 0.955, C = Math.Min(own.C * 0.2, 0.025) }, Step, one => CanBeWrittenOn(one, grounds));
        var around = Around(grounds, page.ToRgb(), grounds["--pa"], tint);
        var brand = IsReadable(colour, Rgb.White, around) ? colour : Until(own with { L = Math.Min(own.L, 0.62) }, -Step, one => IsReadable(one, Rgb.White, around));
        return new Palette
        {
            Brand = brand,
            On = Rgb.White,
            Tint = tint,
            Edge = (own with { L = 0.86, C = Math.Min(own.C * 0.5, 0.05) }).ToRgb(),
            Slot = Until(own with { L = 0.6, C = Math.Min(own.C, 0.1) }, -Step, one => around.All(ground => one.Contrast(ground) >= Edges)),
            Page = page.ToRgb(),
            Card = grounds["--pa"],
            Line = (own with { L = 0.897, C = Math.Min(own.C * 0.06, 0.008) }).ToRgb(),
        };
    }

    /// <summary>On dark pages: a pale kin of the colour, which does not glare.</summary>
    public static Palette Dark(Rgb colour)
    {
        var (own, grounds) = (Oklch.Of(colour), Grounds.Dark);
        var page = own with { L = 0.19, C = Math.Min(own.C * 0.08, 0.008) };
        var tint = Until(own with { L = 0.285, C = Math.Min(own.C * 0.35, 0.04) }, -Step, one => CanBeWrittenOn(one, grounds));
        var card = (own with { L = 0.232, C = Math.Min(own.C * 0.1, 0.011) }).ToRgb();
        var around = Around(grounds, page.ToRgb(), card, tint);
        var on = (own with { L = 0.19, C = Math.Min(own.C * 0.4, 0.04) }).ToRgb();
        return new Palette
        {
            Brand = Until(own with { L = Math.Clamp(own.L, 0.79, 0.88), C = Math.Min(own.C, 0.105) }, Step, one => IsReadable(one, on, around)),
            On = on,
            Tint = tint,
            Edge = (own with { L = 0.43, C = Math.Min(own.C * 0.55, 0.06) }).ToRgb(),
            Slot = Until(own with { L = 0.6, C = Math.Min(own.C, 0.09) }, Step, one => around.All(ground => one.Contrast(ground) >= Edges)),
            Page = page.ToRgb(),
            Card = card,
            Line = (own with { L = 0.335, C = Math.Min(own.C * 0.1, 0.014) }).ToRgb(),
        };
    }

    private static Rgb[] Around(Grounds grounds, params ReadOnlySpan<Rgb> own) => [.. own, grounds["--warnt"], grounds["--badt"]];

    private static bool CanBeWrittenOn(Rgb tint, Grounds grounds) => grounds["--tx"].Contrast(tint) >= Words && grounds["--mu"].Contrast(tint) >= Words;

    private static bool IsReadable(Rgb brand, Rgb on, Rgb[] around)
    {
        var dimmed = brand.Dimmed(Hover);
        return brand.Contrast(on) >= Words && dimmed.Contrast(on.Dimmed(Hover)) >= Words
            && around.All(ground => brand.Contrast(ground) >= Words && dimmed.Contrast(ground) >= Words);
    }

    /// <summary>The first step on the way to black or white that will do. Both ends do, so there is one.</summary>
    private static Rgb Until(Oklch colour, double step, Func<Rgb, bool> will)
    {
        for (var one = colour; one.L is > 0 and < 1; one = one with { L = one.L + step })
        {
            if (one.ToRgb() is var found && will(found)) return found;
        }
        return step > 0 ? Rgb.White : default;
    }
}

using System.Globalization;
using System.Text;

namespace VetBooking.Web.Voice.Look;

/// <summary>The practice's own style sheet: a few variables, its font, and where its pictures stand.</summary>
internal static class LookSheet
{
    private const string Family = "heading";

    // On dark pages a logo made for white paper needs its paper.
    private const string LogoRules =
        ".logo img{display:block;width:auto;height:auto;max-width:100%;max-height:52px}"
        + "@media(prefers-color-scheme:dark){.logo img{padding:5px 9px;border-radius:calc(var(--r) - 3px);background:#fff}}";

    private const string PhotoRules = ".home .team img,.home .team i{width:64px;height:64px;border-radius:99px}.home .team img{object-fit:cover}";

    public static byte[] Of(PracticeLook look)
    {
        var css = new StringBuilder();
        if (!look.IsPlain)
        {
            css.Append(HeadFont.Find(look.Theme.Font)?.Css(Family));
            css.Append(CultureInfo.InvariantCulture, $":root{{{Palette.Light(look.Theme.Colour).Css};{Shape(look.Theme)}}}");
            css.Append(CultureInfo.InvariantCulture, $"@media(prefers-color-scheme:dark){{:root{{{Palette.Dark(look.Theme.Colour).Css}}}}}");
        }
        if (look.Logo is not null) css.Append(LogoRules);
        if (look.Photos.Count > 0) css.Append(PhotoRules);
        return Encoding.UTF8.GetBytes(css.ToString());
    }

    /// <summary>A theme for the two specimens of its preview, one light and one dark on the same page.</summary>
    public static byte[] Specimen(Theme theme)
    {
        var css = new StringBuilder(HeadFont.Find(theme.Font)?.Css(Family));
        css.Append(CultureInfo.InvariantCulture, $".specimen.light{{{Grounds.Light.Css};{Palette.Light(theme.Colour).Css};{Shape(theme)}}}");
        css.Append(CultureInfo.InvariantCulture, $".specimen.dark{{{Grounds.Dark.Css};{Palette.Dark(theme.Colour).Css};{Shape(theme)}}}");
        return Encoding.UTF8.GetBytes(css.ToString());
    }

    private static string Shape(Theme theme) => string.Create(CultureInfo.InvariantCulture,
        $"--r:{theme.Radius}px;--pill:{(theme.Radius < 14 ? theme.Radius : 99)}px;--head:{(theme.Font == HeadFont.System ? "" : Family + ",")}var(--font)");
}

using System.Collections.Frozen;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Voice.Look.Pictures;

namespace VetBooking.Web.Voice.Look;

/// <summary>How the practice looks to owners: its theme, its logo, the photos of its people.</summary>
public sealed record PracticeLook
{
    // As mails have looked since the first one.
    private static readonly Rgb PlainMail = new(0x1f, 0x6f, 0x5c);

    /// <summary>As long as nothing has been changed.</summary>
    public static readonly PracticeLook Plain = new(Theme.Plain, []);

    private PracticeLook(Theme theme, IReadOnlyList<Picture> pictures)
    {
        Theme = theme;
        Logo = pictures.FirstOrDefault(one => one.Person is null);
        Photos = pictures.Where(one => one.Person is not null).ToFrozenDictionary(one => one.Person!);
        Brand = IsPlain ? theme.Colour : Palette.Light(theme.Colour).Brand;
        Sheet = IsPlain && pictures.Count == 0 ? null : Asset.Of("aussehen", "css", "text/css; charset=utf-8", LookSheet.Of(this));
    }

    public Theme Theme { get; }

    /// <summary>The logo; null for the paw and the name.</summary>
    public Picture? Logo { get; }

    /// <summary>The photos of people, by their id.</summary>
    public FrozenDictionary<string, Picture> Photos { get; }

    /// <summary>The colour of buttons on light pages.</summary>
    public Rgb Brand { get; }

    /// <summary>The colour of buttons in mails.</summary>
    public Rgb MailBrand => IsPlain ? PlainMail : Brand;

    /// <summary>Whether the theme is the one every practice begins with.</summary>
    public bool IsPlain => Theme == Theme.Plain;

    /// <summary>The practice's own style sheet; null as long as nothing has been changed.</summary>
    internal Asset? Sheet { get; }

    public static PracticeLook Load(Db db) => new(ThemeOf(db), Picture.Published(db));

    /// <summary>The theme that holds.</summary>
    public static Theme ThemeOf(Db db) =>
        db.Row("SELECT colour, corners, font FROM look", row => Theme.Read(row.GetString(0), row.GetString(1), row.GetString(2))) ?? Theme.Plain;

    /// <summary>Decides on a theme. The plain one is no row at all.</summary>
    internal static void Save(Db db, Theme theme)
    {
        db.Execute("DELETE FROM look");
        if (theme == Theme.Plain) return;
        db.Execute("INSERT INTO look (only, colour, corners, font) VALUES (1, $colour, $corners, $font)", ("$colour", theme.Colour.Hex), ("$corners", theme.Corners), ("$font", theme.Font));
    }
}

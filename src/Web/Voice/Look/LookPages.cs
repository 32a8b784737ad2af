using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Voice.Look;

/// <summary>The practice's colour, corners and font, with a specimen to look at before owners do.</summary>
internal static class LookPages
{
    public const string Root = "/praxis/einstellungen/aussehen";

    private static readonly Place Here = new(Root, "/praxis/einstellungen");

    /// <summary><c>GET /praxis/einstellungen/aussehen</c></summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        // A finished theme fills the fields; it is looked at and published like any other.
        var theme = Theme.Finished.FirstOrDefault(one => one.Id == staff.Visitor.Asked("vorlage")).Theme;
        return SettingFlow.Show(staff, readers, (db, _) => Form(staff, db, theme is null ? null : Typed(theme)));
    }

    /// <summary><c>POST /praxis/einstellungen/aussehen</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, typed));

    private static SettingForm Form(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var known = PracticeLook.ThemeOf(db);
        var form = new SettingForm(staff, typed, Here) { Title = t.LookHeading, Lead = t.LookLead, Act = "look.changed", Subject = "practice:1" };
        form.Part(t.LookOwn, t.LookOwnLead);
        var colour = form.Colour("farbe", new Label(t.LookColour, t.LookColourHelp), known.Colour);
        var corners = form.Choice("ecken", new Label(t.LookCorners, t.LookCornersHelp), known.Corners, [.. Theme.AllCorners.Select(one => (one.Id, t.LookCorner(one.Id)))]);
        var font = form.Choice("schrift", new Label(t.LookFont, t.LookFontHelp), known.Font, [.. HeadFont.All.Select(one => one.Id).Prepend(HeadFont.System).Select(id => (id, t.LookFontName(id)))]);
        form.Part(t.LookMore);
        form.Links((Root + "/logo", t.LookLogo), (Root + "/fotos", t.LookPhotos), ("/praxis/einstellungen/angaben", t.LookWelcome));
        if (Theme.Read(colour.Hex, corners, font) is { } theme)
        {
            form.Above = () => ThemeList.Create(new ThemeListModel(staff, theme));
            form.Specimen = () => Specimen.Create(new SpecimenModel(staff, theme));
            form.Save = change => PracticeLook.Save(change.Db, theme);
        }
        return form;
    }

    private static FormCollection Typed(Theme theme) => new(new() { ["farbe"] = theme.Colour.Hex, ["ecken"] = theme.Corners, ["schrift"] = theme.Font });
}

/// <summary>The finished themes, to begin with.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Now">What stands in the fields.</param>
public sealed record ThemeListModel(Staff Staff, Theme Now);

/// <summary>A theme as owners would see it.</summary>
/// <param name="Staff">Who looks.</param>
/// <param name="Theme">What it is to look like.</param>
public sealed record SpecimenModel(Staff Staff, Theme Theme)
{
    /// <summary>The style sheet that holds for the specimen alone.</summary>
    public string Css => Staff.Visitor.Url(LookPages.Root + "/probe.css", ("farbe", Theme.Colour.Hex), ("ecken", Theme.Corners), ("schrift", Theme.Font));
}

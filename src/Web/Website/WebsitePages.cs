using VetBooking.Scheduling;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Website;

/// <summary>What brings owners from elsewhere to the booking: links, codes, notices, and the booking inside a website.</summary>
internal static class WebsitePages
{
    /// <summary><c>GET /praxis/einstellungen/webseite</c></summary>
    public static IResult Show(Staff staff, InstanceSettings settings) => For(staff, settings, model => Page.Ok(WebsitePage.Create(model)));

    /// <summary><c>GET /praxis/einstellungen/webseite/code.svg</c></summary>
    public static IResult Svg(Staff staff, InstanceSettings settings) => For(staff, settings, model =>
        Results.Bytes(CodeFile.Svg(model.Address), "image/svg+xml", model.FileName + ".svg"));

    /// <summary><c>GET /praxis/einstellungen/webseite/code.png</c></summary>
    public static IResult Png(Staff staff, InstanceSettings settings) => For(staff, settings, model =>
        Results.Bytes(CodeFile.Png(model.Address), "image/png", model.FileName + ".png"));

    /// <summary><c>GET /praxis/einstellungen/webseite/aushang/{format}</c>: a page to print and put up, or to lay out.</summary>
    public static IResult Notice(Staff staff, InstanceSettings settings, string format) => format is "a4" or "a6"
        ? For(staff, settings, model => Page.Ok(NoticePage.Create(model with { Format = format })))
        : NotFoundPage.Show(staff.Visitor);

    /// <summary>A visit type can be asked for that owners cannot book; then there is nothing to link to.</summary>
    private static IResult For(Staff staff, InstanceSettings settings, Func<WebsiteModel, IResult> show)
    {
        var asked = staff.Visitor.Asked("anliegen");
        var model = new WebsiteModel(staff, settings, asked);
        return asked.Length == 0 || model.VisitTypes.Any(type => type.Id == asked) ? show(model) : NotFoundPage.Show(staff.Visitor);
    }
}

/// <summary>The page about the practice's own website, about one visit type or, if that is empty, the whole booking.</summary>
public sealed record WebsiteModel(Staff Staff, InstanceSettings Settings, string VisitType)
{
    /// <summary>Where this page is.</summary>
    public const string Path = "/praxis/einstellungen/webseite";

    /// <summary>The paper of a notice.</summary>
    public string Format { get; init; } = "";

    /// <summary>The visit types that owners can book, with what they are called to whoever looks at this page.</summary>
    public IEnumerable<(string Id, string Name)> VisitTypes =>
        from type in Staff.Book.Practice.VisitTypes
        where type.Audience != Audience.StaffOnly
        select (type.Id, Staff.Book.Profile.VisitType(Staff.T.Language, type.Id).Name);

    /// <summary>The address that everything on this page leads to.</summary>
    public string Address => Settings.PublicUrl + "/buchen" + (VisitType.Length > 0 ? "/" + Uri.EscapeDataString(VisitType) : "");

    /// <summary>The address as people type it.</summary>
    public string SpokenAddress => Address[(Address.IndexOf("://", StringComparison.Ordinal) + 3)..];

    /// <summary>What links and notices say: in the practice's first language, whoever makes them.</summary>
    public Snippets Snippets => new(Address, VisitType.Length > 0 ? Theirs.WebsiteWordsFor(VisitName) : Theirs.WebsiteWords);

    /// <summary>The texts of the practice's first language.</summary>
    public Texts.Text Theirs => Texts.Text.In(Staff.Book.Profile.Languages[0]);

    /// <summary>What the visit type is called in the practice's first language.</summary>
    public string VisitName => Staff.Book.Profile.VisitType(Staff.Book.Profile.Languages[0], VisitType).Name;

    /// <summary>What a file of the code is called, without its ending.</summary>
    public string FileName => VisitType.Length > 0 ? "termin-" + VisitType : "termin";

    /// <summary>An address below this page's, about the same visit type.</summary>
    public string Url(string below) => Staff.Visitor.Url(Path + below, ("anliegen", VisitType));

    /// <summary>Other names of the practice.</summary>
    public string OtherHosts => string.Join(", ", Settings.HostNames);
}

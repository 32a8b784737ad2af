using VetBooking.Web.Shared;

namespace VetBooking.Web.Site;

/// <summary>The practice's own website.</summary>
internal static class SitePages
{
    /// <summary><c>GET /</c></summary>
    public static IResult Home(Visitor visitor) => NotFoundPage.Show(visitor);

    /// <summary><c>GET /impressum</c></summary>
    public static IResult Imprint(Visitor visitor) => NotFoundPage.Show(visitor);

    /// <summary><c>GET /datenschutz</c></summary>
    public static IResult Privacy(Visitor visitor) => NotFoundPage.Show(visitor);

    /// <summary><c>GET /barrierefreiheit</c></summary>
    public static IResult Accessibility(Visitor visitor) => NotFoundPage.Show(visitor);
}

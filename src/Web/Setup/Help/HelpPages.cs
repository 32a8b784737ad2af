using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Setup.Help;

/// <summary>The handbook for everybody in the practice.</summary>
internal static class HelpPages
{
    /// <summary><c>GET /praxis/hilfe</c></summary>
    public static IResult Start(Staff staff) => Show(staff, Handbook.Chapters[0].Id);

    /// <summary><c>GET /praxis/hilfe/{chapter}</c></summary>
    public static IResult Show(Staff staff, string chapter) => Handbook.Chapters.Any(one => one.Id == chapter)
        ? Page.Ok(HelpPage.Create(new HelpModel(staff, chapter)))
        : NotFoundPage.Show(staff.Visitor);
}

/// <summary>A chapter of the handbook.</summary>
public sealed record HelpModel(Staff Staff, string Chapter);

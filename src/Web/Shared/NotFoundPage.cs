namespace VetBooking.Web.Shared;

/// <summary>One and the same page for everything that is not there, or not for this visitor: it tells nobody which.</summary>
internal static class NotFoundPage
{
    public static IResult Show(Visitor visitor) => Page.With(NotFound.Create(visitor), StatusCodes.Status404NotFound);
}

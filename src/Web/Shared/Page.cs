using RazorSlices;

namespace VetBooking.Web.Shared;

/// <summary>Answers with a page. All that is shown has been loaded before: a page is never cut off by an error.</summary>
internal static class Page
{
    public static IResult Ok(RazorSlice slice) => With(slice, StatusCodes.Status200OK);

    /// <summary>The same page again, because something typed is wrong; everything typed is kept.</summary>
    public static IResult Again(RazorSlice slice) => With(slice, StatusCodes.Status422UnprocessableEntity);

    public static IResult With(RazorSlice slice, int status)
    {
        slice.StatusCode = status;
        return slice;
    }
}

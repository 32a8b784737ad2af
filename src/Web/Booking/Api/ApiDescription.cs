namespace VetBooking.Web.Booking;

/// <summary>The API in OpenAPI's words. Written by hand, checked by a test; see docs/decisions/0009.</summary>
public static class ApiDescription
{
    /// <summary><c>GET /openapi/v1.json</c></summary>
    public static IResult Get() => Results.Stream(
        typeof(ApiDescription).Assembly.GetManifestResourceStream("VetBooking.Web.openapi.v1.json")!, "application/json");
}

using VetBooking.Web.Texts;

namespace VetBooking.Web.Booking;

/// <summary>The sentence above a field that says what is wrong with it; nothing if nothing is.</summary>
/// <param name="T">The texts.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Id">The id that the field names as its description.</param>
public sealed record FieldFaultModel(Text T, string? Wrong, string Id);

using System.Globalization;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Questions;

/// <summary>What an owner answered and showed, for staff.</summary>
public sealed record AnswersModel(Staff Staff, long Appointment, IReadOnlyList<Answer> Answers, IReadOnlyList<Photo> Photos)
{
    public string Url(Photo photo) => Staff.Visitor.Url(string.Create(CultureInfo.InvariantCulture, $"/praxis/termin/{Appointment}/foto/{photo.Position}"));
}

using System.Collections.Immutable;
using VetBooking.Scheduling;

namespace VetBooking.Web.Planning;

/// <summary>One person, room or device of an appointment, and what could serve instead: a field of the plain form to move it.</summary>
/// <param name="From">What it has.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Chosen">What the field shows: what was typed, or else what it has.</param>
/// <param name="Options">All it could be, with names.</param>
public sealed record MoveChoice(string From, ResourceKind Kind, string Chosen, ImmutableArray<(string Id, string Name)> Options)
{
    /// <summary>
    /// The choices for an appointment: for the person everybody, those who can do it first; for rooms and devices what suits
    /// its kind of visit, and none where there is no other.
    /// </summary>
    public static IReadOnlyList<MoveChoice> Of(AppointmentPageModel model)
    {
        var (practice, typed) = (model.Staff.Book.Practice, model.Field("nach", "").Split(','));
        var needs = practice.VisitType(model.Appointment.VisitType)?.Needs ?? [];
        var has = practice.Resources.Where(one => model.Details.Resources.Contains(one.Id)).OrderBy(one => one.Kind).ToList();
        var choices = new List<MoveChoice>();
        foreach (var one in has)
        {
            var options = practice.Resources.Where(other => other.Kind == one.Kind && (other == one || !has.Contains(other)))
                .Where(other => one.Kind == ResourceKind.Person || other == one || needs.Any(need => need.Fits(other)))
                .OrderByDescending(other => needs.Any(need => need.Fits(other))).ToList();
            if (options.Count < 2) continue;
            var chosen = choices.Count < typed.Length && typed[choices.Count].Length > 0 ? typed[choices.Count] : Value(one);
            choices.Add(new MoveChoice(one.Id, one.Kind, chosen, [.. options.Select(other => (other == one ? Value(one) : other.Id, Name(other, one)))]));
        }
        return choices;

        // A room merely happens to be free: unless somebody wants another one, any that suits may take its place.
        string Value(Resource one) => one.Kind == ResourceKind.Person ? one.Id : "";

        string Name(Resource other, Resource one) => model.Staff.Visitor.Profile.NameOf(other.Id) is var name && other == one && Value(one).Length == 0
            ? model.T.DiarySameIfFree(name)
            : name;
    }
}

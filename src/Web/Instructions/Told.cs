using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Instructions;

/// <summary>What the owner of certain animals is told about a certain visit, one thing a line.</summary>
public static class Told
{
    /// <summary>So old an animal is no longer very young, whatever it is.</summary>
    private static readonly Period Grown = Period.FromMonths(6);

    /// <summary>What is said while somebody chooses a time.</summary>
    /// <param name="profile">The practice.</param>
    /// <param name="t">The texts of the language.</param>
    /// <param name="visitType">What the visit is for.</param>
    /// <param name="animals">Who comes along.</param>
    /// <param name="day">The day of the visit, or today as long as none is chosen.</param>
    public static ImmutableArray<string> Before(Profile profile, Text t, string visitType, ImmutableArray<VisitingAnimal> animals, LocalDate day) => Lines(profile, t, visitType, animals, ("before", day));

    /// <summary>What is said once it is booked, on pages and in mails: what to bring, and what else to mind.</summary>
    public static ImmutableArray<string> After(Book book, Text t, Appointment appointment) =>
    [
        .. book.Profile.VisitType(t.Language, appointment.VisitType).Bring,
        .. Lines(book.Profile, t, appointment.VisitType, appointment.Animals, ("after", book.Diary.DateOf(appointment.Start))),
    ];

    private static ImmutableArray<string> Lines(Profile profile, Text t, string visitType, ImmutableArray<VisitingAnimal> animals, (string Moment, LocalDate Day) when)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var fasting = false;
        foreach (var instruction in profile.Instructions.Where(one => one.IsSaid(when.Moment, visitType)))
        {
            var meant = animals.Where(animal => instruction.HoldsFor(animal.Species)).ToList();
            if (meant.Count == 0) continue;
            var line = instruction.In(t.Language);
            // Whoever comes with two kinds of animals must not take for one what is meant for the other.
            if (instruction.IsFasting || meant.Count < animals.Length) line = t.BookingInstructionsFor(SpeciesOf(meant), line);
            if (instruction.IsFasting && meant.Exists(animal => MayBeYoung(animal.Born, when.Day))) line = $"{line} {t.BookingInstructionsYoung}";
            fasting |= instruction.IsFasting;
            lines.Add(line);
        }
        var fed = animals.Where(animal => Instruction.NeverFast.Contains(animal.Species)).ToList();
        if (fasting && fed.Count > 0) lines.Add(t.BookingInstructionsFor(SpeciesOf(fed), t.BookingInstructionsNeverFast));
        return lines.ToImmutable();

        string SpeciesOf(IEnumerable<VisitingAnimal> some) => string.Join(", ", some.Select(animal => Wording.Species(t, animal.Species)).Distinct());
    }

    /// <summary>Whether an animal may be very young on a day: nobody knows when it was born, or it may have been a short while ago.</summary>
    private static bool MayBeYoung(string? born, LocalDate day)
    {
        LocalDate? latest = born?.Length switch
        {
            4 => LocalDatePattern.Iso.Parse(born + "-12-31") is { Success: true } year ? year.Value : null,
            7 => LocalDatePattern.Iso.Parse(born + "-01") is { Success: true } month ? month.Value.PlusMonths(1) : null,
            10 => LocalDatePattern.Iso.Parse(born) is { Success: true } date ? date.Value : null,
            _ => null,
        };
        return latest is not { } known || known + Grown > day;
    }
}

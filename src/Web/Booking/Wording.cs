using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Questions;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Booking;

/// <summary>Says in words what the rules and the checks answer in types.</summary>
public static class Wording
{
    /// <summary>Why not, and what to do instead.</summary>
    public static string Of(Text t, Refusal refusal, Book book)
    {
        var zone = book.Practice.Zone;
        return refusal switch
        {
            Refusal.NotOnline => t.RefusalNotOnline(book.Profile.Phone),
            Refusal.KnownOwnersOnly => t.RefusalKnownOwnersOnly(book.Profile.Phone),
            Refusal.WrongNumberOfAnimals number => t.RefusalNumberOfAnimals(number.Most),
            Refusal.SpeciesNotTreated => t.RefusalSpeciesNotTreated,
            Refusal.VetNotSuitable => t.RefusalVetNotSuitable,
            Refusal.OffGrid grid => t.RefusalOffGrid(grid.GridMinutes),
            Refusal.Past => t.RefusalPast,
            Refusal.TooSoon soon => t.RefusalTooSoon(soon.Earliest.InZone(zone).Date, soon.Earliest.InZone(zone).TimeOfDay, book.Profile.Phone),
            Refusal.TooFar far => t.RefusalTooFar(far.Last),
            Refusal.Closed { Because: { } closure } => t.RefusalClosedBecause(ClosureReason(t, closure)),
            Refusal.Closed => t.RefusalClosed,
            Refusal.OutsideWindow => t.RefusalOutsideWindow,
            Refusal.DayFull => t.RefusalDayFull,
            Refusal.NobodyThere => t.RefusalNobodyThere,
            Refusal.Absent absent => t.DiaryRuleAbsent(book.Profile.NameOf(absent.Resource)),
            Refusal.NeedUnmet need => t.DiaryRuleNeedUnmet(need.Kind.ToString()),
            Refusal.Paused paused => t.RefusalPaused(WallTime.Of(paused.Until, zone).WithoutYear(t), book.Profile.Phone),
            Refusal.HeldBack => t.RefusalHeldBack(book.Profile.Phone),
            Refusal.Taken => t.RefusalTaken,
            Refusal.TooLateToChange => t.RefusalTooLateToChange(book.Profile.Phone),
            _ => t.RefusalNoLongerPossible(book.Profile.Phone),
        };
    }

    /// <summary>Why the practice is closed on a day.</summary>
    public static string ClosureReason(Text t, Closure closure) =>
        closure.Reason ?? (closure.Holiday is { } holiday ? t.HolidayName(holiday.ToString()) : t.RefusalClosed);

    /// <summary>What is wrong with a field, and how it should be.</summary>
    public static string Of(Text t, FieldProblem problem) => (FieldKind(problem.Field), problem.Problem) switch
    {
        ("answer", Problem.Missing) => t.ProblemAnswerMissing,
        ("answer", Problem.Unknown) => t.ProblemAnswerChoice,
        ("answer", Problem.NotANumber) => t.ProblemAnswerNumber(problem.Least, problem.Limit),
        ("answer", Problem.NotADate) => t.ProblemAnswerDate,
        ("answer", Problem.Photo) => t.ProblemPhoto(problem.Reason, Photo.Most, Photo.MostBytes / 1024 / 1024),
        ("email", Problem.Missing) => t.ProblemEmailMissing,
        ("email", Problem.SeveralAddresses) => t.ProblemEmailSeveral,
        ("email", _) => t.ProblemEmail,
        ("species", Problem.NotTreated) => t.RefusalSpeciesNotTreated,
        ("species", _) => t.ProblemSpecies,
        ("born", _) => t.ProblemBorn,
        ("phone", Problem.NotAPhone) => t.ProblemPhone,
        ("name", Problem.Missing) when problem.Field.StartsWith("animals", StringComparison.Ordinal) => t.ProblemAnimalNameMissing,
        ("name", Problem.Missing) => t.ProblemNameMissing,
        ("start", Problem.NotADate) => t.ProblemStart,
        ("animals", _) => t.RefusalNumberOfAnimals(VisitRequest.MostAnimals),
        ("website", _) => t.ProblemHoneypot,
        ("days" or "animals", _) => t.ProblemNumber(problem.Limit),
        (_, Problem.NotADate) => t.ProblemDate,
        (_, Problem.TooLong) => t.ProblemTooLong(problem.Limit),
        (_, Problem.BadCharacters) => t.ProblemCharacters,
        (_, Problem.Missing) => t.ProblemMissing,
        _ => t.ProblemUnknown,
    };

    /// <summary>The name of a species: the product's word for it, or the practice's own id if it is one of its own.</summary>
    public static string Species(Text t, string id) => t.SpeciesName(id);

    /// <summary>One animal in a line, as far as it is known.</summary>
    public static string Animal(Text t, VisitingAnimal animal) =>
        animal.Born is { } born ? t.AnimalLineBorn(animal.Name, Species(t, animal.Species), born) : t.AnimalLine(animal.Name, Species(t, animal.Species));

    /// <summary>A start as date and time on the practice's clocks.</summary>
    public static string When(Text t, Instant start, DateTimeZone zone) => WallTime.Of(start, zone).WithoutYear(t);

    /// <summary>The time of day; in the hour that comes twice, with which of the two it is.</summary>
    public static string Time(Text t, Instant start, DateTimeZone zone) => WallTime.Of(start, zone).Clock(t);

    private static string FieldKind(string field) => field.StartsWith("answers", StringComparison.Ordinal) ? "answer" : field[(field.LastIndexOf('.') + 1)..];
}

using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.Texts;

namespace VetBooking.Web.WaitingList;

/// <summary>
/// When and with whom somebody could come, as the forms of owners and staff ask for it: what stands in the fields, and what
/// it means. No tick at all means any.
/// </summary>
public sealed record WantedForm
{
    /// <summary>How many days ahead a first entry proposes to wait.</summary>
    private const int ProposedDays = 30;

    /// <summary>How many days ahead somebody can wait at the most.</summary>
    public const int MostDays = 180;

    public string Vet { get; init; } = "";
    public string From { get; init; } = "";
    public string Until { get; init; } = "";
    public ImmutableArray<string> Days { get; init; } = [];
    public ImmutableArray<string> Parts { get; init; } = [];

    /// <summary>What an empty form proposes.</summary>
    public static WantedForm New(LocalDate today) => new() { From = LocalDatePattern.Iso.Format(today), Until = LocalDatePattern.Iso.Format(today.PlusDays(ProposedDays)) };

    /// <summary>What stands in the fields for an entry that is there.</summary>
    public static WantedForm Of(Wanted wanted) => new()
    {
        Vet = wanted.Vet ?? "",
        From = LocalDatePattern.Iso.Format(wanted.From),
        Until = LocalDatePattern.Iso.Format(wanted.Until),
        Days = wanted.Weekdays == Wanted.EveryDay ? [] : [.. Weekdays.Where(wanted.CanOn).Select(Value)],
        Parts = wanted.Parts == DayParts.Any ? [] : [.. DayPart.All.Where(part => (wanted.Parts & part) != 0).Select(DayPart.Word)],
    };

    /// <summary>What was typed.</summary>
    public static WantedForm Typed(IFormCollection form) => new()
    {
        Vet = form["bei"].ToString(),
        From = form["von"].ToString(),
        Until = form["bis"].ToString(),
        Days = [.. form["tage"].Select(day => day ?? "")],
        Parts = [.. form["zeiten"].Select(part => part ?? "")],
    };

    public static IEnumerable<IsoDayOfWeek> Weekdays => Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day);

    public static string Value(IsoDayOfWeek day) => ((int)day).ToString(CultureInfo.InvariantCulture);

    /// <summary>A weekday's name.</summary>
    public static string Name(Text t, IsoDayOfWeek day) => t.HoursWeekday(new LocalDate(2026, 1, 4).PlusDays((int)day));

    /// <summary>A time of day in words.</summary>
    public static string Name(Text t, DayParts part) => t.ListPart(DayPart.Word(part));

    /// <summary>Reads the form; what is wrong with it goes into <paramref name="fields"/>.</summary>
    /// <param name="fields">What is wrong so far.</param>
    /// <param name="visitType">What the visit is for.</param>
    /// <param name="animals">Which animals would come.</param>
    /// <param name="visitor">Whoever asks: with the practice and its calendar.</param>
    public Wanted? Read(Fields fields, string visitType, ImmutableArray<VisitingAnimal> animals, Visitor visitor)
    {
        var (from, until) = (Date(fields, "von", From), Date(fields, "bis", Until));
        if (from < visitor.Today) from = visitor.Today;
        if (from is not null && until is not null && (until < from || until > visitor.Today.PlusDays(MostDays))) fields.Wrong("bis", Problem.Unknown);
        var (days, parts) = (0, DayParts.None);
        foreach (var day in Weekdays.Where(day => Days.Contains(Value(day)))) days |= 1 << ((int)day - 1);
        foreach (var part in DayPart.All.Where(part => Parts.Contains(DayPart.Word(part)))) parts |= part;
        var wanted = new Wanted
        {
            VisitType = visitType,
            Vet = Vet.Length == 0 ? null : Vet,
            From = from ?? default,
            Until = until ?? default,
            Weekdays = days == 0 ? Wanted.EveryDay : days,
            Parts = parts == DayParts.None ? DayParts.Any : parts,
            Animals = animals,
        };
        if (wanted.Vet is not null && visitor.Book.Diary.WhyNever(wanted.Request) is Refusal.VetNotSuitable) fields.Wrong("bei", Problem.Unknown);
        return fields.Problems.Count > 0 ? null : wanted;
    }

    /// <summary>What is wrong, in words.</summary>
    public static string Sentence(Text t, FieldProblem problem, LocalDate today) => problem.Field switch
    {
        "von" or "bis" => t.ListWrongDates(today, today.PlusDays(MostDays)),
        "bei" => t.RefusalVetNotSuitable,
        _ => Wording.Of(t, problem),
    };

    private static LocalDate? Date(Fields fields, string field, string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date && date.Value.Year is >= 2000 and < 2200) return date.Value;
        fields.Wrong(field, Problem.NotADate);
        return null;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.FrontDesk;

/// <summary>How the dates of a series follow each other.</summary>
public enum SeriesKind
{
    /// <summary>Every so many weeks on the same weekday.</summary>
    Weekly,

    /// <summary>At these ages in weeks, counted from the animal's birth: a puppy's vaccinations.</summary>
    Ages,

    /// <summary>So many days after the first.</summary>
    Days,
}

/// <summary>The dates of a series as they were asked for. What comes of them is in <see cref="SeriesPlan"/>.</summary>
public sealed class SeriesForm
{
    /// <summary>The most appointments one series may have.</summary>
    public const int Most = 26;

    private const int MostDays = 185;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private readonly Staff staff;

    public SeriesForm(Staff staff, PhoneForm phone)
    {
        (this.staff, Phone) = (staff, phone);
        Kind = phone.Value("folge") switch { "alter" => SeriesKind.Ages, "tage" => SeriesKind.Days, _ => SeriesKind.Weekly };
        First = Read(phone.Value("erster")) ?? phone.Date ?? staff.Visitor.Today.PlusDays(1);
        Time = Clock.Parse(phone.Value("uhrzeit")) is { Success: true, Value: var time } ? time : phone.Time ?? new LocalTime(9, 0);
        Born = Read(phone.Value("geboren")) ?? (phone.Owner?.Animals.FirstOrDefault(phone.Takes)?.Born is { } born ? Read(born) : null);
    }

    /// <summary>Who comes, for what, with whom.</summary>
    public PhoneForm Phone { get; }

    public SeriesKind Kind { get; }

    /// <summary>The day of the first appointment.</summary>
    public LocalDate First { get; }

    /// <summary>The time of day all of them begin at, if it is free.</summary>
    public LocalTime Time { get; }

    /// <summary>The animal's day of birth; null if it is not known to the day.</summary>
    public LocalDate? Born { get; }

    public Fields Fields { get; } = new();

    /// <summary>What to show in a field: what was typed, or a suggestion.</summary>
    public string Value(string field) => Phone.Value(field) is { Length: > 0 } typed ? typed : field switch
    {
        "anzahl" => "6",
        "abstand" => "1",
        "wochen" => "8 12 16",
        "tage" => "14 28",
        "erster" => LocalDatePattern.Iso.Format(First),
        "uhrzeit" => Clock.Format(Time),
        "geboren" => Born is { } born ? LocalDatePattern.Iso.Format(born) : "",
        _ => "",
    };

    /// <summary>The days asked for, in order; empty if something is wrong, which <see cref="Fields"/> then says.</summary>
    public ImmutableArray<LocalDate> Dates()
    {
        ImmutableArray<LocalDate> dates = Kind switch
        {
            SeriesKind.Ages when Born is not { } => Missing("geboren"),
            SeriesKind.Ages => [.. Numbers("wochen", 520).Select(week => Born!.Value.PlusWeeks(week)).Where(day => day >= staff.Visitor.Today)],
            SeriesKind.Days => [First, .. Numbers("tage", MostDays).Where(days => days > 0).Select(days => First.PlusDays(days))],
            _ => Weekly(),
        };
        if (Fields.Problems.Count > 0) return [];
        dates = [.. dates.Distinct().Order()];
        if (dates.Length is 0 or > Most) Fields.Wrong(FieldOf(Kind), Problem.TooLong, Most);
        else if (dates[0] < staff.Visitor.Today || dates[^1] > staff.Book.Diary.Days.End) Fields.Wrong("erster", Problem.NotADate);
        return Fields.Problems.Count > 0 ? [] : dates;
    }

    /// <summary>The field that decides how many appointments there are.</summary>
    public static string FieldOf(SeriesKind kind) => kind switch { SeriesKind.Ages => "wochen", SeriesKind.Days => "tage", _ => "anzahl" };

    private ImmutableArray<LocalDate> Weekly()
    {
        var (count, every) = (Number("anzahl", Most), Number("abstand", 26));
        return [.. Enumerable.Range(0, count).Select(i => First.PlusWeeks(i * every))];
    }

    private int Number(string field, int most)
    {
        if (int.TryParse(Value(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        Fields.Wrong(field, Problem.TooLong, most);
        return 0;
    }

    private List<int> Numbers(string field, int most)
    {
        var words = Value(field).Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : -1).ToList();
        if (numbers.Count is > 0 and <= Most && numbers.TrueForAll(number => number >= 0)) return numbers;
        Fields.Wrong(field, Problem.TooLong, Most);
        return [];
    }

    private ImmutableArray<LocalDate> Missing(string field)
    {
        Fields.Wrong(field, Problem.Missing);
        return [];
    }

    private static LocalDate? Read(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;
}

using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Shared;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Booking;

/// <summary>
/// Free times to choose from, for a new visit or for one that moves: the next one, the people, the days with their counts
/// and the times of one day.
/// </summary>
public sealed class TimeChoice
{
    private const int DaysInStrip = 14;

    private readonly Func<LocalDate?, string?, string> url;
    private readonly List<FreeDay> days;

    public TimeChoice(Visitor visitor, VisitRequest request, Func<LocalDate?, string?, string> url)
    {
        this.url = url;
        Visitor = visitor;
        var diary = visitor.Book.Diary;
        var type = diary.Practice.VisitType(request.VisitType)!;
        // Somebody who no longer works here, in an old link: anybody else, then.
        Request = diary.WhyNever(request) is null ? request : request with { Vet = null };
        var last = visitor.Today.PlusDays(type.HorizonDays);
        days = [.. diary.FreeStarts(Request, new DateInterval(visitor.Today, last), visitor.Now).Where(day => day.IsOpen)];
        Vets = [.. SlotsApi.Vets(diary.Practice, type)];
        Next = days.FirstOrDefault(day => !day.Starts.IsEmpty)?.Starts[0];
        Asked = LocalDatePattern.Iso.Parse(visitor.Asked("tag")) is { Success: true } day ? day.Value : null;
        var free = days.Where(day => !day.Starts.IsEmpty).ToList();
        Selected = days.FirstOrDefault(day => day.Date == Asked)
            ?? free.FirstOrDefault(day => day.Date > Asked)
            ?? (Asked is null ? free.FirstOrDefault() : free.LastOrDefault())
            ?? days.FirstOrDefault();
        if (Asked is { } asked && Selected?.Date != asked) WhyNotAsked = WhyNot(diary.Practice, asked, visitor.Today, last);
    }

    public Visitor Visitor { get; }

    public VisitRequest Request { get; }

    /// <summary>The first free time of all.</summary>
    public FreeStart? Next { get; }

    /// <summary>The day somebody asked for; null if they asked for none.</summary>
    public LocalDate? Asked { get; }

    /// <summary>Why the day asked for cannot be shown; null if it is, or none was asked for.</summary>
    public Refusal? WhyNotAsked { get; }

    /// <summary>The people to choose from; no choice if it is only one.</summary>
    public IReadOnlyList<string> Vets { get; }

    /// <summary>The day whose times are shown; null if the practice is not open at all in the time ahead.</summary>
    public FreeDay? Selected { get; }

    /// <summary>The last day that can be asked for.</summary>
    public LocalDate? Last => days.Count > 0 ? days[^1].Date : null;

    /// <summary>Open days around the selected one; full ones stay, so that people see that there is no point in looking.</summary>
    public IEnumerable<FreeDay> Strip => days.Skip(StripStart).Take(DaysInStrip);

    /// <summary>The day that a step to earlier days leads to; null at the beginning.</summary>
    public LocalDate? Earlier => StripStart > 0 ? days[StripStart - DaysInStrip].Date : null;

    /// <summary>The day that a step to later days leads to; null at the end.</summary>
    public LocalDate? Later => StripStart + DaysInStrip < days.Count ? days[StripStart + DaysInStrip].Date : null;

    private int StripStart => Selected is null ? 0 : days.IndexOf(Selected) / DaysInStrip * DaysInStrip;

    /// <summary>The address that shows another day.</summary>
    public string ForDay(LocalDate day) => url(day, Request.Vet);

    /// <summary>The address that shows another person's times, on the same day.</summary>
    public string ForVet(string? vet) => url(Selected?.Date, vet);

    /// <summary>Where a form asks for another date, and the fields that have to travel with it.</summary>
    public (string Path, IEnumerable<KeyValuePair<string, string>> Fields) ForAnyDay
    {
        get
        {
            var parts = url(null, Request.Vet).Split('?', 2);
            return (parts[0], parts.Length < 2 ? [] : QueryHelpers.ParseQuery(parts[1]).Select(one => KeyValuePair.Create(one.Key, one.Value.ToString())));
        }
    }

    /// <summary>What a button says that takes this start: the bare time, as the day stands above; more only in the hour that comes twice.</summary>
    public string Label(FreeStart start) => WallTime.Of(start.Start, Visitor.Book.Practice.Zone) is var wall && wall.Twice == Twice.No
        ? Visitor.T.BookingTimesSlot(wall.Time)
        : wall.Clock(Visitor.T);

    /// <summary>The value of a button that takes this start.</summary>
    public static string Value(FreeStart start, DateTimeZone zone) => ApiTime.Write(start.Start, zone) + " " + start.Vet;

    /// <summary>Reads what <see cref="Value"/> wrote.</summary>
    public static (Instant Start, string? Vet)? Read(string value, DateTimeZone zone)
    {
        var blank = value.IndexOf(' ', StringComparison.Ordinal);
        var start = ApiTime.Read(blank < 0 ? value : value[..blank], zone);
        return start is null ? null : (start.Value, blank < 0 || blank == value.Length - 1 ? null : value[(blank + 1)..]);
    }

    private static Refusal WhyNot(Practice practice, LocalDate asked, LocalDate today, LocalDate last) =>
        asked < today ? new Refusal.Past()
        : asked > last ? new Refusal.TooFar(last)
        : new Refusal.Closed(practice.ClosureOn(asked));
}

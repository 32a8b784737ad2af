using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace VetBooking.Web.Booking;

/// <summary>What a booking by the API brings.</summary>
public sealed record BookingBody(
    string? VisitType, string? Start, string? Vet, string? Language, OwnerBody? Owner, IReadOnlyList<AnimalBody?>? Animals, string? Note)
{
    /// <summary>Answers to the practice's own questions, by the question's id; several only where several can be chosen.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string?>?>? Answers { get; init; }

    /// <summary>The same in one way of writing it: neither order nor null makes another request of it.</summary>
    public BookingBody Plain() => Answers is null ? this : this with
    {
        Answers = Answers.Any(one => one.Value?.Any(value => value is not null) == true)
            ? new SortedDictionary<string, IReadOnlyList<string?>?>(
                Answers.Where(one => one.Value?.Any(value => value is not null) == true).ToDictionary(one => one.Key, one => (IReadOnlyList<string?>?)[.. one.Value!.Where(value => value is not null)]), StringComparer.Ordinal)
            : null,
    };
}

/// <summary>Who books.</summary>
public sealed record OwnerBody(string? Name, string? Email, string? Phone);

/// <summary>An animal that comes along. <paramref name="Born"/> is YYYY, YYYY-MM or YYYY-MM-DD.</summary>
public sealed record AnimalBody(string? Name, string? Species, string? Born, string? Reason);

/// <summary>The answer to a booking. Times carry the practice's offset, like 2026-11-24T09:10:00+01:00.</summary>
public sealed record BookingBodyAnswer(string Number, string Status, string Start, int Minutes, string Vet, string? HeldUntil);

/// <summary>The practice, as anyone may know it.</summary>
public sealed record PracticeBody(
    string Name, string Street, string Postcode, string City, string Phone, string TimeZone, IReadOnlyList<string> Languages, IReadOnlyList<string> Species, string? PausedUntil);

/// <summary>A visit type that can be booked online.</summary>
public sealed record VisitTypeBody(
    string Id, string Name, string Hint, string Audience, string Mode, IReadOnlyDictionary<string, int> Minutes, int MinutesPerFurtherAnimal, IReadOnlyList<string> Vets)
{
    /// <summary>What the practice asks before this visit; null if nothing.</summary>
    public IReadOnlyList<QuestionBody>? Questions { get; init; }
}

/// <summary>A question of the practice's own. Photos can be sent on the pages only, so nobody is asked for them here.</summary>
public sealed record QuestionBody(string Id, string Kind, string Asked, string Help, bool Required)
{
    /// <summary>The species it is about; null for all.</summary>
    public IReadOnlyList<string>? Species { get; init; }

    /// <summary>The answers to choose from; null if it has none.</summary>
    public IReadOnlyList<OptionBody>? Options { get; init; }

    /// <summary>The smallest number; null unless it asks for one.</summary>
    public int? Least { get; init; }

    /// <summary>The largest number; null unless it asks for one.</summary>
    public int? Most { get; init; }

    /// <summary>The answer to another question that it is asked after; null if it is always asked.</summary>
    public ConditionBody? Only { get; init; }
}

/// <summary>An answer to choose from: what is sent, and what people read.</summary>
public sealed record OptionBody(string Value, string Words);

/// <summary>An answer that a question is asked after.</summary>
public sealed record ConditionBody(string Question, string Value);

/// <summary>The visit types, in the practice's order.</summary>
public sealed record VisitTypesBody(IReadOnlyList<VisitTypeBody> VisitTypes);

/// <summary>A start that can be booked.</summary>
public sealed record SlotBody(string Start, int Minutes, string Vet);

/// <summary>Free starts in order.</summary>
public sealed record SlotsBody(string TimeZone, string? PausedUntil, IReadOnlyList<SlotBody> Slots);

/// <summary>An answer as it is kept for being asked again; instants are seconds since 1970.</summary>
internal sealed record StoredAnswer(string Number, string Status, long Start, int Minutes, string Vet, long? HeldUntil)
{
    public static StoredAnswer Of(BookingAnswered answer) =>
        new(answer.Number, answer.Status, answer.Start.ToUnixTimeSeconds(), answer.Minutes, answer.Vet, answer.HeldUntil?.ToUnixTimeSeconds());

    public BookingAnswered Answer(long appointment) =>
        new(appointment, Number, Status, Instant.FromUnixTimeSeconds(Start), Minutes, Vet, HeldUntil is { } until ? Instant.FromUnixTimeSeconds(until) : null);
}

/// <summary>An error as RFC 9457 wants it, with what this API adds.</summary>
public sealed record ProblemBody(string Type, string Title, int Status, string? Detail = null)
{
    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Which rule refused, as a word for programs.</summary>
    public string? Cause { get; init; }

    /// <summary>The nearest starts that are free instead.</summary>
    public IReadOnlyList<SlotBody>? Nearest { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8)]
[JsonSerializable(typeof(BookingBody))]
[JsonSerializable(typeof(BookingBodyAnswer))]
[JsonSerializable(typeof(PracticeBody))]
[JsonSerializable(typeof(VisitTypesBody))]
[JsonSerializable(typeof(SlotsBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(StoredAnswer))]
internal sealed partial class BookingJson : JsonSerializerContext
{
    // The answers are JSON and nothing else, so "+" and umlauts may stand for themselves.
    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>What this API answers with.</summary>
    public static BookingJson Answers => Loaded.Answers;

    // A class of its own, because the order of static fields across the files of a partial class is not defined.
    private static class Loaded
    {
        internal static readonly BookingJson Answers = new(new JsonSerializerOptions(Default.Options) { Encoder = Encoder });
    }
}

/// <summary>Times as the API writes and reads them.</summary>
internal static class ApiTime
{
    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>");

    public static string Write(Instant instant, DateTimeZone zone) => Pattern.Format(instant.InZone(zone).ToOffsetDateTime());

    /// <summary>Reads a start. Its offset must be the one the practice's clocks have then; anything else is a mistake, not to be guessed at.</summary>
    public static Instant? Read(string? text, DateTimeZone zone)
    {
        if (OffsetDateTimePattern.Rfc3339.Parse(text ?? "") is not { Success: true, Value: var read }) return null;
        // On the last day of the calendar such an offset leads out of it.
        if (read.Date == LocalDate.MaxIsoValue && read.Offset < Offset.Zero) return null;
        var instant = read.ToInstant();
        return zone.GetUtcOffset(instant) == read.Offset ? instant : null;
    }
}

/// <summary>
/// Writes many times in order, as <see cref="ApiTime.Write"/> would. Two months of free starts are a thousand times, but
/// date and offset are new only now and then: while they stay, only hours and minutes are written over.
/// </summary>
internal sealed class ApiTimes(DateTimeZone zone)
{
    private readonly byte[] text = new byte["2026-11-24T09:10:00+01:00".Length];
    private ZoneInterval? interval;
    private long day = -1;

    /// <summary>The time as UTF-8; good until the next one is written.</summary>
    public ReadOnlySpan<byte> Write(Instant instant)
    {
        if (interval?.Contains(instant) != true) (interval, day) = (zone.GetZoneInterval(instant), -1);
        var (today, second) = Math.DivRem(instant.ToUnixTimeSeconds() + interval.WallOffset.Seconds, NodaConstants.SecondsPerDay);
        if (today != day)
        {
            day = today;
            Encoding.ASCII.GetBytes(ApiTime.Write(instant, zone), text);
            return text;
        }
        Digits(11, second / NodaConstants.SecondsPerHour);
        Digits(14, second / NodaConstants.SecondsPerMinute % NodaConstants.MinutesPerHour);
        return text;
    }

    private void Digits(int at, long number) => (text[at], text[at + 1]) = ((byte)('0' + number / 10), (byte)('0' + number % 10));
}

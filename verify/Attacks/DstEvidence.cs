using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NodaTime;

namespace VetBooking.Verify.Attacks;

/// <summary>One change of the clocks, with how the practice is set up for it.</summary>
internal sealed record ClockChange(DateTimeZone Zone, LocalDate Date, bool Spring)
{
    public required int Grid { get; init; }
    public required int Length { get; init; }

    /// <summary>Open on Sundays only: then a visit must end by midnight, so its length counts.</summary>
    public required bool SundayOnly { get; init; }

    /// <summary>The wall times to book, as instants. In autumn half past two, both times.</summary>
    public IReadOnlyList<Instant> Starts => (Spring, Length) switch
    {
        // 02:00 is 03:00: a visit of ten minutes just fits in between, a longer one reaches beyond the gap.
        (true, 10) => [At(1, 50), At(3, 0)],
        (true, _) => [At(1, 50), At(1, 50) + Duration.FromMinutes(Length)],
        _ => [At(2, 30), At(2, 30) + Duration.FromHours(1)],
    };

    public IEnumerable<Instant> FreeStarts()
    {
        var (from, to) = (Date.AtStartOfDayInZone(Zone).ToInstant(), Date.PlusDays(1).AtStartOfDayInZone(Zone).ToInstant());
        var last = SundayOnly ? to - Duration.FromMinutes(Length) : to - Duration.FromMinutes(Grid);
        for (var start = from; start <= last; start += Duration.FromMinutes(Grid)) yield return start;
    }

    private Instant At(int hour, int minute) => Zone.MapLocal(Date.At(new LocalTime(hour, minute))).First().ToInstant();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Zone.Id} {Date:uuuu-MM-dd}");
}

/// <summary>Holds what the server shows against the zone's rules. Each answer is a complaint; none means all is right.</summary>
internal static partial class DstEvidence
{
    private static readonly string[] Months =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    public static IEnumerable<string> OfSlots(ClockChange change, IReadOnlyList<Slot> slots)
    {
        foreach (var slot in slots)
        {
            var there = slot.Start.ToInstant().InZone(change.Zone);
            if (there.Offset != slot.Start.Offset) yield return $"{change}: slot {slot.Start} has the wrong offset";
            if (change.Zone.MapLocal(slot.Start.LocalDateTime).Count == 0) yield return $"{change}: slot {slot.Start} lies in the hour that is skipped";
            if (slot.Minutes != change.Length) yield return $"{change}: slot {slot.Start} lasts {slot.Minutes} minutes, not {change.Length}";
        }
        var (shown, right) = (slots.Select(slot => slot.Start.ToInstant()).ToList(), change.FreeStarts().ToList());
        if (!shown.Zip(shown.Skip(1)).All(pair => pair.First < pair.Second)) yield return $"{change}: the slots are not in order";
        if (shown.Count != right.Count) yield return $"{change}: {shown.Count} slots, not {right.Count}";
        foreach (var missing in right.Except(shown).Take(3)) yield return $"{change}: no slot at {Times.Iso(missing, change.Zone)}";
        foreach (var wrong in shown.Except(right).Take(3)) yield return $"{change}: a slot at {Times.Iso(wrong, change.Zone)}";
    }

    public static IEnumerable<string> OfAnswer(ClockChange change, Instant start, Answer answer)
    {
        if (!answer.Won || answer.Start is not { } told) yield return $"{change}: booking {Times.Iso(start, change.Zone)} answered {answer}";
        else if (told != start.InZone(change.Zone).ToOffsetDateTime()) yield return $"{change}: booked {Times.Iso(start, change.Zone)}, told {told}";
    }

    public static IEnumerable<string> OfRow(ClockChange change, Instant start, (long StartsAt, string StartsLocal) row)
    {
        var local = start.InZone(change.Zone).LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (row.StartsAt != start.ToUnixTimeSeconds()) yield return $"{change}: starts_at is {row.StartsAt}, not {start.ToUnixTimeSeconds()}";
        if (!row.StartsLocal.Replace('T', ' ').StartsWith(local, StringComparison.Ordinal)) yield return $"{change}: starts_local is {row.StartsLocal}, not {local}";
    }

    public static IEnumerable<string> OfMail(ClockChange change, Instant start, Mail mail)
    {
        foreach (var (part, text) in new[] { ("text", mail.Text), ("html", Mails.VisibleText(mail.Html)) })
        {
            if (!Shows(change, start, text)) yield return $"{change}: the mail's {part} does not say {Times.Iso(start, change.Zone)}: {Start(text)}";
        }
        var time = WallTime(change, start);
        if (ClockTime().Match(mail.Subject) is { Success: true } said && said.Value != time) yield return $"{change}: the subject says {said.Value}, not {time}";

        foreach (var (name, instant) in new[] { ("DTSTART", start), ("DTEND", start + Duration.FromMinutes(change.Length)) })
        {
            var right = $"{name}:{instant.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
            if (!mail.Calendar.Split('\n').Contains(right)) yield return $"{change}: the calendar file has no {right}: {CalendarTimes(mail.Calendar)}";
        }
    }

    public static IEnumerable<string> OfPage(ClockChange change, Instant start, string html)
    {
        if (!Shows(change, start, Mails.VisibleText(html))) yield return $"{change}: the page does not say {Times.Iso(start, change.Zone)}";
        var marked = TimeElement().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        if (!marked.Any(text => Times.Read(text) is { } time && time == start.InZone(change.Zone).ToOffsetDateTime()))
        {
            yield return $"{change}: no <time> of the page is {Times.Iso(start, change.Zone)}, but {string.Join(", ", marked)}";
        }
    }

    /// <summary>In the hour that comes twice, what stands right behind the time must tell which one is meant.</summary>
    public static IEnumerable<string> OfDoubledHour(ClockChange change, string where, string first, string second)
    {
        if (change.Spring) yield break;
        var time = WallTime(change, change.Starts[0]);
        var (summer, winter) = (Behind(first, time), Behind(second, time));
        if (summer == winter) yield return $"{change}: {where} shows both {time} as '{time}{summer}'";
        if (summer.Contains("Winter", StringComparison.Ordinal) || winter.Contains("Sommer", StringComparison.Ordinal))
        {
            yield return $"{change}: {where} mixes them up: first '{time}{summer}', then '{time}{winter}'";
        }
    }

    private static bool Shows(ClockChange change, Instant start, string text)
    {
        var date = start.InZone(change.Zone).Date;
        string[] ways =
        [
            $"{date.Day}. {Months[date.Month - 1]} {date.Year}",
            string.Create(CultureInfo.InvariantCulture, $"{date:dd.MM.uuuu}"),
            $"{date.Day}.{date.Month}.{date.Year}",
        ];
        // A space that does not break is still a space.
        var plain = text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
        return ways.Any(way => plain.Contains(way, StringComparison.Ordinal))
            && ClockTime().Matches(plain).Any(match => match.Value == WallTime(change, start));
    }

    private static string WallTime(ClockChange change, Instant start) =>
        start.InZone(change.Zone).TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Behind(string text, string time)
    {
        var at = text.IndexOf(time, StringComparison.Ordinal);
        return at < 0 ? "" : text.Substring(at + time.Length, Math.Min(24, text.Length - at - time.Length));
    }

    private static string Start(string text) => text[..Math.Min(text.Length, 300)].ReplaceLineEndings(" / ");

    private static string CalendarTimes(string calendar) =>
        string.Join(" ", calendar.Split('\n').Where(line => line.StartsWith("DT", StringComparison.Ordinal)));

    [GeneratedRegex(@"\b\d\d:\d\d\b")]
    private static partial Regex ClockTime();

    [GeneratedRegex("<time[^>]*\\bdatetime=\"?([^\"\\s>]+)")]
    private static partial Regex TimeElement();
}

using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace VetBooking.Web.Clients.Busy;

/// <summary>
/// Reads from a foreign calendar (RFC 5545) when somebody is busy, and nothing else: what for and with whom is nobody's
/// business here. Written for hostile files: everything is bounded, and what is not understood is counted, not guessed.
/// </summary>
internal sealed class IcsReader(DateTimeZone practice, Interval window)
{
    private const int MostEvents = 5_000;
    private const int MostTimes = 20_000;
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private readonly List<Interval> busy = [];

    /// <summary>How many repeating events have rules that are not understood.</summary>
    public int NotUnderstood { get; private set; }

    /// <summary>The busy times within the window, merged and in order; null with the reason if the text is no calendar, or too much of one.</summary>
    public (IReadOnlyList<Interval>? Busy, BusyProblem? Problem) Read(string text)
    {
        var lines = Unfold(text);
        if (lines.Count == 0 || !lines[0].Is("BEGIN", "VCALENDAR")) return (null, BusyProblem.NoCalendar);
        var events = Events(lines);
        if (events.Count > MostEvents) return (null, BusyProblem.TooMuch);
        // Instances that were moved or changed by themselves are events of their own; the series leaves them out.
        var changed = events.Where(one => one.ContainsKey("RECURRENCE-ID")).ToLookup(one => Value(one, "UID"), one => Start(one["RECURRENCE-ID"])?.Local);
        foreach (var one in events)
        {
            Add(one, changed);
            if (busy.Count > MostTimes) return (null, BusyProblem.TooMuch);
        }
        return (Merged(), null);
    }

    private void Add(Dictionary<string, IcsLine> happening, ILookup<string, LocalDateTime?> changed)
    {
        if (Value(happening, "STATUS") == "CANCELLED" || Value(happening, "TRANSP") == "TRANSPARENT") return;
        if (!happening.TryGetValue("DTSTART", out var line) || Start(line) is not { } start) return;
        var length = Length(happening, start);
        if (length is null || (start.IsDay ? length.Value.Days < 1 : length.Value.Time <= Duration.Zero)) return;
        if (!happening.TryGetValue("RRULE", out var rule))
        {
            Take(start.Local, start, length.Value);
            return;
        }
        if (Recurrence.Read(rule.Value, start.Local, text => Start(new IcsLine("UNTIL", "", text)) is { } until ? (until.Zone == DateTimeZone.Utc && start.Zone != DateTimeZone.Utc ? until.Local.InUtc().WithZone(start.Zone).LocalDateTime : until.Local) : null) is not { } recurrence)
        {
            NotUnderstood++;
            return;
        }
        var except = happening.Where(pair => pair.Key.StartsWith("EXDATE", StringComparison.Ordinal))
            .SelectMany(pair => pair.Value.Value.Split(',').Select(text => Start(pair.Value with { Value = text })?.Local))
            .Concat(happening.ContainsKey("RECURRENCE-ID") ? [] : changed[Value(happening, "UID")]).ToHashSet();
        var last = window.End.InZone(start.Zone).LocalDateTime;
        foreach (var local in recurrence.Starts(last))
        {
            if (!except.Contains(local)) Take(local, start, length.Value);
            if (busy.Count > MostTimes) return;
        }
    }

    private void Take(LocalDateTime local, IcsStart start, (int Days, Duration Time) length)
    {
        if (local.Year is < 1950 or > 2200) return;
        var from = start.IsDay ? start.Zone.AtStartOfDay(local.Date).ToInstant() : start.Zone.AtLeniently(local).ToInstant();
        var to = start.IsDay ? start.Zone.AtStartOfDay(local.Date.PlusDays(length.Days)).ToInstant() : from + length.Time;
        var (cutFrom, cutTo) = (Instant.Max(from, window.Start), Instant.Min(to, window.End));
        if (cutFrom < cutTo) busy.Add(new Interval(cutFrom, cutTo));
    }

    private (int Days, Duration Time)? Length(Dictionary<string, IcsLine> happening, IcsStart start)
    {
        if (happening.TryGetValue("DTEND", out var line))
        {
            if (Start(line) is not { } end) return null;
            var days = Period.DaysBetween(start.Local.Date, end.Local.Date);
            return days is < 0 or > 4000 ? null : (days, end.Zone.AtLeniently(end.Local).ToInstant() - start.Zone.AtLeniently(start.Local).ToInstant());
        }
        if (!happening.TryGetValue("DURATION", out var duration)) return start.IsDay ? (1, Duration.FromDays(1)) : null;
        if (PeriodPattern.Roundtrip.Parse(duration.Value.TrimStart('+')) is not { Success: true } parsed || parsed.Value is { Years: not 0 } or { Months: not 0 }) return null;
        var period = parsed.Value;
        if (period.Days is < 0 or > 4000 || period.Weeks is < 0 or > 500 || period.Hours is < -100_000 or > 100_000 || period.Minutes is < -6_000_000 or > 6_000_000 || period.Seconds is < -400_000_000 or > 400_000_000) return null;
        return (period.Days + period.Weeks * 7, period.ToDuration());
    }

    /// <summary>A date or a moment as the calendar means it; null if it is none.</summary>
    private IcsStart? Start(IcsLine line)
    {
        var text = line.Value.Trim();
        if (Day.Parse(text) is { Success: true } day) return Sane(day.Value.AtMidnight()) ? new IcsStart(day.Value.AtMidnight(), practice, true) : null;
        var utc = text.EndsWith('Z');
        if (Moment.Parse(utc ? text[..^1] : text) is not { Success: true } moment || !Sane(moment.Value)) return null;
        return new IcsStart(moment.Value, utc ? DateTimeZone.Utc : ZoneOf(line.Parameter("TZID")), false);
    }

    private static bool Sane(LocalDateTime local) => local.Year is > 1900 and < 2300;

    /// <summary>The zone of that name, as IANA or Windows has it; the practice's own for one nobody knows.</summary>
    private DateTimeZone ZoneOf(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
        ?? (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var id) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null)
        ?? practice;

    private List<Interval> Merged()
    {
        var merged = new List<Interval>();
        foreach (var one in busy.OrderBy(one => one.Start))
        {
            if (merged.Count > 0 && one.Start <= merged[^1].End) merged[^1] = new Interval(merged[^1].Start, Instant.Max(merged[^1].End, one.End));
            else merged.Add(one);
        }
        return merged;
    }

    private static List<Dictionary<string, IcsLine>> Events(List<IcsLine> lines)
    {
        var (events, depth) = (new List<Dictionary<string, IcsLine>>(), new Stack<string>());
        foreach (var line in lines)
        {
            if (line.Name == "BEGIN")
            {
                depth.Push(line.Value.Trim().ToUpperInvariant());
                if (depth is { Count: 2 } && depth.Peek() == "VEVENT") events.Add([]);
                if (events.Count > MostEvents || depth.Count > 10) return events;
            }
            else if (line.Name == "END") depth.TryPop(out _);
            // Only what stands in the event itself, not in its alarms.
            else if (depth.Count == 2 && depth.Peek() == "VEVENT")
            {
                var name = line.Name == "EXDATE" ? $"EXDATE{events[^1].Count}" : line.Name;
                events[^1].TryAdd(name, line);
            }
        }
        return events;
    }

    private static List<IcsLine> Unfold(string text)
    {
        var lines = new List<IcsLine>();
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n\t", "", StringComparison.Ordinal).Replace("\n ", "", StringComparison.Ordinal).Split('\n'))
        {
            if (IcsLine.Read(line.TrimEnd('\r').TrimStart('\uFEFF')) is { } read) lines.Add(read);
        }
        return lines;
    }

    private static string Value(Dictionary<string, IcsLine> happening, string name) => happening.TryGetValue(name, out var line) ? line.Value.Trim() : "";

    private readonly record struct IcsStart(LocalDateTime Local, DateTimeZone Zone, bool IsDay);
}

/// <summary>One line of a calendar file.</summary>
internal readonly record struct IcsLine(string Name, string Parameters, string Value)
{
    public bool Is(string name, string value) => Name == name && Value.Trim() == value;

    /// <summary>The value of a parameter; empty if it has none of that name.</summary>
    public string Parameter(string name) => Parameters.Split(';')
        .Select(one => one.Split('=', 2)).FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim('"') ?? "";

    /// <summary>Takes a line apart; null if it is none.</summary>
    public static IcsLine? Read(string line)
    {
        var (quoted, colon) = (false, -1);
        for (var i = 0; i < line.Length && colon < 0; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ':' && !quoted) colon = i;
        }
        if (colon < 1) return null;
        var head = line[..colon];
        var semicolon = head.IndexOf(';', StringComparison.Ordinal);
        return new IcsLine((semicolon < 0 ? head : head[..semicolon]).ToUpperInvariant(), semicolon < 0 ? "" : head[(semicolon + 1)..], line[(colon + 1)..]);
    }
}

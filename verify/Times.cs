using NodaTime;
using NodaTime.Text;

namespace VetBooking.Verify;

/// <summary>Times as the API writes them.</summary>
internal static class Times
{
    private static readonly OffsetDateTimePattern Written =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    public static string Iso(Instant instant, DateTimeZone zone) => Written.Format(instant.InZone(zone).ToOffsetDateTime());

    /// <summary>Null if it is not an instant, for instance because the offset is missing.</summary>
    public static OffsetDateTime? Read(string text)
    {
        // HTML allows to leave the seconds out.
        if (text.Length > 16 && text[16] is '+' or '-' or 'Z') text = text.Insert(16, ":00");
        var parsed = OffsetDateTimePattern.ExtendedIso.Parse(text);
        return parsed.Success ? parsed.Value : null;
    }

    public static Instant Now => SystemClock.Instance.GetCurrentInstant();
}

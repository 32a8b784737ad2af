using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Site;

/// <summary>The practice as schema.org describes it, so that search engines and maps show its number and its hours.</summary>
internal static class StructuredData
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    // Escapes < > & and quotes as well, so that nothing in it can end the script element.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static HtmlString Of(Book book, IEnumerable<Closure> closures, string publicUrl)
    {
        var practice = book.Profile;
        var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteString("@context", "https://schema.org");
            json.WriteString("@type", "VeterinaryCare");
            json.WriteString("name", practice.Name);
            json.WriteString("url", publicUrl + "/");
            json.WriteString("telephone", practice.PhoneLink["tel:".Length..]);
            json.WriteString("email", practice.Email);
            json.WriteStartObject("address");
            json.WriteString("@type", "PostalAddress");
            json.WriteString("streetAddress", practice.Street);
            json.WriteString("postalCode", practice.Postcode);
            json.WriteString("addressLocality", practice.City);
            json.WriteString("addressCountry", "DE");
            json.WriteEndObject();
            json.WriteStartArray("openingHoursSpecification");
            foreach (var hours in book.Practice.Opening) Write(json, hours);
            json.WriteEndArray();
            json.WriteStartArray("specialOpeningHoursSpecification");
            foreach (var closure in closures) Write(json, closure);
            json.WriteEndArray();
            json.WriteStartObject("potentialAction");
            json.WriteString("@type", "ReserveAction");
            json.WriteString("target", publicUrl + "/buchen");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return new HtmlString(Encoding.UTF8.GetString(text.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, WeeklyHours hours)
    {
        Start(json);
        json.WriteString("dayOfWeek", hours.Day.ToString());
        json.WriteString("opens", Time.Format(hours.From));
        // schema.org's way to say that a day is open to its very end.
        json.WriteString("closes", hours.To == LocalTime.Midnight ? "23:59" : Time.Format(hours.To));
        if (hours.ValidFrom is { } from) Write(json, "validFrom", from);
        if (hours.ValidTo is { } to) Write(json, "validThrough", to);
        json.WriteEndObject();
    }

    /// <summary>Opening and closing at the same moment is how schema.org says "closed all day".</summary>
    private static void Write(Utf8JsonWriter json, Closure closure)
    {
        Start(json);
        json.WriteString("opens", "00:00");
        json.WriteString("closes", "00:00");
        Write(json, "validFrom", closure.From);
        Write(json, "validThrough", closure.To);
        json.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("@type", "OpeningHoursSpecification");
    }

    private static void Write(Utf8JsonWriter json, string name, LocalDate date) => json.WriteString(name, LocalDatePattern.Iso.Format(date));
}

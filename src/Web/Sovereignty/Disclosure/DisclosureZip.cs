using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Csv;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.Disclosure;

/// <summary>
/// One person's data as one file (GDPR Art. 15 and 20): a page to read, in German and in the person's own language, and the same
/// for programs. Made in memory and kept nowhere.
/// </summary>
internal static class DisclosureZip
{
    /// <summary>The file's name: it says nothing about whom it is.</summary>
    public const string Name = "auskunft.zip";

    public const string MediaType = "application/zip";

    private const char Delimiter = ';';

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly string[] Headings = ["Terminnummer", "Beginn", "Minuten", "Anliegen", "Stand", "Bei", "Tiere", "Nachricht"];

    /// <summary>Reads all that goes into the file.</summary>
    /// <param name="db">The database, or one that was restored.</param>
    /// <param name="about">The practice, and whom it is about.</param>
    /// <param name="withNotes">Whether what the team wrote goes along: only where somebody reads it first.</param>
    /// <param name="now">The moment it is made.</param>
    public static Disclosed Gather(Db db, (Book Book, InstanceSettings Settings, Person Person) about, bool withNotes, Instant now)
    {
        var (book, settings, person) = about;
        var events = person.Appointments.Select(id => Appointment.Load(db, id)).OfType<Appointment>().OrderBy(one => one.Start)
            .Select(one => CalendarFile.EventOf(one, book, book.Profile.Texts.In(one.Language), settings, now));
        return new Disclosed(book, new Disclosing(db, book, person, withNotes).Gather(now), settings.PublicUrl, now)
        {
            Calendar = CalendarFile.WriteAll(events),
            Photos = [.. person.Appointments.SelectMany(id => db.Rows(
                "SELECT a.number, p.position, p.content FROM photo p JOIN appointment a ON a.id = p.appointment_id WHERE p.appointment_id = $id ORDER BY p.position",
                row => (PhotoName(row.GetString(0), row.GetInt32(1)), row.GetFieldValue<byte[]>(2)), ("$id", id)))],
        };
    }

    /// <summary>Writes the file.</summary>
    public static async Task Write(Stream to, Disclosed what)
    {
        var file = what.File;
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        await Add("README.html", Encoding.UTF8.GetBytes(await Readme(what)));
        await Add("person.json", JsonSerializer.SerializeToUtf8Bytes(file, PersonJson.Readable.Json.PersonFile));
        await Add("appointments.csv", Encoding.UTF8.GetBytes("\uFEFF" + string.Concat(Lines(file))));
        await Add("appointments.ics", Encoding.UTF8.GetBytes(what.Calendar));
        foreach (var (name, content) in what.Photos) await Add(name, content);

        async Task Add(string name, byte[] content)
        {
            var entry = zip.CreateEntry(name);
            entry.LastWriteTime = what.Now.InZone(what.Book.Practice.Zone).ToDateTimeOffset();
            await using var stream = await entry.OpenAsync();
            await stream.WriteAsync(content);
        }
    }

    /// <summary>What a picture is called in the file.</summary>
    public static string PhotoName(string number, int position) => string.Create(CultureInfo.InvariantCulture, $"photos/{number}-{position}.jpg");

    private static IEnumerable<string> Lines(PersonFile file) =>
        file.Appointments.Select(one => (IEnumerable<string>)
            [
                one.Number, one.StartsAt, one.Minutes.ToString(CultureInfo.InvariantCulture), one.VisitType, Text.In("de").DataVisitState(one.State), one.With ?? "",
                string.Join(", ", one.Animals.Select(animal => animal.Name)), one.Message ?? "",
            ])
            .Prepend(Headings)
            .Select(cells => CsvExport.Row(cells, Delimiter));

    private static async Task<string> Readme(Disclosed model)
    {
        using var slice = ReadmePage.Create(model);
        var html = new StringWriter(CultureInfo.InvariantCulture);
        await slice.RenderAsync(html, Html);
        return html.ToString();
    }
}

/// <summary>What one person is told.</summary>
/// <param name="Book">The practice.</param>
/// <param name="File">What is told.</param>
/// <param name="PublicUrl">Where the practice's pages are.</param>
/// <param name="Now">The moment it was read.</param>
public sealed record Disclosed(Book Book, PersonFile File, string PublicUrl, Instant Now)
{
    /// <summary>Their appointments as a calendar file.</summary>
    public required string Calendar { get; init; }

    /// <summary>Their pictures, by the names of their files.</summary>
    public required IReadOnlyList<(string Name, byte[] Content)> Photos { get; init; }

    /// <summary>In which languages the page says it, in order: German, and theirs.</summary>
    public IEnumerable<string> Languages => File.Records.Select(one => one.Language).Prepend("de").Distinct();

    /// <summary>A moment of the file as people read it.</summary>
    public string When(string moment, Text t) => WallTime.Of(NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(moment).Value.ToInstant(), Book.Practice.Zone).Full(t);
}

using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using NodaTime;
using NodaTime.Text;
using RazorSlices;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Messages.Sent;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.Exports.Reading;

/// <summary>
/// The pages of an export: plain HTML that a browser opens from the disk, sheet by sheet, and a search that needs no server.
/// A sheet is made at a time, so that a large practice needs no more memory than a small one.
/// </summary>
internal static class Pages
{
    private const int OwnersOnSheet = 200;

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly YearMonthPattern Month = YearMonthPattern.Iso;

    public static async Task Write(ExportArchive archive, Db db, Instant now)
    {
        var book = Book.Load(db, now);
        var t = Text.In(book.Profile.Languages[0] == "de" ? "de" : "en");
        var owners = db.Rows("SELECT id, name FROM owner ORDER BY sort_name, id", row => (Id: row.GetInt64(0), Name: row.GetString(1)));
        var words = new SheetWords(book, t, owners.Index().ToDictionary(one => one.Item.Id, one => one.Index / OwnersOnSheet + 1));
        var front = new FrontModel(words, now)
        {
            Owners = [.. owners.Chunk(OwnersOnSheet).Select((some, i) => (SheetWords.File(i + 1), $"{some[0].Name} – {some[^1].Name}"))],
            Months = Months(t, "tage", db.Rows("SELECT DISTINCT substr(starts_local, 1, 7) FROM appointment ORDER BY 1 DESC", row => row.GetString(0))),
            Messages = Months(t, "nachrichten", db.Rows($"SELECT DISTINCT {MailMonth} FROM outbox WHERE account_id IS NULL ORDER BY 1 DESC", row => row.GetString(0))),
            Tables = [.. Tables.Files],
        };
        await Slice(archive, "index.html", Front.Create(front));
        await archive.Add("stil.css", Resource("stil.css"));
        await archive.Add("suche.js", Resource("suche.js"));
        await archive.Add("suche-daten.js", stream => WriteIndex(stream, db, words));
        foreach (var (sheet, some) in owners.Chunk(OwnersOnSheet).Index())
        {
            var (file, title) = front.Owners[sheet];
            await Slice(archive, file, OwnerSheet.Create(new OwnerSheetModel(words, title, [.. some.Select(owner => EntryOf(db, owner.Id))])));
        }
        foreach (var (file, title) in front.Months)
        {
            var visits = ExportedVisit.Where(db, "t.starts_local LIKE $month || '%'", ("$month", NameOf(file)));
            await Slice(archive, file, MonthSheet.Create(new MonthSheetModel(words, title, Days(visits, book.Practice.Zone))));
        }
        foreach (var (file, title) in front.Messages)
        {
            var mails = db.Rows($"SELECT id FROM outbox m WHERE account_id IS NULL AND {MailMonth} = $month ORDER BY id", row => row.GetInt64(0), ("$month", NameOf(file)));
            await Slice(archive, file, MessageSheet.Create(new MessageSheetModel(words, title, [.. mails.Select(id => SentMail.Find(db, id)!)])));
        }
        foreach (var (id, name) in db.Rows("SELECT id, name FROM picture WHERE published", row => (row.GetInt64(0), row.GetString(1))))
            await archive.Add("bilder/" + name, db.Row("SELECT content FROM picture WHERE id = $id", row => row.GetFieldValue<byte[]>(0), ("$id", id))!);
        foreach (var id in db.Rows("SELECT id FROM photo ORDER BY id", row => row.GetInt64(0)))
            await archive.Add(string.Create(CultureInfo.InvariantCulture, $"bilder/foto-{id}.jpg"), db.Row("SELECT content FROM photo WHERE id = $id", row => row.GetFieldValue<byte[]>(0), ("$id", id))!);
    }

    private const string MailMonth = "strftime('%Y-%m', coalesce(sent_at, created_at), 'unixepoch')";

    private static OwnerEntry EntryOf(Db db, long owner) => new(OwnerRecord.Load(db, owner)!, AnimalRecord.OfOwner(db, owner), ExportedVisit.Where(db, "t.owner_id = $owner", ("$owner", owner)));

    private static List<(LocalDate, IReadOnlyList<ExportedVisit>)> Days(IEnumerable<ExportedVisit> visits, DateTimeZone zone) =>
        [.. visits.GroupBy(visit => visit.Start.InZone(zone).Date).Select(day => (day.Key, (IReadOnlyList<ExportedVisit>)[.. day]))];

    private static List<(string File, string Title)> Months(Text t, string folder, IEnumerable<string> months) =>
        [.. months.Select(month => ($"{folder}/{month}.html", Month.Parse(month).Value.OnDayOfMonth(1).ToString("MMMM yyyy", t.Culture)))];

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static Task Slice(ExportArchive archive, string name, RazorSlice slice) => archive.AddText(name, async text =>
    {
        using (slice) await slice.RenderAsync(text, Html);
    });

    private static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(Pages).Namespace}.{name}")!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    // What is looked for, and where it stands: everybody of the records, and appointments of others.
    private static Task WriteIndex(Stream stream, Db db, SheetWords words)
    {
        stream.Write("sucheIn("u8);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            var owners = db.Rows(
                """
                SELECT o.id, o.name, concat_ws(' · ', nullif(o.email, ''), nullif(o.phone, ''),
                  (SELECT group_concat(phone, ' · ') FROM owner_phone WHERE owner_id = o.id), (SELECT group_concat(name, ', ') FROM animal WHERE owner_id = o.id))
                FROM owner o ORDER BY o.sort_name, o.id
                """, row => (Id: row.GetInt64(0), Name: row.GetString(1), More: row.GetString(2)));
            foreach (var (id, name, more) in owners) Row(json, name, more, words.Of(id)!);
            var strangers = db.Rows(
                "SELECT id, name, number, email, substr(starts_local, 1, 7) FROM appointment WHERE owner_id IS NULL ORDER BY starts_at DESC, id",
                row => (Id: row.GetInt64(0), Name: row.GetString(1), More: $"{row.GetString(2)} · {row.GetString(3)}", Month: row.GetString(4)));
            foreach (var one in strangers) Row(json, one.Name, one.More, string.Create(CultureInfo.InvariantCulture, $"tage/{one.Month}.html#t{one.Id}"));
            json.WriteEndArray();
        }
        stream.Write(");\n"u8);
        return Task.CompletedTask;
    }

    private static void Row(Utf8JsonWriter json, string name, string more, string where)
    {
        json.WriteStartArray();
        json.WriteStringValue(name);
        json.WriteStringValue(more);
        json.WriteStringValue(where);
        json.WriteEndArray();
    }
}

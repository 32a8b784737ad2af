using VetBooking.Web.Pictures;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Questions;

/// <summary>A photo that came with an appointment, without its content.</summary>
/// <param name="Position">Which of them, from 1.</param>
/// <param name="Asked">What it was asked for with, in German.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record Photo(int Position, string Asked, int Width, int Height)
{
    /// <summary>So many with one appointment.</summary>
    public const int Most = 3;

    /// <summary>A file longer than this is refused: what cameras of telephones make, and some more.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    // Opened by itself, a picture is shown and nothing else.
    private const string Policy = "default-src 'none'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The photos that came with an appointment.</summary>
    internal static IReadOnlyList<Photo> Of(Db db, long appointment) => db.Rows(
        "SELECT position, asked, width, height FROM photo WHERE appointment_id = $id ORDER BY position",
        row => new Photo(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3)), ("$id", appointment));

    /// <summary>Keeps photos with their appointment.</summary>
    internal static void Save(Db db, long appointment, IReadOnlyList<(string Asked, Drawn Drawn)> photos)
    {
        for (var i = 0; i < photos.Count; i++)
        {
            db.Execute("INSERT INTO photo (appointment_id, position, asked, width, height, content) VALUES ($id, $position, $asked, $width, $height, $content)",
                ("$id", appointment), ("$position", i + 1), ("$asked", photos[i].Asked), ("$width", photos[i].Drawn.Width), ("$height", photos[i].Drawn.Height), ("$content", photos[i].Drawn.Content));
        }
    }

    /// <summary><c>GET /praxis/termin/{id}/foto/{nummer}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id, string nummer)
    {
        if (!long.TryParse(id, out var appointment) || !int.TryParse(nummer, out var position)) return NotFoundPage.Show(staff.Visitor);
        var content = readers.Read(db => db.Row("SELECT content FROM photo WHERE appointment_id = $id AND position = $position", row => row.GetFieldValue<byte[]>(0), ("$id", appointment), ("$position", position)));
        if (content is null) return NotFoundPage.Show(staff.Visitor);
        staff.Visitor.Http.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Bytes(content, "image/jpeg");
    }
}

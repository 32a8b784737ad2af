using System.Security.Cryptography;
using VetBooking.Web.Pictures;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Voice.Look.Pictures;

/// <summary>A picture of the practice's, without its content.</summary>
/// <param name="Person">Whose photo it is; null for the logo.</param>
/// <param name="Name">The last part of its address.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record Picture(string? Person, string Name, int Width, int Height)
{
    private const string Columns = "resource_id, name, width, height";

    /// <summary>Where owners' pages have it from.</summary>
    public string Path => "/dateien/" + Name;

    public string Type => TypeOf(Name);

    public static string TypeOf(string name) => name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "image/jpeg";

    /// <summary>All that owners see; people who have left are not among them.</summary>
    public static IReadOnlyList<Picture> Published(Db db) => db.Rows(
        $"SELECT {Columns} FROM picture WHERE published AND (resource_id IS NULL OR resource_id IN (SELECT id FROM resource WHERE active)) ORDER BY id", Of);

    /// <summary>The one that owners see, or the one that is to be looked at first.</summary>
    internal static Picture? Find(Db db, string? person, bool published) => db.Row(
        $"SELECT {Columns} FROM picture WHERE resource_id IS $person AND published = $published", Of, ("$person", person), ("$published", published ? 1 : 0));

    /// <summary>What is in it.</summary>
    internal static byte[]? ContentOf(Db db, string name) => db.Row("SELECT content FROM picture WHERE name = $name", row => row.GetFieldValue<byte[]>(0), ("$name", name));

    /// <summary>Keeps one to be looked at; another one of the same subject goes.</summary>
    internal static Picture Keep(Db db, string? person, Drawn drawn)
    {
        // Longer than a style sheet's hash: the address is all that keeps a photo that nobody has published yet apart.
        var hash = Convert.ToHexStringLower(SHA256.HashData(drawn.Content))[..32];
        var picture = new Picture(person, $"{(person is null ? "logo" : "foto")}.{hash}.{(drawn.IsPng ? "png" : "jpg")}", drawn.Width, drawn.Height);
        db.Execute("DELETE FROM picture WHERE resource_id IS $person AND NOT published", ("$person", person));
        db.Execute("INSERT INTO picture (resource_id, published, name, width, height, content) VALUES ($person, 0, $name, $width, $height, $content)",
            ("$person", person), ("$name", picture.Name), ("$width", picture.Width), ("$height", picture.Height), ("$content", drawn.Content));
        return picture;
    }

    /// <summary>Shows owners the one that was looked at.</summary>
    internal static void Publish(Db db, string? person)
    {
        Remove(db, person);
        db.Execute("UPDATE picture SET published = 1 WHERE resource_id IS $person", ("$person", person));
    }

    /// <summary>Takes away the one owners see.</summary>
    internal static void Remove(Db db, string? person) => db.Execute("DELETE FROM picture WHERE resource_id IS $person AND published", ("$person", person));

    private static Picture Of(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.Text(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3));
}

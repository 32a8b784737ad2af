using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using VetBooking.Web.Planning.DayBoard;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>
/// Boards as they were last written. After a change thirty screens ask for the same one at once: it is read and written
/// once for all of them. Nothing in it outlives the next commit, or two seconds, whichever comes first.
/// </summary>
public sealed class BoardCache(Writer writer)
{
    private const int Most = 8;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (long Commits, long At, Board Board, IReadOnlyList<WrittenColumn> Columns)> written = [];

    /// <summary>The encoder the pages are written with.</summary>
    internal static HtmlEncoder Encoder(Staff staff) => staff.Visitor.Http.RequestServices.GetRequiredService<HtmlEncoder>();

    /// <summary>What somebody looks at, laid out and written.</summary>
    public async Task<(Board Board, IReadOnlyList<WrittenColumn> Columns)> Written(Staff staff, Readers readers, BoardWish wish)
    {
        // All that a column is made of, apart from what the database holds. To the minute: a time kept for urgent cases opens by itself.
        var key = string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(' ', wish.Resources)}|{wish.Date:uuuuMMdd}|{wish.Week}|{staff.Visitor.Url("")}|{staff.T.Language}|{staff.May(Right.Plan)}|{staff.Visitor.Today:uuuuMMdd}|{staff.Now.ToUnixTimeSeconds() / 60}");
        // Asked before the database is read: what is read after a commit is at least as new as it.
        var commits = writer.Commits;
        if (written.TryGetValue(key, out var known) && known.Commits == commits && Stopwatch.GetElapsedTime(known.At) < Life) return (known.Board, known.Columns);
        var board = readers.Read(db => Board.Load(db, staff.Book.Practice, wish, staff.Now));
        var columns = await Write(staff, board);
        if (written.Count >= Most) written.Clear();
        written[key] = (commits, Stopwatch.GetTimestamp(), board, columns);
        return (board, columns);
    }

    private static async Task<IReadOnlyList<WrittenColumn>> Write(Staff staff, Board board)
    {
        var encoder = Encoder(staff);
        var columns = new List<WrittenColumn>(board.Columns.Length);
        foreach (var column in board.Columns)
        {
            var model = new ColumnModel(staff, column, board.Wish.Week is not null);
            await using var text = new StringWriter();
            await Column.Create(model).RenderAsync(text, encoder);
            var html = text.ToString();
            columns.Add(new WrittenColumn(model.Key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)).AsSpan(0, 6)), html));
        }
        return columns;
    }
}

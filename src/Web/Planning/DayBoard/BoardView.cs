using System.Collections.Immutable;
using VetBooking.Scheduling;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>How somebody likes to see the board.</summary>
/// <param name="Resources">The columns, in the practice's order.</param>
/// <param name="Height">How high five minutes are: low, middle or high.</param>
public sealed record BoardView(ImmutableArray<string> Resources, string Height)
{
    /// <summary>The heights there are.</summary>
    public static readonly ImmutableArray<string> Heights = ["low", "middle", "high"];

    private const int MostAtFirst = 8;

    /// <summary>What an account chose; whoever has not chosen sees all that fits, or else the people.</summary>
    public static BoardView Of(Db db, Practice practice, long account)
    {
        var (chosen, height) = db.Row("SELECT resources, row_height FROM board_view WHERE account_id = $id", row => (row.GetString(0), row.GetString(1)), ("$id", account));
        var ids = (chosen ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var shown = practice.Resources.Where(one => ids.Contains(one.Id)).ToList();
        if (shown.Count == 0) shown = [.. practice.Resources];
        if (ids.Length == 0 && shown.Count > MostAtFirst) shown = [.. practice.Resources.Where(one => one.Kind == ResourceKind.Person)];
        if (shown.Count == 0) shown = [.. practice.Resources];
        return new BoardView([.. shown.OrderBy(one => one.Kind).Select(one => one.Id)], height ?? "middle");
    }

    /// <summary>Keeps what an account chose.</summary>
    public static void Save(Change change, long account, BoardView view) => change.Db.Execute(
        """
        INSERT INTO board_view (account_id, resources, row_height) VALUES ($id, $resources, $height)
        ON CONFLICT (account_id) DO UPDATE SET resources = $resources, row_height = $height
        """,
        ("$id", account), ("$resources", string.Join(' ', view.Resources)), ("$height", view.Height));
}

using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Recall.Dates;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Animals;

/// <summary>Everything the page about one animal shows.</summary>
public sealed record AnimalView(Staff Staff, AnimalRecord Animal)
{
    private const int MostLines = 30;

    /// <summary>Whom it belongs to; the main owner first.</summary>
    public required IReadOnlyList<OwnerHit> Owners { get; init; }

    public required IReadOnlyList<VisitLine> Coming { get; init; }
    public required IReadOnlyList<VisitLine> Past { get; init; }

    /// <summary>Other animals with the same chip: one of them is wrong.</summary>
    public required IReadOnlyList<(long Id, string Name)> SameChip { get; init; }

    /// <summary>What falls due for it; null if there is nothing to say.</summary>
    public DueCardModel? Due { get; init; }

    /// <summary>What a search for further owners found; null if none was made.</summary>
    public IReadOnlyList<OwnerHit>? Found { get; init; }

    /// <summary>What was searched for.</summary>
    public string Searched { get; init; } = "";

    public static AnimalView? Load(Db db, Staff staff, long id)
    {
        if (AnimalRecord.Load(db, id) is not { } animal) return null;
        var now = staff.Now.ToUnixTimeSeconds();
        const string its = " JOIN appointment_animal w ON w.appointment_id = t.id AND w.animal_id = $id WHERE ";
        return new AnimalView(staff, animal)
        {
            Owners = db.Rows(
                """
                SELECT o.id, o.name, o.phone FROM owner o
                WHERE o.id = $main OR o.id IN (SELECT owner_id FROM co_owner WHERE animal_id = $id) ORDER BY o.id <> $main, o.sort_name
                """,
                row => new OwnerHit(row.GetInt64(0), row.GetString(1), row.GetString(2)), ("$main", animal.Owner), ("$id", id)),
            Coming = db.Rows($"{OwnerView.VisitColumns}{its} t.starts_at >= $now ORDER BY t.starts_at LIMIT {MostLines}", OwnerView.Visit, ("$id", id), ("$now", now)),
            Past = db.Rows($"{OwnerView.VisitColumns}{its} t.starts_at < $now ORDER BY t.starts_at DESC LIMIT {MostLines}", OwnerView.Visit, ("$id", id), ("$now", now)),
            Due = DueCardModel.Load(db, staff, animal),
            SameChip = animal.Facts.Chip.Length == 0 ? [] : db.Rows(
                "SELECT id, name FROM animal WHERE chip = $chip AND chip <> '' AND id <> $id ORDER BY id LIMIT 5", row => (row.GetInt64(0), row.GetString(1)),
                ("$chip", animal.Facts.Chip), ("$id", id)),
        };
    }
}

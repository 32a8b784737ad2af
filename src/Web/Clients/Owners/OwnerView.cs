using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.SignIn;
using VetBooking.Web.Messages.Sent;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Sovereignty.OwnData;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.WalkIns;

namespace VetBooking.Web.Clients.Owners;

/// <summary>An appointment as a line on the page of whoever comes.</summary>
public sealed record VisitLine(long Id, string Number, string VisitType, string State, Instant Start, string Animals);

/// <summary>Everything the page about one owner shows.</summary>
public sealed record OwnerView(Staff Staff, OwnerRecord Owner)
{
    private const int MostLines = 30;

    public required IReadOnlyList<AnimalRecord> Animals { get; init; }
    public required IReadOnlyList<VisitLine> Coming { get; init; }
    public required IReadOnlyList<VisitLine> Past { get; init; }
    public required IReadOnlyList<SentMail> Mails { get; init; }

    /// <summary>How often they did not come, as far as it counts.</summary>
    public int NoShows { get; init; }

    /// <summary>Whether nothing hangs on the record, so that it may simply be deleted.</summary>
    public bool CanBeDeleted { get; init; }

    /// <summary>Whether numbers of the open consultation are given today.</summary>
    public bool HasConsultation { get; init; }

    /// <summary>The merge that made this record of two and can still be taken back; null if none.</summary>
    public long? Merge { get; init; }

    /// <summary>Whether nothing is an owner's but the record itself, and nobody has said that it must stay.</summary>
    public static bool IsEmpty(Db db, long owner) => db.Number(
        """
        SELECT EXISTS (SELECT 1 FROM animal WHERE owner_id = $id) OR EXISTS (SELECT 1 FROM appointment WHERE owner_id = $id)
          OR EXISTS (SELECT 1 FROM co_owner WHERE owner_id = $id) OR EXISTS (SELECT 1 FROM waiting WHERE owner_id = $id)
          OR EXISTS (SELECT 1 FROM walk_in WHERE owner_id = $id) OR EXISTS (SELECT 1 FROM legal_hold WHERE owner_id = $id)
        """,
        ("$id", owner)) == 0;

    public static OwnerView? Load(Db db, Staff staff, long id)
    {
        if (OwnerRecord.Load(db, id) is not { } owner) return null;
        var now = staff.Now.ToUnixTimeSeconds();
        return new OwnerView(staff, owner)
        {
            Animals = AnimalRecord.OfOwner(db, id),
            Coming = Visits(db, $"{VisitColumns} WHERE t.owner_id = $id AND t.starts_at >= $now ORDER BY t.starts_at LIMIT {MostLines}", id, now),
            Past = Visits(db, $"{VisitColumns} WHERE t.owner_id = $id AND t.starts_at < $now ORDER BY t.starts_at DESC LIMIT {MostLines}", id, now),
            Mails = SentMail.To(db, id, MostLines),
            NoShows = (int)db.Number(
                "SELECT count(*) FROM arrival r JOIN appointment t ON t.id = r.appointment_id WHERE t.owner_id = $id AND r.no_show_at IS NOT NULL AND r.waived_at IS NULL",
                ("$id", id)),
            HasConsultation = WalkInHours.On(db, staff.Book.Practice, staff.Visitor.Today).Count > 0,
            Consent = ConsentCardModel.Load(db, staff, owner),
            Wishes = DataRequestCardModel.Load(db, staff, owner),
            CanBeDeleted = IsEmpty(db, id),
            Merge = Comparing.Merges.Open(db, id, staff.Now),
        };
    }

    /// <summary>Whether they want to be told what falls due; null where nobody asks.</summary>
    public ConsentCardModel? Consent { get; init; }

    /// <summary>What they asked for about their data and waits for an answer; null if nothing.</summary>
    public DataRequestCardModel? Wishes { get; init; }

    internal const string VisitColumns =
        """
        SELECT t.id, t.number, t.visit_type_id, t.state, t.starts_at,
          (SELECT group_concat(name, ', ') FROM (SELECT name FROM appointment_animal WHERE appointment_id = t.id ORDER BY position))
        FROM appointment t
        """;

    internal static VisitLine Visit(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), Moment(row.GetInt64(4)), row.Text(5) ?? "");

    private static List<VisitLine> Visits(Db db, string sql, long id, long now) => db.Rows(sql, Visit, ("$id", id), ("$now", now));

    private static Instant Moment(long seconds) => Instant.FromUnixTimeSeconds(seconds);
}

/// <summary>A page of the list of all owners.</summary>
public sealed record OwnerListModel(Staff Staff, string Letter, int Page)
{
    /// <summary>How many owners one page shows.</summary>
    public const int PerPage = 50;

    public required IReadOnlyList<(OwnerHit Owner, string Phone, string City, string Animals)> Owners { get; init; }

    /// <summary>How many there are in all.</summary>
    public required long Count { get; init; }

    public required bool HasMore { get; init; }

    /// <summary>How many bookings wait to be compared with what is known.</summary>
    public int Comparisons { get; init; }

    public static OwnerListModel Load(Db db, Staff staff, string letter, int page)
    {
        var rows = db.Rows(
            """
            SELECT o.id, o.name, o.phone, o.city, coalesce((SELECT group_concat(name, ', ') FROM animal WHERE owner_id = o.id AND departed IS NULL), '')
            FROM owner o WHERE o.sort_name >= $letter ORDER BY o.sort_name, o.id LIMIT $most OFFSET $skip
            """,
            row => (new OwnerHit(row.GetInt64(0), row.GetString(1), ""), row.GetString(2), row.GetString(3), row.GetString(4)),
            ("$letter", letter), ("$most", PerPage + 1L), ("$skip", (page - 1L) * PerPage));
        return new OwnerListModel(staff, letter, page)
        {
            Owners = [.. rows.Take(PerPage)],
            HasMore = rows.Count > PerPage,
            Count = db.Number("SELECT count(*) FROM owner"),
            Comparisons = Comparing.Comparison.All(db, staff.Now).Count,
        };
    }
}

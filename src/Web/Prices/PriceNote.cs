using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Prices;

/// <summary>About how much a visit costs from a day on, in whole euros, value added tax included. Never a price that holds.</summary>
public sealed record PriceNote(long Id, string VisitType, LocalDate ValidFrom, int Least, int Most)
{
    /// <summary>All lines, the visit types' newest first.</summary>
    internal static ImmutableArray<PriceNote> All(Db db) =>
    [
        .. db.Rows("SELECT n.id, n.visit_type_id, n.valid_from, n.least, n.most FROM price_note n JOIN visit_type t ON t.id = n.visit_type_id ORDER BY t.position, t.id, n.valid_from DESC",
            row => new PriceNote(row.GetInt64(0), row.GetString(1), LocalDatePattern.Iso.Parse(row.GetString(2)).Value, row.GetInt32(3), row.GetInt32(4))),
    ];

    /// <summary>Keeps it, or another one in its place.</summary>
    internal void Save(Db db)
    {
        db.Execute("DELETE FROM price_note WHERE id = $id", ("$id", Id));
        db.Execute("INSERT INTO price_note (visit_type_id, valid_from, least, most) VALUES ($type, $from, $least, $most)",
            ("$type", VisitType), ("$from", LocalDatePattern.Iso.Format(ValidFrom)), ("$least", Least), ("$most", Most));
    }
}

/// <summary>The price notes as owners see them: none, unless the practice wants to show them.</summary>
/// <param name="Edition">The date of the fee table they were taken from; null if none are shown.</param>
/// <param name="Lines">All lines.</param>
public sealed record PriceNotes(LocalDate? Edition, ImmutableArray<PriceNote> Lines)
{
    public static readonly PriceNotes None = new(null, []);

    /// <summary>The line that holds for a visit on a day; null if there is none to show.</summary>
    public PriceNote? For(string visitType, LocalDate day) => Edition is null ? null : Lines.FirstOrDefault(one => one.VisitType == visitType && one.ValidFrom <= day);

    internal static PriceNotes Load(Db db) =>
        db.Row("SELECT price_edition FROM practice WHERE shows_prices", row => row.Text(0)) is { } edition
            ? new PriceNotes(LocalDatePattern.Iso.Parse(edition).Value, PriceNote.All(db))
            : None;
}

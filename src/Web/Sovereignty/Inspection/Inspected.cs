using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Sovereignty.Exports.Reading;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Inspection;

/// <summary>What a backup says of one person or one day.</summary>
public sealed record Inspected
{
    /// <summary>More than this is not shown at once.</summary>
    public const int MostOwners = 50, MostVisits = 200;

    /// <summary>The moment the backup shows.</summary>
    public Instant Of { get; init; }

    /// <summary>The practice as it was then.</summary>
    public Book? Book { get; init; }

    /// <summary>The day that was asked for; null if it was a person.</summary>
    public LocalDate? Day { get; init; }

    public IReadOnlyList<OwnerEntry> Owners { get; init; } = [];

    /// <summary>The appointments of the day, or those of people who are not in the records.</summary>
    public IReadOnlyList<ExportedVisit> Visits { get; init; } = [];

    /// <summary>Whether there is more than is shown.</summary>
    public bool MoreOwners { get; init; }
    public bool MoreVisits { get; init; }

    /// <summary>A day's appointments, whatever became of them.</summary>
    public static Inspected OfDay(Db db, LocalDate day)
    {
        var visits = ExportedVisit.Where(
            db, "t.id IN (SELECT id FROM appointment WHERE starts_local >= $day AND starts_local < $next ORDER BY starts_at, id LIMIT $most)",
            ("$day", LocalDatePattern.Iso.Format(day)), ("$next", LocalDatePattern.Iso.Format(day.PlusDays(1))), ("$most", MostVisits + 1));
        return new Inspected { Day = day, Visits = [.. visits.Take(MostVisits)], MoreVisits = visits.Count > MostVisits };
    }

    /// <summary>Everybody a term fits, with their animals and appointments, and appointments of others that it fits.</summary>
    public static Inspected OfPerson(Db db, PersonTerm term)
    {
        var owners = Fitting(db, term,
            """
            SELECT o.id, concat_ws(' ', o.name, o.email, (SELECT group_concat(name, ' ') FROM animal WHERE owner_id = o.id),
                (SELECT group_concat(a.name, ' ') FROM co_owner c JOIN animal a ON a.id = c.animal_id WHERE c.owner_id = o.id)),
              concat_ws(';', o.phone, (SELECT group_concat(phone, ';') FROM owner_phone WHERE owner_id = o.id))
            FROM owner o ORDER BY o.sort_name, o.id
            """);
        var (entries, shown) = (new List<OwnerEntry>(), new HashSet<long>());
        var more = false;
        List<ExportedVisit> Take(IEnumerable<long> ids)
        {
            var left = MostVisits - shown.Count;
            // The newest are what somebody looks for.
            var visits = ExportedVisit.Where(
                db, "t.id IN (SELECT id FROM appointment WHERE id IN (SELECT value FROM json_each($ids)) ORDER BY starts_at DESC, id DESC LIMIT $most)",
                ("$ids", "[" + string.Join(',', ids.Where(id => !shown.Contains(id)).Select(id => id.ToString(CultureInfo.InvariantCulture))) + "]"), ("$most", left + 1));
            visits.Reverse();
            more |= visits.Count > left;
            visits = [.. visits.Take(left)];
            shown.UnionWith(visits.Select(visit => visit.Id));
            return visits;
        }
        foreach (var owner in owners.Take(MostOwners)) entries.Add(new OwnerEntry(OwnerRecord.Load(db, owner)!, AnimalRecord.OfOwner(db, owner), Take(more ? [] : Person.Of(db, owner).Appointments)));
        var strangers = Take(more ? [] : Fitting(db, term,
            """
            SELECT t.id, concat_ws(' ', t.name, t.email, (SELECT group_concat(name, ' ') FROM appointment_animal WHERE appointment_id = t.id)), t.phone
            FROM appointment t WHERE t.owner_id IS NULL ORDER BY t.starts_at DESC, t.id DESC
            """));
        return new Inspected { Owners = entries, Visits = strangers, MoreOwners = owners.Count > MostOwners, MoreVisits = more };
    }

    private static List<long> Fitting(Db db, PersonTerm term, string rows) =>
        [.. db.Rows(rows, row => term.Fits(row.GetString(1), row.GetString(2).Split(';')) ? row.GetInt64(0) : 0).Where(id => id != 0)];
}

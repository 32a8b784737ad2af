using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Comparing;

/// <summary>All bookings that wait to be compared.</summary>
public sealed record ComparisonsModel(Staff Staff, IReadOnlyList<Comparison> Waiting);

/// <summary>One booking beside what the practice knows.</summary>
/// <param name="Staff">Who decides.</param>
/// <param name="Comparison">What was typed.</param>
/// <param name="Owner">The record beside it; null if none is chosen.</param>
/// <param name="Candidates">Whom it may be.</param>
/// <param name="Animals">The animals of the record.</param>
public sealed record ComparisonModel(Staff Staff, Comparison Comparison, OwnerRecord? Owner, IReadOnlyList<OwnerHit> Candidates, IReadOnlyList<AnimalRecord> Animals);

/// <summary>What owners typed, side by side with what the practice knows, for staff to decide.</summary>
internal static class ComparisonPages
{
    /// <summary><c>GET /praxis/kunden/abgleich</c></summary>
    public static IResult List(Staff staff, Readers readers) => Page.Ok(ComparisonList.Create(new ComparisonsModel(staff, readers.Read(db => Comparison.All(db, staff.Now)))));

    /// <summary><c>GET /praxis/kunden/abgleich/{id}</c></summary>
    public static IResult Show(Staff staff, RowId id, Readers readers)
    {
        var asked = RowId.Read(staff.Visitor.Asked("kunde")).Value;
        var model = readers.Read(db =>
        {
            if (Comparison.Load(db, id.Value, staff.Now) is not { } one) return null;
            List<OwnerHit> candidates = one.Owner is null ? one.Candidates(db) : [];
            var chosen = one.Owner ?? (candidates.Exists(hit => hit.Id == asked) ? asked : candidates.FirstOrDefault()?.Id ?? 0);
            return new ComparisonModel(staff, one, OwnerRecord.Load(db, chosen), candidates, chosen == 0 ? [] : AnimalRecord.OfOwner(db, chosen));
        });
        return model is null ? OwnerPages.NotThere(staff) : Page.Ok(ComparisonPage.Create(model));
    }

    /// <summary><c>POST /praxis/kunden/abgleich/{id}</c></summary>
    public static async Task<IResult> Decide(Staff staff, RowId id, Writer writer)
    {
        var form = await staff.Visitor.Form();
        var done = await writer.Write(change =>
        {
            if (Comparison.Load(change.Db, id.Value, change.Now) is not { } one) return false;
            var owner = OwnerRecord.Load(change.Db, one.Owner ?? RowId.Read(form["kunde"]).Value);
            switch (form["entscheidung"].ToString())
            {
                case "andere" when owner is not null:
                    Part(change, one, owner.Id);
                    Audit.Add(change, staff.Actor, "comparison.other", "appointment", one.Appointment);
                    return true;
                case "neu":
                    owner = OwnerRecord.Load(change.Db, OwnerRecord.Add(change, new OwnerFacts { Name = one.Name, Email = one.Email, EmailKey = one.EmailKey, Phones = one.Phone.Length > 0 ? [one.Phone] : [] }))!;
                    Audit.Add(change, staff.Actor, "owner.made", "owner", owner.Id);
                    break;
                case "nehmen" when owner is not null && owner.Revision == RowId.Read(form["stand"]).Value:
                    TakeOver(change, staff, one, owner, form);
                    break;
                default:
                    return false;
            }
            Link(change, one, owner.Id, form);
            change.Db.Execute(
                "INSERT INTO comparison (appointment_id, owner_id, decision, account_id, decided_at) VALUES ($appointment, $owner, $decision, $account, $now)",
                ("$appointment", one.Appointment), ("$owner", owner.Id), ("$decision", form["entscheidung"] == "neu" ? "new" : form["feld"].Count > 0 ? "taken-over" : "kept"),
                ("$account", staff.Account.Id), ("$now", change.Now.ToUnixTimeSeconds()));
            Audit.Add(change, staff.Actor, "comparison.decided", "appointment", one.Appointment);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url(done ? "/praxis/kunden/abgleich" : $"/praxis/kunden/abgleich/{id.Value}"));
    }

    private static void TakeOver(Change change, Staff staff, Comparison one, OwnerRecord owner, IFormCollection form)
    {
        var (facts, wanted) = (owner.Facts, form["feld"].ToHashSet());
        if (wanted.Contains("name")) facts = facts with { Name = one.Name };
        // The number they gave last is the one to call; two older ones stay beside it.
        if (wanted.Contains("phone")) facts = facts with { Phones = [.. facts.Phones.Prepend(one.Phone).Distinct().Take(3)] };
        if (wanted.Contains("email")) facts = facts with { Email = one.Email, EmailKey = one.EmailKey };
        if (facts == owner.Facts) return;
        OwnerRecord.Save(change, owner.Id, facts);
        Audit.Add(change, staff.Actor, "owner.changed", "owner", owner.Id, "comparison");
    }

    /// <summary>Connects the appointment and its animals with the record: new ones, known ones by another name, or none.</summary>
    private static void Link(Change change, Comparison one, long owner, IFormCollection form)
    {
        change.Db.Execute("UPDATE appointment SET owner_id = $owner WHERE id = $id", ("$owner", owner), ("$id", one.Appointment));
        KnownAnimals.Recognise(change.Db, one.Appointment);
        var mine = AnimalRecord.OfOwner(change.Db, owner);
        foreach (var animal in Comparison.StillUnknown(change.Db, one))
        {
            var choice = form[$"tier-{animal.Position}"].ToString();
            var known = choice == "neu"
                ? AnimalRecord.Add(change, owner, new AnimalFacts { Name = animal.Name, Species = animal.Species, Born = animal.Born })
                : mine.Find(record => record.Id == RowId.Read(choice).Value)?.Id;
            if (known is not null) change.Db.Execute("UPDATE appointment_animal SET animal_id = $animal WHERE appointment_id = $id AND position = $position", ("$animal", known), ("$id", one.Appointment), ("$position", animal.Position));
        }
    }

    /// <summary>Somebody else, though it looked like them: nobody is asked about these two again.</summary>
    private static void Part(Change change, Comparison one, long owner)
    {
        if (one.EmailKey.Length > 0) change.Db.Execute("INSERT OR IGNORE INTO not_the_same (owner_id, email_key) VALUES ($owner, $key)", ("$owner", owner), ("$key", one.EmailKey));
        change.Db.Execute("UPDATE appointment_animal SET animal_id = NULL WHERE appointment_id = $id", ("$id", one.Appointment));
        change.Db.Execute("UPDATE appointment SET owner_id = NULL WHERE id = $id", ("$id", one.Appointment));
    }
}

using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Animals;

/// <summary>Whom an animal belongs to: one main owner, whom the practice writes to, and any number beside.</summary>
internal static class Ownership
{
    /// <summary><c>POST /praxis/tiere/{id}/halter/suche</c>. A search with a name in it is not an address that is logged.</summary>
    public static async Task<IResult> Search(Staff staff, RowId id, Readers readers)
    {
        var typed = (await staff.Visitor.Form())["suche"].ToString();
        return readers.Read(db => AnimalView.Load(db, staff, id.Value) is { } view
            ? view with { Searched = typed, Found = [.. OwnerSearch.Find(db, typed).Where(hit => view.Owners.All(owner => owner.Id != hit.Id))] }
            : null) is { } found ? Page.Ok(AnimalPage.Create(found)) : OwnerPages.NotThere(staff);
    }

    /// <summary><c>POST /praxis/tiere/{id}/halter</c>: adds somebody, takes somebody away, or makes somebody the main owner.</summary>
    public static async Task<IResult> Change(Staff staff, RowId id, Writer writer)
    {
        var form = await staff.Visitor.Form();
        var owner = RowId.Read(form["kunde"]);
        var act = form["als"].ToString();
        var done = await writer.Write(change =>
        {
            if (AnimalRecord.Load(change.Db, id.Value) is not { } animal || OwnerRecord.Load(change.Db, owner.Value) is null) return false;
            if (act is "mit" && owner.Value != animal.Owner) Join(change, id.Value, owner.Value);
            else if (act is "nicht") Leave(change, id.Value, owner.Value);
            else if (act is "haupt" && owner.Value != animal.Owner)
            {
                Leave(change, id.Value, owner.Value);
                Join(change, id.Value, animal.Owner);
                change.Db.Execute("UPDATE animal SET owner_id = $owner, revision = revision + 1 WHERE id = $id", ("$owner", owner.Value), ("$id", id.Value));
            }
            else return true;
            Audit.Add(change, staff.Actor, "animal.owners-changed", "animal", id.Value, act switch { "mit" => "joined", "nicht" => "left", _ => "main" });
            return true;
        });
        return done ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/tiere/{id.Value}")) : OwnerPages.NotThere(staff);
    }

    private static void Join(Change change, long animal, long owner) =>
        change.Db.Execute("INSERT OR IGNORE INTO co_owner (animal_id, owner_id) VALUES ($animal, $owner)", ("$animal", animal), ("$owner", owner));

    private static void Leave(Change change, long animal, long owner) =>
        change.Db.Execute("DELETE FROM co_owner WHERE animal_id = $animal AND owner_id = $owner", ("$animal", animal), ("$owner", owner));
}

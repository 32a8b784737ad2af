using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Disclosure;

/// <summary>A person's data for that person, made by staff: with the team's own notes, so somebody reads them before they are given away.</summary>
internal static class DisclosurePages
{
    /// <summary><c>GET /praxis/kunden/{id}/auskunft</c>: what will be in it, and what is to be read before.</summary>
    public static IResult Ask(Staff staff, RowId id, Readers readers)
    {
        var file = readers.Read(db => Person.Of(db, id.Value) is { Owners.Count: > 0 } person ? new Disclosing(db, staff.Book, person, withNotes: true).Gather(staff.Now) : null);
        return file is null ? OwnerPages.NotThere(staff) : Page.Ok(DisclosurePage.Create(new DisclosureModel(staff, id.Value, file)));
    }

    /// <summary><c>POST /praxis/kunden/{id}/auskunft</c>: the log says that it left the house, so it is no GET.</summary>
    public static async Task<IResult> Fetch(Staff staff, RowId id, Writer writer, Readers readers, InstanceSettings settings)
    {
        if (readers.Read(db => Person.Of(db, id.Value)) is not { Owners.Count: > 0 }) return OwnerPages.NotThere(staff);
        await writer.Write(change =>
        {
            Audit.Add(change, staff.Actor, "data.disclosed", "owner", id.Value);
            return true;
        });
        return Results.File(await Make(readers, settings, staff.Visitor, db => Person.Of(db, id.Value), withNotes: true), DisclosureZip.MediaType, DisclosureZip.Name);
    }

    /// <summary>The file in memory.</summary>
    internal static async Task<byte[]> Make(Readers readers, InstanceSettings settings, Visitor visitor, Func<Db, Person> who, bool withNotes)
    {
        var disclosed = readers.Read(db => DisclosureZip.Gather(db, (visitor.Book, settings, who(db)), withNotes, visitor.Now));
        using var zip = new MemoryStream();
        await DisclosureZip.Write(zip, disclosed);
        return zip.ToArray();
    }
}

/// <summary>What will be in a person's file.</summary>
public sealed record DisclosureModel(Staff Staff, long Owner, PersonFile File);

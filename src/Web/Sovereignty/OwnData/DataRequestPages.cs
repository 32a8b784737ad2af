using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>What an owner asked for about their data, as staff decide it.</summary>
internal static class DataRequestPages
{
    /// <summary><c>POST /praxis/kunden/{id}/wunsch/{request}</c></summary>
    public static async Task<IResult> Decide(Staff staff, RowId id, RowId request, Writer writer)
    {
        var isYes = (await staff.Visitor.Form())["wie"] == "ja";
        var allowed = await writer.Write<bool?>(change =>
        {
            if (DataRequest.Load(change.Db, request.Value) is not { } wish || wish.Owner != id.Value || OwnerRecord.Load(change.Db, id.Value) is not { } owner) return null;
            // Who is erased is gone for good: that has a page of its own, and saying no to it is decided by the same people.
            if (wish.Kind == "erasure" && !staff.May(Right.Manage)) return false;
            if (wish.State != "open") return true;
            if (!isYes) wish.Decide(change, staff.Actor, "declined", staff.Account.Id);
            else if (wish.Kind == "correction") wish.Apply(change, staff.Actor, owner.Facts, staff.Account.Id);
            return true;
        });
        return allowed switch
        {
            null => OwnerPages.NotThere(staff),
            false => Page.With(NotAllowed.Create(staff), StatusCodes.Status403Forbidden),
            _ => Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/{id.Value}")),
        };
    }
}

/// <summary>What waits for an answer, on the owner's page.</summary>
public sealed record DataRequestCardModel(Staff Staff, OwnerRecord Owner)
{
    internal IReadOnlyList<DataRequest> Open { get; init; } = [];

    /// <summary>What would change: field, what stands there now, what they want.</summary>
    internal IEnumerable<(string Field, string Now, string Wanted)> Difference(DataRequest wish)
    {
        var now = DataRequest.Now(Owner.Facts);
        return wish.Wanted.Where(one => now[one.Key] != one.Value).Select(one => (one.Key, now[one.Key], one.Value));
    }

    internal static DataRequestCardModel? Load(Db db, Staff staff, OwnerRecord owner) =>
        DataRequest.Of(db, owner.Id).Where(one => one.State == "open").ToList() is { Count: > 0 } open ? new DataRequestCardModel(staff, owner) { Open = open } : null;
}

using System.Text;
using Microsoft.AspNetCore.DataProtection;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Feeds;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Busy;

/// <summary>Calendars from elsewhere: subscribed, read again, given up.</summary>
internal static class BusyPages
{
    private const int MostCalendars = 30;

    /// <summary><c>POST /praxis/kalender/belegt</c></summary>
    public static async Task<IResult> Add(Staff staff, Writer writer, Readers readers, BusyWays ways)
    {
        var (form, check) = (await staff.Visitor.Form(), new Fields());
        var typed = (Resource: form["ressource"].ToString(), Name: form["name"].ToString(), Address: form["adresse"].ToString());
        var name = check.Required("name", typed.Name, Fields.LongestName);
        if (staff.Book.Practice.Resources.All(one => one.Id != typed.Resource)) check.Wrong("ressource", Problem.Unknown);
        var address = AddressPolicy.Read(typed.Address);
        if (address is null || readers.Read(BusyCalendar.All).Count >= MostCalendars) check.Wrong("adresse", Problem.Unknown);
        if (check.Problems.Count > 0)
        {
            return Page.Again(CalendarsPage.Create(readers.Read(db => CalendarsModel.Load(db, staff)) with { Typed = typed, Wrong = [.. check.Problems.Select(one => one.Field)] }));
        }
        var secret = BusyCalendar.Seal(ways.Protection).Protect(Encoding.UTF8.GetBytes(address!.AbsoluteUri));
        var id = await writer.Write(change => BusyCalendar.Add(change, staff, (typed.Resource, name, secret)));
        await ways.Refresh.Fetch(id, staff.Visitor.Http.RequestAborted);
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/kalender"));
    }

    /// <summary><c>POST /praxis/kalender/belegt/{id}/abruf</c></summary>
    public static async Task<IResult> Fetch(Staff staff, RowId id, BusyWays ways)
    {
        await ways.Refresh.Fetch(id.Value, staff.Visitor.Http.RequestAborted);
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/kalender"));
    }

    /// <summary><c>POST /praxis/kalender/belegt/{id}/loeschung</c></summary>
    public static async Task<IResult> Remove(Staff staff, RowId id, Writer writer)
    {
        var done = await writer.Write(change =>
        {
            if (change.Db.Execute("DELETE FROM busy_calendar WHERE id = $id", ("$id", id.Value)) == 0) return false;
            Audit.Add(change, staff.Actor, "busy-calendar.removed", "busy_calendar", id.Value);
            change.Db.Execute("UPDATE practice SET revision = revision + 1");
            change.Reload();
            return true;
        });
        return done ? Visitor.SeeOther(staff.Visitor.Url("/praxis/kalender")) : OwnerPages.NotThere(staff);
    }
}

/// <summary>What reads subscribed calendars, and what seals their addresses.</summary>
internal sealed record BusyWays(BusyRefresh Refresh, IDataProtectionProvider Protection);

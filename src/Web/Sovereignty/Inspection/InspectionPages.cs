using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Routine;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Inspection;

/// <summary>Shows what a backup says of one person or one day. Nothing comes back from it, and the log says that somebody looked.</summary>
internal static class InspectionPages
{
    /// <summary><c>GET /praxis/einstellungen/sicherung/einblick</c></summary>
    public static IResult Show(Staff staff, BackupRoutine routine) =>
        Page.Ok(InspectionPage.Create(InspectionModel.With(staff, routine) with { Backup = staff.Visitor.Asked("sicherung") }));

    /// <summary><c>POST /praxis/einstellungen/sicherung/einblick</c>: names have no place in addresses, and the log says it, so it is no GET.</summary>
    public static async Task<IResult> Look(Staff staff, BackupRoutine routine, InspectionRoom room, Writer writer)
    {
        var asked = InspectionModel.With(staff, routine).Typed(await staff.Visitor.Form());
        if (asked.Wrong.Count > 0) return Page.Again(InspectionPage.Create(asked));
        IResult Refused(string sentence, int status) => Page.With(InspectionPage.Create(asked with { Wrong = [("sicherung", sentence)] }), status);
        switch (await room.Open(asked.Path!, asked.Ask))
        {
            case InspectionAnswer.Busy: return Refused(staff.T.InspectionBusy, StatusCodes.Status409Conflict);
            case InspectionAnswer.Opened(var seen):
                await writer.Write(change =>
                {
                    Audit.Add(change, staff.Actor, "backup.inspected", "practice", 1, seen.Day is null ? "person" : "day");
                    return true;
                });
                return Page.Ok(InspectionPage.Create(asked with { Seen = seen }));
            default: return Refused(staff.T.InspectionUnreadable, StatusCodes.Status422UnprocessableEntity);
        }
    }
}

using VetBooking.Web.SignIn;

namespace VetBooking.Web.Shared;

/// <summary>The entries of the staff's navigation: what there is, and what its reader may do.</summary>
internal static class StaffNavigation
{
    public static IEnumerable<(string Path, string Word)> Of(Staff staff)
    {
        var t = staff.T;
        yield return ("/praxis/tag", t.StaffNavDay);
        if (staff.May(Right.Plan)) yield return ("/praxis/neu", t.DeskNew);
        yield return ("/praxis/warteraum", t.FlowNav);
        yield return ("/praxis/liste", t.FlowListNav);
        yield return ("/praxis/kunden", t.ClientsHeading);
        yield return ("/praxis/anfragen", t.DeskNavRequests(FrontDesk.OpenRequests.Waiting(staff)));
    }

    /// <summary>What is not needed every hour, behind one word.</summary>
    public static IEnumerable<(string Path, string Word)> More(Staff staff)
    {
        var t = staff.T;
        yield return ("/praxis/warteliste", t.WaitingNav);
        yield return ("/praxis/faellig", t.RecallHeading);
        yield return ("/praxis/pause", staff.Book.Practice.IsPaused(staff.Now) ? t.DeskNavPaused : t.DeskNavPause);
        if (staff.May(Right.Manage))
        {
            yield return ("/praxis/auswertung", t.GlanceHeading);
            yield return ("/praxis/einstellungen", t.SettingsHeading);
            yield return ("/praxis/team", t.SigninNav);
        }
        yield return ("/praxis/hilfe", t.SettingsHelp);
    }
}

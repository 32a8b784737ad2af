using VetBooking.Web.SignIn;

namespace VetBooking.Web.Shared;

/// <summary>The entries of the staff's navigation: what there is, and what its reader may do.</summary>
internal static class StaffNavigation
{
    public static IEnumerable<(string Path, string Word)> Of(Staff staff)
    {
        var t = staff.T;
        yield return ("/praxis/tag", t.StaffNavDay);
        yield return ("/praxis/warteraum", t.FlowNav);
        yield return ("/praxis/liste", t.FlowListNav);
        if (staff.May(Right.Manage)) yield return ("/praxis/geraete", t.FlowDevicesNav);
    }
}

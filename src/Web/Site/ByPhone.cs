using VetBooking.Scheduling;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Site;

/// <summary>A practice that has nothing to book online, perhaps not yet: its website works, its booking says "call".</summary>
public static class ByPhone
{
    /// <summary>Whether there is no visit type, or no hour, that anybody could book.</summary>
    public static bool Only(Practice practice) =>
        practice.Opening.IsEmpty || !practice.VisitTypes.Any(type => type is { Audience: not Audience.StaffOnly, MinutesBySpecies.Count: > 0 });

    /// <summary>Whether this visitor is on the way to a booking that cannot be; receipts of earlier ones stay.</summary>
    public static bool Concerns(Visitor visitor)
    {
        var path = visitor.Http.Request.Path;
        return path.StartsWithSegments("/buchen", StringComparison.Ordinal)
            && !path.StartsWithSegments("/buchen/fertig", StringComparison.Ordinal)
            && Only(visitor.Book.Practice);
    }
}

using VetBooking.Scheduling.Flow;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Today.WalkIns;

/// <summary>What anybody may know of today's open consultation: when it is, and whether it is full. Not how many wait.</summary>
public sealed record WalkInNoteModel(Visitor Visitor, IReadOnlyList<WalkInWindow> Today)
{
    /// <summary>Those that are not over.</summary>
    public IReadOnlyList<WalkInWindow> Coming => [.. Today.Where(window => window.To > Visitor.Now.InZone(Visitor.Book.Practice.Zone).TimeOfDay)];
}

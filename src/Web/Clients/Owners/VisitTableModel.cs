using VetBooking.Web.Shared;

namespace VetBooking.Web.Clients.Owners;

/// <summary>Appointments of an owner or an animal, in a table.</summary>
public sealed record VisitTableModel(Visitor Visitor, string Heading, IReadOnlyList<VisitLine> Visits);

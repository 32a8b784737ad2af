using VetBooking.Scheduling;

namespace VetBooking.Web.Booking;

/// <summary>What an appointment's page says first: what it is now.</summary>
internal static class AppointmentTitle
{
    public static string Of(AppointmentModel model) => (model.Appointment.State, model.Visitor.T) switch
    {
        (VisitState.Held, var t) => t.DoneHeld,
        (VisitState.Requested, var t) => t.DoneRequested,
        (VisitState.Booked, var t) when model.Appointment.Start <= model.Visitor.Now => t.DonePast,
        (VisitState.Booked, var t) => t.DoneBooked,
        (VisitState.Cancelled, var t) when model.Appointment.IsDeclined => t.DoneDeclined,
        (VisitState.Cancelled, var t) => t.DoneCancelled,
        (_, var t) => t.DoneLapsed,
    };
}

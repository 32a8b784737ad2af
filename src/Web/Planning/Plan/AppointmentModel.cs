using System.Collections.Immutable;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Messages;
using VetBooking.Web.Messages.Sent;
using VetBooking.Web.Questions;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;
using VetBooking.Web.Today.Flow;

namespace VetBooking.Web.Planning;

/// <summary>What only the practice knows of an appointment.</summary>
public sealed record AppointmentDetails(string Phone, string Note, string StaffNote, string CancelReason, string Overrides)
{
    public bool IsEmergency { get; init; }

    /// <summary>The owner's record; null if there is none.</summary>
    public long? Owner { get; init; }

    /// <summary>What it takes up, in the practice's order.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>What whoever touches the animals must know.</summary>
    public IReadOnlyList<BehaviourBadge> Behaviour { get; init; } = [];

    /// <summary>Whether its owner can be told of a change.</summary>
    public bool CanTell { get; init; }

    /// <summary>What its owner was sent, the newest first.</summary>
    public IReadOnlyList<SentMail> Mails { get; init; } = [];

    /// <summary>What its owner answered to the practice's own questions.</summary>
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>The photos its owner sent along.</summary>
    public IReadOnlyList<Photo> Photos { get; init; } = [];

    /// <summary>How far its owner has come today.</summary>
    public Arrival Arrival { get; init; } = Arrival.None;

    /// <summary>Who squeezed it in and why; null if nobody did.</summary>
    public (string? By, string Reason)? Squeezed { get; init; }

    public static AppointmentDetails Load(Db db, long id) => db.Row(
        "SELECT phone, note, staff_note, cancel_reason, overrides, emergency, owner_id FROM appointment WHERE id = $id",
        row => new AppointmentDetails(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4))
        {
            IsEmergency = row.GetBoolean(5),
            Owner = row.Number(6),
        },
        ("$id", id))! with
    {
        Resources =
        [
            .. db.Rows(
                """
                SELECT r.id FROM resource r WHERE r.id IN (SELECT resource_id FROM occupancy WHERE appointment_id = $id
                  UNION ALL SELECT resource_id FROM squeeze WHERE appointment_id = $id) ORDER BY r.kind = 'device', r.kind = 'room', r.position
                """,
                row => row.GetString(0), ("$id", id)),
        ],
        Behaviour = Clients.Animals.Behaviour.Of(db, id),
        CanTell = Outbox.Reaches(db, id),
        Answers = Answer.Of(db, id),
        Photos = Photo.Of(db, id),
        Mails = SentMail.About(db, id),
        Arrival = Arrival.Load(db, Visitee.OfAppointment(id)),
        Squeezed = db.Rows("SELECT a.name, s.reason FROM squeeze s LEFT JOIN account a ON a.id = s.account_id WHERE s.appointment_id = $id", row => ((string?, string)?)(row.Text(0), row.GetString(1)), ("$id", id)).FirstOrDefault(),
    };
}

/// <summary>The page of one appointment.</summary>
public sealed record AppointmentPageModel(Staff Staff, Appointment Appointment, AppointmentDetails Details)
{
    /// <summary>What staff must decide before anything happens; null if nothing.</summary>
    public Objection? Objection { get; init; }

    /// <summary>What just happened, as a word; empty if nothing.</summary>
    public string Said { get; init; } = "";

    /// <summary>What was typed and could not be done; it stays in the fields.</summary>
    public IFormCollection Typed { get; init; } = FormCollection.Empty;

    /// <summary>What stands in a field: what was typed, or else what is stored.</summary>
    public string Field(string name, string stored) => Typed.TryGetValue(name, out var typed) ? typed.ToString() : stored;

    public Text T => Staff.T;

    public WallTime Start => WallTime.Of(Appointment.Start, Staff.Book.Practice.Zone);

    /// <summary>Whether it still takes place, so that it can be moved or called off.</summary>
    public bool IsOn => Appointment.State is VisitState.Held or VisitState.Requested or VisitState.Booked;

    /// <summary>The buttons for the way through the practice; null unless it is today.</summary>
    public FlowStepsModel? Steps => Appointment.State == VisitState.Booked && Start.Date == Staff.Visitor.Today
        ? new FlowStepsModel(Staff, Visitee.OfAppointment(Appointment.Id), Appointment.AnimalNames, Details.Arrival, Url()) { IsLate = Staff.Now > Appointment.Start }
        : null;

    /// <summary>What the form to move it can exchange, one choice for each.</summary>
    public IReadOnlyList<MoveChoice> Choices => MoveChoice.Of(this);

    public string Day => BoardPageModel.Iso(Start.Date);

    public string Clock => Start.Time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public string Url(string rest = "") => Staff.Visitor.Url(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/praxis/termin/{Appointment.Id}{rest}"));
}

using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Disclosure;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>What stands between an owner and the erasure of everything at once.</summary>
public enum Obstacle { None, Hold, Ahead }

/// <summary>The page "my data".</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="Token">What opened it.</param>
/// <param name="Until">When it closes.</param>
public sealed record OwnDataView(Visitor Visitor, string Token, Instant Until)
{
    private const int MostMessages = 30;

    /// <summary>Whether several of the records have the address; then nothing else is told.</summary>
    public bool IsShared { get; init; }

    /// <summary>All of it, without what the team wrote.</summary>
    public PersonFile? File { get; init; }

    /// <summary>The fields of their record, as they are or as they were typed; none if the practice has no record of theirs.</summary>
    public IReadOnlyDictionary<string, string>? Typed { get; init; }

    public string More { get; init; } = "";
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>Whether the erasure was pressed without being confirmed.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>Whether they are told what falls due; null where nobody asks.</summary>
    public bool? Consents { get; init; }

    internal IReadOnlyList<DataRequest> Requests { get; init; } = [];
    public Obstacle Obstacle { get; init; }

    /// <summary>The last day of the hold that is the obstacle.</summary>
    public LocalDate? HeldUntil { get; init; }

    public string Url(string act = "") => Visitor.Url($"/meine-daten/offen/{Token}{(act.Length > 0 ? "/" : "")}{act}");

    public string Wording => Recall.Consenting.Consents.Wording(Visitor.Profile, Visitor.Language);

    public string Stamp => Recall.Consenting.Consents.Stamp(Wording);

    private static Instant Moment(string text) => NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(text).Value.ToInstant();

    public string When(string moment) => WallTime.Of(Moment(moment), Visitor.Book.Practice.Zone).Full(Visitor.T);

    public IEnumerable<PersonVisit> Coming => File!.Appointments.Where(one => Moment(one.StartsAt) >= Visitor.Now && one.State is "booked" or "requested" or "held");

    public IEnumerable<PersonVisit> Past => File!.Appointments.Except(Coming).Reverse();

    public IEnumerable<PersonMessage> Messages => File!.Messages.Where(one => one.Text is not null).Reverse().Take(MostMessages);

    public string? Wrong(string field) => Problems.FirstOrDefault(one => one.Field == field) is { } problem ? InWords(problem) : null;

    public string InWords(FieldProblem problem) => Booking.Wording.Of(Visitor.T, problem);

    public string Label(string field) => (field, Visitor.T) switch
    {
        ("name", var t) => t.BookingContactName,
        ("email", var t) => t.BookingContactEmail,
        ("phone", var t) => t.BookingContactPhone,
        (_, var t) => t.DataField(field),
    };

    internal static OwnDataView Load(Db db, Visitor visitor, string token, OwnDataReader reader)
    {
        var view = new OwnDataView(visitor, token, reader.Until) { IsShared = reader.IsShared };
        if (reader.IsShared) return view;
        view = view with { File = new Disclosing(db, visitor.Book, reader.Person, withNotes: false).Gather(visitor.Now), Obstacle = InTheWay(db, reader.Person, visitor.Now, visitor.Today) };
        if (reader.Owner is not { } owner) return view;
        var holds = Recall.Consenting.Consents.Holds(db, owner);
        return view with
        {
            Typed = DataRequest.Now(OwnerRecord.Load(db, owner)!.Facts),
            Consents = holds || Recalls.AreOn(db) ? holds : null,
            Requests = DataRequest.Of(db, owner),
            HeldUntil = Erasing.HeldBack(db, reader.Person, visitor.Today)?.Until,
        };
    }

    /// <summary>
    /// A hold of the practice's comes first. Appointments that are fixed come second: with them, a press meant for old data would
    /// take an operation out of the diary.
    /// </summary>
    internal static Obstacle InTheWay(Db db, Person person, Instant now, LocalDate today)
    {
        if (Erasing.HeldBack(db, person, today) is not null) return Obstacle.Hold;
        return person.Appointments.Any(id => db.Number("SELECT count(*) FROM appointment WHERE id = $id AND starts_at >= $now AND state IN ('booked', 'requested')", ("$id", id), ("$now", now.ToUnixTimeSeconds())) > 0)
            ? Obstacle.Ahead
            : Obstacle.None;
    }
}

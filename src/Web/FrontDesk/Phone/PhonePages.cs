using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.FrontDesk.Phone;
using VetBooking.Web.Planning;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.FrontDesk;

/// <summary>A new appointment while somebody is on the phone: one page, and for a known owner one key if all suits.</summary>
internal static class PhonePages
{
    public const int LongestSqueezeReason = 200;

    /// <summary><c>GET /praxis/neu</c></summary>
    public static IResult Show(Staff staff, Readers readers)
    {
        var query = staff.Visitor.Http.Request.Query;
        return Page.Ok(NewAppointmentPage.Create(new PhoneModel(staff, new PhoneForm(staff, OwnerOf(staff, readers, query["owner"].ToString()), name => query[name]))));
    }

    /// <summary><c>POST /praxis/neu</c>: books, or shows the times for what was chosen by now.</summary>
    public static async Task<IResult> Book(Staff staff, Readers readers, PhoneBooking bookings)
    {
        var typed = await staff.Visitor.Form();
        var form = new PhoneForm(staff, OwnerOf(staff, readers, typed["owner"].ToString()), name => typed[name]);
        if (typed["weiter"] == "zeiten") return Page.Ok(NewAppointmentPage.Create(new PhoneModel(staff, form)));
        var reading = new PhoneReading(staff, form);
        if (reading.Wish is not { } wish) return Page.Again(NewAppointmentPage.Create(new PhoneModel(staff, form) { Fields = reading.Fields }));
        return await bookings.Book(staff, wish) switch
        {
            PlanOutcome.Done done => Visitor.SeeOther(staff.Visitor.Url(string.Create(CultureInfo.InvariantCulture, $"/praxis/neu/{done.Id}"))),
            PlanOutcome.Asks asks => Page.Again(NewAppointmentPage.Create(new PhoneModel(staff, form) { Asks = asks })),
            PlanOutcome.Impossible impossible => Page.Again(NewAppointmentPage.Create(new PhoneModel(staff, form) { Impossible = impossible.Because })),
            _ => NotFoundPage.Show(staff.Visitor),
        };
    }

    /// <summary><c>GET /praxis/neu/{id}</c>: what was booked, to read out.</summary>
    public static IResult ShowBooked(Staff staff, string id, Readers readers) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && readers.Read(db => (Appointment.Load(db, number), db.Row("SELECT owner_id FROM appointment WHERE id = $id", row => row.Number(0), ("$id", number)))) is ({ } appointment, var owner)
            ? Page.Ok(BookedPage.Create(new BookedModel(staff, appointment, owner)))
            : NotFoundPage.Show(staff.Visitor);

    internal static OwnerCard? OwnerOf(Staff staff, Readers readers, string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var owner) ? readers.Read(db => OwnerCard.Load(db, owner, staff.Now)) : null;
}

/// <summary>Reads the form as a wish, if everything in it is right.</summary>
internal sealed class PhoneReading
{
    private const int LongestKey = 64;

    public PhoneReading(Staff staff, PhoneForm form, bool needsTime = true)
    {
        var owner = form.Owner;
        var name = owner?.Name ?? Fields.Required("name", form.Value("name"), Fields.LongestName);
        var phone = owner?.Phone ?? Fields.Phone("telefon", form.Value("telefon"));
        var email = owner is not null ? EmailAddress.Read(owner.Email).Address : form.Value("email").Length > 0 ? Fields.Email("email", form.Value("email")) : null;
        if (owner is null && phone.Length == 0 && form.Value("email").Length == 0 && !Fields.Problems.Exists(one => one.Field == "telefon")) Fields.Wrong("telefon", Problem.Missing);
        if (form.Value("tiername").Length > 0 || owner is null || form.Animals.IsEmpty)
        {
            Fields.Required("tiername", form.Value("tiername"), Fields.LongestAnimalName);
            if (staff.Visitor.Profile.Species.All(one => one.Id != form.Value("tierart"))) Fields.Wrong("tierart", Problem.Unknown);
        }
        if (form.Animals.Length > VisitRequest.MostAnimals) Fields.Wrong("tiername", Problem.TooLong, VisitRequest.MostAnimals);
        if (staff.Book.Practice.VisitType(form.VisitType) is null) Fields.Wrong("art", Problem.Unknown);
        var note = Fields.Optional("notiz", form.Value("notiz"), Fields.LongestNote, lines: true);
        var reason = Fields.Optional("grund", form.Value("grund"), PhonePages.LongestSqueezeReason);
        (Instant? Start, string? Vet) time = form.Value("zeit") == PhoneForm.OwnTime ? (form.Wanted, null)
            : TimeChoice.Read(form.Value("zeit"), staff.Book.Practice.Zone) is { } chosen ? (chosen.Start, chosen.Vet) : (null, null);
        if (needsTime && time.Start is null) Fields.Wrong(form.Value("zeit") == PhoneForm.OwnTime ? "um" : "zeit", Problem.Missing);
        var key = form.Value("schluessel");
        if (key.Length is 0 or > LongestKey) key = Flow.NewKey();
        if (Fields.Problems.Count > 0) return;
        Wish = new PhoneWish(form.Request with { Vet = time.Vet ?? form.Request.Vet }, time.Start ?? staff.Now)
        {
            Owner = owner,
            Name = name,
            Phone = phone,
            Email = email,
            // Tidied like everything that is typed.
            Animals = [.. form.Animals.Select(one => one with { Name = one.Name.Normalize().Trim() })],
            Note = note,
            FormKey = key,
            Minutes = time.Vet is null ? form.Minutes : null,
            Place = form.IsSuitable(form.With) ? "" : form.With,
            Tell = form.Value("mail").Length > 0 && email is not null,
            Consent = new Consent(form.Value("trotzdem").Length > 0, reason),
        };
    }

    public Fields Fields { get; } = new();

    /// <summary>The wish; null if something is wrong.</summary>
    public PhoneWish? Wish { get; }
}

/// <summary>The page of a new appointment.</summary>
public sealed record PhoneModel(Staff Staff, PhoneForm Form)
{
    /// <summary>What is wrong with what was typed.</summary>
    public Fields Fields { get; init; } = new();

    /// <summary>What speaks against it, for staff to decide; null if nothing was asked.</summary>
    public PlanOutcome.Asks? Asks { get; init; }

    /// <summary>Why it cannot be; null if it can.</summary>
    public Refusal? Impossible { get; init; }

    public TimeOffer Times { get; } = new(Staff, Form);

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Fields.Problems.Find(one => one.Field == field) is { } problem ? Sentence(problem) : null;

    /// <summary>What is wrong, in words.</summary>
    public string Sentence(FieldProblem problem) => problem.Field switch
    {
        "telefon" when problem.Problem == Problem.Missing => Staff.T.DeskPhoneOrEmail,
        "telefon" => Staff.T.ProblemPhone,
        "tiername" when problem.Problem == Problem.Missing => Staff.T.ProblemAnimalNameMissing,
        "tierart" => Staff.T.ProblemSpecies,
        "zeit" or "um" => Staff.T.DeskTimeMissing,
        _ => Wording.Of(Staff.T, problem),
    };

    /// <summary>Everything that is wrong, with the field it leads to.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems =>
    [
        .. Fields.Problems.Select(one => (one.Field == "zeit" ? "zeit-0" : one.Field, Sentence(one))),
        .. Impossible is { } because ? [(Times.Never is null ? "zeit-0" : "art", Wording.Of(Staff.T, because, Staff.Book))] : Array.Empty<(string, string)>(),
        .. Asks?.Against.Select(one => ("trotzdem", Wording.Of(Staff.T, one, Staff.Book))) ?? [],
        .. Asks?.InTheWay.Select(one => ("grund", Staff.T.DeskInTheWay(Clock(one.From), Clock(one.To), one.Words))) ?? [],
    ];

    /// <summary>A time of day.</summary>
    public string Clock(Instant instant) => WallTime.Of(instant, Staff.Book.Practice.Zone).Time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What a time is called: the day, the time, and with whom.</summary>
    public string Label(FreeStart start) => Wording.When(Staff.T, start.Start, Staff.Book.Practice.Zone);

    /// <summary>People, rooms and devices a visit can be asked for with.</summary>
    public IEnumerable<TeamMember> People => Staff.Visitor.Profile.Team.Where(one => Form.IsSuitable(one.Id) || one.Id == Form.With);
}

/// <summary>The page that says what was booked.</summary>
public sealed record BookedModel(Staff Staff, Appointment Appointment, long? Owner);

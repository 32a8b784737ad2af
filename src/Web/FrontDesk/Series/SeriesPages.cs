using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.FrontDesk.Series;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.FrontDesk;

/// <summary>Appointments that belong together: planned with a preview, booked all or none, called off one or all.</summary>
internal static class SeriesPages
{
    /// <summary><c>POST /praxis/serie</c>: from the form of a new appointment to the dates, their preview, and the booking.</summary>
    public static async Task<IResult> Plan(Staff staff, Readers readers, SeriesBooking bookings)
    {
        var typed = await staff.Visitor.Form();
        var phone = new PhoneForm(staff, PhonePages.OwnerOf(staff, readers, typed["owner"].ToString()), name => typed[name]);
        var form = new SeriesForm(staff, phone);
        var reading = new PhoneReading(staff, phone, needsTime: false);
        if (reading.Wish is not { } wish) return Page.Again(NewAppointmentPage(staff, phone, reading));
        var step = typed["weiter"].ToString();
        if (step is not ("vorschau" or "buchen")) return Page.Ok(SeriesPage.Create(new SeriesModel(staff, form)));
        var dates = form.Dates();
        if (dates.IsEmpty) return Page.Again(SeriesPage.Create(new SeriesModel(staff, form)));
        var preview = new SeriesModel(staff, form) { Dates = SeriesPlan.Preview(staff, phone.Request, dates, form.Time) };
        if (step == "vorschau") return Page.Ok(SeriesPage.Create(preview));

        var starts = typed["termin"].Select(value => TimeChoice.Read(value ?? "", staff.Book.Practice.Zone)).OfType<(Instant Start, string? Vet)>().ToImmutableArray();
        if (starts.IsEmpty || starts.Length > SeriesForm.Most || starts.Length != typed["termin"].Count(value => value?.Length > 0)) return Page.Again(SeriesPage.Create(preview with { Problem = staff.T.DeskSeriesNone }));
        return await bookings.Book(staff, wish, starts) switch
        {
            SeriesOutcome.Done done => Visitor.SeeOther(staff.Visitor.Url(string.Create(CultureInfo.InvariantCulture, $"/praxis/serie/{done.Series}"))),
            SeriesOutcome.Refused refused => Page.Again(SeriesPage.Create(preview with
            {
                Problem = staff.T.DeskSeriesRefused(Wording.When(staff.T, refused.Start, staff.Book.Practice.Zone), staff.T.DeskReason(Problems.Cause(refused.Because))),
            })),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary><c>GET /praxis/serie/{id}</c></summary>
    public static IResult Show(Staff staff, string id, Readers readers) => Load(readers, id) is { Count: > 0 } all
        ? Page.Ok(SeriesListPage.Create(new SeriesListModel(staff, id, all)))
        : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/serie/{id}/absage</c>: one, some, or all that are still to come.</summary>
    public static async Task<IResult> Cancel(Staff staff, string id, Readers readers, SeriesBooking bookings)
    {
        if (Load(readers, id) is not { Count: > 0 } all) return NotFoundPage.Show(staff.Visitor);
        var form = await staff.Visitor.Form();
        var chosen = form["weiter"] == "alle"
            ? all.Select(one => one.Id).ToHashSet()
            : form["termin"].Select(one => long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToHashSet();
        var count = await bookings.Cancel(staff, long.Parse(id, CultureInfo.InvariantCulture), chosen, form["mail"].ToString().Length > 0);
        return count > 0
            ? Visitor.SeeOther(staff.Visitor.Url("/praxis/serie/" + id))
            : Page.Again(SeriesListPage.Create(new SeriesListModel(staff, id, all) { Problem = staff.T.DeskSeriesNothingChosen }));
    }

    private static List<Appointment>? Load(Readers readers, string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var series) ? readers.Read(db => SeriesBooking.Of(db, series)) : null;

    private static RazorSlices.RazorSlice<PhoneModel> NewAppointmentPage(Staff staff, PhoneForm phone, PhoneReading reading) =>
        Phone.NewAppointmentPage.Create(new PhoneModel(staff, phone) { Fields = reading.Fields });
}

/// <summary>The page on which a series is planned.</summary>
public sealed record SeriesModel(Staff Staff, SeriesForm Form)
{
    /// <summary>What the dates come to; empty as long as nobody asked.</summary>
    public ImmutableArray<SeriesDate> Dates { get; init; } = [];

    /// <summary>Why nothing was booked; null if nothing was tried.</summary>
    public string? Problem { get; init; }

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Form.Fields.Problems.Find(one => one.Field == field) is { } problem
        ? problem.Field switch
        {
            "geboren" => Staff.T.DeskSeriesBornMissing,
            "erster" => Staff.T.DeskSeriesFirstProblem,
            "wochen" or "tage" => Staff.T.DeskSeriesNumbers(SeriesForm.Most),
            _ => Staff.T.ProblemNumber(problem.Limit),
        }
        : null;

    /// <summary>What was agreed so far, to be sent along.</summary>
    public IEnumerable<(string Name, string Value)> Carried =>
    [
        .. ((string[])["owner", "tiere", "tiername", "tierart", "name", "telefon", "email", "art", "bei", "notiz", "mail", "schluessel"])
            .Select(name => (name, name == "owner" ? Form.Phone.Owner?.Id.ToString(CultureInfo.InvariantCulture) ?? "" : Form.Phone.Value(name))).Where(one => one.Item2.Length > 0),
        .. Form.Phone.Owner?.Animals.Where(Form.Phone.Takes).Select(one => ("tier", one.Id.ToString(CultureInfo.InvariantCulture))) ?? [],
    ];
}

/// <summary>The page of a series that is booked.</summary>
public sealed record SeriesListModel(Staff Staff, string Id, IReadOnlyList<Appointment> Appointments)
{
    public string? Problem { get; init; }

    /// <summary>Whether one of them can still be called off.</summary>
    public bool CanCancel(Appointment one) => one.Start > Staff.Now && one.State is VisitState.Booked or VisitState.Requested or VisitState.Held;
}

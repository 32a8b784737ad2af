using System.Text.Json.Serialization;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.FrontDesk.Search;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Web.FrontDesk;

/// <summary>
/// The search: one box for owners, animals, telephone and appointment numbers. What is looked for is always posted, although
/// nothing changes: names have no place in addresses, which end up in histories and logs.
/// </summary>
internal static class SearchPages
{
    /// <summary>The field with what was typed.</summary>
    public const string Field = "suche";

    private const int Longest = 100;

    /// <summary><c>GET /praxis/suche</c></summary>
    public static IResult Show(Staff staff) => Page.Ok(SearchPage.Create(new SearchModel(staff, "", Found.Nothing)));

    /// <summary><c>POST /praxis/suche</c>: a page, or for the box in the header what it lists.</summary>
    public static async Task<IResult> Look(Staff staff, OwnerSearch search)
    {
        var typed = (await staff.Visitor.Form())[Field].ToString();
        // Nobody is called like this; what cannot be a name is found nowhere.
        var clean = new Fields().Optional(Field, typed.Length > Longest ? typed[..Longest] : typed, Longest);
        var model = new SearchModel(staff, clean, search.Find(clean, staff.Now));
        return staff.Visitor.Http.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal)
            ? Results.Json(model.Answer, SearchJson.Default.SearchAnswer)
            : Page.Ok(SearchPage.Create(model));
    }
}

/// <summary>What a search shows.</summary>
public sealed record SearchModel(Staff Staff, string Typed, Found Found)
{
    private Text T => Staff.T;

    /// <summary>How much was found, in words.</summary>
    public string Said => Typed.Length == 0 ? "" : T.DeskSearchFound(Found.Count);

    /// <summary>Everything found, each with the one thing to do about it: book for an owner, or look at an appointment.</summary>
    public IEnumerable<SearchHit> Hits =>
    [
        .. Found.Appointments.Select(one => new SearchHit(
            Staff.Visitor.Url(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/praxis/termin/{one.Id}")), T.DeskSearchAppointment(one.Number, one.Name), one.Animals,
            one.Phone, $"{When(one.Start)} · {T.DeskState(Appointment.Word(one.State))}")),
        .. Found.Owners.Select(one => new SearchHit(
            Staff.Visitor.Url("/praxis/neu", ("owner", one.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))), one.Name,
            string.Join(", ", one.Animals.Select(animal => T.AnimalLine(animal.Name, Wording.Species(T, animal.Species)))), one.Phone,
            one.Next is { } next ? T.DeskSearchNext(When(next)) : "")),
    ];

    internal SearchAnswer Answer => new(Said, [.. Hits]);

    private string When(Instant start) => WallTime.Of(start, Staff.Book.Practice.Zone).WithoutYear(T);
}

/// <summary>One line of what was found.</summary>
public sealed record SearchHit(string Url, string Name, string Animals, string Phone, string When);

/// <summary>What the box in the header lists.</summary>
internal sealed record SearchAnswer(string Said, IReadOnlyList<SearchHit> Hits);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchAnswer))]
internal sealed partial class SearchJson : JsonSerializerContext;

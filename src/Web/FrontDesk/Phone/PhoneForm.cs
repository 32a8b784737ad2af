using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.FrontDesk;

/// <summary>An appointment by phone as far as it is known: from the address that led here, then from what was typed.</summary>
public sealed class PhoneForm
{
    /// <summary>The choice "at another time": day and time of day as they were typed.</summary>
    public const string OwnTime = "um";

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private readonly Func<string, StringValues> given;
    private readonly Staff staff;

    public PhoneForm(Staff staff, OwnerCard? owner, Func<string, StringValues> given)
    {
        (this.staff, Owner, this.given) = (staff, owner, given);
        Animals = [.. ChosenAnimals()];
        VisitType = given("art").ToString() is { Length: > 0 } chosen ? chosen : Usual();
        Date = LocalDatePattern.Iso.Parse(Value("tag")) is { Success: true, Value: var day } ? day : null;
        Time = Clock.Parse(Value("um")) is { Success: true, Value: var time } ? time : null;
        Minutes = int.TryParse(Value("dauer"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes is > 0 and <= Placement.MostMinutes && minutes % Cells.Minutes == 0 ? minutes : null;
    }

    /// <summary>Who calls; null if they are not on record.</summary>
    public OwnerCard? Owner { get; }

    /// <summary>Who comes along: animals on record and, last, one that was named just now.</summary>
    public ImmutableArray<VisitingAnimal> Animals { get; }

    public string VisitType { get; }

    public LocalDate? Date { get; }

    public LocalTime? Time { get; }

    /// <summary>How long, if it was dragged on the board; else as long as the visit type says.</summary>
    public int? Minutes { get; }

    /// <summary>With whom or where: id of a resource; empty if it makes no difference.</summary>
    public string With => staff.Book.Practice.Resources.Any(one => one.Id == Value("bei")) ? Value("bei") : "";

    /// <summary>What to show in a field.</summary>
    public string Value(string field) => given(field).ToString();

    /// <summary>Whether an animal on record is chosen: those named, or else the first.</summary>
    public bool Takes(AnimalOnRecord animal) => given("tier").Count > 0 || given("tiere").Count > 0
        ? given("tier").Contains(animal.Id.ToString(CultureInfo.InvariantCulture))
        : animal == Owner?.Animals[0] && Value("tiername").Length == 0;

    /// <summary>What the rules are asked. Staff may choose a person; a room or device comes in when it is placed.</summary>
    public VisitRequest Request => new(VisitType, [.. Animals.Select(one => one.Species)], IsSuitable(With) ? With : null, Booker.Staff);

    /// <summary>The day and time of day that were asked for, as an instant; null if they were not.</summary>
    public Instant? Wanted => Date is { } date && Time is { } time ? staff.Book.Practice.Zone.AtLeniently(date + time).ToInstant() : null;

    /// <summary>Whether the visit type lets this person serve it.</summary>
    public bool IsSuitable(string person) => staff.Book.Practice.VisitType(VisitType) is { } type && SlotsApi.Vets(staff.Book.Practice, type).Contains(person);

    private IEnumerable<VisitingAnimal> ChosenAnimals()
    {
        var known = Owner?.Animals.Where(Takes).Take(VisitRequest.MostAnimals).Select(one => new VisitingAnimal(one.Name, one.Species, one.Born, "")) ?? [];
        var named = Value("tierart").Length > 0 && (Value("tiername").Length > 0 || Owner is null) ? [new VisitingAnimal(Value("tiername"), Value("tierart"), null, "")] : Array.Empty<VisitingAnimal>();
        return known.Concat(named);
    }

    /// <summary>What is most likely wanted: what it was the last time, or a check-up, or whatever these animals can have.</summary>
    private string Usual()
    {
        var types = staff.Book.Practice.VisitTypes;
        bool Fits(VisitType? type) => type is not null && Animals.All(animal => type.MinutesBySpecies.ContainsKey(animal.Species));
        foreach (var likely in (string?[])[Owner?.LastVisitType, "kontrolle"])
        {
            if (types.FirstOrDefault(type => type.Id == likely) is { } type && Fits(type)) return type.Id;
        }
        return types.FirstOrDefault(Fits)?.Id ?? types.FirstOrDefault()?.Id ?? "";
    }
}

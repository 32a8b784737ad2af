using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Tests.Messages;

/// <summary>A practice and an appointment to write mails about.</summary>
internal static class Samples
{
    public const string Url = "https://termin.praxis.example";
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 10, 0);

    public static Book Book()
    {
        var practice = new Practice
        {
            Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"],
            VisitTypes = [new VisitType("vaccination") { CancelDeadline = Duration.FromHours(24), MinutesBySpecies = ImmutableDictionary<string, int>.Empty, Needs = [] }],
        };
        var profile = new Profile
        {
            Name = "Tierarztpraxis am Park",
            Email = "praxis@praxis.example",
            Phone = "040 123456",
            Street = "Parkgasse 1",
            Postcode = "20095",
            City = "Hamburg",
            Languages = ["de", "en"],
            Legal = new LegalNotice("", "", "", "", "", "", "", ""),
            HoldMinutes = 30,
            IsDemo = true,
            AsksRedFlags = [],
            Team = [new TeamMember("weber", "Dr. Anna Weber", "Tierärztin")],
            Species = [],
            RedFlags = [],
            Words = new Dictionary<(string, string), string> { [("de", "directions")] = "U-Bahn bis Park.\nDer Eingang liegt im Hof." }.ToFrozenDictionary(),
            VisitTypeWords = new Dictionary<(string, string), VisitTypeWords>
            {
                [("de", "vaccination")] = new("Impfung", "", ["Impfpass", "Leine"]),
                [("en", "vaccination")] = new("Vaccination", "", ["Vaccination record"]),
            }.ToFrozenDictionary(),
        };
        var today = Now.InZone(practice.Zone).Date;
        return new Book(Diary.For(practice, new DateInterval(today, today.PlusDays(60)), []), profile);
    }

    public static string File(Appointment appointment) =>
        CalendarFile.For(appointment, Book(), Text.In(appointment.Language), new InstanceSettings { PublicUrl = Url }, Now);

    public static Appointment Appointment() => new()
    {
        Id = 1,
        Number = "4K7-29A",
        VisitType = "vaccination",
        State = VisitState.Booked,
        Start = Instant.FromUtc(2026, 11, 24, 8, 10),
        Minutes = 20,
        Vet = "weber",
        Expires = null,
        Revision = 0,
        Language = "de",
        Name = "Frieda Förster",
        Email = "frieda@owner.example",
        StateBefore = null,
        Created = Now,
        Animals = [new VisitingAnimal("Bello", "dog", null, ""), new VisitingAnimal("Mimi", "cat", null, "")],
    };
}

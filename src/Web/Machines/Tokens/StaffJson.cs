using System.Text.Json;
using System.Text.Json.Serialization;
using VetBooking.Web.Booking;

namespace VetBooking.Web.Machines.Tokens;

/// <summary>A day of the practice, for its own programs.</summary>
public sealed record StaffDayBody(string Date, string TimeZone, IReadOnlyList<StaffAppointmentBody> Appointments);

/// <summary>An appointment as the practice's programs see it: whom to expect, when and where. No telephone number, no address, nothing of what is the matter.</summary>
public sealed record StaffAppointmentBody(string Number, string State, string Start, int Minutes, string VisitType)
{
    /// <summary>Id of the person it is with; missing if with nobody.</summary>
    public string? Vet { get; init; }

    public required IReadOnlyList<string> Rooms { get; init; }
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>The owner's name as it was given for this visit.</summary>
    public required string Owner { get; init; }

    public required IReadOnlyList<StaffAnimalBody> Animals { get; init; }
}

/// <summary>An animal that comes along.</summary>
public sealed record StaffAnimalBody(string Name, string Species);

/// <summary>What a booking in the practice's name brings.</summary>
public sealed record StaffBookingBody(string? VisitType, string? Start, int? Minutes, string? Vet, string? Place)
{
    public string? Language { get; init; }
    public OwnerBody? Owner { get; init; }
    public IReadOnlyList<AnimalBody?>? Animals { get; init; }
    public string? Note { get; init; }

    /// <summary>Whether the owner is told by mail; yes, if left out.</summary>
    public bool? Tell { get; init; }
}

/// <summary>What calling off brings; may be left out.</summary>
public sealed record StaffCancellationBody(string? Reason, bool? Tell);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8)]
[JsonSerializable(typeof(StaffDayBody))]
[JsonSerializable(typeof(StaffBookingBody))]
[JsonSerializable(typeof(StaffCancellationBody))]
internal sealed partial class StaffJson : JsonSerializerContext
{
    /// <summary>What this API answers with.</summary>
    public static StaffJson Answers => Loaded.Answers;

    private static class Loaded
    {
        internal static readonly StaffJson Answers = new(new JsonSerializerOptions(Default.Options) { Encoder = BookingJson.Encoder });
    }
}

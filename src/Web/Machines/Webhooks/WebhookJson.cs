using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Machines.Webhooks;

/// <summary>What is sent. Nothing in it is about a person: whoever needs more asks the API for it, with a token.</summary>
public sealed record WebhookBody(string Id, string Type, string Created, WebhookAppointment? Appointment);

/// <summary>An appointment as receivers are told of it, as it was right after the change.</summary>
public sealed record WebhookAppointment(string Number, string State, string Start, int Minutes, string VisitType)
{
    /// <summary>Id of the person it is with; missing if with nobody.</summary>
    public string? Vet { get; init; }

    public required IReadOnlyList<string> Rooms { get; init; }
    public required IReadOnlyList<string> Devices { get; init; }
}

/// <summary>An event as the database's triggers have noted it.</summary>
internal sealed record WebhookEvent(long Id, string Message, string Type)
{
    public required string Number { get; init; }
    public required string State { get; init; }
    public required long Start { get; init; }
    public required int Minutes { get; init; }
    public required string VisitType { get; init; }
    public required string? Vet { get; init; }
    public required string Resources { get; init; }

    /// <summary>The body every attempt sends.</summary>
    public string Body(Practice practice, Instant created)
    {
        var taken = Resources.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var appointment = Number.Length == 0 ? null : new WebhookAppointment(Number, State, ApiTime.Write(Instant.FromUnixTimeSeconds(Start), practice.Zone), Minutes, VisitType)
        {
            Vet = Vet,
            Rooms = Only(ResourceKind.Room),
            Devices = Only(ResourceKind.Device),
        };
        return JsonSerializer.Serialize(new WebhookBody(Message, Type, ApiTime.Write(created, practice.Zone), appointment), WebhookJson.Answers.WebhookBody);

        string[] Only(ResourceKind kind) => [.. practice.Resources.Where(one => one.Kind == kind && taken.Contains(one.Id)).Select(one => one.Id)];
    }

    /// <summary>Those nobody has written out yet, in the order in which they happened.</summary>
    public static List<WebhookEvent> Unwritten(Db db) => db.Rows(
        "SELECT id, message, type, number, state, starts_at, minutes, visit_type_id, vet, resources FROM webhook_event WHERE body IS NULL ORDER BY id",
        row => new WebhookEvent(row.GetInt64(0), row.GetString(1), row.GetString(2))
        {
            Number = row.GetString(3),
            State = row.GetString(4),
            Start = row.GetInt64(5),
            Minutes = row.GetInt32(6),
            VisitType = row.GetString(7),
            Vet = row.Text(8),
            Resources = row.GetString(9),
        });
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>With times that can be read: "+" stands for itself.</summary>
    public static WebhookJson Answers => Loaded.Answers;

    private static class Loaded
    {
        internal static readonly WebhookJson Answers = new(new JsonSerializerOptions(Default.Options) { Encoder = BookingJson.Encoder });
    }
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Pictures;
using VetBooking.Web.Questions;

namespace VetBooking.Web.Booking;

/// <summary>A booking somebody asks for, every field checked.</summary>
public sealed record BookingWish
{
    public required string VisitType { get; init; }
    public required Instant Start { get; init; }
    public string? Vet { get; init; }
    public required string Language { get; init; }
    public required string Name { get; init; }
    public required EmailAddress Email { get; init; }
    public string Phone { get; init; } = "";
    public required ImmutableArray<VisitingAnimal> Animals { get; init; }
    public string Note { get; init; } = "";

    /// <summary>What was answered to the practice's own questions; checked against those that are there when it is saved.</summary>
    public Given Given { get; init; } = _ => [];

    /// <summary>The mark of the questions that were read; null if nobody can tell.</summary>
    public string? QuestionsMark { get; init; }

    /// <summary>Photos, each with what it was asked for with.</summary>
    public IReadOnlyList<(string Asked, Drawn Drawn)> Photos { get; init; } = [];

    /// <summary>What the rules need to know of it.</summary>
    public VisitRequest Request => new(VisitType, [.. Animals.Select(animal => animal.Species)], Vet);
}

/// <summary>
/// The client's own key for one booking, with a fingerprint of what it asked for: the same key with another fingerprint
/// is a mistake of the client's. Both as SHA-256, as they are stored.
/// </summary>
public sealed record BookingKey(byte[] Key, byte[] Request)
{
    /// <summary>The key and fingerprint of a request, both as text.</summary>
    public static BookingKey Of(string key, string request) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(request)));
}

/// <summary>What a booking came to.</summary>
public abstract record BookingOutcome
{
    private BookingOutcome() { }

    /// <summary>It is saved.</summary>
    public sealed record Done(BookingAnswered Answer) : BookingOutcome;

    /// <summary>The rules say no.</summary>
    public sealed record Refused(Refusal Because) : BookingOutcome;

    /// <summary>The practice's questions are not those that were answered: they have just been changed.</summary>
    public sealed record OtherQuestions : BookingOutcome;

    /// <summary>Something is wrong with the answers to the practice's questions as they are now.</summary>
    public sealed record Unanswered(IReadOnlyList<FieldProblem> Problems) : BookingOutcome;

    /// <summary>The same key came with another booking before.</summary>
    public sealed record KeyReused : BookingOutcome;

    /// <summary>Too many of them; try again later, or call.</summary>
    public sealed record TooMany(Duration RetryAfter) : BookingOutcome;
}

/// <summary>What the client is told, now and whenever it asks again with the same key.</summary>
public sealed record BookingAnswered(long Appointment, string Number, string Status, Instant Start, int Minutes, string Vet, Instant? HeldUntil);

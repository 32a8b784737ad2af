using System.Text.Json;
using System.Text.Json.Serialization;

namespace VetBooking.Web.Sovereignty.Disclosure;

/// <summary>
/// Everything the database has of one person, as <c>person.json</c> says it (GDPR Art. 15 and 20). Its fields are explained in
/// docs/one-person.md; moments are ISO 8601 with the practice's offset, days ISO 8601, what there is nothing of is left out.
/// </summary>
public sealed record PersonFile
{
    /// <summary>Rises when a field changes its meaning.</summary>
    public int Format { get; init; } = 1;

    public required string Practice { get; init; }
    public required string MadeAt { get; init; }

    /// <summary>Whether what the team wrote about the person is in it; without, it may go to them unread.</summary>
    public required bool WithNotes { get; init; }

    public required IReadOnlyList<PersonRecord> Records { get; init; }
    public required IReadOnlyList<PersonAnimal> Animals { get; init; }
    public required IReadOnlyList<PersonVisit> Appointments { get; init; }
    public required IReadOnlyList<PersonWaiting> Waiting { get; init; }
    public required IReadOnlyList<PersonNumber> Numbers { get; init; }
    public required IReadOnlyList<PersonMessage> Messages { get; init; }
    public required IReadOnlyList<PersonConsent> Consents { get; init; }
    public required IReadOnlyList<PersonRequest> Requests { get; init; }
    public required IReadOnlyList<PersonAct> Log { get; init; }

    /// <summary>Free text in which others may be named: to be read before the file is given away (GDPR Art. 15(4)).</summary>
    public IReadOnlyList<FreeText> Review { get; init; } = [];
}

/// <summary>The practice's record of an owner.</summary>
public sealed record PersonRecord(string Name, string Email, IReadOnlyList<string> Phones, string Street, string Postcode, string City, string Language)
{
    public string? Reference { get; init; }
    public string? CreatedAt { get; init; }
    public string? AddressConfirmedAt { get; init; }
    public string? Note { get; init; }
    public string? HeldUntil { get; init; }
    public string? HeldBecause { get; init; }
}

/// <summary>An animal of theirs; <c>Shared</c> if it has other owners, who are not named.</summary>
public sealed record PersonAnimal(string Name, string Species, bool Shared)
{
    public string? Breed { get; init; }
    public string? Sex { get; init; }
    public string? Neutered { get; init; }
    public string? Born { get; init; }
    public string? Chip { get; init; }
    public string? Insurance { get; init; }
    public string? Behaviour { get; init; }
    public string? Departed { get; init; }
    public string? DepartedOn { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<PersonDue> Due { get; init; }
}

/// <summary>What an animal got and when it falls due again.</summary>
public sealed record PersonDue(string What, string GivenOn, string DueOn, string Product);

/// <summary>An appointment, with what was typed for it.</summary>
public sealed record PersonVisit(string Number, string VisitType, string State, string StartsAt, int Minutes)
{
    public string? With { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public string? Phone { get; init; }
    public string? Message { get; init; }
    public string? CancelReason { get; init; }
    public string? Answer { get; init; }
    public string? Note { get; init; }
    public string? ArrivedAt { get; init; }
    public string? DoneAt { get; init; }
    public string? NoShowAt { get; init; }
    public required string MadeAt { get; init; }
    public required IReadOnlyList<PersonVisitor> Animals { get; init; }
    public required IReadOnlyList<PersonAnswer> Answers { get; init; }

    /// <summary>The names of the pictures' files beside this one.</summary>
    public required IReadOnlyList<string> Photos { get; init; }
}

/// <summary>An animal as it was named for a visit.</summary>
public sealed record PersonVisitor(string Name, string Species, string? Born, string? Reason);

/// <summary>A question in the words it had, and what was said to it.</summary>
public sealed record PersonAnswer(string Asked, string Said);

/// <summary>An entry of the waiting list.</summary>
public sealed record PersonWaiting(string State, string VisitType, string FirstDay, string LastDay, string Name, string Email, string Phone, string MadeAt)
{
    public required IReadOnlyList<PersonVisitor> Animals { get; init; }
}

/// <summary>A number of the open consultation.</summary>
public sealed record PersonNumber(string Day, int Number, string Name);

/// <summary>A message to them; subject and text as they were sent, while they are kept.</summary>
public sealed record PersonMessage(string Kind, string State, string At, string? Subject, string? Text);

/// <summary>A consent or its withdrawal, with its proof.</summary>
public sealed record PersonConsent(string Purpose, string Act, string At, string How, string Address, string? Wording);

/// <summary>What they asked of the practice about their data, and what it said to that.</summary>
public sealed record PersonRequest(string Kind, string State, string AskedAt, string? More, string? Answer);

/// <summary>What was done with their data, and on whose side: <c>person</c>, <c>team</c>, <c>program</c>, <c>practice</c> or <c>operator</c>.</summary>
public sealed record PersonAct(string At, string By, string Act);

/// <summary>A free text to be read before it is given away.</summary>
/// <param name="Where">Whose it is, like <c>appointment 4K7-CAQ</c>.</param>
/// <param name="Field">The field.</param>
/// <param name="Why"><c>address</c>, <c>telephone</c> or <c>name</c> of somebody else in it, or <c>note</c>: the team wrote it.</param>
public sealed record FreeText(string Where, string Field, string Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PersonFile))]
internal sealed partial class PersonJson : JsonSerializerContext
{
    /// <summary>Letters of every language as they are: the file is read by people, too, and stands in no page. A class of its own, so that it is made after the context.</summary>
    internal static class Readable
    {
        internal static readonly PersonJson Json = new(new JsonSerializerOptions(Default.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

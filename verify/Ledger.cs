using NodaTime;

namespace VetBooking.Verify;

/// <summary>One booking a client asks for. The body is kept as it was sent: a retry must be the same to the byte.</summary>
internal sealed record Wanted(string Key, Choice Choice, string Body)
{
    public string Email => $"{Key}@example.org";
}

/// <summary>What the server answered.</summary>
internal sealed record Answer(int Status, string Text)
{
    public string? MediaType { get; init; }

    /// <summary>The problem's type, without what may stand before its last slash.</summary>
    public string? Problem { get; init; }

    public int? Nearest { get; init; }
    public string Number { get; init; } = "";
    public string State { get; init; } = "";
    public OffsetDateTime? Start { get; init; }
    public int Minutes { get; init; }
    public string Vet { get; init; } = "";

    public bool Won => Status == 201;

    /// <summary>409, said the way the contract says it.</summary>
    public bool LostProperly => Status == 409 && MediaType == "application/problem+json" && Problem == "slot-taken" && Nearest is >= 0 and <= 5;

    public override string ToString() => $"{Status} {Text[..Math.Min(Text.Length, 200)]}";
}

/// <summary>What clients were told. It lives in this process only, so no crash of the server reaches it.</summary>
internal sealed class Ledger
{
    private readonly Lock gate = new();
    private readonly List<(Wanted Wanted, Answer Answer)> acknowledged = [];
    private readonly Dictionary<string, int> refused = [];
    private readonly List<Answer> broken = [];

    public IReadOnlyList<(Wanted Wanted, Answer Answer)> Acknowledged => acknowledged;

    /// <summary>Keys that got a refusal, with its status.</summary>
    public IReadOnlyDictionary<string, int> Refused => refused;

    /// <summary>Answers a client should never see: 500 and above, or nothing at all.</summary>
    public IReadOnlyList<Answer> Broken => broken;

    public void Enter(Wanted wanted, Answer answer)
    {
        lock (gate)
        {
            if (answer.Won) acknowledged.Add((wanted, answer));
            else if (answer.Status is >= 400 and < 500) refused[wanted.Key] = answer.Status;
            else broken.Add(answer);
        }
    }

    /// <summary>The owner moved the visit: from now on the new start is what was promised.</summary>
    public void Move(Wanted wanted, Instant start)
    {
        lock (gate)
        {
            var at = acknowledged.FindIndex(one => one.Wanted.Key == wanted.Key);
            acknowledged[at] = (wanted with { Choice = wanted.Choice with { Start = start } }, acknowledged[at].Answer);
        }
    }
}

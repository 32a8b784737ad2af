using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Prices;
using VetBooking.Web.Questions;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>Somebody on the way through the booking: the visitor and what they answered so far.</summary>
public sealed class FlowPage
{
    private readonly FlowTokens tokens;

    private FlowPage(Visitor visitor, FlowTokens tokens)
    {
        Visitor = visitor;
        this.tokens = tokens;
        // A token that cannot be opened is like none: the first page that lacks an answer asks for it again.
        Flow = tokens.Open(visitor.Asked("z")) ?? new Flow();
        Type = visitor.Book.Practice.VisitType(Flow.VisitType) is { Audience: not Audience.StaffOnly } type ? type : null;
    }

    public Visitor Visitor { get; }

    public Flow Flow { get; }

    /// <summary>The visit type chosen; null if none is, or it can no longer be booked.</summary>
    public VisitType? Type { get; }

    public VisitTypeWords Words => Visitor.Profile.VisitType(Visitor.Language, Flow.VisitType);

    /// <summary>What the rules need to know; only once animals are named.</summary>
    public VisitRequest Request(string? vet = null) => new(Flow.VisitType, [.. Flow.Animals.Select(animal => animal.Species)], vet);

    public static ValueTask<FlowPage?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<FlowPage?>(new FlowPage(Visitor.Of(http), http.RequestServices.GetRequiredService<FlowTokens>()));

    /// <summary>The address of a step with these answers.</summary>
    public string Url(string path, Flow? flow = null) => Visitor.Url(path, ("z", (flow ?? Flow) is { VisitType.Length: > 0 } answers ? tokens.Seal(answers) : null));

    /// <summary>The address of the same step with these answers. The time a person needs counts from when they first saw it.</summary>
    public string Again(string path, Flow flow) => Visitor.Url(path, ("z", tokens.Seal(flow, flow.Made)));

    /// <summary>The first step whose answer is missing before <paramref name="wanted"/>; null if all are there.</summary>
    public IResult? MissingBefore(FlowStep wanted)
    {
        if (wanted > FlowStep.Reason && Type is null) return Visitor.SeeOther(Visitor.Url("/buchen"));
        if (wanted > FlowStep.RedFlags && AsksRedFlags && !Flow.AskedRedFlags) return Visitor.SeeOther(Url("/buchen/warnzeichen"));
        if (wanted > FlowStep.Animals && (Flow.Animals.IsEmpty || Type!.MinutesFor([.. Flow.Animals.Select(animal => animal.Species)]) is null)) return Visitor.SeeOther(Url("/buchen/tiere"));
        return wanted > FlowStep.Time && Flow.Start is null ? Visitor.SeeOther(Url("/buchen/zeit")) : null;
    }

    /// <summary>The practice's own questions for this visit; asked with the last form.</summary>
    public Questionnaire Questions => Visitor.Profile.QuestionsFor(Flow.VisitType, Flow.Animals.Select(animal => animal.Species));

    /// <summary>What is to be minded before such a visit.</summary>
    public ImmutableArray<string> Told => Instructions.Told.Before(Visitor.Profile, Visitor.T, Flow.VisitType, Flow.Animals, Day);

    /// <summary>About what it costs; null if the practice does not say.</summary>
    public PriceNote? Price => Visitor.Profile.Prices.For(Flow.VisitType, Day);

    /// <summary>The day of the visit; today, as long as none is chosen.</summary>
    private LocalDate Day => Flow.Start is { } start ? Visitor.Book.Diary.DateOf(start) : Visitor.Today;

    public bool AsksRedFlags => Visitor.Profile.AsksRedFlags.Contains(Flow.VisitType);

    /// <summary>The signs of danger that a species of this visit type can show. Which animal comes is not known yet.</summary>
    public IEnumerable<RedFlag> RedFlags => Visitor.Profile.RedFlags.Where(flag => flag.Species is null || flag.Species.Split(' ').Any(Type!.MinutesBySpecies.ContainsKey));

    /// <summary>The species that can be chosen for the visit type, in the practice's order.</summary>
    public ImmutableArray<string> Species =>
        [.. Visitor.Profile.Species.Where(one => one.Treated && Type!.MinutesBySpecies.ContainsKey(one.Id)).Select(one => one.Id)];

    /// <summary>The card at the side: what was chosen, each with a way back to change it.</summary>
    public SummaryCard Summary => new(this);
}

/// <summary>The steps of a booking, in order.</summary>
public enum FlowStep { Reason, RedFlags, Animals, Time, Contact }

/// <summary>What was chosen so far.</summary>
public sealed record SummaryCard(FlowPage Page);

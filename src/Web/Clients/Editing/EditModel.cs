using VetBooking.Web.Booking;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Clients.Editing;

/// <summary>The page on which staff edit one record.</summary>
public sealed record EditModel(Staff Staff, string Title, string Action, string Back)
{
    public required IReadOnlyList<EditField> Fields { get; init; }

    /// <summary>What stands in the fields, by their names.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>What stood there when the form was opened; the same, unless something typed comes back.</summary>
    public IReadOnlyDictionary<string, string>? Before { get; init; }

    /// <summary>The version of the record; 0 for a new one.</summary>
    public long Revision { get; init; }

    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>Words for a problem that only this form knows; null for those everybody knows.</summary>
    public Func<FieldProblem, string?> Sentence { get; init; } = _ => null;

    /// <summary>What two people have changed differently. The page then asks for nothing else.</summary>
    public IReadOnlyList<Clash> Clashes { get; init; } = [];

    /// <summary>Whether the page makes one record of two, instead of settling what two people typed.</summary>
    public bool IsMerge { get; init; }

    /// <summary>Whether somebody else has saved since the form was opened.</summary>
    public bool SomebodySaved { get; init; }

    /// <summary>Others that look like the one to be added, as (address, words).</summary>
    public IReadOnlyList<(string Url, string Words)> Alike { get; init; } = [];

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => Problems.FirstOrDefault(one => one.Field == field) is { } problem ? Words(problem) : null;

    /// <summary>What is wrong, in words.</summary>
    public string Words(FieldProblem problem) => Sentence(problem) ?? Wording.Of(Staff.T, problem);

    /// <summary>The same form after somebody else has saved: what only one of the two changed is merged, the rest is asked.</summary>
    public EditModel After(long revision, IReadOnlyDictionary<string, string> stored)
    {
        var before = Before ?? Values;
        var clashes = Clash.Between(Fields, before, stored, Values);
        // Whoever did not touch a field wants what is there now.
        var merged = Fields.ToDictionary(field => field.Name, field => Values[field.Name] == before[field.Name] ? stored[field.Name] : Values[field.Name]);
        return this with { Revision = revision, Before = stored, Values = merged, Clashes = clashes, SomebodySaved = true };
    }
}

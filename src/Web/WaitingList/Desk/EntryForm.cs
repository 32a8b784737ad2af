using System.Collections.Immutable;
using System.Globalization;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.FrontDesk;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Web.WaitingList.Desk;

/// <summary>The form in which staff enter somebody or change an entry.</summary>
public sealed record EntryForm(Staff Staff, WantedForm Wanted)
{
    /// <summary>So many animals the form has room for.</summary>
    public const int Animals = 3;

    /// <summary>The entry's id; null for a new one.</summary>
    public long? Id { get; init; }

    public int Revision { get; init; }

    /// <summary>The owner on record it is for; empty if none.</summary>
    public string Owner { get; init; } = "";

    public string Name { get; init; } = "";
    public string Email { get; init; } = "";
    public string Phone { get; init; } = "";
    public string VisitType { get; init; } = "";
    public string Urgency { get; init; } = "normal";
    public ImmutableArray<(string Name, string Species)> Typed { get; init; } = [];
    public string Key { get; init; } = Flow.NewKey();
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    /// <summary>Whether somebody else was faster.</summary>
    public bool IsStale { get; init; }

    public Text T => Staff.T;

    /// <summary>An empty form, or one for an owner on record with their animals.</summary>
    public static EntryForm New(Staff staff, OwnerCard? owner) => new(staff, WantedForm.New(staff.Visitor.Today))
    {
        Owner = owner?.Id.ToString(CultureInfo.InvariantCulture) ?? "",
        Name = owner?.Name ?? "",
        Email = owner?.Email ?? "",
        Phone = owner?.Phone ?? "",
        Typed = [.. (owner?.Animals ?? []).Take(Animals).Select(animal => (animal.Name, animal.Species))],
    };

    public static EntryForm Of(Staff staff, Entry entry) => new(staff, WantedForm.Of(entry.Wanted))
    {
        Id = entry.Id,
        Revision = entry.Revision,
        Name = entry.Name,
        Email = entry.Email,
        Phone = entry.Phone,
        VisitType = entry.Wanted.VisitType,
        Urgency = entry.IsUrgent ? "urgent" : "normal",
        Typed = [.. entry.Wanted.Animals.Select(animal => (animal.Name, animal.Species))],
    };

    public static EntryForm Read(Staff staff, IFormCollection form, long? id) => new(staff, WantedForm.Typed(form))
    {
        Id = id,
        Revision = int.TryParse(form["stand"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1,
        Owner = form["kunde"].ToString(),
        Name = form["name"].ToString(),
        Email = form["email"].ToString(),
        Phone = form["telefon"].ToString(),
        VisitType = form["anliegen"].ToString(),
        Urgency = form["dringlichkeit"].ToString(),
        Typed = [.. Enumerable.Range(0, VisitRequest.MostAnimals).Select(i => (form[Field("tier", i)].ToString(), form[Field("art", i)].ToString())).Where((_, i) => form.ContainsKey(Field("tier", i)))],
        Key = form["schluessel"].ToString() is { Length: > 0 and <= 64 } key ? key : Flow.NewKey(),
    };

    /// <summary>The wish the form holds, or what is wrong with it. Animals that are known keep what else is known of them.</summary>
    public (EntryWish? Wish, IReadOnlyList<FieldProblem> Problems) Check(OwnerCard? owner, Entry? known)
    {
        var fields = new Fields();
        var name = fields.Required("name", Name, Fields.LongestName);
        var email = Email.Length > 0 ? fields.Email("email", Email) : null;
        var phone = fields.Phone("telefon", Phone);
        if (email is null && phone.Length == 0 && fields.Problems.Count == 0) fields.Wrong("telefon", Problem.Missing);
        var type = Staff.Book.Practice.VisitType(VisitType);
        if (type is null) fields.Wrong("anliegen", Problem.Unknown);
        var animals = ReadAnimals(fields, type, known);
        var wanted = Wanted.Read(fields, VisitType, animals, Staff.Visitor);
        return wanted is null ? (null, fields.Problems) : (new EntryWish(wanted)
        {
            Name = name,
            Email = email,
            Phone = phone,
            Language = known?.Language ?? Staff.Visitor.Profile.Languages[0],
            IsUrgent = Urgency == "urgent",
            Owner = owner?.Id,
            FormKey = Key,
        }, []);
    }

    public string? Wrong(string field) => Problems.FirstOrDefault(one => one.Field == field) is { } problem ? Sentence(problem) : null;

    public string Sentence(FieldProblem problem) => (problem.Field, problem.Problem) switch
    {
        ("tier-0", _) => T.WaitingWrongAnimals,
        ("name", Problem.Missing) => T.ProblemNameMissing,
        ("telefon", Problem.NotAPhone) => T.ProblemPhone,
        _ => WantedForm.Sentence(T, problem, Staff.Visitor.Today),
    };

    public static string Field(string name, int nth) => string.Create(CultureInfo.InvariantCulture, $"{name}-{nth}");

    private ImmutableArray<VisitingAnimal> ReadAnimals(Fields fields, VisitType? type, Entry? known)
    {
        var check = new Fields();
        var animals = Typed.Where(one => one.Name.Trim().Length > 0)
            .Select(one => new VisitingAnimal(check.Required("tier-0", one.Name, Fields.LongestAnimalName), one.Species, null, ""))
            .Select(one => known?.Wanted.Animals.FirstOrDefault(before => before.Name == one.Name && before.Species == one.Species) ?? one)
            .ToImmutableArray();
        var treated = type is null || type.MinutesFor([.. animals.Select(one => one.Species)]) is not null;
        var isKnown = animals.All(one => Staff.Visitor.Profile.Species.Any(species => species.Id == one.Species));
        if (animals.IsEmpty || check.Problems.Count > 0 || !treated || !isKnown) fields.Wrong("tier-0", Problem.Unknown);
        return animals;
    }
}

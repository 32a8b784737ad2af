using System.Globalization;
using VetBooking.Scheduling;
using VetBooking.Web.Booking.Pages;
using VetBooking.Web.Shared;

namespace VetBooking.Web.Booking;

/// <summary>The second step: which animals come.</summary>
public static class AnimalPages
{
    /// <summary><c>GET /buchen/tiere</c></summary>
    public static IResult Show(FlowPage page)
    {
        if (page.MissingBefore(FlowStep.Animals) is { } missing) return missing;
        var typed = page.Flow.Animals.Select(animal => new AnimalBody(animal.Name, animal.Species, animal.Born, animal.Reason)).ToList();
        return Page.Ok(AnimalsForm.Create(new AnimalsModel(page, typed.Count > 0 ? typed : [Nothing], [])));
    }

    /// <summary><c>POST /buchen/tiere</c>: on to the times, or one animal more or less on the same page.</summary>
    public static async Task<IResult> Name(FlowPage page)
    {
        if (page.MissingBefore(FlowStep.Animals) is { } missing) return missing;
        var form = await page.Visitor.Form();
        var typed = new List<AnimalBody>();
        for (var i = 0; i < VisitRequest.MostAnimals && form.ContainsKey(string.Create(CultureInfo.InvariantCulture, $"name-{i}")); i++)
        {
            typed.Add(new AnimalBody(Field("name"), Field("art"), Field("geboren"), Field("grund")));

            string Field(string name) => form[string.Create(CultureInfo.InvariantCulture, $"{name}-{i}")].ToString();
        }
        if (typed.Count == 0) typed.Add(Nothing);
        if (form.ContainsKey("mehr") && typed.Count < VisitRequest.MostAnimals) return Page.Ok(AnimalsForm.Create(new AnimalsModel(page, [.. typed, Nothing], [])));
        if (int.TryParse(form["weg"], NumberStyles.None, CultureInfo.InvariantCulture, out var away) && away < typed.Count && typed.Count > 1)
        {
            typed.RemoveAt(away);
            return Page.Ok(AnimalsForm.Create(new AnimalsModel(page, typed, [])));
        }

        var fields = new Fields();
        var animals = typed.Select((body, i) => Animals.Read(fields, $"animals[{i}]", body, page.Visitor.Profile, page.Visitor.Today)).ToList();
        for (var i = 0; i < animals.Count; i++)
        {
            var species = animals[i].Species;
            if (page.Visitor.Profile.Species.Any(one => one.Id == species && one.Treated) && !page.Species.Contains(species)) fields.Wrong($"animals[{i}].species", Problem.NotTreated);
        }
        if (fields.Problems.Count > 0) return Page.Again(AnimalsForm.Create(new AnimalsModel(page, typed, fields.Problems)));
        return Visitor.SeeOther(page.Url("/buchen/zeit", page.Flow with { Animals = [.. animals], Start = null }));
    }

    private static readonly AnimalBody Nothing = new("", "", "", "");
}

/// <summary>The page that asks which animals come, with what was typed and what is wrong with it.</summary>
public sealed record AnimalsModel(FlowPage Page, IReadOnlyList<AnimalBody> Typed, IReadOnlyList<FieldProblem> Problems)
{
    /// <summary>What is wrong with one field of one animal, in words; null if nothing.</summary>
    public string? Wrong(int animal, string field) =>
        Problems.FirstOrDefault(one => one.Field == $"animals[{animal}].{field}") is { } problem ? Wording.Of(Page.Visitor.T, problem) : null;

    /// <summary>The id of the control that a problem is about.</summary>
    public static string ControlOf(FieldProblem problem)
    {
        var (bracket, dot) = (problem.Field.IndexOf('[', StringComparison.Ordinal) + 1, problem.Field.IndexOf("].", StringComparison.Ordinal));
        return problem.Field[(dot + 2)..] switch { "name" => "name-", "species" => "art-", "born" => "geboren-", _ => "grund-" } + problem.Field[bracket..dot];
    }
}

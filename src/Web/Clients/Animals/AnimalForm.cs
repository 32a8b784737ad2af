using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Editing;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Clients.Animals;

/// <summary>The fields of an animal, and what is typed into them.</summary>
internal static class AnimalForm
{
    private const int LongestLine = 100;

    /// <summary>The fields in the order of the page.</summary>
    public static IReadOnlyList<EditField> Fields(Text t, Profile profile) =>
    [
        // Named so that what is wrong with it is worded for an animal.
        new("animals.name", t.ClientsAnimalName),
        new("species", t.ClientsSpecies) { Choices = [("", ""), .. profile.Species.Select(one => (one.Id, Wording.Species(t, one.Id)))] },
        new("breed", t.ClientsBreed),
        new("sex", t.ClientsSex) { Choices = [("", t.ClientsUnknown), ("female", t.ClientsSexOf("female")), ("male", t.ClientsSexOf("male"))] },
        new("neutered", t.ClientsNeutered) { Choices = [("", t.ClientsUnknown), ("yes", t.ClientsYes), ("no", t.ClientsNo)] },
        new("born", t.ClientsBorn) { Help = t.ClientsBornHelp },
        new("chip", t.ClientsChip) { Help = t.ClientsChipHelp },
        new("insurance", t.ClientsInsurance) { Help = t.ClientsInsuranceHelp },
        new("behaviour", t.ClientsBehaviourLabel) { Help = t.ClientsBehaviourHelp, IsTicks = true, Choices = [.. Behaviour.All.Select(word => (word, Behaviour.InWords(t, word)))] },
        new("note", t.ClientsAnimalNote) { Type = "lines" },
    ];

    /// <summary>What stands in the fields for an animal.</summary>
    public static Dictionary<string, string> Values(AnimalFacts facts) => new()
    {
        ["animals.name"] = facts.Name, ["species"] = facts.Species, ["breed"] = facts.Breed, ["sex"] = facts.Sex, ["neutered"] = facts.Neutered,
        ["born"] = facts.Born ?? "", ["chip"] = ChipNumber.Spaced(facts.Chip), ["insurance"] = facts.Insurance, ["behaviour"] = facts.Behaviour, ["note"] = facts.Note,
    };

    /// <summary>Reads what was typed; what is wrong with it goes into <paramref name="check"/>.</summary>
    public static AnimalFacts Read(IReadOnlyDictionary<string, string> typed, Profile profile, LocalDate today, Fields check)
    {
        var facts = new AnimalFacts
        {
            Name = check.Required("animals.name", typed["animals.name"], Booking.Fields.LongestAnimalName),
            Species = typed["species"],
            Breed = check.Optional("breed", typed["breed"], LongestLine),
            Sex = typed["sex"] is "female" or "male" ? typed["sex"] : "",
            Neutered = typed["neutered"] is "yes" or "no" ? typed["neutered"] : "",
            Born = check.Born("born", typed["born"], today),
            Chip = Chip(typed["chip"], check),
            Insurance = check.Optional("insurance", typed["insurance"], LongestLine),
            Behaviour = string.Join(' ', Behaviour.Read(typed["behaviour"])),
            Note = check.Optional("note", typed["note"], Booking.Fields.LongestNote, lines: true),
        };
        if (profile.Species.All(one => one.Id != facts.Species)) check.Wrong("species", Problem.Unknown);
        return facts;
    }

    /// <summary>Words for what can be wrong with a chip's number; null for every other problem.</summary>
    public static string? Sentence(Text t, FieldProblem problem) => (problem.Field, problem.Problem) switch
    {
        ("chip", Problem.TooLong) => t.ClientsChipLength(problem.Limit),
        ("chip", Problem.Unknown) => t.ClientsChipOrigin,
        ("chip", _) => t.ClientsChipCharacters,
        _ => null,
    };

    private static string Chip(string typed, Fields check)
    {
        if (string.IsNullOrWhiteSpace(typed)) return "";
        if (ChipNumber.Read(typed) is not { } number) check.Wrong("chip", Problem.BadCharacters);
        // Its limit says how many digits there are: that is what one compares with the scanner.
        else if (number.Length != ChipNumber.Length) check.Wrong("chip", Problem.TooLong, number.Length);
        else if (ChipNumber.OriginOf(number) == ChipOrigin.Nothing) check.Wrong("chip", Problem.Unknown);
        else return number;
        return "";
    }
}

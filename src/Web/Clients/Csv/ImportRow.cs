using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Csv;

/// <summary>One line of a file as it would be stored.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="Owner">The owner it names.</param>
/// <param name="Animal">The animal it names; null if it names none.</param>
/// <param name="Problems">What is wrong with it; such a line is never stored.</param>
public sealed record ImportRow(int Line, OwnerFacts Owner, AnimalFacts? Animal, IReadOnlyList<FieldProblem> Problems)
{
    /// <summary>The owner of the practice's whom it seems to name; null if it is new.</summary>
    public long? Duplicate { get; init; }

    /// <summary>What tells one owner of the file from another.</summary>
    public string Key => Owner.Reference.Length > 0
        ? "#" + Owner.Reference
        : $"{ImportColumns.Plain(Owner.Name)}|{Owner.EmailKey}|{OwnerRecord.Digits(Owner.Phones.FirstOrDefault(""))}";
}

/// <summary>Makes owners and animals of the lines of a file.</summary>
/// <param name="columns">What each column becomes.</param>
/// <param name="profile">The practice; it knows its species.</param>
/// <param name="today">No animal is born later.</param>
internal sealed class ImportReader(IReadOnlyList<string> columns, Profile profile, LocalDate today)
{
    private readonly ImportWords words = new(profile);

    /// <summary>A line as it would be stored, with everything that is wrong with it.</summary>
    public ImportRow Read(CsvRecord record)
    {
        var check = new Fields();
        if (record.Cells.Count != columns.Count) check.Wrong("columns", Problem.Unknown, record.Cells.Count);
        if (record.Cells.Any(cell => cell.Contains('\uFFFD', StringComparison.Ordinal))) check.Wrong("letters", Problem.BadCharacters);
        var values = new Dictionary<string, string>();
        for (var i = 0; i < columns.Count && i < record.Cells.Count; i++)
        {
            if (columns[i] != ImportColumns.None) values[columns[i]] = CsvExport.Bare(record.Cells[i].Trim());
        }
        var owner = Owner(values, check);
        return new ImportRow(record.Line, owner, Animal(values, check), check.Problems);
    }

    private static OwnerFacts Owner(Dictionary<string, string> values, Fields check)
    {
        var name = Of(values, "name");
        if (name.Length == 0) name = $"{Of(values, "first-name")} {Of(values, "last-name")}".Trim();
        var typed = OwnerForm.Values(new OwnerFacts { Name = name });
        foreach (var field in (string[])["email", "phone", "street", "postcode", "city", "reference", "note"]) typed[field] = Of(values, field);
        (typed["second.phone"], typed["third.phone"]) = (Of(values, "second-phone"), Of(values, "third-phone"));
        return OwnerForm.Read(typed, check);
    }

    private AnimalFacts? Animal(Dictionary<string, string> values, Fields check)
    {
        if (Of(values, "animal").Length == 0) return null;
        var sex = ImportWords.Sex(Of(values, "sex"));
        var neutered = ImportWords.Neutered(Of(values, "neutered"));
        if (sex is null) check.Wrong("sex", Problem.Unknown);
        if (neutered is null) check.Wrong("neutered", Problem.Unknown);
        return AnimalForm.Read(new Dictionary<string, string>
        {
            ["animals.name"] = Of(values, "animal"), ["species"] = words.Species(Of(values, "species")) ?? "", ["breed"] = Of(values, "breed"),
            ["sex"] = sex?.Sex ?? "", ["neutered"] = neutered is "yes" or "no" ? neutered : sex?.Neutered ?? "",
            ["born"] = ImportWords.Born(Of(values, "born")), ["chip"] = Of(values, "chip"), ["insurance"] = Of(values, "insurance"),
            ["behaviour"] = "", ["note"] = Of(values, "animal-note"),
        }, profile, today, check);
    }

    private static string Of(Dictionary<string, string> values, string column) => values.GetValueOrDefault(column, "");
}

using VetBooking.Web.Clients.Owners;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Csv;

/// <summary>A file that waits to be looked at.</summary>
/// <param name="Id">Id of the run.</param>
/// <param name="Content">The text.</param>
/// <param name="Encoding">How its letters were read.</param>
/// <param name="Delimiter">What separates the cells.</param>
/// <param name="Columns">What each column becomes.</param>
public sealed record StagedFile(long Id, string Content, string Encoding, char Delimiter, IReadOnlyList<string> Columns);

/// <summary>What an import would do: every line, with what is wrong with it and whom it may double.</summary>
public sealed record ImportPlan(StagedFile File, IReadOnlyList<string> Headings, IReadOnlyList<ImportRow> Rows)
{
    /// <summary>Lines that could be stored as somebody new.</summary>
    public IEnumerable<ImportRow> Fresh => Rows.Where(row => row is { Problems.Count: 0, Duplicate: null });

    /// <summary>Lines with something wrong in them; none of them is ever stored.</summary>
    public IEnumerable<ImportRow> Broken => Rows.Where(row => row.Problems.Count > 0);

    /// <summary>Lines about somebody who seems to be there already.</summary>
    public IEnumerable<ImportRow> Doubles => Rows.Where(row => row is { Problems.Count: 0, Duplicate: not null });

    /// <summary>The first few cells of a column, to tell what it is.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Reads a staged file through and through.</summary>
    public static ImportPlan Make(Db db, Staff staff, StagedFile file)
    {
        var records = CsvReader.Read(file.Content, file.Delimiter).Records;
        var reader = new ImportReader(file.Columns, staff.Visitor.Profile, staff.Visitor.Today);
        var known = KnownOwners.Load(db);
        var plan = new ImportPlan(file, records[0].Cells, [.. records.Skip(1).Select(reader.Read).Select(row => row with { Duplicate = known.Of(row.Owner) })]);
        return plan with
        {
            Samples = [.. file.Columns.Select((_, i) => string.Join(" · ", records.Skip(1).Select(record => record.Cells.ElementAtOrDefault(i) ?? "").Where(cell => cell.Length > 0).Distinct().Take(3)))],
        };
    }

    /// <summary>Whether any column says who an owner is: without a name nothing can be stored.</summary>
    public bool HasName => File.Columns.Any(column => column is "name" or "first-name" or "last-name");
}

/// <summary>The practice's owners by everything that tells that two are one.</summary>
internal sealed class KnownOwners
{
    private readonly Dictionary<string, long> byKey = [];

    public static KnownOwners Load(Db db)
    {
        var known = new KnownOwners();
        foreach (var (id, name, email, phone, reference) in db.Rows(
            "SELECT id, name, email_key, phone, reference FROM owner UNION ALL SELECT o.id, o.name, '', p.phone, '' FROM owner_phone p JOIN owner o ON o.id = p.owner_id",
            row => (row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4))))
        {
            foreach (var key in Keys(name, email, [phone], reference)) known.byKey.TryAdd(key, id);
        }
        return known;
    }

    /// <summary>The owner that these facts seem to be about; null if none. The same address, number or client number is a reason to ask, never proof.</summary>
    public long? Of(OwnerFacts facts) =>
        Keys(facts.Name, facts.EmailKey, facts.Phones, facts.Reference).Select(key => byKey.TryGetValue(key, out var id) ? id : (long?)null).FirstOrDefault(id => id is not null);

    private static IEnumerable<string> Keys(string name, string email, IReadOnlyList<string> phones, string reference)
    {
        if (reference.Length > 0) yield return "#" + reference + "|" + ImportColumns.Plain(name);
        if (email.Length > 0) yield return email;
        foreach (var digits in phones.Select(OwnerRecord.Digits).Where(digits => digits.Length >= 6)) yield return digits;
    }
}

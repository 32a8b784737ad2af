using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Csv;

/// <summary>Owners and animals from another program, and back out as a file.</summary>
internal static class ImportPages
{
    /// <summary>A file longer than this is refused.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>More lines than any practice has clients; more would hold up bookings while they are stored.</summary>
    public const int MostLines = 50_000;

    private const int MostColumns = 100;

    /// <summary>A little more than a file may have, so that a sentence can be said about one that is too large.</summary>
    public static readonly TakesFile Upload = new(MostBytes + 4 * 1024 * 1024);

    /// <summary><c>GET /praxis/kunden/uebernahme</c></summary>
    public static IResult Start(Staff staff, Readers readers) => Page.Ok(ImportStart.Create(new ImportStartModel(staff, readers.Read(ImportRun.All))));

    /// <summary><c>POST /praxis/kunden/uebernahme</c></summary>
    public static async Task<IResult> Stage(Staff staff, Writer writer, Readers readers)
    {
        var form = await staff.Visitor.Form();
        var (text, fault) = await Read(form.Files.GetFile("datei"));
        if (text is null) return Refused(staff, readers, fault!.Value);
        var delimiter = CsvReader.DelimiterOf(text.Content);
        var (records, openQuote) = CsvReader.Read(text.Content, delimiter, MostLines + 2);
        CsvFault? wrong = openQuote ? CsvFault.OpenQuote
            : records.Count > MostLines + 1 ? CsvFault.TooManyLines
            : records.Count < 2 ? CsvFault.Empty
            : records[0].Cells.Count < 2 ? CsvFault.OneColumn
            : records[0].Cells.Count > MostColumns ? CsvFault.TooManyColumns : null;
        if (wrong is { } cause) return Refused(staff, readers, cause);
        var id = await writer.Write(change => ImportRun.Stage(change, staff, text, (delimiter, ImportColumns.Guess(records[0].Cells), records.Count - 1)));
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/uebernahme/{id}"));
    }

    /// <summary><c>GET /praxis/kunden/uebernahme/{id}</c></summary>
    public static IResult Review(Staff staff, RowId id, Readers readers) => readers.Read(db => Plan(db, staff, id)) is { } plan
        ? Page.Ok(ImportReview.Create(new ImportReviewModel(staff, plan)))
        : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/kunden/uebernahme/{id}/spalten</c></summary>
    public static async Task<IResult> Map(Staff staff, RowId id, Writer writer)
    {
        var form = await staff.Visitor.Form();
        var done = await writer.Write(change =>
        {
            if (ImportRun.Load(change.Db, id.Value) is not { } file) return false;
            var columns = file.Columns.Select((_, i) => form[$"spalte-{i}"].ToString()).Select(column => ImportColumns.All.Contains(column) ? column : ImportColumns.None).ToList();
            // Two columns cannot become one field; the first one wins.
            for (var i = 0; i < columns.Count; i++) if (columns.IndexOf(columns[i]) < i) columns[i] = ImportColumns.None;
            change.Db.Execute("UPDATE import_run SET columns = $columns WHERE id = $id", ("$columns", string.Join(' ', columns)), ("$id", id.Value));
            return true;
        });
        return done ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/kunden/uebernahme/{id.Value}")) : OwnerPages.NotThere(staff);
    }

    /// <summary><c>POST /praxis/kunden/uebernahme/{id}/import</c></summary>
    public static async Task<IResult> Import(Staff staff, RowId id, Writer writer, Readers readers)
    {
        var form = await staff.Visitor.Form();
        if (readers.Read(db => Plan(db, staff, id)) is not { } plan) return OwnerPages.NotThere(staff);
        var doubles = form["doppelte"].ToString() switch { "tiere" => WithDoubles.AddAnimals, "alle" => WithDoubles.AddAnyway, _ => WithDoubles.Skip };
        // Lines are left out only by somebody who has said so.
        if (!plan.HasName || (plan.Broken.Any() && form["auslassen"] != "1")) return Page.Again(ImportReview.Create(new ImportReviewModel(staff, plan) { Doubles = doubles, MustAgree = true }));
        var done = await writer.Write(change =>
        {
            if (ImportRun.Load(change.Db, id.Value) is null) return false;
            // Bookings made since the page was read may be of the same people.
            var known = KnownOwners.Load(change.Db);
            ImportRun.Apply(change, staff.Actor, plan with { Rows = [.. plan.Rows.Select(row => row with { Duplicate = known.Of(row.Owner) })] }, doubles);
            return true;
        });
        return done ? Visitor.SeeOther(staff.Visitor.Url("/praxis/kunden/uebernahme")) : OwnerPages.NotThere(staff);
    }

    /// <summary><c>POST /praxis/kunden/uebernahme/{id}/verwerfen</c></summary>
    public static async Task<IResult> Discard(Staff staff, RowId id, Writer writer)
    {
        await writer.Write(change =>
        {
            if (change.Db.Execute("DELETE FROM import_run WHERE id = $id AND state = 'staged'", ("$id", id.Value)) > 0) Audit.Add(change, staff.Actor, "import.discarded", "import_run", id.Value);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/kunden/uebernahme"));
    }

    /// <summary><c>GET /praxis/kunden/uebernahme/{id}/ruecknahme</c></summary>
    public static IResult AskUndo(Staff staff, RowId id, Readers readers)
    {
        var run = readers.Read(ImportRun.All).Find(one => one.Id == id.Value && one.State == "done");
        return run is null ? OwnerPages.NotThere(staff) : Page.Ok(ImportUndo.Create(new ImportUndoModel(staff, run, readers.Read(db => ImportRun.Worked(db, id.Value)))));
    }

    /// <summary><c>POST /praxis/kunden/uebernahme/{id}/ruecknahme</c></summary>
    public static async Task<IResult> Undo(Staff staff, RowId id, Writer writer) =>
        await writer.Write(change => ImportRun.Undo(change, staff.Actor, id.Value)) ? Visitor.SeeOther(staff.Visitor.Url("/praxis/kunden/uebernahme")) : OwnerPages.NotThere(staff);

    /// <summary><c>POST /praxis/kunden/export</c></summary>
    public static async Task<IResult> Export(Staff staff, Writer writer, Readers readers)
    {
        var delimiter = (await staff.Visitor.Form())["trenner"] == "komma" ? ',' : ';';
        var file = readers.Read(db => CsvExport.Write(db, delimiter));
        await writer.Write(change =>
        {
            Audit.Add(change, staff.Actor, "owners.exported", "practice", 1);
            return true;
        });
        return Results.File(file, "text/csv; charset=utf-8", "kunden.csv");
    }

    private static ImportPlan? Plan(Db db, Staff staff, RowId id) => ImportRun.Load(db, id.Value) is { } file ? ImportPlan.Make(db, staff, file) : null;

    private static IResult Refused(Staff staff, Readers readers, CsvFault fault) =>
        Page.Again(ImportStart.Create(new ImportStartModel(staff, readers.Read(ImportRun.All)) { Fault = fault }));

    private static async Task<(CsvText? Text, CsvFault? Fault)> Read(IFormFile? file)
    {
        if (file is null || file.Length == 0) return (null, CsvFault.Empty);
        if (file.Length > MostBytes) return (null, CsvFault.TooLarge);
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes);
        return CsvText.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}

/// <summary>The page on which an import begins, and those that were made.</summary>
public sealed record ImportStartModel(Staff Staff, IReadOnlyList<ImportLine> Runs)
{
    /// <summary>Why a file was refused; null if none was.</summary>
    public CsvFault? Fault { get; init; }

    /// <summary>The same in words.</summary>
    public string Sentence => Staff.T.ClientsImportFault(Fault.ToString()!);
}

/// <summary>The page on which staff see what an import would do.</summary>
public sealed record ImportReviewModel(Staff Staff, ImportPlan Plan)
{
    public WithDoubles Doubles { get; init; }

    /// <summary>Whether somebody wanted to import without having said what becomes of broken lines.</summary>
    public bool MustAgree { get; init; }

    /// <summary>What is wrong with a line, in words.</summary>
    public string Words(FieldProblem problem) => problem.Field switch
    {
        "columns" => Staff.T.ClientsImportColumnCount(problem.Limit, Plan.Headings.Count),
        "letters" => Staff.T.ClientsImportLetters,
        "sex" or "neutered" => Staff.T.ClientsImportWord(Staff.T.ClientsImportColumn(problem.Field)),
        _ => AnimalForm.Sentence(Staff.T, problem) ?? Wording.Of(Staff.T, problem),
    };
}

/// <summary>The page that asks whether an import shall be taken back.</summary>
public sealed record ImportUndoModel(Staff Staff, ImportLine Run, IReadOnlyList<Kept> Stays);

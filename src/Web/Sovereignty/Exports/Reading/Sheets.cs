using System.Globalization;
using NodaTime;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Messages.Sent;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.Exports.Reading;

/// <summary>What surrounds each page of an export.</summary>
/// <param name="T">The texts of the practice's first language.</param>
/// <param name="Practice">What it is called.</param>
/// <param name="Title">What the page is about.</param>
/// <param name="Up">How to get from the page to the export's folder: empty, or <c>../</c>.</param>
public sealed record SheetFrame(Text T, string Practice, string Title, string Up);

/// <summary>What every page of an export needs to know.</summary>
/// <param name="Book">The practice's facts.</param>
/// <param name="T">The texts of its first language.</param>
/// <param name="Sheets">On which sheet of owners each of them stands.</param>
public sealed record SheetWords(Book Book, Text T, IReadOnlyDictionary<long, int> Sheets)
{
    public string VisitType(string id) => Book.Profile.VisitType(Book.Profile.Languages[0], id).Name;

    public string When(Instant moment) => WallTime.Of(moment, Book.Practice.Zone).Full(T);

    public string Clock(Instant moment) => WallTime.Of(moment, Book.Practice.Zone).Clock(T);

    public SheetFrame Frame(string title, string up = "../") => new(T, Book.Profile.Name, title, up);

    /// <summary>Where an owner stands, from the export's folder; null for one who is not in the records.</summary>
    public string? Of(long owner) => Sheets.TryGetValue(owner, out var sheet) ? $"{File(sheet)}#k{owner.ToString(CultureInfo.InvariantCulture)}" : null;

    public static string File(int sheet) => string.Create(CultureInfo.InvariantCulture, $"kunden/{sheet:0000}.html");
}

/// <summary>An owner with everything that is theirs.</summary>
public sealed record OwnerEntry(OwnerRecord Owner, IReadOnlyList<AnimalRecord> Animals, IReadOnlyList<ExportedVisit> Visits);

/// <summary>Some owners, in the order of their names.</summary>
public sealed record OwnerSheetModel(SheetWords Words, string Title, IReadOnlyList<OwnerEntry> Owners);

/// <summary>A month, day by day.</summary>
public sealed record MonthSheetModel(SheetWords Words, string Title, IReadOnlyList<(LocalDate Day, IReadOnlyList<ExportedVisit> Visits)> Days);

/// <summary>Appointments as rows: those of a day with who comes, or those of an owner with their days.</summary>
public sealed record VisitRowsModel(SheetWords Words, IReadOnlyList<ExportedVisit> Visits, bool ByDay);

/// <summary>The messages of a month.</summary>
public sealed record MessageSheetModel(SheetWords Words, string Title, IReadOnlyList<SentMail> Mails);

/// <summary>The page an export opens with.</summary>
public sealed record FrontModel(SheetWords Words, Instant At)
{
    /// <summary>The sheets of each kind: where, and what stands there.</summary>
    public required IReadOnlyList<(string File, string Title)> Owners { get; init; }
    public required IReadOnlyList<(string File, string Title)> Months { get; init; }
    public required IReadOnlyList<(string File, string Title)> Messages { get; init; }
    public required IReadOnlyList<string> Tables { get; init; }
}

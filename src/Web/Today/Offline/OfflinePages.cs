using System.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Today.Lists;

namespace VetBooking.Web.Today.Offline;

/// <summary>The devices that may work without a connection, and what they keep for it.</summary>
internal static class OfflinePages
{
    private static readonly string Worker = Read("worker.js")
        .Replace("{pages}", Assets.Css, StringComparison.Ordinal).Replace("{praxis}", Assets.StaffCss, StringComparison.Ordinal);

    /// <summary><c>GET /praxis/geraete</c></summary>
    public static IResult Show(Staff staff, Readers readers) => Page.Ok(WorkstationPage.Create(Model(staff, readers)));

    /// <summary><c>POST /praxis/geraete</c>: marks this very browser.</summary>
    public static async Task<IResult> Mark(Staff staff, Readers readers, Workstations workstations)
    {
        var model = Model(staff, readers) with { Name = (await staff.Visitor.Form())["geraet"].ToString() };
        var name = model.Fields.Required("geraet", model.Name, Fields.LongestName);
        if (model.Fields.Problems.Count > 0) return Page.Again(WorkstationPage.Create(model));
        await workstations.Mark(staff, name);
        return Visitor.SeeOther(staff.Visitor.Url("/praxis/geraete"));
    }

    /// <summary><c>POST /praxis/geraete/{id}/ende</c></summary>
    public static async Task<IResult> Revoke(Staff staff, Workstations workstations, RowId id) =>
        await workstations.Revoke(staff, id.Value) ? Visitor.SeeOther(staff.Visitor.Url("/praxis/geraete")) : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>GET /praxis/kopie</c>: today and the next working day, for the worker of a marked browser. For no other.</summary>
    public static async Task<IResult> Copy(Staff staff, Readers readers, Workstations workstations)
    {
        var (book, today) = (staff.Book, staff.Visitor.Today);
        var (workstation, lists) = readers.Read(db => (Workstations.Of(staff.Visitor.Http, db), (DayList[])
        [
            DayList.Load(db, book, staff.T, today), DayList.Load(db, book, staff.T, DayList.NextWorkingDay(book.Practice, today)),
        ]));
        if (workstation is null) return NotFoundPage.Show(staff.Visitor);
        await workstations.Copied(workstation, staff.Now);
        return Page.Ok(CopyPage.Create(new CopyModel(staff, lists)));
    }

    /// <summary><c>GET /praxis/sw.js</c>: the worker. It holds nothing of anybody's.</summary>
    public static IResult Script(Staff staff)
    {
        staff.Visitor.Http.Response.Headers.CacheControl = "no-store";
        return Results.Text(Worker, "text/javascript; charset=utf-8", Encoding.UTF8);
    }

    /// <summary><c>GET /praxis/app.webmanifest</c></summary>
    public static IResult Manifest(Staff staff) => Results.Text(
        $$"""{"name":{{System.Text.Json.JsonSerializer.Serialize(staff.Book.Profile.Name, ManifestJson.Default.String)}},"start_url":"/praxis/tag","scope":"/praxis","display":"standalone","background_color":"#f7f8f7","theme_color":"#0b6b5d","icons":[{"src":"{{Assets.Icon}}","sizes":"any","type":"image/svg+xml"}]}""",
        "application/manifest+json", Encoding.UTF8);

    private static WorkstationModel Model(Staff staff, Readers readers) =>
        readers.Read(db => new WorkstationModel(staff, Workstations.All(db), Workstations.Of(staff.Visitor.Http, db)?.Id));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(OfflinePages).Assembly.GetManifestResourceStream("VetBooking.Web.wwwroot.worker." + name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>A text as JSON.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class ManifestJson : System.Text.Json.Serialization.JsonSerializerContext;

/// <summary>The page of the practice's devices.</summary>
public sealed record WorkstationModel(Staff Staff, IReadOnlyList<Workstation> All, long? This)
{
    public Fields Fields { get; } = new();

    public string Name { get; init; } = "";

    public string? Wrong => Fields.Problems.Count > 0 ? Wording.Of(Staff.T, Fields.Problems[0]) : null;
}

/// <summary>What a device shows without a connection.</summary>
public sealed record CopyModel(Staff Staff, IReadOnlyList<DayList> Lists);

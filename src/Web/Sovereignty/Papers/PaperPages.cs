using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.Papers;

/// <summary>The papers, to be read and printed.</summary>
internal static class PaperPages
{
    private const string Home = "/praxis/einstellungen/unterlagen";

    /// <summary><c>GET /praxis/einstellungen/unterlagen</c></summary>
    public static IResult List(Staff staff, Readers readers, InstanceSettings settings) =>
        Page.Ok(PaperList.Create(new PaperListModel(staff, readers.Read(db => (IReadOnlyList<PaperModel>)[.. Paper.Kinds.Select(kind => Load(db, staff, settings, kind))]))));

    /// <summary><c>POST /praxis/einstellungen/unterlagen</c>: what changed becomes a version of its own.</summary>
    public static async Task<IResult> Settle(Staff staff, Writer writer, InstanceSettings settings)
    {
        await writer.Write(change => PaperVersion.Settle(change, staff.Actor, settings));
        return Visitor.SeeOther(staff.Visitor.Url(Home));
    }

    /// <summary><c>GET /praxis/einstellungen/unterlagen/{kind}</c></summary>
    public static IResult Show(Staff staff, string kind, Readers readers, InstanceSettings settings) =>
        Paper.Kinds.Contains(kind) ? Page.Ok(PaperPage.Create(readers.Read(db => Load(db, staff, settings, kind)))) : OwnerPages.NotThere(staff);

    private static PaperModel Load(Db db, Staff staff, InstanceSettings settings, string kind)
    {
        var facts = PaperFacts.Load(db, staff.Visitor.Profile, settings);
        var last = PaperVersion.Last(db, kind);
        return new PaperModel(staff, Paper.Of(kind, facts, staff.T), last) { HasChanged = last?.Hash != Paper.Of(kind, facts, Text.In("de")).Hash };
    }
}

/// <summary>All papers.</summary>
public sealed record PaperListModel(Staff Staff, IReadOnlyList<PaperModel> Papers);

/// <summary>One paper, as the practice is now, and its last version.</summary>
public sealed record PaperModel(Staff Staff, Paper Paper, PaperVersion? Version)
{
    /// <summary>Whether it says something else than its last version.</summary>
    public bool HasChanged { get; init; }

    /// <summary>Its version and date, in words.</summary>
    public string State => HasChanged || Version is null
        ? Staff.T.PaperChanged(Version?.Number ?? 0)
        : Staff.T.PaperVersion(Version.Number, Version.At.InZone(Staff.Book.Practice.Zone).Date);
}

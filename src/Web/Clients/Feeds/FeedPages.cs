using NodaTime;
using VetBooking.Web.Clients.Busy;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Feeds;

/// <summary>A calendar that leaves the practice: one resource's time, for whoever has its address.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Resource">Whose time it is.</param>
/// <param name="Detail"><c>busy</c> says no more than that; <c>reason</c> names the visit type.</param>
/// <param name="Made">Since when.</param>
public sealed record Feed(long Id, string Resource, string Detail, Instant Made)
{
    /// <summary>All feeds.</summary>
    public static List<Feed> All(Db db) => db.Rows("SELECT id, resource_id, detail, created_at FROM feed ORDER BY resource_id, id", From);

    /// <summary>The feed a token opens; null if none.</summary>
    public static Feed? Open(Db db, string token) =>
        db.Row("SELECT id, resource_id, detail, created_at FROM feed WHERE token_hash = $hash", From, ("$hash", SecretToken.Hash(token)));

    /// <summary>Makes a feed; answers the token, which is nowhere else.</summary>
    public static string Make(Change change, Staff staff, string resource, string detail)
    {
        var token = SecretToken.Create();
        var id = change.Db.Insert(
            "INSERT INTO feed (token_hash, resource_id, detail, account_id, created_at) VALUES ($hash, $resource, $detail, $account, $now)",
            ("$hash", SecretToken.Hash(token)), ("$resource", resource), ("$detail", detail), ("$account", staff.Account.Id), ("$now", change.Now.ToUnixTimeSeconds()));
        Audit.Add(change, staff.Actor, "feed.made", "feed", id);
        return token;
    }

    private static Feed From(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), Instant.FromUnixTimeSeconds(row.GetInt64(3)));
}

/// <summary>Calendars out of the practice and into it.</summary>
internal static class FeedPages
{
    /// <summary><c>GET /kalender/{token}.ics</c></summary>
    public static IResult Read(Visitor visitor, string token, Readers readers, InstanceSettings settings) =>
        readers.Read(db => Feed.Open(db, token) is { } feed ? FeedFile.Write(db, feed, visitor, Letter.Host(settings)) : null) is { } file
            ? Results.Text(file, CalendarFile.MediaType)
            : NotFoundPage.Show(visitor);

    /// <summary><c>GET /praxis/kalender</c></summary>
    public static IResult Show(Staff staff, Readers readers) => Page.Ok(CalendarsPage.Create(readers.Read(db => CalendarsModel.Load(db, staff))));

    /// <summary><c>POST /praxis/kalender/abo</c>: the address is shown once, in the answer itself; it is a secret and has no place in another one.</summary>
    public static async Task<IResult> Make(Staff staff, Writer writer, Readers readers, InstanceSettings settings)
    {
        var form = await staff.Visitor.Form();
        var (resource, detail) = (form["wer"].ToString(), form["inhalt"] == "reason" ? "reason" : "busy");
        if (staff.Book.Practice.Resources.All(one => one.Id != resource)) return Page.Again(CalendarsPage.Create(readers.Read(db => CalendarsModel.Load(db, staff) with { WrongFeed = true })));
        var token = await writer.Write(change => Feed.Make(change, staff, resource, detail));
        return Page.Ok(CalendarsPage.Create(readers.Read(db => CalendarsModel.Load(db, staff) with { NewAddress = $"{settings.PublicUrl}/kalender/{token}.ics" })));
    }

    /// <summary><c>POST /praxis/kalender/abo/{id}/widerruf</c></summary>
    public static async Task<IResult> Revoke(Staff staff, RowId id, Writer writer)
    {
        var done = await writer.Write(change =>
        {
            if (change.Db.Execute("DELETE FROM feed WHERE id = $id", ("$id", id.Value)) == 0) return false;
            Audit.Add(change, staff.Actor, "feed.revoked", "feed", id.Value);
            return true;
        });
        return done ? Visitor.SeeOther(staff.Visitor.Url("/praxis/kalender")) : OwnerPages.NotThere(staff);
    }
}

/// <summary>The page on which calendars go out and come in.</summary>
public sealed record CalendarsModel(Staff Staff)
{
    public required IReadOnlyList<Feed> Feeds { get; init; }
    public required IReadOnlyList<BusyCalendar> Busy { get; init; }
    public required IReadOnlyList<(string Id, string Name)> Resources { get; init; }

    /// <summary>The address of the feed just made; it is never shown again.</summary>
    public string? NewAddress { get; init; }

    /// <summary>Whether a feed was wanted of nobody.</summary>
    public bool WrongFeed { get; init; }

    /// <summary>What was typed for a busy calendar, and which of its fields are wrong.</summary>
    public (string Resource, string Name, string Address) Typed { get; init; } = ("", "", "");
    public IReadOnlyList<string> Wrong { get; init; } = [];

    /// <summary>What a resource is called.</summary>
    public string NameOf(string resource) => Resources.FirstOrDefault(one => one.Id == resource).Name ?? resource;

    public static CalendarsModel Load(Db db, Staff staff) => new(staff)
    {
        Feeds = Feed.All(db),
        Busy = BusyCalendar.All(db),
        Resources = db.Rows("SELECT id, name FROM resource WHERE active ORDER BY kind <> 'person', position, id", row => (row.GetString(0), row.GetString(1))),
    };
}

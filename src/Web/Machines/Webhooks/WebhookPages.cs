using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Machines.Webhooks;

/// <summary>Which programs are told of appointments, for administrators; each of them has shown a moment ago who they are.</summary>
internal static class WebhookPages
{
    public const string Path = "/praxis/einstellungen/webhooks";

    private const int Most = 5;
    private const int Shown = 30;

    /// <summary><c>GET /praxis/einstellungen/webhooks</c></summary>
    public static IResult List(Staff staff, Readers readers) => Page.Ok(WebhookList.Create(new WebhooksModel(staff, readers.Read(Webhook.All))));

    /// <summary><c>POST /praxis/einstellungen/webhooks</c></summary>
    public static async Task<IResult> Add(Staff staff, WebhookWays ways, Writer writer)
    {
        var form = await staff.Visitor.Form();
        var model = new WebhooksModel(staff, ways.Readers.Read(Webhook.All)) { Name = form["name"].ToString(), Address = form["adresse"].ToString() };
        var name = model.Fields.Required("name", model.Name, Fields.LongestName);
        var (address, problem) = OutboundAddress.Read(model.Address, ways.Settings.Outbound);
        model = model with { AddressProblem = problem, IsFull = model.All.Count >= Most };
        if (model.HasErrors) return Page.Again(WebhookList.Create(model));
        var secret = SignedPost.NewSecret();
        var wish = new NewWebhook(name, address!.IdnHost, Webhook.Sealed(ways.Protection, address.AbsoluteUri), Webhook.Sealed(ways.Protection, secret));
        var id = await writer.Write(change => Webhook.Add(change, staff, wish));
        ways.ShowSecret(staff, id, secret);
        return One(staff, id);
    }

    /// <summary><c>GET /praxis/einstellungen/webhooks/{id}</c></summary>
    public static IResult Show(Staff staff, RowId id, WebhookWays ways) => ways.Readers.Read(db => (Webhook.Find(db, id.Value), WebhookAttempt.Of(db, id.Value, Shown))) is ({ } webhook, var attempts)
        ? Page.Ok(WebhookPage.Create(new WebhookModel(staff, webhook, attempts) { Secret = ways.SecretFor(staff, id.Value) }))
        : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/einstellungen/webhooks/{id}/probe</c>: sends a test.</summary>
    public static Task<IResult> Test(Staff staff, RowId id, WebhookWays ways, Writer writer) => Act(staff, id, ways, writer.Write(change => Webhook.Test(change, staff, id.Value)));

    /// <summary><c>POST /praxis/einstellungen/webhooks/{id}/pause</c></summary>
    public static Task<IResult> Pause(Staff staff, RowId id, WebhookWays ways, Writer writer) => Act(staff, id, ways, writer.Write(change => Webhook.Pause(change, staff, id.Value)));

    /// <summary><c>POST /praxis/einstellungen/webhooks/{id}/fortsetzung</c></summary>
    public static Task<IResult> Resume(Staff staff, RowId id, WebhookWays ways, Writer writer) => Act(staff, id, ways, writer.Write(change => Webhook.Resume(change, staff, id.Value)));

    /// <summary><c>POST /praxis/einstellungen/webhooks/{id}/geheimnis</c></summary>
    public static async Task<IResult> Renew(Staff staff, RowId id, WebhookWays ways, Writer writer)
    {
        var secret = SignedPost.NewSecret();
        var isSealed = Webhook.Sealed(ways.Protection, secret);
        if (!await writer.Write(change => Webhook.Renew(change, staff, id.Value, isSealed))) return NotFoundPage.Show(staff.Visitor);
        ways.ShowSecret(staff, id.Value, secret);
        return One(staff, id.Value);
    }

    /// <summary><c>POST /praxis/einstellungen/webhooks/{id}/loeschung</c></summary>
    public static async Task<IResult> Remove(Staff staff, RowId id, Writer writer) =>
        await writer.Write(change => Webhook.Remove(change, staff, id.Value)) ? Visitor.SeeOther(staff.Visitor.Url(Path)) : NotFoundPage.Show(staff.Visitor);

    /// <summary>Done twice it is as good as done once: the page shows how things stand.</summary>
    private static async Task<IResult> Act(Staff staff, RowId id, WebhookWays ways, Task<bool> act) =>
        await act || ways.Readers.Read(db => Webhook.Find(db, id.Value)) is not null ? One(staff, id.Value) : NotFoundPage.Show(staff.Visitor);

    private static IResult One(Staff staff, long id) => Visitor.SeeOther(staff.Visitor.Url($"{Path}/{id}"));
}

/// <summary>What the pages of webhooks need besides the writer.</summary>
internal sealed record WebhookWays(Readers Readers, IDataProtectionProvider Protection, InstanceSettings Settings, ShownOnce ShownOnce)
{
    public void ShowSecret(Staff staff, long id, string secret) => ShownOnce.Put(staff.Session.Id, What(id), [secret]);

    public string? SecretFor(Staff staff, long id) => ShownOnce.For(staff.Session.Id, What(id)) is [var secret] ? secret : null;

    private static string What(long id) => $"webhook {id}";
}

/// <summary>The page of all receivers.</summary>
public sealed record WebhooksModel(Staff Staff, IReadOnlyList<Webhook> All)
{
    public Fields Fields { get; } = new();

    public string Name { get; init; } = "";

    public string Address { get; init; } = "";

    /// <summary>Whether there are as many as there may be.</summary>
    public bool IsFull { get; init; }

    internal AddressProblem? AddressProblem { get; init; }

    public bool HasErrors => Fields.Problems.Count > 0 || AddressProblem is not null || IsFull;

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? Wrong(string field) => field switch
    {
        "adresse" when IsFull => Staff.T.MachinesWebhookFull(All.Count),
        "adresse" => AddressProblem is { } problem ? Staff.T.MachinesAddressProblem(problem.ToString()) : null,
        _ => Fields.Problems.Find(one => one.Field == field) is { } problem ? problem.Problem == Problem.Missing ? Staff.T.MachinesNameMissing : Wording.Of(Staff.T, problem) : null,
    };

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<(string Field, string Sentence)> Faults => from name in (string[])["name", "adresse"] where Wrong(name) is not null select (name, Wrong(name)!);
}

/// <summary>The page of one receiver.</summary>
public sealed record WebhookModel(Staff Staff, Webhook Webhook, IReadOnlyList<WebhookAttempt> Attempts)
{
    /// <summary>Its secret, while it may be seen; else null.</summary>
    public required string? Secret { get; init; }

    /// <summary>What came of a message, in words.</summary>
    public string Words(WebhookAttempt attempt) => attempt.Result is "" or nameof(PostResult.Accepted) ? "" : Staff.T.MachinesResult(attempt.Result, attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? "");
}

using VetBooking.Web.Messages;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Team;

/// <summary>The accounts of the practice, for its administrators; each of them has shown a moment ago who they are.</summary>
internal static class TeamPages
{
    private const string Link = "invitation";

    /// <summary><c>GET /praxis/team</c></summary>
    public static IResult Show(Staff staff, Readers readers) => Page.Ok(TeamList.Create(new TeamModel(staff, readers.Read(TeamMemberAccount.All))));

    /// <summary><c>GET /praxis/team/neu</c></summary>
    public static IResult AskNew(Staff staff) => Page.Ok(AccountForm.Create(new AccountFormModel(staff, null)));

    /// <summary><c>POST /praxis/team/neu</c></summary>
    public static Task<IResult> Invite(Staff staff, Door door, Writer writer) => Make(staff, door, writer, new AccountFormModel(staff, null));

    /// <summary><c>GET /praxis/team/betreiber</c></summary>
    public static IResult AskSupport(Staff staff) => Page.Ok(AccountForm.Create(new AccountFormModel(staff, null) { IsSupport = true }));

    /// <summary><c>POST /praxis/team/betreiber</c>: lets somebody of the operator's look, for some hours.</summary>
    public static Task<IResult> GrantSupport(Staff staff, Door door, Writer writer) => Make(staff, door, writer, new AccountFormModel(staff, null) { IsSupport = true });

    /// <summary><c>GET /praxis/team/{id}</c></summary>
    public static IResult ShowOne(Staff staff, long id, Door door, Readers readers) => readers.Read(db => TeamMemberAccount.Find(db, id)) is { } account
        ? Page.Ok(AccountForm.Create(ModelOf(staff, door, account)))
        : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/team/{id}</c></summary>
    public static async Task<IResult> Change(Staff staff, long id, Door door, Readers readers, Writer writer)
    {
        if (readers.Read(db => TeamMemberAccount.Find(db, id)) is not { } account) return NotFoundPage.Show(staff.Visitor);
        var form = await staff.Visitor.Form();
        var (facts, model) = ModelOf(staff, door, account).Read(form);
        if (facts is null) return Page.Again(AccountForm.Create(model));
        var refused = await writer.Write(change => TeamAccounts.Change(change, staff, id, facts, form["stand"].ToString()));
        if (refused is null) return Visitor.SeeOther(staff.Visitor.Url("/praxis/team"));
        // Somebody was faster: what they made of it is shown, and what was typed here can be typed again.
        if (refused == AccountRefusal.ChangedMeanwhile) model = ModelOf(staff, door, readers.Read(db => TeamMemberAccount.Find(db, id))!);
        return Page.Again(AccountForm.Create(model with { Faults = [new Fault(refused == AccountRefusal.EmailTaken ? "email" : "rolle", AccountFormModel.Words(staff.T, refused.Value))] }));
    }

    /// <summary><c>POST /praxis/team/{id}/einladung</c>: a new link, also for somebody who has lost everything.</summary>
    public static async Task<IResult> InviteAgain(Staff staff, long id, Door door, Writer writer)
    {
        var byMail = (await staff.Visitor.Form())["per"] == "mail";
        var token = await writer.Write(change => Accounts.ById(change.Db, id, change.Now) is null ? null : TeamAccounts.Link(change, staff.Actor, id, byMail));
        if (token is null) return NotFoundPage.Show(staff.Visitor);
        HandOver(staff, door, id, token);
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/team/{id}"));
    }

    /// <summary><c>POST /praxis/team/{id}/schliessung</c></summary>
    public static Task<IResult> Close(Staff staff, long id, Door door, Readers readers, Writer writer) => SetOpen(staff, id, false, (door, readers, writer));

    /// <summary><c>POST /praxis/team/{id}/oeffnung</c></summary>
    public static Task<IResult> Open(Staff staff, long id, Door door, Readers readers, Writer writer) => SetOpen(staff, id, true, (door, readers, writer));

    /// <summary><c>POST /praxis/team/{id}/sitzungen/ende</c></summary>
    public static async Task<IResult> EndSessions(Staff staff, long id, Writer writer)
    {
        var known = await writer.Write(change =>
        {
            if (TeamMemberAccount.Find(change.Db, id) is null) return false;
            Sessions.EndAll(change, staff.Actor, id, but: staff.Session.Id);
            return true;
        });
        return known ? Visitor.SeeOther(staff.Visitor.Url($"/praxis/team/{id}")) : NotFoundPage.Show(staff.Visitor);
    }

    private static async Task<IResult> Make(Staff staff, Door door, Writer writer, AccountFormModel empty)
    {
        var (facts, model) = empty.Read(await staff.Visitor.Form());
        if (facts is null) return Page.Again(AccountForm.Create(model));
        var (id, token, refused) = await writer.Write(change => empty.IsSupport ? TeamAccounts.LetOperatorIn(change, staff.Actor, facts) : TeamAccounts.Invite(change, staff.Actor, facts));
        if (refused is { } why) return Page.Again(AccountForm.Create(model with { Faults = [new Fault("email", AccountFormModel.Words(staff.T, why))] }));
        HandOver(staff, door, id, token);
        return Visitor.SeeOther(staff.Visitor.Url($"/praxis/team/{id}"));
    }

    private static async Task<IResult> SetOpen(Staff staff, long id, bool open, (Door Door, Readers Readers, Writer Writer) practice)
    {
        var refused = await practice.Writer.Write(change => TeamAccounts.SetOpen(change, staff.Actor, id, open));
        if (refused == AccountRefusal.Gone) return NotFoundPage.Show(staff.Visitor);
        if (refused is null) return Visitor.SeeOther(staff.Visitor.Url("/praxis/team"));
        var account = practice.Readers.Read(db => TeamMemberAccount.Find(db, id))!;
        return Page.Again(AccountForm.Create(ModelOf(staff, practice.Door, account) with { Faults = [new Fault("rolle", AccountFormModel.Words(staff.T, refused.Value))] }));
    }

    // Shown, or on its way by mail: then the page says so.
    private static void HandOver(Staff staff, Door door, long id, string token)
    {
        var services = staff.Visitor.Http.RequestServices;
        door.ShownOnce.Put(staff.Session.Id, $"{Link} {id}", [token.Length > 0 ? services.GetRequiredService<InstanceSettings>().PublicUrl + "/praxis/einladung/" + token : ""]);
        if (token.Length == 0) services.GetRequiredService<MailSignal>().Ring();
    }

    private static AccountFormModel ModelOf(Staff staff, Door door, TeamMemberAccount account) => new(staff, account)
    {
        IsSupport = account.Role == Role.Support,
        Link = door.ShownOnce.For(staff.Session.Id, $"{Link} {account.Id}") is [var link] && (account.IsInvited || link.Length == 0) ? link : null,
    };
}

/// <summary>The list of accounts.</summary>
public sealed record TeamModel(Staff Staff, IReadOnlyList<TeamMemberAccount> Accounts)
{
    /// <summary>How an account stands, in a word.</summary>
    public string State(TeamMemberAccount account) => account switch
    {
        { IsActive: false } => Staff.T.SigninStateClosed,
        { Ends: { } ends } when ends <= Staff.Now => Staff.T.SigninStateOver,
        { IsEnrolled: false } => Staff.T.SigninStateInvited,
        { Ends: { } ends } when account.Role == Role.Support => Staff.T.SigninStateUntil(Booking.Wording.When(Staff.T, ends, Staff.Book.Practice.Zone)),
        { Ends: { } ends } => Staff.T.SigninStateUntilDay((ends - NodaTime.Duration.FromSeconds(1)).InZone(Staff.Book.Practice.Zone).Date),
        _ => Staff.T.SigninStateOpen,
    };
}

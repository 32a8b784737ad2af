using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.SignIn.Invited;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Team;

/// <summary>What an administrator says about an account.</summary>
public sealed record AccountFacts(string Name, EmailAddress Email, Role Role, string? Resource, Instant? Ends)
{
    /// <summary>Whether the invitation is mailed.</summary>
    public bool ByMail { get; init; }
}

/// <summary>Why an account is not changed as asked.</summary>
public enum AccountRefusal { LastAdministrator, EmailTaken, Gone, ChangedMeanwhile }

/// <summary>The rules of the team's accounts: all of it in one change, all of it in the log.</summary>
internal static class TeamAccounts
{
    /// <summary>A new account and the token of its invitation; the token is empty if the invitation goes by mail.</summary>
    public static (long Id, string Token, AccountRefusal? Refused) Invite(Change change, Actor actor, AccountFacts facts)
    {
        if (IsTaken(change.Db, facts.Email, but: 0)) return (0, "", AccountRefusal.EmailTaken);
        var id = change.Db.Insert(
            "INSERT INTO account (name, email, email_key, role, resource_id, ends_at, created_at) VALUES ($name, $email, $key, $role, $resource, $ends, $now)",
            ("$name", facts.Name), ("$email", facts.Email.Address), ("$key", facts.Email.Key), ("$role", Roles.Word(facts.Role)), ("$resource", facts.Resource),
            ("$ends", facts.Ends?.ToUnixTimeSeconds()), ("$now", change.Now.ToUnixTimeSeconds()));
        Audit.Add(change, actor, "account.created", "account", id, Roles.Word(facts.Role));
        return (id, Link(change, actor, id, facts.ByMail), null);
    }

    /// <summary>Lets somebody of the operator's look for some hours. An earlier account of theirs is opened again, as good as new.</summary>
    public static (long Id, string Token, AccountRefusal? Refused) LetOperatorIn(Change change, Actor actor, AccountFacts facts)
    {
        var known = change.Db.Number("SELECT id FROM account WHERE email_key = $key AND role = 'support'", ("$key", facts.Email.Key));
        var (id, token, refused) = known == 0 ? Invite(change, actor, facts) : (known, "", null);
        if (refused is not null) return (0, "", refused);
        if (known > 0)
        {
            change.Db.Execute(
                "UPDATE account SET name = $name, ends_at = $ends, active = 1, password_hash = NULL, totp_secret = NULL WHERE id = $id",
                ("$name", facts.Name), ("$ends", facts.Ends?.ToUnixTimeSeconds()), ("$id", known));
            change.Db.Execute("DELETE FROM passkey WHERE account_id = $id", ("$id", known));
            Sessions.EndAll(change, actor, known);
            token = Link(change, actor, known, facts.ByMail);
        }
        var hours = (int)Math.Ceiling((facts.Ends!.Value - change.Now).TotalHours);
        Audit.Add(change, actor, "support.granted", "account", id, $"{hours} h");
        return (id, token, null);
    }

    /// <summary>Other facts for an account. Whoever may something else now, or is called otherwise, signs in anew.</summary>
    /// <param name="change">The change this is part of.</param>
    /// <param name="staff">Who does it.</param>
    /// <param name="id">Whose account it is.</param>
    /// <param name="facts">How it shall be.</param>
    /// <param name="state">What the account was like when the form was made: <see cref="TeamMemberAccount.State"/>.</param>
    public static AccountRefusal? Change(Change change, Staff staff, long id, AccountFacts facts, string state)
    {
        if (TeamMemberAccount.Find(change.Db, id) is not { } before || before.Role == Role.Support) return AccountRefusal.Gone;
        if (before.State != state) return AccountRefusal.ChangedMeanwhile;
        if (before.Role == Role.Administrator && (facts.Role != Role.Administrator || facts.Ends is not null) && !Accounts.HasOtherAdministrator(change.Db, id, change.Now)) return AccountRefusal.LastAdministrator;
        if (IsTaken(change.Db, facts.Email, but: id)) return AccountRefusal.EmailTaken;
        change.Db.Execute(
            "UPDATE account SET name = $name, email = $email, email_key = $key, role = $role, resource_id = $resource, ends_at = $ends WHERE id = $id",
            ("$name", facts.Name), ("$email", facts.Email.Address), ("$key", facts.Email.Key), ("$role", Roles.Word(facts.Role)), ("$resource", facts.Resource),
            ("$ends", facts.Ends?.ToUnixTimeSeconds()), ("$id", id));
        Audit.Add(change, staff.Actor, before.Role == facts.Role ? "account.changed" : "account.role-changed", "account", id, Roles.Word(facts.Role));
        if (before.Role != facts.Role || before.Email != facts.Email.Address || before.Ends != facts.Ends) Sessions.EndAll(change, staff.Actor, id, but: staff.Session.Id);
        return null;
    }

    /// <summary>Closes an account at once, or opens it again.</summary>
    public static AccountRefusal? SetOpen(Change change, Actor actor, long id, bool open)
    {
        if (TeamMemberAccount.Find(change.Db, id) is not { } before || (open && before.Role == Role.Support)) return AccountRefusal.Gone;
        if (!open && before.Role == Role.Administrator && !Accounts.HasOtherAdministrator(change.Db, id, change.Now)) return AccountRefusal.LastAdministrator;
        if (before.IsActive == open) return null;
        change.Db.Execute("UPDATE account SET active = $open WHERE id = $id", ("$open", open ? 1 : 0), ("$id", id));
        Audit.Add(change, actor, open ? "account.opened" : before.Role == Role.Support ? "support.ended" : "account.closed", "account", id);
        if (open) return null;
        Invitations.Withdraw(change, id);
        Sessions.EndAll(change, actor, id);
        return null;
    }

    /// <summary>The token of a fresh invitation to hand over, or nothing: then it goes by mail, which makes its own.</summary>
    public static string Link(Change change, Actor actor, long account, bool byMail)
    {
        if (!byMail) return Invitations.Create(change, actor, account);
        Invitations.Withdraw(change, account);
        Outbox.ToStaff(change, account, MailKind.Invitation);
        return "";
    }

    private static bool IsTaken(Db db, EmailAddress email, long but) =>
        db.Number("SELECT count(*) FROM account WHERE email_key = $key AND id <> $but", ("$key", email.Key), ("$but", but)) > 0;
}

using VetBooking.Web.Booking;
using VetBooking.Web.Setup;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.Storage;

namespace VetBooking.Web.SignIn.Invited;

/// <summary>
/// The page behind the link of <c>vetbooking init</c>: who is the first to run this practice. It leads to an invitation of
/// their own, and stays open until that one is used: whoever closes the browser in between can begin again.
/// </summary>
internal static class FirstAdministratorPages
{
    /// <summary><c>GET /praxis/einrichten/{token}</c></summary>
    public static IResult Show(Visitor visitor, string token, Readers readers) => readers.Read(db => SetupLink.Opens(db, token, visitor.Now))
        ? Page.Ok(FirstAdministrator.Create(new FirstAdministratorModel(visitor, "", visitor.Profile.Email)))
        : NotFoundPage.Show(visitor);

    /// <summary><c>POST /praxis/einrichten/{token}</c></summary>
    public static async Task<IResult> Save(Visitor visitor, string token, Writer writer)
    {
        var (form, fields) = (await visitor.Form(), new Fields());
        var name = fields.Required("name", form["name"], Fields.LongestName);
        var email = fields.Email("email", form["email"]);
        if (email is null || fields.Problems.Count > 0)
        {
            return Page.Again(FirstAdministrator.Create(new FirstAdministratorModel(visitor, form["name"].ToString(), form["email"].ToString())
            {
                Faults = [.. fields.Problems.Select(problem => new Fault(problem.Field, Wording.Of(visitor.T, problem)))],
            }));
        }
        var invitation = await writer.Write(change =>
        {
            if (!SetupLink.Opens(change.Db, token, change.Now)) return null;
            // Somebody may have begun before and not come to the end.
            var account = change.Db.Number("SELECT id FROM account WHERE role = 'administrator' ORDER BY id LIMIT 1");
            if (account == 0)
            {
                account = change.Db.Insert(
                    "INSERT INTO account (name, email, email_key, role, created_at) VALUES ($name, $email, $key, 'administrator', $now)",
                    ("$name", name), ("$email", email.Address), ("$key", email.Key), ("$now", change.Now.ToUnixTimeSeconds()));
                Audit.Add(change, Actor.Operator, "account.created", "account", account, "administrator");
            }
            else
            {
                change.Db.Execute("UPDATE account SET name = $name, email = $email, email_key = $key WHERE id = $id", ("$name", name), ("$email", email.Address), ("$key", email.Key), ("$id", account));
            }
            return Invitations.Create(change, Actor.Operator, account);
        });
        return invitation is null ? NotFoundPage.Show(visitor) : Visitor.SeeOther(visitor.Url("/praxis/einladung/" + invitation));
    }
}

/// <summary>The page on which the first administrator says who they are.</summary>
public sealed record FirstAdministratorModel(Visitor Visitor, string Name, string Email) : DoorModel(Visitor);

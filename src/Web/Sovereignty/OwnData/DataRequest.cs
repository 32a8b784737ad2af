using System.Globalization;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Messages;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>What an owner wants the practice to do with their data: put something right, or erase it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Owner">Whose record.</param>
/// <param name="Kind"><c>correction</c> or <c>erasure</c>.</param>
/// <param name="State"><c>open</c>, <c>done</c> or <c>declined</c>.</param>
/// <param name="Asked">When.</param>
internal sealed record DataRequest(long Id, long Owner, string Kind, string State, Instant Asked)
{
    /// <summary>The fields of the record one may want changed, as the table and the form call them.</summary>
    public static readonly string[] Fields = ["name", "email", "phone", "street", "postcode", "city", "language"];

    /// <summary>What should stand in the record, by field; nothing for what stays.</summary>
    public required IReadOnlyDictionary<string, string> Wanted { get; init; }

    /// <summary>What else is wrong, in their words.</summary>
    public string More { get; init; } = "";

    /// <summary>What the practice says to it.</summary>
    public string Said { get; init; } = "";

    /// <summary>Everything an owner asked for, the newest first.</summary>
    public static List<DataRequest> Of(Db db, long owner) => Rows(db, "owner_id = $key ORDER BY id DESC", owner);

    public static DataRequest? Load(Db db, long id) => Rows(db, "id = $key", id).FirstOrDefault();

    /// <summary>Whose requests wait for an answer, the oldest first: owner, name and kind.</summary>
    public static List<(long Owner, string Name, string Kind)> Open(Db db) =>
        db.Rows("SELECT o.id, o.name, r.kind FROM data_request r JOIN owner o ON o.id = r.owner_id WHERE r.state = 'open' ORDER BY r.id", row => (row.GetInt64(0), row.GetString(1), row.GetString(2)));

    /// <summary>What stands in the fields of a record.</summary>
    public static IReadOnlyDictionary<string, string> Now(OwnerFacts facts) => new Dictionary<string, string>
    {
        ["name"] = facts.Name, ["email"] = facts.Email, ["phone"] = facts.Phones.FirstOrDefault(""), ["street"] = facts.Street,
        ["postcode"] = facts.Postcode, ["city"] = facts.City, ["language"] = facts.Language,
    };

    /// <summary>Asks for it, in the place of what was asked before and waits still.</summary>
    public static void Ask(Change change, long owner, string kind, IReadOnlyDictionary<string, string> wanted, string more)
    {
        change.Db.Execute("DELETE FROM data_request WHERE owner_id = $owner AND kind = $kind AND state = 'open'", ("$owner", owner), ("$kind", kind));
        change.Db.Execute(
            """
            INSERT INTO data_request (owner_id, kind, asked_at, name, email, phone, street, postcode, city, language, more)
            VALUES ($owner, $kind, $now, $name, $email, $phone, $street, $postcode, $city, $language, $more)
            """,
            [("$owner", owner), ("$kind", kind), ("$now", change.Now.ToUnixTimeSeconds()), .. Fields.Select(field => ("$" + field, (object?)wanted.GetValueOrDefault(field))), ("$more", more)]);
        Audit.Add(change, Actor.Owner, kind == "erasure" ? "data.erasure-asked" : "data.correction-asked", "owner", owner);
    }

    /// <summary>Writes what is wanted into the record, and that it is done. The other telephone numbers stay.</summary>
    public void Apply(Change change, Staff staff, OwnerFacts facts, string said)
    {
        var to = Now(facts).ToDictionary(one => one.Key, one => Wanted.GetValueOrDefault(one.Key, one.Value));
        OwnerRecord.Save(change, Owner, facts with
        {
            Name = to["name"],
            Email = to["email"],
            EmailKey = Wanted.ContainsKey("email") ? EmailAddress.Known(to["email"]).Key : facts.EmailKey,
            Phones = [.. facts.Phones.Skip(1).Prepend(to["phone"]).Where(phone => phone.Length > 0)],
            Street = to["street"],
            Postcode = to["postcode"],
            City = to["city"],
            Language = to["language"],
        });
        Decide(change, staff, "done", said);
    }

    /// <summary>Notes what became of it, and tells the owner: what was done, or why not and who hears complaints (GDPR Art. 12(3) and (4)).</summary>
    public void Decide(Change change, Staff staff, string state, string said)
    {
        change.Db.Execute("UPDATE data_request SET state = $state, said = $said, decided_at = $now, account_id = $account WHERE id = $id AND state = 'open'",
            ("$state", state), ("$said", said), ("$now", change.Now.ToUnixTimeSeconds()), ("$account", staff.Account.Id), ("$id", Id));
        Outbox.ToOwner(change, Owner, MailKind.DataAnswer, Id.ToString(CultureInfo.InvariantCulture));
        Audit.Add(change, staff.Actor, state == "done" ? "data.request-done" : "data.request-declined", "owner", Owner);
    }

    private static List<DataRequest> Rows(Db db, string which, long key) => db.Rows(
        $"SELECT id, owner_id, kind, state, asked_at, more, said, {string.Join(", ", Fields)} FROM data_request WHERE {which}",
        row => new DataRequest(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), Instant.FromUnixTimeSeconds(row.GetInt64(4)))
        {
            More = row.GetString(5),
            Said = row.GetString(6),
            Wanted = Fields.Select((field, i) => (field, Text: row.Text(7 + i))).Where(one => one.Text is not null).ToDictionary(one => one.field, one => one.Text!),
        }, ("$key", key));
}

using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace VetBooking.Verify.Attacks.Erasing;

/// <summary>Somebody who will be erased, with everything a practice may come to know of them.</summary>
internal sealed class Victim
{
    private readonly Random random;

    public Victim(Random random)
    {
        this.random = random;
        Name = $"{Word()} {Word()}";
        Email = $"{Word(ascii: true)}.{Word(ascii: true)}@{Word(ascii: true)}.example";
        Phone = "030 " + Digits(8);
    }

    public string Name { get; init; }
    public string Email { get; init; }
    public string Phone { get; }

    /// <summary>Whether somebody else has this name, or this address: then it may well stay.</summary>
    public bool HasNamesake { get; init; }

    public bool SharesAddress { get; init; }

    /// <summary>Everything else: written into the records by <see cref="Enter"/>.</summary>
    public Dictionary<string, string> More { get; } = [];

    /// <summary>The tokens that were mailed to them.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>What must be found nowhere.</summary>
    public IEnumerable<string> Identifiers =>
    [
        .. HasNamesake ? (string[])[] : [Name, .. Name.Split(' ')], .. SharesAddress ? (string[])[] : [Email], Phone, .. More.Values, .. Tokens,
    ];

    /// <summary>What they book with.</summary>
    public Wanted Ask(Bookable type, string species, string start)
    {
        var body = new JsonObject
        {
            ["visitType"] = type.Id,
            ["start"] = start,
            ["language"] = "de",
            ["owner"] = new JsonObject { ["name"] = Name, ["email"] = Email, ["phone"] = Phone },
            ["animals"] = new JsonArray(new JsonObject { ["name"] = Known("pet"), ["species"] = species, ["reason"] = "Hat " + Known("reason") }),
            ["note"] = "Bitte leise: " + Known("note"),
        };
        return new Wanted(Guid.NewGuid().ToString("N"), new Choice(type, species, default, null), body.ToJsonString());
    }

    /// <summary>Writes the rest into the records, as months at a front desk would; the server must not run. Answers their number.</summary>
    public long Enter(SqliteConnection database, StaffSession staff)
    {
        // As the product writes; what it leaves behind is what is looked for, not what this does.
        database.Execute("PRAGMA secure_delete = ON");
        var owner = database.Number("SELECT max(id) FROM owner WHERE email_key = $1 AND name = $2", Email.ToLowerInvariant(), Name);
        database.Execute(
            "UPDATE owner SET street = $2, city = $3, note = $4, reference = $5 WHERE id = $1", owner, Known("street") + " 5", Known("city"), "geb. " + Known("birth name"), Known("reference"));
        database.Execute("INSERT INTO owner_phone (owner_id, position, phone) VALUES ($1, 9, $2)", owner, "0171 " + Known("mobile", Digits(8)));
        var animal = database.Rows(
            "INSERT INTO animal (owner_id, name, species_id, chip, insurance, note) VALUES ($1, $2, 'dog', $3, $4, $5) RETURNING id", row => row.GetInt64(0),
            owner, Known("second pet"), Known("chip", Digits(15)), Known("insurance"), Known("animal note")).Single();
        database.Execute("UPDATE appointment SET staff_note = $2, cancel_reason = $3 WHERE owner_id = $1 AND name = $4", owner, Known("staff note"), Known("cancel reason"), Name);
        var appointment = database.Number("SELECT min(id) FROM appointment WHERE owner_id = $1 AND name = $2", owner, Name);
        database.Execute("INSERT INTO answer (appointment_id, position, question_id, kind, asked, said, on_day_list) VALUES ($1, 9, 'x', 'text', 'Frage', $2, 0)", appointment, Known("answer"));
        database.Execute(
            """
            INSERT INTO waiting (state, visit_type_id, first_day, last_day, language, owner_id, name, email, email_key, phone, created_at, asked_since)
            SELECT 'waiting', id, '2027-01-01', '2028-01-01', 'de', $1, $2, $3, lower($3), $4, 1, 1 FROM visit_type ORDER BY position LIMIT 1
            """, owner, Name, Email, Phone);
        database.Execute(
            "INSERT INTO walk_in (day, number, urgency, owner_id, name, form_key) VALUES ('2026-12-01', (SELECT coalesce(max(number), 0) + 1 FROM walk_in WHERE day = '2026-12-01'), 'normal', $1, $2, $3)",
            owner, Name, Guid.NewGuid().ToString("N"));
        database.Execute("INSERT OR IGNORE INTO not_the_same (owner_id, email_key) SELECT min(id), lower($2) FROM owner WHERE id <> $1", owner, Email);
        database.Execute("INSERT INTO merge (kept_id, merged_at, before) VALUES ($1, 1, $2)", owner, $$"""{"gone": {"name": "{{Known("earlier name")}}" } }""");
        database.Execute("INSERT INTO import_run (state, created_at, content, encoding, delimiter, columns, lines) VALUES ('staged', 1, $1, 'utf-8', ';', 'name', 1)", $"{Name};{Email};{Known("import")}");
        database.Execute(
            """
            INSERT INTO outbox (kind, account_id, about, created_at, due_at, state, sent_at, subject, said)
            SELECT 'tomorrow', (SELECT min(id) FROM account), substr(starts_local, 1, 10), 1, 1, 'sent', 1, 'Morgen', $2 FROM appointment WHERE id = $1
            """, appointment, $"9:00 {Name} ({Phone}), {Known("pet")}");
        database.Execute("INSERT INTO consent (owner_id, act, at, how, actor, email_key, wording) VALUES ($1, 'given', 1, 'phone', 'account:1', lower($2), 'Ja')", owner, Email);
        database.Execute(
            "INSERT INTO data_request (owner_id, kind, state, asked_at, decided_at, name, street, more, said) VALUES ($1, 'correction', 'declined', 1, 1, $2, $3, $4, $5)",
            owner, Known("wished name"), Known("wished street"), Known("wish"), Known("answer to the wish"));
        database.Execute("INSERT INTO own_data (owner_id, email_key, asked_at, expires_at) VALUES ($1, lower($2), 1, 4102444800)", owner, Email);
        database.Execute("INSERT INTO last_act (session_id, act, object_id, revision, before, at) SELECT id, 'moved', $1, 1, $2, 1 FROM session WHERE account_id = $3", appointment, $$"""{"name":"{{Known("undo")}}"}""", staff.Account);
        // Rows that are written again and again leave old copies of themselves behind.
        for (var i = 0; i < 5; i++) database.Execute("UPDATE animal SET note = note || $2 WHERE id = $1", animal, " " + Known("animal note"));
        return owner;
    }

    private string Known(string what, string? word = null)
    {
        if (!More.TryGetValue(what, out var known)) More.Add(what, known = word ?? Word());
        return known;
    }

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(1, 10)));

    private string Word(bool ascii = false)
    {
        var letters = Enumerable.Range(0, 10).Select(_ => "bcdfghjklmnpqrstvwxz"[random.Next(20)]).ToArray();
        if (!ascii) letters[4] = "äöüß"[random.Next(4)];
        return char.ToUpperInvariant(letters[0]) + new string(letters[1..]);
    }
}

using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Owners;

/// <summary>What the practice knows of an owner, as staff write it.</summary>
public sealed record OwnerFacts
{
    public required string Name { get; init; }

    /// <summary>Empty for whoever has none.</summary>
    public string Email { get; init; } = "";

    /// <summary>The form that two spellings of the address share.</summary>
    public string EmailKey { get; init; } = "";

    /// <summary>The first is the one to call.</summary>
    public ImmutableArray<string> Phones { get; init; } = [];

    public string Street { get; init; } = "";
    public string Postcode { get; init; } = "";
    public string City { get; init; } = "";
    public string Language { get; init; } = "de";
    public string Note { get; init; } = "";

    /// <summary>What the practice's other programs call this client.</summary>
    public string Reference { get; init; } = "";
}

/// <summary>An owner as the database holds it.</summary>
public sealed record OwnerRecord(long Id, long Revision, OwnerFacts Facts)
{
    /// <summary>When the address was confirmed by a mailed link; null if it never was.</summary>
    public Instant? Confirmed { get; init; }

    public Instant Created { get; init; }

    /// <summary>The import that brought it; null if none did.</summary>
    public long? Import { get; init; }

    /// <summary>The owner with this id, or null.</summary>
    public static OwnerRecord? Load(Db db, long id)
    {
        var more = db.Rows("SELECT phone FROM owner_phone WHERE owner_id = $id ORDER BY position", row => row.GetString(0), ("$id", id));
        return db.Row(
            """
            SELECT id, revision, name, email, email_key, phone, street, postcode, city, language, note, reference, confirmed_at, created_at, import_id
            FROM owner WHERE id = $id
            """,
            row => From(row, more), ("$id", id));
    }

    /// <summary>Adds an owner; answers the new id.</summary>
    public static long Add(Change change, OwnerFacts facts, long? import = null)
    {
        var id = change.Db.Insert(
            """
            INSERT INTO owner (name, email, email_key, phone, street, postcode, city, language, note, reference, created_at, import_id)
            VALUES ($name, $email, $key, $phone, $street, $postcode, $city, $language, $note, $reference, $now, $import)
            """,
            [.. Columns(facts), ("$now", change.Now.ToUnixTimeSeconds()), ("$import", import)]);
        SavePhones(change.Db, id, facts);
        return id;
    }

    /// <summary>Writes what is known of an owner.</summary>
    public static void Save(Change change, long id, OwnerFacts facts)
    {
        // Another address is not a confirmed one.
        change.Db.Execute(
            """
            UPDATE owner SET confirmed_at = iif(email_key = $key, confirmed_at, NULL), name = $name, email = $email, email_key = $key, phone = $phone,
              street = $street, postcode = $postcode, city = $city, language = $language, note = $note, reference = $reference, revision = revision + 1
            WHERE id = $id
            """,
            [.. Columns(facts), ("$id", id)]);
        change.Db.Execute("DELETE FROM owner_phone WHERE owner_id = $id", ("$id", id));
        SavePhones(change.Db, id, facts);
    }

    /// <summary>A telephone number as one compares it: the digits, without what stands for the country.</summary>
    public static string Digits(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        if (phone.StartsWith('+') && digits.StartsWith("49", StringComparison.Ordinal)) digits = digits[2..];
        else if (digits.StartsWith("0049", StringComparison.Ordinal)) digits = digits[4..];
        return digits.TrimStart('0');
    }

    private static void SavePhones(Db db, long id, OwnerFacts facts)
    {
        for (var i = 1; i < facts.Phones.Length; i++)
        {
            db.Execute("INSERT INTO owner_phone (owner_id, position, phone) VALUES ($id, $position, $phone)", ("$id", id), ("$position", i), ("$phone", facts.Phones[i]));
        }
    }

    private static (string, object?)[] Columns(OwnerFacts facts) =>
    [
        ("$name", facts.Name), ("$email", facts.Email), ("$key", facts.EmailKey), ("$phone", facts.Phones.FirstOrDefault("")),
        ("$street", facts.Street), ("$postcode", facts.Postcode), ("$city", facts.City), ("$language", facts.Language),
        ("$note", facts.Note), ("$reference", facts.Reference),
    ];

    private static OwnerRecord From(SqliteDataReader row, List<string> more) => new(row.GetInt64(0), row.GetInt64(1), new OwnerFacts
    {
        Name = row.GetString(2),
        Email = row.GetString(3),
        EmailKey = row.GetString(4),
        Phones = [.. more.Prepend(row.GetString(5)).Where(phone => phone.Length > 0)],
        Street = row.GetString(6),
        Postcode = row.GetString(7),
        City = row.GetString(8),
        Language = row.GetString(9),
        Note = row.GetString(10),
        Reference = row.GetString(11),
    })
    {
        Confirmed = row.Number(12) is { } confirmed ? Instant.FromUnixTimeSeconds(confirmed) : null,
        Created = Instant.FromUnixTimeSeconds(row.GetInt64(13)),
        Import = row.Number(14),
    };
}

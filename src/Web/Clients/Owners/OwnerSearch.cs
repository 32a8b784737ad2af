using System.Globalization;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Owners;

/// <summary>An owner in one line.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Line">What tells them from others of that name: place, telephone, animals.</param>
public sealed record OwnerHit(long Id, string Name, string Line);

/// <summary>Finds an owner to link something with. Finding one while typing is the search box's work.</summary>
internal static class OwnerSearch
{
    private const int Most = 12;
    private const int FewestDigits = 5;

    private const string Columns =
        """
        o.id, o.name,
        o.name || iif(o.city = '', '', ', ' || o.city) || iif(o.phone = '', '', ', ' || o.phone)
          || coalesce((SELECT ' – ' || group_concat(name, ', ') FROM animal WHERE owner_id = o.id AND departed IS NULL), '')
        """;

    /// <summary>Owners whose name, address, number or animal contains what was typed.</summary>
    public static List<OwnerHit> Find(Db db, string typed)
    {
        typed = typed.Trim();
        if (typed.Length < 2) return [];
        var digits = OwnerRecord.Digits(typed);
        return db.Rows(
            $"""
            SELECT {Columns} FROM owner o
            WHERE o.name LIKE $text ESCAPE '\' OR o.email_key LIKE $text ESCAPE '\' OR o.reference = $exact
              OR EXISTS (SELECT 1 FROM animal WHERE owner_id = o.id AND name LIKE $text ESCAPE '\')
              OR ($digits <> '' AND {DigitsOf("o.phone")} LIKE '%' || $digits || '%')
            ORDER BY o.sort_name, o.id LIMIT {Most}
            """,
            Hit,
            ("$text", "%" + Like(typed.ToLowerInvariant()) + "%"),
            ("$exact", typed), ("$digits", digits.Length < FewestDigits ? "" : digits));
    }

    /// <summary>Owners that share the address or a telephone number.</summary>
    public static List<OwnerHit> Alike(Db db, string emailKey, IReadOnlyList<string> phones)
    {
        var found = emailKey.Length == 0 ? [] : db.Rows($"SELECT {Columns} FROM owner o WHERE o.email_key = $key ORDER BY o.id LIMIT {Most}", Hit, ("$key", emailKey));
        foreach (var digits in phones.Select(OwnerRecord.Digits).Where(digits => digits.Length >= FewestDigits))
        {
            found.AddRange(db.Rows(
                $"""
                SELECT {Columns} FROM owner o
                WHERE {DigitsOf("o.phone")} = $digits OR EXISTS (SELECT 1 FROM owner_phone p WHERE p.owner_id = o.id AND {DigitsOf("p.phone")} = $digits)
                ORDER BY o.id LIMIT {Most}
                """,
                Hit, ("$digits", digits)));
        }
        return [.. found.DistinctBy(one => one.Id)];
    }

    /// <summary>Owners of the same last name that have an animal of that name and species: a reason to ask, not more.</summary>
    public static List<OwnerHit> WithAnimal(Db db, string name, string animal, string species) => db.Rows(
        $"""
        SELECT {Columns} FROM owner o JOIN animal a ON a.owner_id = o.id AND a.name = $animal COLLATE NOCASE AND a.species_id = $species
        WHERE o.name LIKE '%' || $last ESCAPE '\' ORDER BY o.id LIMIT {Most}
        """,
        Hit, ("$animal", animal), ("$species", species), ("$last", Like(name.Trim().Split(' ')[^1])));

    private static string Like(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary><see cref="OwnerRecord.Digits"/> of a column, as SQL.</summary>
    internal static string DigitsOf(string column)
    {
        var digits = column;
        foreach (var between in " -/().") digits = string.Create(CultureInfo.InvariantCulture, $"replace({digits}, '{between}', '')");
        return $"ltrim(iif({digits} GLOB '+49*', substr({digits}, 4), iif({digits} GLOB '0049*', substr({digits}, 5), ltrim({digits}, '+'))), '0')";
    }

    private static OwnerHit Hit(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2));
}

using System.Collections.Frozen;
using System.Text;

namespace VetBooking.Web.Clients.Csv;

/// <summary>What a column of a file can become, and what the programs of practices call it.</summary>
public static class ImportColumns
{
    /// <summary>For a column that stays behind.</summary>
    public const string None = "-";

    /// <summary>Everything a column can become: first of the owner, then of the animal.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "reference", "name", "first-name", "last-name", "email", "phone", "second-phone", "third-phone", "street", "postcode", "city", "note",
        "animal", "species", "breed", "sex", "neutered", "born", "chip", "insurance", "animal-note",
    ];

    private static readonly FrozenDictionary<string, string> Names = new (string Column, string Words)[]
    {
        ("reference", "kundennummer kundennr kdnr kunr nummer nr id kundenid besitzernr besitzernummer halternr adressnr clientid clientnumber"),
        ("name", "name kunde kundenname besitzer besitzername halter tierhalter patientenbesitzer fullname owner ownername"),
        ("first-name", "vorname besitzervorname firstname rufnameimkontakt"),
        ("last-name", "nachname familienname zuname besitzernachname lastname surname"),
        ("email", "email emailadresse mail mailadresse epost"),
        ("phone", "telefon telefonnummer tel telefon1 tel1 telefonprivat telprivat festnetz phone phonenumber"),
        ("second-phone", "mobil handy mobiltelefon telefonmobil handynummer telefon2 tel2 mobile mobilephone"),
        ("third-phone", "telefongeschaeftlich telefondienstlich teldienst telefon3 tel3 dienstlich workphone"),
        ("street", "strasse strassehausnummer strasseundhausnummer strassenr anschrift adresse street address"),
        ("postcode", "plz postleitzahl zip postcode"),
        ("city", "ort stadt wohnort city town"),
        ("note", "bemerkung bemerkungen notiz notizen kommentar hinweis note notes"),
        ("animal", "tiername tier rufname nametier patient patientenname patientname animal animalname petname"),
        ("species", "tierart art spezies gattung species"),
        ("breed", "rasse breed"),
        ("sex", "geschlecht sex gender"),
        ("neutered", "kastriert kastration neutered"),
        ("born", "geburtsdatum geboren gebdatum gebdat geburtstag geburtsjahr geb born birthdate dateofbirth"),
        ("chip", "chip chipnr chipnummer transponder transpondernummer transpondernr mikrochip microchip"),
        ("insurance", "versicherung tierversicherung versicherungsnummer insurance"),
        ("animal-note", "tierbemerkung bemerkungtier tiernotiz besonderheiten warnhinweis animalnote"),
    }.SelectMany(row => row.Words.Split(' ').Select(word => KeyValuePair.Create(word, row.Column))).ToFrozenDictionary();

    /// <summary>What the columns probably are, by their headings; each at most once.</summary>
    public static IReadOnlyList<string> Guess(IReadOnlyList<string> headings)
    {
        var guessed = headings.Select(heading => Names.GetValueOrDefault(Plain(heading), None)).ToList();
        // "Name" beside "Vorname" is the last name.
        if (guessed.Contains("first-name") && !guessed.Contains("last-name") && guessed.IndexOf("name") is >= 0 and var at) guessed[at] = "last-name";
        for (var i = 0; i < guessed.Count; i++)
        {
            if (guessed.IndexOf(guessed[i]) < i) guessed[i] = None;
        }
        return guessed;
    }

    /// <summary>Lower case, without anything but letters and digits, umlauts in two letters.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var one in text.Trim().ToLowerInvariant())
        {
            if (one is 'ä' or 'ö' or 'ü') plain.Append(one switch { 'ä' => "ae", 'ö' => "oe", _ => "ue" });
            else if (one == 'ß') plain.Append("ss");
            else if (char.IsLetterOrDigit(one)) plain.Append(one);
        }
        return plain.ToString();
    }
}

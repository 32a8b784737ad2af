using System.Collections.Frozen;
using System.Globalization;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Clients.Csv;

/// <summary>Reads the words that programs of practices write for a species, a sex, a date.</summary>
internal sealed class ImportWords
{
    private static readonly (string Species, string Words)[] Spoken =
    [
        ("dog", "hund hunde hd ruede huendin dog canis"), ("cat", "katze katzen ktz kater cat felis"),
        ("rabbit", "kaninchen zwergkaninchen hase rabbit"), ("guinea-pig", "meerschweinchen meerschwein guineapig"),
        ("hamster", "hamster maus ratte goldhamster rennmaus"), ("ferret", "frettchen ferret"),
        ("bird", "vogel wellensittich papagei kanarienvogel nymphensittich bird"), ("reptile", "reptil schildkroete schlange echse bartagame reptile"),
        ("horse", "pferd pony esel maultier horse"), ("cattle", "rind kuh cattle"), ("pig", "schwein minischwein pig"), ("sheep", "schaf sheep"),
        ("goat", "ziege goat"), ("poultry", "huhn gefluegel ente gans poultry"), ("donkey", "esel donkey"),
    ];

    private readonly FrozenDictionary<string, string> species;

    public ImportWords(Profile profile)
    {
        var words = new Dictionary<string, string>();
        foreach (var one in profile.Species)
        {
            words.TryAdd(ImportColumns.Plain(one.Id), one.Id);
            foreach (var language in (string[])["de", "en"]) words.TryAdd(ImportColumns.Plain(Text.In(language).SpeciesName(one.Id)), one.Id);
            foreach (var word in Spoken.Where(row => row.Species == one.Id).SelectMany(row => row.Words.Split(' '))) words.TryAdd(word, one.Id);
        }
        species = words.ToFrozenDictionary();
    }

    /// <summary>The species a word means; null if this practice has none of that name.</summary>
    public string? Species(string word) => species.GetValueOrDefault(ImportColumns.Plain(word));

    /// <summary>The sex and whether neutered, as far as the word says; null if it says something else.</summary>
    public static (string Sex, string Neutered)? Sex(string word) => ImportColumns.Plain(word) switch
    {
        "" or "unbekannt" or "u" => ("", ""),
        "m" or "maennlich" or "ruede" or "kater" or "hengst" or "male" => ("male", ""),
        "w" or "weiblich" or "f" or "huendin" or "katze" or "stute" or "female" => ("female", ""),
        "mk" or "mn" or "maennlichkastriert" or "kastrat" or "wallach" or "rk" or "ruedekastriert" or "katerkastriert" or "maleneutered" => ("male", "yes"),
        "wk" or "fk" or "wn" or "fn" or "weiblichkastriert" or "huendinkastriert" or "katzekastriert" or "femaleneutered" => ("female", "yes"),
        _ => null,
    };

    /// <summary>Yes, no, or nothing; null if it says something else.</summary>
    public static string? Neutered(string word) => ImportColumns.Plain(word) switch
    {
        "" or "unbekannt" => "",
        "ja" or "j" or "yes" or "y" or "1" or "x" or "true" or "wahr" or "k" or "kastriert" => "yes",
        "nein" or "n" or "no" or "0" or "false" or "falsch" or "intakt" => "no",
        _ => null,
    };

    /// <summary>A date as this program writes it; as it came, if it is none that can be only one.</summary>
    public static string Born(string text)
    {
        var parts = text.Trim().Split('.', '/');
        var numbers = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        return numbers switch
        {
            [>= 1 and <= 31 and var day, >= 1 and <= 12 and var month, > 1900 and < 2200 and var year] => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}"),
            [>= 1 and <= 12 and var month, > 1900 and < 2200 and var year] => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}"),
            // What spreadsheets make of a date they were told nothing about.
            _ when text.Length > 10 && text[10] is ' ' or 'T' => text[..10],
            _ => text.Trim(),
        };
    }
}

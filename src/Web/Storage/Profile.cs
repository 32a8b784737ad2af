using System.Collections.Frozen;
using System.Collections.Immutable;
using VetBooking.Web.Instructions;
using VetBooking.Web.Prices;
using VetBooking.Web.Questions;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Texts;
using VetBooking.Web.Voice.Look;
using VetBooking.Web.WaitingList;
using VetBooking.Web.Website;

namespace VetBooking.Web.Storage;

/// <summary>What people read about the practice: who it is, its team, what its visits are called.</summary>
public sealed record Profile
{
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string Phone { get; init; }
    public required string Street { get; init; }
    public required string Postcode { get; init; }
    public required string City { get; init; }
    public required ImmutableArray<string> Languages { get; init; }
    public required LegalNotice Legal { get; init; }
    public required int HoldMinutes { get; init; }
    public required bool IsDemo { get; init; }
    public required ImmutableArray<TeamMember> Team { get; init; }
    public required ImmutableArray<SpeciesTreated> Species { get; init; }
    public required ImmutableArray<RedFlag> RedFlags { get; init; }

    /// <summary>What people, rooms and devices are called, those that have left included.</summary>
    public FrozenDictionary<string, string> ResourceNames { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Whether owners can put themselves on the waiting list.</summary>
    public bool HasWaitingList { get; init; }

    /// <summary>How it looks.</summary>
    public PracticeLook Look { get; init; } = PracticeLook.Plain;

    /// <summary>Who helps outside the opening hours, in order.</summary>
    public ImmutableArray<EmergencyDuty> Duties { get; init; } = [];

    /// <summary>The questions of its own, in order.</summary>
    public ImmutableArray<Question> Questions { get; init; } = [];

    /// <summary>What owners are told before and after they book.</summary>
    public ImmutableArray<Instruction> Instructions { get; init; } = [];

    /// <summary>About what a visit costs.</summary>
    public PriceNotes Prices { get; init; } = PriceNotes.None;

    /// <summary>How many days after a visit its photos are kept.</summary>
    public int PhotoDays { get; init; }

    /// <summary>Whether owners can be told what falls due: a rule is in force.</summary>
    public bool Recalls { get; init; }

    /// <summary>Which websites may show the booking in a frame.</summary>
    public Embedding Embedding { get; init; } = Embedding.Nowhere;

    /// <summary>The visit types before which the red flags are asked.</summary>
    public required FrozenSet<string> AsksRedFlags { get; init; }

    /// <summary>The practice's own words, by (language, key).</summary>
    public required FrozenDictionary<(string Language, string Key), string> Words { get; init; }

    /// <summary>What the program says to owners, in the practice's words where it has any.</summary>
    public PracticeTexts Texts { get; init; } = PracticeTexts.None;

    /// <summary>What visit types are called, by (language, visit type).</summary>
    public required FrozenDictionary<(string Language, string VisitType), VisitTypeWords> VisitTypeWords { get; init; }

    /// <summary>The practice's own text under this key, in the language asked for or else in its first.</summary>
    public string Word(string language, string key) => Find(Words, language, key) ?? "";

    /// <summary>What a visit type is called.</summary>
    public VisitTypeWords VisitType(string language, string id) => Find(VisitTypeWords, language, id) ?? new VisitTypeWords(id, "", []);

    /// <summary>The questions a visit of this kind with these animals is asked.</summary>
    public Questionnaire QuestionsFor(string visitType, IEnumerable<string> species) => Questionnaire.For(Questions, visitType, species);

    /// <summary>The name of the person with this id; empty for none.</summary>
    public string Vet(string? id) => Team.FirstOrDefault(one => one.Id == id)?.Name ?? "";

    /// <summary>What a person, room or device is called.</summary>
    public string NameOf(string resource) => ResourceNames.GetValueOrDefault(resource) ?? resource;

    /// <summary>The practice's telephone number as a link.</summary>
    public string PhoneLink => TelephoneLink(Phone);

    /// <summary>A telephone number as a link wants it (RFC 3966): digits, with the country's code in front.</summary>
    public static string TelephoneLink(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return "tel:" + (phone.StartsWith('+') ? "+" + digits : digits.StartsWith('0') ? "+49" + digits[1..] : digits);
    }

    /// <summary>What the law wants published and is not there yet, as column names; nothing is public until it is.</summary>
    public ImmutableArray<string> Missing =>
    [
        .. new (string Column, string Value)[]
        {
            ("name", Name), ("street", Street), ("postcode", Postcode), ("city", City), ("phone", Phone), ("email", Email),
            ("owners", Legal.Owners), ("chamber", Legal.Chamber), ("job_title", Legal.JobTitle), ("title_state", Legal.TitleState),
            ("professional_code", Legal.ProfessionalCode),
        }.Where(wanted => string.IsNullOrWhiteSpace(wanted.Value)).Select(wanted => wanted.Column),
    ];

    public static Profile Load(Db db)
    {
        var people = db.Rows("SELECT id, name, role FROM resource WHERE kind = 'person' AND active ORDER BY position, id",
            row => new TeamMember(row.GetString(0), row.GetString(1), row.GetString(2)));
        var words = db.Rows("SELECT language, key, text FROM practice_text", row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), row.GetString(2)));
        var own = db.Rows("SELECT language, key, words, original FROM own_text", row => new OwnText(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)));
        var types = db.Rows("SELECT language, visit_type_id, name, hint, bring FROM visit_type_text",
            row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), new VisitTypeWords(row.GetString(2), row.GetString(3), Lines(row.GetString(4)))));
        var flagWords = db.Rows("SELECT red_flag_id, language, text FROM red_flag_text", row => (Id: row.GetString(0), Language: row.GetString(1), Text: row.GetString(2)))
            .ToLookup(row => row.Id);
        return db.Row(
            """
            SELECT name, email, phone, street, postcode, city, languages, hold_minutes, demo,
                   owners, legal_form, chamber, job_title, title_state, professional_code, vat_id, supervisor, familiar
            FROM practice
            """,
            row => new Profile
            {
                Name = row.GetString(0),
                Email = row.GetString(1),
                Phone = row.GetString(2),
                Street = row.GetString(3),
                Postcode = row.GetString(4),
                City = row.GetString(5),
                Languages = [.. row.GetString(6).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
                HoldMinutes = row.GetInt32(7),
                IsDemo = row.GetBoolean(8),
                Legal = new LegalNotice(row.GetString(9), row.GetString(10), row.GetString(11), row.GetString(12), row.GetString(13), row.GetString(14), row.GetString(15), row.GetString(16)),
                Team = [.. people],
                ResourceNames = db.Rows("SELECT id, name FROM resource", one => KeyValuePair.Create(one.GetString(0), one.GetString(1))).ToFrozenDictionary(),
                Species = [.. db.Rows("SELECT id, treated FROM species ORDER BY position, id", species => new SpeciesTreated(species.GetString(0), species.GetBoolean(1)))],
                RedFlags = [.. db.Rows("SELECT id, species FROM red_flag ORDER BY position, id", flag => new RedFlag(flag.GetString(0), flag.Text(1),
                    flagWords[flag.GetString(0)].ToFrozenDictionary(one => one.Language, one => one.Text)))],
                HasWaitingList = ListRules.Load(db).IsOpen,
                Look = PracticeLook.Load(db),
                Duties = [.. EmergencyDuty.All(db)],
                Prices = PriceNotes.Load(db),
                Questions = Question.All(db),
                Instructions = Instruction.All(db),
                PhotoDays = Retention.Days(db)["photos"],
                AsksRedFlags = db.Rows("SELECT id FROM visit_type WHERE asks_red_flags", type => type.GetString(0)).ToFrozenSet(),
                Embedding = Embedding.Load(db),
                Recalls = Recall.Sending.Recalls.AreOn(db),
                Words = words.ToFrozenDictionary(),
                Texts = PracticeTexts.Of(own, row.GetBoolean(17)),
                VisitTypeWords = types.ToFrozenDictionary(),
            }) ?? throw new InvalidOperationException("The database holds no practice.");
    }

    private T? Find<T>(FrozenDictionary<(string Language, string Key), T> all, string language, string key) where T : class =>
        all.GetValueOrDefault((language, key)) ?? all.GetValueOrDefault((Languages[0], key));

    internal static ImmutableArray<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}

/// <summary>What DDG § 5 wants on the legal notice of a member of a regulated profession.</summary>
public sealed record LegalNotice(
    string Owners, string LegalForm, string Chamber, string JobTitle, string TitleState, string ProfessionalCode, string VatId, string Supervisor);

/// <summary>Somebody of the practice's people, as the site names them.</summary>
public sealed record TeamMember(string Id, string Name, string Role);

/// <summary>A species and whether the practice treats it.</summary>
public sealed record SpeciesTreated(string Id, bool Treated);

/// <summary>What a visit type is called, with a hint for choosing and what to bring.</summary>
public sealed record VisitTypeWords(string Name, string Hint, ImmutableArray<string> Bring);

/// <summary>A sign that means "call at once"; for the species named, or all.</summary>
public sealed record RedFlag(string Id, string? Species, FrozenDictionary<string, string> Words)
{
    /// <summary>The sign in words; in German, the language it was written in, if there are no others.</summary>
    public string In(string language) => Words.GetValueOrDefault(language) ?? Words.GetValueOrDefault("de") ?? Id;
}

using System.Globalization;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup;

/// <summary>The answers of the first run as they were typed, and as they are saved once all of them are right.</summary>
public sealed class FirstRunForm
{
    /// <summary>Texts that are columns of the practice; true where the law or a booking needs them.</summary>
    public static readonly IReadOnlyList<(string Name, bool Needed)> Texts =
    [
        ("phone", true), ("street", true), ("postcode", true), ("city", true),
        ("owners", true), ("legal_form", false), ("chamber", true), ("job_title", true), ("title_state", true), ("professional_code", true),
        ("vat_id", false), ("supervisor", false),
    ];

    /// <summary>The species to choose from, with whether most small-animal practices treat them.</summary>
    public static readonly IReadOnlyList<(string Id, bool Usual)> Species =
    [
        ("dog", true), ("cat", true), ("rabbit", true), ("guinea-pig", true), ("hamster", true), ("bird", false), ("reptile", false), ("horse", false),
    ];

    private const int LongestText = 300;
    private const int MostPeople = 12;
    private const int MostRooms = 12;

    private readonly IFormCollection? typed;
    private readonly Profile profile;

    public FirstRunForm(Profile profile, IFormCollection? typed = null)
    {
        this.profile = profile;
        this.typed = typed;
        if (typed is not null) Read();
    }

    /// <summary>What is wrong, by field.</summary>
    public Fields Fields { get; } = new();

    public Dictionary<string, string> Saved { get; } = [];
    public List<(int Weekday, LocalTime From, LocalTime To)> Hours { get; } = [];
    public IReadOnlyList<string> Vets { get; private set; } = [];
    public IReadOnlyList<string> Nurses { get; private set; } = [];
    public int Rooms { get; private set; }
    public Land? Land { get; private set; }
    public HashSet<string> Treated { get; } = [];

    /// <summary>What to show in a field: what was typed, else what is known, else a suggestion.</summary>
    public string Value(string field) => typed?[field].ToString() ?? field switch
    {
        "job_title" => profile.Legal.JobTitle,
        "title_state" => "Deutschland",
        "rooms" => "2",
        ['h', 'o', 'u', 'r', 's', '-', >= '1' and <= '5'] => "8–12, 14–18",
        _ => "",
    };

    /// <summary>Whether a species is ticked.</summary>
    public bool Ticks(string species) => typed is null ? Species.Any(one => one.Id == species && one.Usual) : typed["species"].Contains(species);

    private void Read()
    {
        foreach (var (name, needed) in Texts) Saved[name] = needed ? Fields.Required(name, Value(name), LongestText) : Fields.Optional(name, Value(name), LongestText);
        if (Saved["phone"].Length > 0) Fields.Phone("phone", Saved["phone"]);
        Land = Enum.TryParse<Land>(Value("land"), out var land) && Enum.IsDefined(land) ? land : null;
        if (Land is null) Fields.Wrong("land", Problem.Missing);
        for (var weekday = 1; weekday <= 7; weekday++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"hours-{weekday}");
            if (WeekText.Read(Value(field)) is not { } stretches) Fields.Wrong(field, Problem.Unknown);
            else Hours.AddRange(stretches.Select(stretch => (weekday, stretch.From, stretch.To)));
        }
        if (Hours.Count == 0) Fields.Wrong("hours-1", Problem.Missing);
        Vets = Names("vets", needed: true);
        Nurses = Names("nurses", needed: false);
        if (int.TryParse(Value("rooms"), NumberStyles.None, CultureInfo.InvariantCulture, out var rooms) && rooms is >= 1 and <= MostRooms) Rooms = rooms;
        else Fields.Wrong("rooms", Problem.TooLong, MostRooms);
        Treated.UnionWith(Species.Select(one => one.Id).Where(Ticks));
        if (Treated.Count == 0) Fields.Wrong("species", Problem.Missing);
    }

    private List<string> Names(string field, bool needed)
    {
        var text = Fields.Optional(field, Value(field), MostPeople * Fields.LongestName, lines: true);
        var names = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (needed && names.Count == 0) Fields.Wrong(field, Problem.Missing);
        if (names.Count > MostPeople || names.Exists(name => name.Length > Fields.LongestName)) Fields.Wrong(field, Problem.TooLong, Fields.LongestName);
        return names;
    }
}

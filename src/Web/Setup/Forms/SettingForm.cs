using System.Globalization;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Hours;
using VetBooking.Web.Shared.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.Forms;

/// <summary>What a field is called, and a short explanation beside it.</summary>
public readonly record struct Label(string Words, string Help = "");

/// <summary>A form's address, where its subject is at home, and where one goes to once it is saved: home, if nowhere else.</summary>
public readonly record struct Place(string Path, string Home, string? After = null);

/// <summary>
/// One form of the settings. Whoever builds it names one field after the other, gets back what is in it as a value, and says
/// at the end how it is saved. The same building, in the same transaction, shows the form, previews it and saves it.
/// </summary>
public sealed partial class SettingForm(Staff staff, IFormCollection? typed, Place place)
{
    public Staff Staff { get; } = staff;

    public Text T => Staff.T;

    /// <summary>Where the form is and where its subject is at home.</summary>
    public Place Place { get; } = place;

    public required string Title { get; init; }

    /// <summary>One or two sentences under the title.</summary>
    public string Lead { get; init; } = "";

    /// <summary>Its parts in order, each with its fields.</summary>
    public List<SettingPart> Parts { get; } = [];

    /// <summary>What is wrong with what was typed.</summary>
    public Fields Fields { get; } = new();

    /// <summary>Sentences about fields that are wrong in a way of their own.</summary>
    public Dictionary<string, string> Sentences { get; } = [];

    /// <summary>What saving does, inside the writer's transaction.</summary>
    public Action<Change>? Save { get; set; }

    /// <summary>What removing does; null where nothing can be removed.</summary>
    public Action<Change>? Remove { get; set; }

    /// <summary>What the button that removes says, where it is not merely "remove".</summary>
    public string? RemoveWords { get; init; }

    /// <summary>What saving will bring about besides times and appointments, in sentences; asked right after the change was tried.</summary>
    public Func<Change, IReadOnlyList<string>>? Foretell { get; set; }

    /// <summary>What the audit log says was done, like <c>closure.changed</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What the audit log says it was done to, like <c>closure:3</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Whether it is saved without a preview: before there is anything that could change.</summary>
    public bool AtOnce { get; init; }

    /// <summary>Whether the form shows what was typed rather than what is known.</summary>
    public bool IsTyped => typed is not null;

    /// <summary>What was typed into a field, whatever it is.</summary>
    public string Typed(string name) => typed?[name].ToString() ?? "";

    /// <summary>Begins a part with a heading of its own.</summary>
    public void Part(string heading, string lead = "") => Parts.Add(new SettingPart(heading, lead));

    /// <summary>Puts something under the last part that is no field.</summary>
    public void Links(params IEnumerable<(string Url, string Words)> links) => Last.Links.AddRange(links);

    /// <summary>A text on one line.</summary>
    public string Line(string name, Label label, string known, int longest, bool needed = false)
    {
        var shown = typed is null ? known : Typed(name);
        Add(new FieldModel(name, label.Words, shown) { Help = label.Help }, known, shown);
        if (typed is null) return known;
        return needed ? Fields.Required(name, shown, longest) : Fields.Optional(name, shown, longest);
    }

    /// <summary>A text of several lines; may be empty.</summary>
    public string Text(string name, Label label, string known, int longest)
    {
        var shown = typed is null ? known : Typed(name);
        Add(new FieldModel(name, label.Words, shown) { Help = label.Help, Type = "lines" }, known, shown.ReplaceLineEndings("\n"));
        return typed is null ? known : Fields.Optional(name, shown, longest, lines: true);
    }

    /// <summary>A date; none if it is left empty.</summary>
    public LocalDate? Date(string name, Label label, LocalDate? known, bool needed = false)
    {
        var text = known is { } day ? LocalDatePattern.Iso.Format(day) : "";
        var shown = typed is null ? text : Typed(name);
        Add(new FieldModel(name, label.Words, shown) { Help = label.Help, Type = "date", IsShort = true }, InWords(text), InWords(shown));
        if (typed is null) return known;
        if (shown.Length == 0)
        {
            if (needed) Fields.Wrong(name, Problem.Missing);
            return null;
        }
        if (LocalDatePattern.Iso.Parse(shown) is { Success: true } date && date.Value.Year is >= 2000 and < 2200) return date.Value;
        Fields.Wrong(name, Problem.NotADate);
        return null;
    }

    /// <summary>A time of day; none if it is left empty.</summary>
    public LocalTime? Time(string name, Label label, LocalTime? known)
    {
        var text = known is { } time ? Clocks.Format(time) : "";
        var shown = typed is null ? text : Typed(name);
        Add(new FieldModel(name, label.Words, shown) { Help = label.Help, Type = "time", IsShort = true }, text, shown);
        if (typed is null) return known;
        if (shown.Length == 0) return null;
        if (Clocks.Parse(shown) is { Success: true } read && read.Value.Minute % 5 == 0) return read.Value;
        Wrong(name, T.SettingsWrongTime);
        return null;
    }

    /// <summary>A whole number that must be there.</summary>
    public int Number(string name, Label label, int known, (int Least, int Most) range) => NumberOrNone(name, label, known, range, needed: true) ?? known;

    /// <summary>A whole number; none if it is left empty and need not be there.</summary>
    public int? NumberOrNone(string name, Label label, int? known, (int Least, int Most) range, bool needed = false)
    {
        var text = known?.ToString(CultureInfo.InvariantCulture) ?? "";
        var shown = typed is null ? text : Typed(name).Trim();
        Add(new FieldModel(name, label.Words, shown) { Help = label.Help, IsShort = true }, text, shown);
        if (typed is null || (shown.Length == 0 && !needed)) return typed is null ? known : null;
        if (int.TryParse(shown, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= range.Least && number <= range.Most) return number;
        Wrong(name, T.SettingsWrongNumber(range.Least, range.Most));
        return null;
    }

    /// <summary>One of several values.</summary>
    public string Choice(string name, Label label, string known, IReadOnlyList<(string Value, string Words)> choices)
    {
        var shown = typed is null ? known : Typed(name);
        Add(new FieldModel(name, label.Words, shown) { Help = label.Help, Choices = choices, IsShort = true }, Word(choices, known), Word(choices, shown));
        if (typed is null || choices.Any(choice => choice.Value == shown)) return shown;
        Fields.Wrong(name, Problem.Unknown);
        return known;
    }

    /// <summary>Yes or no.</summary>
    public bool Tick(string name, Label label, bool known)
    {
        var shown = typed is null ? known : Typed(name) == "ja";
        Last.Fields.Add(new SettingField(new FieldModel(name, label.Words, "") { Help = label.Help }, T.SettingsYesNo(known ? "yes" : "no"), T.SettingsYesNo(shown ? "yes" : "no"))
        {
            Ticks = [("ja", label.Words, shown)],
            IsSingleTick = true,
        });
        return shown;
    }

    /// <summary>Any of several values.</summary>
    public IReadOnlyList<string> Ticks(string name, Label label, IReadOnlyCollection<string> known, IReadOnlyList<(string Value, string Words)> choices)
    {
        if (choices.Count == 0) return [];
        var shown = typed is null ? known : [.. typed[name].Where(value => choices.Any(choice => choice.Value == value)).Select(value => value!)];
        Last.Fields.Add(new SettingField(new FieldModel(name, label.Words, "") { Help = label.Help }, Words(known), Words(shown))
        {
            Ticks = [.. choices.Select(choice => (choice.Value, choice.Words, shown.Contains(choice.Value)))],
        });
        return [.. shown];

        string Words(IReadOnlyCollection<string> values) => string.Join(", ", choices.Where(choice => values.Contains(choice.Value)).Select(choice => choice.Words));
    }

    /// <summary>The hours of a day as people write them, like <c>8–12, 14:30–18</c>.</summary>
    public IReadOnlyList<(LocalTime From, LocalTime To)> Hours(string name, string label, IReadOnlyList<(LocalTime From, LocalTime To)> known)
    {
        var text = WeekText.Write(known);
        var shown = typed is null ? text : Typed(name);
        Add(new FieldModel(name, label, shown), text, shown.Trim());
        if (typed is null) return known;
        if (shown.Length <= 200 && WeekText.Read(shown) is { } hours) return hours;
        Wrong(name, T.SetupHoursProblem);
        return [];
    }

    /// <summary>The hours of the seven weekdays.</summary>
    internal WeekDays Week(string name, WeekDays known) => new([.. Enumerable.Range(1, 7).Select(day =>
        Hours(string.Create(CultureInfo.InvariantCulture, $"{name}-{day}"), T.SettingsWeekday(day.ToString(CultureInfo.InvariantCulture)), known.On(day)))]);

    /// <summary>Notes that a field is wrong, in a sentence of its own.</summary>
    public void Wrong(string name, string sentence)
    {
        Fields.Wrong(name, Problem.Unknown);
        Sentences[name] = sentence;
    }

    /// <summary>What is wrong with a field, in words; null if nothing.</summary>
    public string? WrongIn(string name) => Fields.Problems.Find(one => one.Field == name) is { } problem ? Sentence(problem) : null;

    /// <summary>What is wrong, in words.</summary>
    public string Sentence(FieldProblem problem) => Sentences.GetValueOrDefault(problem.Field) ?? problem.Problem switch
    {
        Problem.Missing => T.SettingsWrongMissing,
        _ => Wording.Of(T, problem),
    };

    /// <summary>What a field is called.</summary>
    public string LabelOf(string name) => AllFields.FirstOrDefault(field => field.Model.Name == name)?.Model.Label ?? "";

    /// <summary>The fields of all parts.</summary>
    public IEnumerable<SettingField> AllFields => Parts.SelectMany(part => part.Fields);

    /// <summary>Everything typed, to carry along unseen through the preview.</summary>
    public IEnumerable<(string Name, string Value)> Carried =>
        (from entry in typed ?? FormCollection.Empty
         where !SettingFlow.Buttons.Contains(entry.Key) && entry.Key != Staff.FormTokenField && !Kept.ContainsKey(entry.Key)
         from value in entry.Value
         select (entry.Key, value ?? "")).Concat(Kept.Select(kept => (kept.Key, kept.Value)));

    private static readonly LocalTimePattern Clocks = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private SettingPart Last
    {
        get
        {
            if (Parts.Count == 0) Part("");
            return Parts[^1];
        }
    }

    private void Add(FieldModel field, string known, string shown) => Last.Fields.Add(new SettingField(field, known, shown));

    private static string Word(IReadOnlyList<(string Value, string Words)> choices, string value) => choices.FirstOrDefault(choice => choice.Value == value).Words ?? value;

    private string InWords(string date) => LocalDatePattern.Iso.Parse(date) is { Success: true } day ? T.SettingsDate(day.Value) : date;
}

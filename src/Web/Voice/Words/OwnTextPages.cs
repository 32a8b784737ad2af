using System.Collections.Immutable;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Voice.Words;

/// <summary>Every text that owners read, to be put in the practice's own words.</summary>
internal static class OwnTextPages
{
    public const string Home = "/praxis/einstellungen/texte";

    private const int LongestLine = 80;

    /// <summary><c>GET /praxis/einstellungen/texte</c></summary>
    public static IResult List(Staff staff) => Page.Ok(OwnTextList.Create(new OwnTextListModel(staff)));

    /// <summary><c>GET /praxis/einstellungen/texte/{language}/{key}</c></summary>
    public static IResult Show(Staff staff, string language, string key, Readers readers) => SettingFlow.Show(staff, readers, (_, typed) => Form(staff, language, key, typed));

    /// <summary><c>POST /praxis/einstellungen/texte/{language}/{key}</c></summary>
    public static Task<IResult> Save(Staff staff, string language, string key, Writer writer) => SettingFlow.Post(staff, writer, (_, typed) => Form(staff, language, key, typed));

    private static SettingForm? Form(Staff staff, string language, string key, IFormCollection? typed)
    {
        var (t, profile) = (staff.T, staff.Visitor.Profile);
        if (!profile.Languages.Contains(language) || PracticeTexts.PlaceOf(key) is not { } place) return null;
        var state = OwnTexts.All(profile, language).First(one => one.Place == place);
        var group = $"{Home}?sprache={language}&teil={state.Group}";
        var form = new SettingForm(staff, typed, new Place($"{Home}/{language}/{key}", group))
        {
            Title = t.VoiceTextTitle(Text.In(language).SiteLanguage),
            Lead = t.VoiceTextLead,
            Act = "text.changed",
            Subject = $"text:{language}/{key}",
            RemoveWords = t.VoiceReset,
        };
        if (state.HasOriginalChanged) form.Part(t.VoiceOriginalChanged, t.VoiceOriginalBoth(state.Own!.Original, state.Original));
        form.Part(t.VoiceGroup(state.Group), t.VoiceOriginal(MessageBranches.Readable(state.Original)));
        var words = Ask(form, state, place);
        form.Save = change => OwnTexts.Save(change, new OwnText(language, key, words, state.Original));
        if (state.Own is not null) form.Remove = change => OwnTexts.Remove(change, language, key);
        form.Foretell = change => [t.VoiceWillRead(Examples.Of(place, language, change.Book.Profile, staff.Visitor.Today.PlusDays(1)))];
        return form;
    }

    private static string Ask(SettingForm form, TextState state, int place)
    {
        var help = Help(form.T, place);
        if (MessageBranches.Of(Message.Parse(state.IsUnfit ? state.Original : state.Words)) is not { } branches)
            return AskOne(form, "text", new Label(form.T.VoiceWords, help), state.Words, place);
        var typed = branches.Branches.Select(one => one with
        {
            Words = AskOne(form, "text-" + one.Word.TrimStart('='), new Label(form.T.VoiceBranch(one.Word.TrimStart('=')), one == branches.Branches[^1] ? help : ""), one.Words, place),
        });
        return branches.With(typed.ToImmutableArray());
    }

    private static string AskOne(SettingForm form, string field, Label label, string known, int place)
    {
        var words = known.Length > LongestLine || Text.Paragraphs.Contains(place)
            ? form.Text(field, label, known, OwnTexts.Longest)
            : form.Line(field, label, known, OwnTexts.Longest, needed: true);
        if (!form.IsTyped || form.WrongIn(field) is not null) return words;
        if (words.Length == 0) form.Fields.Wrong(field, Booking.Problem.Missing);
        else if (PracticeTexts.WrongWith(place, words) is { } fault)
            form.Wrong(field, fault.Placeholder is { } stranger ? form.T.VoiceWrongPlaceholder($"{{{stranger}}}") : form.T.VoiceWrongBraces);
        return words;
    }

    private static string Help(Text t, int place)
    {
        var placeholders = string.Join(", ", Text.In("de").Find(place)!.Arguments.Select(argument => $"{{{argument.Name}}}"));
        return string.Join(' ', new[] { placeholders.Length > 0 ? t.VoicePlaceholders(placeholders) : "", Text.Paragraphs.Contains(place) ? t.VoiceMarkup : "" }.Where(one => one.Length > 0));
    }
}

/// <summary>The list of texts: those of a part, or those that hold what is looked for.</summary>
public sealed record OwnTextListModel(Staff Staff)
{
    private const int Most = 100;

    private Visitor Visitor => Staff.Visitor;

    public string Language => Visitor.Profile.Languages.Contains(Visitor.Asked("sprache")) ? Visitor.Asked("sprache") : Visitor.Profile.Languages[0];

    public string Search => Visitor.Asked("suche").Trim();

    public string Group => Visitor.Asked("teil");

    /// <summary>The parts there are, each with the number of texts in the practice's own words.</summary>
    internal IEnumerable<(string Group, int Texts, int Own)> Groups => OwnTexts.All(Visitor.Profile, Language).GroupBy(one => one.Group)
        .Select(group => (group.Key, group.Count(), group.Count(one => one.Own is not null)));

    internal IReadOnlyList<TextState> Texts =>
    [
        .. OwnTexts.All(Visitor.Profile, Language)
            .Where(one => Search.Length > 0 ? one.Words.Contains(Search, StringComparison.CurrentCultureIgnoreCase) : Group.Length > 0 ? one.Group == Group : one.Own is not null)
            .Take(Most),
    ];

    /// <summary>How a text stands, in words; empty if it is the program's.</summary>
    internal string State(TextState text) =>
        text.IsUnfit ? Staff.T.VoiceUnfit : text.HasOriginalChanged ? Staff.T.VoiceOriginalChanged : text.Own is not null ? Staff.T.VoiceOwn : "";
}

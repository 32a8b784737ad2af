using System.Collections.Frozen;
using System.Collections.Immutable;
using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.People;
using VetBooking.Web.Setup.VisitTypes;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Questions;

/// <summary>The fields of a question, in the order in which somebody thinks about it.</summary>
internal static class QuestionFields
{
    private const int LongestAsked = 160;
    private const int LongestHelp = 240;
    private const int LongestOption = 80;
    private const int MostOptions = 12;
    private const int WidestRange = 1_000_000;

    private static readonly Question Fresh = new("", QuestionKind.Text)
    {
        Words = new Dictionary<string, QuestionWords> { [Question.FirstLanguage] = new("", "", []) }.ToFrozenDictionary(),
    };

    /// <summary>Asks for all of them; what comes back is to be saved once nothing is wrong.</summary>
    public static Question Ask(SettingForm form, Db db, ImmutableArray<Question> all, Question? existing)
    {
        var (t, known) = (form.T, existing ?? Fresh with { Position = all.IsEmpty ? 1 : all.Max(one => one.Position) + 1 });
        form.Part(t.QuestionPartKind);
        var kind = Question.KindOf(form.Choice("art", new Label(t.QuestionKind, t.QuestionKindHelp), Question.Word(known.Kind), [.. Enum.GetValues<QuestionKind>().Select(one => (Question.Word(one), t.QuestionKindOf(Question.Word(one))))]));
        var needed = form.Tick("pflicht", new Label(t.QuestionNeeded, t.QuestionNeededHelp), known.IsNeeded);
        if (form.IsTyped && needed && kind == QuestionKind.Photo) form.Wrong("pflicht", t.QuestionPhotoNeeded);
        var words = Words(form, known, kind, all);
        form.Part(t.QuestionPartNumber, t.QuestionPartNumberHelp);
        var range = (Least: form.Number("von", new Label(t.QuestionLeast), known.Range.Least, (0, WidestRange)), Most: form.Number("bis", new Label(t.QuestionMost), known.Range.Most, (0, WidestRange)));
        if (form.IsTyped && range.Least > range.Most) form.Wrong("bis", t.QuestionWrongRange);
        form.Part(t.QuestionPartWhen, t.QuestionPartWhenHelp);
        var types = form.Ticks("anliegen", new Label(t.QuestionTypes), known.VisitTypes ?? [], [.. VisitTypeRow.All(db).Select(type => (type.Id, type.Name(t.Language)))]);
        var species = form.Ticks("tiere", new Label(t.QuestionSpecies), known.Species, [.. db.Rows("SELECT id FROM species WHERE treated ORDER BY position, id", row => row.GetString(0)).Union(known.Species).Select(one => (one, Wording.Species(t, one)))]);
        var only = Only(form, all, known);
        form.Part(t.QuestionPartStaff);
        var onList = form.Tick("liste", new Label(t.QuestionDayList, t.QuestionDayListHelp), known.IsOnDayList);
        var position = form.Number("reihenfolge", new Label(t.SettingsPosition, t.SettingsPositionHelp), known.Position, (0, 999));
        return known with
        {
            Id = existing?.Id ?? ResourceRow.NewId(words[Question.FirstLanguage].Asked is { Length: > 0 } asked ? asked : "frage", "frage", id => id == "neu" || all.Any(one => one.Id == id)),
            Kind = kind,
            IsNeeded = needed,
            Words = words,
            Range = range,
            VisitTypes = types.Count == 0 ? null : [.. types],
            Species = [.. species],
            Only = only,
            IsOnDayList = onList,
            Position = position,
        };
    }

    /// <summary>When a question is asked, in words.</summary>
    public static string Condition(Text t, Question other, string option) => t.QuestionOnlyIf(other.In(t.Language).Asked, other.OptionIn(t.Language, option));

    private static FrozenDictionary<string, QuestionWords> Words(SettingForm form, Question known, QuestionKind kind, ImmutableArray<Question> all)
    {
        var t = form.T;
        var words = new Dictionary<string, QuestionWords>();
        var hasOptions = kind is QuestionKind.Choice or QuestionKind.Several;
        foreach (var language in form.Staff.Visitor.Profile.Languages.Prepend(Question.FirstLanguage).Distinct())
        {
            var isFirst = language == Question.FirstLanguage;
            var before = known.Words.GetValueOrDefault(language) ?? new QuestionWords("", "", []);
            form.Part(t.QuestionPartWords(t.SettingsLanguage(language)), isFirst ? "" : t.QuestionPartWordsHelp);
            var asked = form.Line("frage-" + language, new Label(t.QuestionAsked), before.Asked, LongestAsked, needed: isFirst);
            var help = form.Line("hilfe-" + language, new Label(t.QuestionHelp, t.QuestionHelpHelp), before.Help, LongestHelp);
            var field = "antworten-" + language;
            var options = Profile.Lines(form.Text(field, new Label(t.QuestionOptions, t.QuestionOptionsHelp), string.Join('\n', before.Options), MostOptions * (LongestOption + 1)));
            if (!hasOptions) options = [];
            if (form.IsTyped && form.WrongIn(field) is null) Check(form, field, options, hasOptions, isFirst ? null : words[Question.FirstLanguage]);
            if (asked.Length > 0 || isFirst) words[language] = new QuestionWords(asked, help, options);
        }
        var missing = all.Where(one => one.Only?.Question == known.Id).Select(one => one.Only!.Option).Except(words[Question.FirstLanguage].Options).FirstOrDefault();
        if (form.IsTyped && missing is not null) form.Wrong("antworten-" + Question.FirstLanguage, t.QuestionOptionUsed(missing));
        return words.ToFrozenDictionary();
    }

    private static void Check(SettingForm form, string field, ImmutableArray<string> options, bool hasOptions, QuestionWords? first)
    {
        var t = form.T;
        if (options.FirstOrDefault(one => one.Length > LongestOption) is { } tooLong) form.Wrong(field, t.QuestionOptionLong(tooLong[..20], LongestOption));
        else if (options.Length > MostOptions || options.Distinct().Count() < options.Length) form.Wrong(field, t.QuestionOptionsMany(MostOptions));
        else if (first is null ? hasOptions && options.Length < 2 : options.Length > 0 && options.Length != first.Options.Length) form.Wrong(field, first is null ? t.QuestionOptionsFew : t.QuestionOptionsOther);
    }

    private static QuestionCondition? Only(SettingForm form, ImmutableArray<Question> all, Question known)
    {
        var t = form.T;
        var choices = all.Where(one => one.Id != known.Id && one is { HasOptions: true, Only: null })
            .SelectMany(one => one.Options.Select(option => (Value: Join(new(one.Id, option)), Words: Condition(t, one, option)))).Prepend(("", t.QuestionAlways)).ToList();
        var chosen = form.Choice("nur", new Label(t.QuestionOnly, t.QuestionOnlyHelp), Join(known.Only), choices);
        if (chosen.IndexOf('|', StringComparison.Ordinal) is not (> 0 and var at)) return null;
        if (form.IsTyped && known.Id.Length > 0 && all.Any(one => one.Only?.Question == known.Id)) form.Wrong("nur", t.QuestionOnlyNested);
        return new QuestionCondition(chosen[..at], chosen[(at + 1)..]);

        static string Join(QuestionCondition? only) => only is null ? "" : only.Question + "|" + only.Option;
    }

    /// <summary>Keeps a question. Answers already given keep the words they were given to.</summary>
    public static void Save(this Question question, Db db)
    {
        var id = question.Id;
        db.Execute(
            """
            INSERT INTO question (id, position, kind, needed, on_day_list, only_question_id, only_answer, least, most, for_all_types)
            VALUES ($id, $position, $kind, $needed, $list, $only, $option, $least, $most, $all)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, kind = excluded.kind, needed = excluded.needed, on_day_list = excluded.on_day_list,
              only_question_id = excluded.only_question_id, only_answer = excluded.only_answer, least = excluded.least, most = excluded.most, for_all_types = excluded.for_all_types
            """,
            ("$id", id), ("$position", question.Position), ("$kind", Question.Word(question.Kind)), ("$needed", question.IsNeeded ? 1 : 0), ("$list", question.IsOnDayList ? 1 : 0),
            ("$only", question.Only?.Question), ("$option", question.Only?.Option), ("$least", question.Range.Least), ("$most", question.Range.Most), ("$all", question.VisitTypes is null ? 1 : 0));
        foreach (var part in (string[])["question_text", "question_visit_type", "question_species"]) db.Execute($"DELETE FROM {part} WHERE question_id = $id", ("$id", id));
        foreach (var (language, words) in question.Words)
        {
            db.Execute("INSERT INTO question_text (question_id, language, words, help, answers) VALUES ($id, $language, $words, $help, $answers)",
                ("$id", id), ("$language", language), ("$words", words.Asked), ("$help", words.Help), ("$answers", string.Join('\n', words.Options)));
        }
        foreach (var type in question.VisitTypes ?? []) db.Execute("INSERT INTO question_visit_type (question_id, visit_type_id) VALUES ($id, $type)", ("$id", id), ("$type", type));
        foreach (var species in question.Species) db.Execute("INSERT INTO question_species (question_id, species_id) VALUES ($id, $species)", ("$id", id), ("$species", species));
    }
}

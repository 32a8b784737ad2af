using System.Collections.Frozen;
using VetBooking.Web.Booking;
using VetBooking.Web.Questions;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.People;
using VetBooking.Web.Setup.VisitTypes;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Instructions;

/// <summary>What owners are told before and after they book: the list, and the form of each.</summary>
internal static class InstructionPages
{
    public const string Home = "/praxis/einstellungen/hinweise";
    private const int Longest = 240;

    /// <summary><c>GET /praxis/einstellungen/hinweise</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var (all, types) = readers.Read(db => (Instruction.All(db), VisitTypeRow.All(db)));
        var list = new SettingList(staff, t.InstructionHeading) { Lead = t.InstructionListIntro };
        list.Links.Add((Home + "/neu", t.InstructionNew));
        list.Tables.Add(new SettingTable(t.InstructionHeading, [t.InstructionWords, t.InstructionMoment, t.QuestionTypes, t.QuestionSpecies, t.InstructionFasting],
            [.. all.Select(one => new SettingRow($"{Home}/{one.Id}", one.In(t.Language), t.InstructionMomentOf(one.Moment),
                string.Join(", ", types.Where(type => one.VisitTypes.Contains(type.Id)).Select(type => type.Name(t.Language))) is { Length: > 0 } names ? names : t.InstructionNowhere,
                one.Species.IsEmpty ? t.QuestionAllSpecies : string.Join(", ", one.Species.Select(species => Wording.Species(t, species))),
                t.SettingsYesNo(one.IsFasting ? "yes" : "no")))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/hinweise/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/hinweise/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var t = staff.T;
        var all = Instruction.All(db);
        var existing = id == "neu" ? null : all.FirstOrDefault(one => one.Id == id);
        if (existing is null && id != "neu") return null;
        var known = existing ?? new Instruction("") { Position = all.IsEmpty ? 1 : all.Max(one => one.Position) + 1, Words = FrozenDictionary<string, string>.Empty };
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = existing is null ? t.InstructionNew : t.InstructionOne,
            Lead = t.InstructionFormIntro,
            Act = existing is null ? "instruction.added" : "instruction.changed",
            Subject = "instruction:" + (existing?.Id ?? "new"),
        };
        var words = staff.Visitor.Profile.Languages.Prepend(Question.FirstLanguage).Distinct().Select(language => (Language: language, Text: form.Line(
            "text-" + language, new Label(t.SettingsInLanguage(t.InstructionWords, t.SettingsLanguage(language)), language == Question.FirstLanguage ? t.InstructionWordsHelp : ""),
            known.Words.GetValueOrDefault(language, ""), Longest, needed: language == Question.FirstLanguage))).ToList();
        var row = Rules(form, db, known) with { Words = words.Where(one => one.Text.Length > 0).ToFrozenDictionary(one => one.Language, one => one.Text) };
        form.Save = change => (row with { Id = existing?.Id ?? ResourceRow.NewId(words[0].Text, "hinweis", taken => taken == "neu" || all.Any(one => one.Id == taken)) }).Save(change.Db);
        if (existing is not null) form.Remove = change => change.Db.Execute("DELETE FROM instruction WHERE id = $id", ("$id", existing.Id));
        return form;
    }

    private static Instruction Rules(SettingForm form, Db db, Instruction known)
    {
        var t = form.T;
        var types = VisitTypeRow.All(db);
        var moment = form.Choice("wann", new Label(t.InstructionMoment, t.InstructionMomentHelp), known.Moment, [.. ((string[])["before", "after", "both"]).Select(one => (one, t.InstructionMomentOf(one)))]);
        var chosen = form.Ticks("anliegen", new Label(t.QuestionTypes, t.InstructionTypesHelp), known.VisitTypes, [.. types.Select(type => (type.Id, type.Name(t.Language)))]);
        var fasting = form.Tick("nuechtern", new Label(t.InstructionFasting, t.InstructionFastingHelp), known.IsFasting);
        var species = form.Ticks("tiere", new Label(t.QuestionSpecies, t.InstructionSpeciesHelp), known.Species,
            [.. db.Rows("SELECT id FROM species WHERE treated ORDER BY position, id", row => row.GetString(0)).Union(known.Species).Select(one => (one, Wording.Species(t, one)))]);
        var position = form.Number("reihenfolge", new Label(t.SettingsPosition, t.SettingsPositionHelp), known.Position, (0, 999));
        var starving = species.Where(one => Instruction.NeverFast.Contains(one)).ToList();
        if (form.IsTyped && fasting && starving.Count > 0) form.Wrong("tiere", t.InstructionStarving(string.Join(", ", starving.Select(one => Wording.Species(t, one)))));
        else if (form.IsTyped && fasting && species.Count == 0) form.Wrong("tiere", t.InstructionFastingWhom);
        return known with
        {
            Moment = moment,
            IsFasting = fasting,
            // Those the practice has not got stay: who takes one from the catalogue later finds its instructions.
            VisitTypes = [.. chosen, .. known.VisitTypes.Where(one => types.All(type => type.Id != one))],
            Species = [.. species],
            Position = position,
        };
    }
}

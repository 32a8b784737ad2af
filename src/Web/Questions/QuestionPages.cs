using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.VisitTypes;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Questions;

/// <summary>The practice's own questions: the list, and the form of each.</summary>
internal static class QuestionPages
{
    public const string Home = "/praxis/einstellungen/fragen";

    /// <summary><c>GET /praxis/einstellungen/fragen</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var (all, types) = readers.Read(db => (Question.All(db), VisitTypeRow.All(db)));
        var list = new SettingList(staff, t.QuestionHeading) { Lead = t.QuestionListIntro };
        list.Links.Add((Home + "/neu", t.QuestionNew));
        list.Tables.Add(new SettingTable(t.QuestionHeading, [t.QuestionAsked, t.QuestionKind, t.QuestionNeeded, t.QuestionTypes, t.QuestionSpecies, t.QuestionOnly],
            [.. all.Select(one => new SettingRow($"{Home}/{one.Id}", one.In(t.Language).Asked, t.QuestionKindOf(Question.Word(one.Kind)), t.SettingsYesNo(one.IsNeeded ? "yes" : "no"),
                one.VisitTypes is { } chosen ? string.Join(", ", types.Where(type => chosen.Contains(type.Id)).Select(type => type.Name(t.Language))) : t.QuestionAllTypes,
                one.Species.IsEmpty ? t.QuestionAllSpecies : string.Join(", ", one.Species.Select(species => Wording.Species(t, species))),
                one.Only is { } only && all.FirstOrDefault(other => other.Id == only.Question) is { } other ? QuestionFields.Condition(t, other, only.Option) : t.QuestionAlways))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/fragen/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/fragen/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var t = staff.T;
        var all = Question.All(db);
        var known = id == "neu" ? null : all.FirstOrDefault(one => one.Id == id);
        if (known is null && id != "neu") return null;
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = known is null ? t.QuestionNew : known.In(t.Language).Asked,
            Lead = t.QuestionFormIntro,
            Act = known is null ? "question.added" : "question.changed",
            Subject = "question:" + (known?.Id ?? "new"),
        };
        var row = QuestionFields.Ask(form, db, all, known);
        form.Save = change => row.Save(change.Db);
        // What others hang on stays until they do no longer.
        if (known is not null && !all.Any(one => one.Only?.Question == known.Id)) form.Remove = change => change.Db.Execute("DELETE FROM question WHERE id = $id", ("$id", known.Id));
        return form;
    }
}

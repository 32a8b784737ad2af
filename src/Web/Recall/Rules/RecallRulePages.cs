using VetBooking.Web.Booking;
using VetBooking.Web.Recall.Dates;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.People;
using VetBooking.Web.Setup.VisitTypes;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Recall.Rules;

/// <summary>What falls due when: the list of rules, each with its form.</summary>
internal static class RecallRulePages
{
    public const string Home = "/praxis/einstellungen/faellig";
    private const int LongestName = 80;
    private const int LongestSource = 200;
    private const int LongestNote = 600;

    /// <summary><c>GET /praxis/einstellungen/faellig</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var (rules, missing) = readers.Read(db => (RecallRule.All(db), RecallRule.Missing(db).Count));
        var list = new SettingList(staff, t.RecallRules)
        {
            Lead = t.RecallRulesAbout,
            Button = missing > 0 ? (Home + "/start", t.RecallStartButton(missing)) : null,
            ButtonLead = t.RecallStartAbout,
        };
        list.Links.Add((Home + "/neu", t.RecallRuleNew));
        list.Links.Add(("/praxis/faellig", t.RecallHeading));
        list.Tables.Add(new SettingTable(t.RecallRules, [t.SettingsName, t.RecallSpecies, t.RecallInterval, t.RecallSource, t.SettingsState],
            [.. rules.Select(rule => new SettingRow($"{Home}/{rule.Id}", rule.Name(t.Language), Wording.Species(t, rule.Species),
                rule.IntervalMonths is { } months ? t.RecallMonths(months) : t.RecallByProduct, string.Join(", ", new[] { rule.Source, rule.Edition }.Where(part => part.Length > 0)),
                t.RecallState(!rule.IsActive ? "off" : rule.Confirmed is null ? "unconfirmed" : "on")))]));
        return list.Show();
    }

    /// <summary><c>POST /praxis/einstellungen/faellig/start</c>: takes over the rules to start from. None of them is in force.</summary>
    public static async Task<IResult> Begin(Staff staff, Writer writer)
    {
        await writer.Write(change =>
        {
            var missing = RecallRule.Missing(change.Db);
            foreach (var rule in missing) rule.Save(change.Db);
            if (missing.Count > 0) Audit.Add(change, staff.Actor, "recall-rules.loaded", "practice:1", missing.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url(Home, ("gespeichert", "1")));
    }

    /// <summary><c>GET /praxis/einstellungen/faellig/{id}</c></summary>
    public static IResult Show(Staff staff, Readers readers, string id) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, id, typed));

    /// <summary><c>POST /praxis/einstellungen/faellig/{id}</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer, string id) => SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, id, typed));

    private static SettingForm? Form(Staff staff, Db db, string id, IFormCollection? typed)
    {
        var t = staff.T;
        var isNew = id == "neu";
        var known = isNew
            ? new RecallRule { Id = "", Position = (int)db.Number("SELECT ifnull(max(position), 0) + 1 FROM recall_rule") }
            : RecallRule.All(db).FirstOrDefault(rule => rule.Id == id);
        if (known is null) return null;
        var form = new SettingForm(staff, typed, new Place($"{Home}/{id}", Home))
        {
            Title = isNew ? t.RecallRuleNew : known.Name(t.Language),
            Lead = t.RecallRuleAbout,
            Act = isNew ? "recall-rule.added" : "recall-rule.changed",
            Subject = "recall_rule:" + (isNew ? "new" : known.Id),
        };
        var rule = Timing(form, db, Facts(form, db, known));
        form.Part(t.RecallConfirmation, t.RecallConfirmationAbout);
        rule = rule with { IsActive = form.Tick("aktiv", new Label(t.RecallActive), known.IsActive) };
        var confirmed = form.Tick("geprueft", new Label(t.RecallConfirmed, known.Confirmed is { } earlier ? ConfirmedBy(t, db, staff, earlier) : ""), known.Confirmed is not null);
        form.Save = change =>
        {
            rule = rule with
            {
                Id = isNew ? NewId(change.Db, rule) : known.Id,
                Confirmed = !confirmed ? null : known.Confirmed is { } still && rule.SaysTheSame(known) ? still : (change.Now, staff.Account.Id),
            };
            rule.Save(change.Db);
            DueDates.Recompute(change.Db, rule);
        };
        form.Foretell = change => [.. rule.IsInForce ? [t.RecallForetell((int)DueDates.Coming(change, rule))] : Array.Empty<string>()];
        if (!isNew && db.Number("SELECT EXISTS (SELECT 1 FROM animal_due WHERE rule_id = $id)", ("$id", known.Id)) == 0) form.Remove = change => change.Db.Execute("DELETE FROM recall_rule WHERE id = $id", ("$id", known.Id));
        return form;
    }

    private static RecallRule Facts(SettingForm form, Db db, RecallRule known)
    {
        var t = form.T;
        form.Part(t.RecallWhat);
        var names = new Dictionary<string, string>();
        foreach (var language in form.Staff.Visitor.Profile.Languages)
        {
            var name = form.Line("name-" + language, new Label(t.RecallNameIn(t.SettingsLanguage(language)), language == "de" ? t.RecallNameHelp : ""), known.Names.GetValueOrDefault(language, ""), LongestName, needed: language == "de");
            if (name.Length > 0) names[language] = name;
        }
        var species = db.Rows("SELECT id FROM species ORDER BY treated DESC, position, id", row => row.GetString(0));
        return known with
        {
            Names = names,
            Species = form.Choice("tierart", new Label(t.RecallSpecies), known.Species.Length > 0 ? known.Species : species.FirstOrDefault(""), [.. species.Select(one => (one, Wording.Species(t, one)))]),
            What = form.Choice("was", new Label(t.RecallKind), known.What, [("vaccination", t.RecallKindOf("vaccination")), ("check-up", t.RecallKindOf("check-up"))]),
            IntervalMonths = form.NumberOrNone("monate", new Label(t.RecallInterval, t.RecallIntervalHelp), known.IntervalMonths, (1, 120)),
            FirstSeries = form.Text("erste", new Label(t.RecallFirst), known.FirstSeries, LongestNote),
            Note = form.Text("hinweis", new Label(t.RecallNote), known.Note, LongestNote),
            Source = form.Line("quelle", new Label(t.RecallSource), known.Source, LongestSource),
            Edition = form.Line("ausgabe", new Label(t.RecallEdition), known.Edition, LongestName),
        };
    }

    private static RecallRule Timing(SettingForm form, Db db, RecallRule known)
    {
        var t = form.T;
        form.Part(t.RecallSending);
        return known with
        {
            AheadDays = form.Number("vorher", new Label(t.RecallAhead), known.AheadDays, (1, 120)),
            RepeatDays = form.NumberOrNone("nochmal", new Label(t.RecallRepeat, t.RecallRepeatHelp), known.RepeatDays, (7, 120)),
            For = form.Ticks("anliegen", new Label(t.RecallVisits, t.RecallVisitsHelp), known.For.ToList(),
                [.. VisitTypeRow.All(db).Where(type => type.IsActive || known.For.Contains(type.Id)).Select(type => (type.Id, type.Name(t.Language)))]),
            Position = form.Number("reihenfolge", new Label(t.SettingsPosition, t.SettingsPositionHelp), known.Position, (0, 999)),
        };
    }

    private static string ConfirmedBy(Text t, Db db, Staff staff, (NodaTime.Instant At, long? By) confirmed) => t.RecallConfirmedBy(
        db.Row("SELECT name FROM account WHERE id = $id", row => row.GetString(0), ("$id", confirmed.By)) ?? "–",
        confirmed.At.InZone(staff.Book.Practice.Zone).Date);

    private static string NewId(Db db, RecallRule rule) =>
        ResourceRow.NewId(rule.Name("de"), "regel", id => id is "neu" or "start" || db.Number("SELECT count(*) FROM recall_rule WHERE id = $id", ("$id", id)) > 0);
}

using VetBooking.Web.Booking;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Setup.People;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.VisitTypes;

/// <summary>The many fields of a visit type, in the order in which somebody thinks about it.</summary>
internal static class VisitTypeFields
{
    private const int MostNeeds = 4;
    private const int LongestName = 80;
    private const int LongestHint = 160;
    private const int LongestBring = 800;
    private static readonly int[] ReminderHours = [3, 24, 48, 72, 7 * 24, 14 * 24];
    private static readonly int[] Grids = [5, 10, 15, 20, 30, 60];

    /// <summary>Asks for all of them; what comes back is to be saved once nothing is wrong.</summary>
    public static VisitTypeRow Ask(SettingForm form, Db db, VisitTypeRow known)
    {
        var words = Words(form, known);
        var minutes = Minutes(form, db, known);
        var row = Rules(form, Lengths(form, known)) with { Words = words, Minutes = minutes };
        row = row with { Aftercare = AftercareRow.Ask(form, known.Aftercare) };
        form.Part(form.T.SettingsTypeWindows, form.T.SettingsTypeWindowsLead + " " + form.T.SetupHoursLead);
        row = row with { Windows = form.Week("fenster", known.Windows), Needs = Needs(form, db, known) };
        if (!form.IsTyped || !row.IsActive) return row;
        if (minutes.Count == 0 && form.Fields.Problems.Count == 0) form.Wrong(form.AllFields.First(field => field.Model.Name.StartsWith("minuten-", StringComparison.Ordinal)).Model.Name, form.T.SettingsTypeNoAnimal);
        if (row.Needs.Count == 0 && form.Fields.Problems.Count == 0) form.Wrong("bedarf-1", form.T.SettingsNeedNone);
        return row;
    }

    private static Dictionary<string, (string, string, string)> Words(SettingForm form, VisitTypeRow known)
    {
        var t = form.T;
        var words = new Dictionary<string, (string, string, string)>();
        foreach (var language in form.Staff.Visitor.Profile.Languages)
        {
            var (name, hint, bring) = known.Words.GetValueOrDefault(language, ("", "", ""));
            form.Part(t.SettingsTypeWords(t.SettingsLanguage(language)), language == "de" ? t.SettingsTypeWordsLead : "");
            var typed = (
                form.Line("name-" + language, new Label(t.SettingsTypeName, t.SettingsTypeNameHelp), name, LongestName, needed: language == "de"),
                form.Line("hinweis-" + language, new Label(t.SettingsTypeHint, t.SettingsTypeHintHelp), hint, LongestHint),
                form.Text("mitbringen-" + language, new Label(t.SettingsTypeBring, t.SettingsTypeBringHelp), bring, LongestBring));
            if (typed.Item1.Length > 0) words[language] = typed;
        }
        return words;
    }

    private static Dictionary<string, int> Minutes(SettingForm form, Db db, VisitTypeRow known)
    {
        Text t = form.T;
        form.Part(t.SettingsTypeMinutes, t.SettingsTypeMinutesLead);
        var minutes = new Dictionary<string, int>();
        foreach (var species in db.Rows("SELECT id FROM species ORDER BY treated DESC, position, id", row => row.GetString(0)))
        {
            var field = form.NumberOrNone("minuten-" + species, new Label(Wording.Species(t, species)), known.Minutes.TryGetValue(species, out var usual) ? usual : null, (5, 720));
            if (field is not { } length) continue;
            if (length % 5 != 0) form.Wrong("minuten-" + species, t.SettingsWrongFive);
            minutes[species] = length;
        }
        return minutes;
    }

    private static VisitTypeRow Lengths(SettingForm form, VisitTypeRow known)
    {
        var t = form.T;
        return known with
        {
            FurtherMinutes = form.Number("weitere", new Label(t.SettingsTypeFurther, t.SettingsTypeFurtherHelp), known.FurtherMinutes, (0, 240)),
            BufferBefore = form.Number("vorher", new Label(t.SettingsTypeBefore, t.SettingsTypeBufferHelp), known.BufferBefore, (0, 240)),
            BufferAfter = form.Number("nachher", new Label(t.SettingsTypeAfter, t.SettingsTypeBufferHelp), known.BufferAfter, (0, 240)),
            Travel = form.Number("anfahrt", new Label(t.SettingsTypeTravel, t.SettingsTypeTravelHelp), known.Travel, (0, 240)),
            MayExceed = form.Tick("hinaus", new Label(t.SettingsTypeExceed, t.SettingsTypeExceedHelp), known.MayExceed),
        };
    }

    private static VisitTypeRow Rules(SettingForm form, VisitTypeRow known)
    {
        var t = form.T;
        form.Part(t.SettingsTypeRules);
        var row = known with
        {
            IsActive = form.Tick("angeboten", new Label(t.SettingsTypeOffered, t.SettingsTypeOfferedHelp), known.IsActive),
            AsksRedFlags = form.Tick("warnzeichen", new Label(t.SettingsTypeFlags, t.SettingsTypeFlagsHelp), known.AsksRedFlags),
            Audience = form.Choice("wer", new Label(t.SettingsTypeAudience, t.SettingsTypeAudienceHelp), known.Audience, [.. ((string[])["anyone", "known", "staff"]).Select(one => (one, t.SettingsAudience(one)))]),
            Mode = form.Choice("art", new Label(t.SettingsTypeMode, t.SettingsTypeModeHelp), known.Mode, [.. ((string[])["at-once", "confirm", "request"]).Select(one => (one, t.SettingsMode(one)))]),
            LeadMinutes = form.Number("vorlauf", new Label(t.SettingsTypeLeadTime, t.SettingsTypeLeadTimeHelp), known.LeadMinutes, (0, 60 * 24 * 30)),
            HorizonDays = form.Number("zeitraum", new Label(t.SettingsTypeHorizon, t.SettingsTypeHorizonHelp), known.HorizonDays, (0, 366)),
            GridMinutes = int.Parse(form.Choice("raster", new Label(t.SettingsTypeGrid, t.SettingsTypeGridHelp), Word(known.GridMinutes), [.. Grids.Select(grid => (Word(grid), t.SettingsMinutes(grid)))]), System.Globalization.CultureInfo.InvariantCulture),
            DailyCap = form.NumberOrNone("grenze", new Label(t.SettingsTypeCap, t.SettingsTypeCapHelp), known.DailyCap, (1, 200)),
            CancelHours = form.Number("absage", new Label(t.SettingsTypeCancel, t.SettingsTypeCancelHelp), known.CancelHours, (0, 24 * 14)),
            RequestHours = form.Number("anfrage", new Label(t.SettingsTypeRequest, t.SettingsTypeRequestHelp), known.RequestHours, (1, 24 * 14)),
            Reminders = [.. form.Ticks("erinnerungen", new Label(t.VoiceReminders, t.VoiceRemindersHelp), [.. known.Reminders.Select(Word)], [.. ReminderHours.Union(known.Reminders).Order().Select(hours => (Word(hours), t.VoiceReminderBefore(hours % 24 == 0 ? hours / 24 : 0, hours)))])
                .Select(hours => int.Parse(hours, System.Globalization.CultureInfo.InvariantCulture))],
            Position = form.Number("reihenfolge", new Label(t.SettingsPosition, t.SettingsPositionHelp), known.Position, (0, 999)),
        };
        return row;
    }

    private static List<NeedRow> Needs(SettingForm form, Db db, VisitTypeRow known)
    {
        var t = form.T;
        var skills = ResourceRow.AllSkills(db).Select(skill => (skill, skill)).ToList();
        // Those set aside are shown only where they are still named, so that they can be taken out.
        var resources = ResourcePages.Kinds.SelectMany(kind => ResourceRow.All(db, kind.Kind)).Where(row => row.IsActive || known.Needs.Any(need => need.AnyOf.Contains(row.Id))).ToList();
        var needs = new List<NeedRow>();
        for (var number = 1; number <= MostNeeds; number++)
        {
            var need = number <= known.Needs.Count ? known.Needs[number - 1] : new NeedRow("", "", []);
            form.Part(t.SettingsNeed(number), number == 1 ? t.SettingsNeedLead : "");
            var kind = form.Choice($"bedarf-{number}", new Label(t.SettingsNeedKind), need.Kind, [("", t.SettingsNeedNothing), .. ((string[])["person", "room", "device"]).Select(one => (one, t.SettingsNeedKindOf(one)))]);
            var skill = form.Choice($"kann-{number}", new Label(t.SettingsNeedSkill, t.SettingsNeedSkillHelp), need.Skill, [("", t.SettingsNeedAnySkill), .. skills]);
            var anyOf = form.Ticks($"von-{number}", new Label(t.SettingsNeedAnyOf, t.SettingsNeedAnyOfHelp), need.AnyOf, [.. resources.Select(one => (one.Id, one.Name))]);
            if (kind.Length == 0) continue;
            var fitting = resources.Where(one => one.Kind == kind && anyOf.Contains(one.Id)).Select(one => one.Id).ToList();
            if (form.IsTyped && fitting.Count < anyOf.Count) form.Wrong($"von-{number}", t.SettingsNeedOtherKind);
            if (form.IsTyped && anyOf.Count == 0 && skill.Length == 0) form.Wrong($"bedarf-{number}", t.SettingsNeedEmpty);
            needs.Add(new NeedRow(kind, skill, fitting));
        }
        return needs;
    }

    private static string Word(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

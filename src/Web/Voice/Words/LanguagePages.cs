using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Voice.Words;

/// <summary>Which languages the practice's pages and mails are in, and whether German says du.</summary>
internal static class LanguagePages
{
    private static readonly Place Here = new("/praxis/einstellungen/sprachen", "/praxis/einstellungen");

    /// <summary><c>GET /praxis/einstellungen/sprachen</c></summary>
    public static IResult Show(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (_, typed) => Form(staff, typed));

    /// <summary><c>POST /praxis/einstellungen/sprachen</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (_, typed) => Form(staff, typed));

    private static SettingForm Form(Staff staff, IFormCollection? typed)
    {
        var (t, profile) = (staff.T, staff.Visitor.Profile);
        // The first language is the one the practice's own words are written in; the others can come and go.
        var first = profile.Languages[0];
        var form = new SettingForm(staff, typed, Here) { Title = t.VoiceLanguages, Lead = t.VoiceLanguagesLead(Text.In(first).SiteLanguage), Act = "languages.changed", Subject = "practice:1" };
        var more = form.Ticks("sprachen", new Label(t.VoiceMoreLanguages, t.VoiceMoreLanguagesHelp), [.. profile.Languages.Skip(1)],
            [.. Text.Languages.Where(one => one != first).Select(one => (one, Text.In(one).SiteLanguage))]);
        var address = form.Choice("anrede", new Label(t.VoiceAddress, t.VoiceAddressHelp), profile.Texts.IsFamiliar ? "du" : "sie", [("sie", t.VoiceAddressAs("sie")), ("du", t.VoiceAddressAs("du"))]);
        form.Save = change => change.Db.Execute(
            "UPDATE practice SET languages = $languages, familiar = $familiar",
            ("$languages", string.Join(' ', [first, .. more])), ("$familiar", address == "du" ? 1L : 0L));
        return form;
    }
}

using VetBooking.Web.Setup.Forms;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Website;

/// <summary>Which websites may show the booking in a frame.</summary>
internal static class OriginPages
{
    private const string Field = "herkunft";
    private const int Longest = 6000;

    /// <summary><c>GET /praxis/einstellungen/webseite/rahmen</c></summary>
    public static IResult Show(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Origins(staff, db, typed));

    /// <summary><c>POST /praxis/einstellungen/webseite/rahmen</c></summary>
    public static Task<IResult> Save(Staff staff, Writer writer) => SettingFlow.Post(staff, writer, (db, typed) => Origins(staff, db, typed));

    private static SettingForm Origins(Staff staff, Db db, IFormCollection? typed)
    {
        var t = staff.T;
        var form = new SettingForm(staff, typed, new Place(WebsiteModel.Path + "/rahmen", WebsiteModel.Path))
        {
            Title = t.WebsiteOrigins,
            Lead = t.WebsiteOriginsLead,
            Act = "embedding.changed",
            Subject = "practice:1",
        };
        var text = form.Text(Field, new Label(t.WebsiteOriginsField, t.WebsiteOriginsHelp(AllowedOrigins.Most)), string.Join('\n', Embedding.Load(db).Origins), Longest);
        var (origins, problem) = AllowedOrigins.Read(text);
        if (problem is { } wrong) form.Wrong(Field, t.WebsiteWrong(wrong.Kind, wrong.About));
        form.Save = change =>
        {
            change.Db.Execute("DELETE FROM embedding_origin");
            for (var i = 0; i < origins.Length; i++) change.Db.Execute("INSERT INTO embedding_origin (position, origin) VALUES ($position, $origin)", ("$position", i), ("$origin", origins[i]));
        };
        return form;
    }
}

using VetBooking.Web.Pictures;
using VetBooking.Web.Protection;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Voice.Look.Pictures;

/// <summary>The practice's logo and the photos of its people: sent, looked at as they will be, and only then shown to owners.</summary>
internal static class PicturePages
{
    private const string FileField = "bild";

    /// <summary>The field that carries the name of the picture that is looked at.</summary>
    private const string DraftField = "entwurf";

    private const string Kinds = "image/jpeg,image/png,image/webp,image/gif";

    /// <summary>Far more than a picture may have, so that a sentence can be said about one that is too large.</summary>
    public static readonly TakesFile Upload = new(48 * 1024 * 1024);

    /// <summary><c>GET /praxis/einstellungen/aussehen/logo</c></summary>
    public static IResult ShowLogo(Staff staff, Readers readers) => SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, typed, null, null));

    /// <summary><c>POST /praxis/einstellungen/aussehen/logo</c></summary>
    public static Task<IResult> SaveLogo(Staff staff, Writer writer) => Save(staff, writer, null);

    /// <summary><c>GET /praxis/einstellungen/aussehen/fotos</c></summary>
    public static IResult List(Staff staff, Readers readers)
    {
        var t = staff.T;
        var shown = readers.Read(Picture.Published);
        var list = new SettingList(staff, t.LookPhotos) { Lead = t.LookPhotosLead };
        list.Links.Add((LookPages.Root, t.LookHeading));
        list.Tables.Add(new SettingTable(t.LookPhotos, [t.SettingsName, t.LookPhoto],
            [.. staff.Visitor.Profile.Team.Select(one => new SettingRow($"{LookPages.Root}/fotos/{one.Id}", one.Name, t.LookThere(shown.Any(photo => photo.Person == one.Id) ? "yes" : "no")))]));
        return list.Show();
    }

    /// <summary><c>GET /praxis/einstellungen/aussehen/fotos/{id}</c></summary>
    public static IResult ShowPhoto(Staff staff, Readers readers, string id) => IsInTeam(staff, id)
        ? SettingFlow.Show(staff, readers, (db, typed) => Form(staff, db, typed, id, null))
        : NotFoundPage.Show(staff.Visitor);

    /// <summary><c>POST /praxis/einstellungen/aussehen/fotos/{id}</c></summary>
    public static async Task<IResult> SavePhoto(Staff staff, Writer writer, string id) => IsInTeam(staff, id) ? await Save(staff, writer, id) : NotFoundPage.Show(staff.Visitor);

    private static async Task<IResult> Save(Staff staff, Writer writer, string? person)
    {
        var file = (await staff.Visitor.Form()).Files.GetFile(FileField);
        // Decoding takes a moment: nobody's booking waits for it.
        var answer = file is null or { Length: 0 } ? null : await PictureIntake.Read(file, isPhoto: person is not null);
        if (answer is PictureAnswer.Taken { Picture: var drawn }) await writer.Write(change => Picture.Keep(change.Db, person, drawn));
        return await SettingFlow.Post(staff, writer, (db, typed) => Form(staff, db, typed, person, answer));
    }

    private static SettingForm Form(Staff staff, Db db, IFormCollection? typed, string? person, PictureAnswer? sent)
    {
        var t = staff.T;
        var (path, what) = person is null ? ("/logo", "logo") : ("/fotos/" + person, "photo");
        var form = new SettingForm(staff, typed, new Place(LookPages.Root + path, person is null ? LookPages.Root : LookPages.Root + "/fotos"))
        {
            Title = person is null ? t.LookLogo : t.LookPhotoOf(staff.Visitor.Profile.Vet(person)),
            Lead = t.LookPictureLead(what),
            Act = what + ".changed",
            Subject = person is null ? "practice:1" : "resource:" + person,
            TakesFile = true,
        };
        var (known, draft) = (Picture.Find(db, person, published: true), Picture.Find(db, person, published: false));
        // Whoever looked at another one meanwhile replaced it; then this one has to be chosen again.
        if (draft is null || sent is PictureAnswer.Refused || (sent is null && form.Typed(DraftField) != draft.Name)) draft = null;
        form.File(FileField, new Label(person is null ? t.LookLogo : t.LookPhoto, t.LookPictureHelp), Kinds, (Words(known), Words(draft)));
        if (draft is not null) form.Kept[DraftField] = draft.Name;
        else if (form.IsTyped) form.Wrong(FileField, t.LookPictureWrong(Reason(sent)));
        if (known is not null)
        {
            form.Above = () => PictureShown.Create(new PictureShownModel(staff, known, IsDraft: false));
            form.Remove = change => Picture.Remove(change.Db, person);
        }
        if (draft is not null)
        {
            form.Specimen = () => PictureShown.Create(new PictureShownModel(staff, draft, IsDraft: true));
            form.Save = change => Picture.Publish(change.Db, person);
        }
        return form;

        string Words(Picture? picture) => picture is null ? "" : t.LookPixels(picture.Width, picture.Height);
    }

    private static string Reason(PictureAnswer? sent) => ((sent as PictureAnswer.Refused)?.Because ?? PictureFault.Missing) switch
    {
        PictureFault.TooLarge => "too-large",
        PictureFault.Svg => "svg",
        PictureFault.NotAPicture => "no-picture",
        PictureFault.TooManyPixels => "too-many-pixels",
        PictureFault.Broken => "broken",
        _ => "missing",
    };

    private static bool IsInTeam(Staff staff, string id) => staff.Visitor.Profile.Team.Any(one => one.Id == id);
}

/// <summary>A picture as owners see it, or would.</summary>
public sealed record PictureShownModel(Staff Staff, Picture Picture, bool IsDraft)
{
    /// <summary>Where it is: one that nobody has published yet, staff only.</summary>
    public string Path => IsDraft ? Staff.Visitor.Url($"{LookPages.Root}/bild/{Picture.Name}") : Picture.Path;
}

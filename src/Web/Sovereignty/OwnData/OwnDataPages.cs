using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Recall.Sending;
using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Disclosure;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.OwnData;

/// <summary>"My data": what an owner sees, puts right, takes along, agrees to and erases, without an account and without a cookie.</summary>
internal static class OwnDataPages
{
    private const string Home = "/meine-daten";
    private const int LongestLine = 100;
    private const int LongestPostcode = 10;

    /// <summary><c>GET /meine-daten</c></summary>
    public static IResult Show(Visitor visitor) => Page.Ok(AskPage.Create(new AskModel(visitor, "")));

    /// <summary><c>POST /meine-daten</c>: answers the same whatever is known of the address.</summary>
    public static async Task<IResult> Ask(Visitor visitor, Writer writer, MailSignal mail, Limits limits)
    {
        var (form, fields) = (await visitor.Form(), new Fields());
        var typed = form["email"].ToString();
        var email = fields.Email("owner.email", typed);
        if (email is null) return Page.Again(AskPage.Create(new AskModel(visitor, typed) { Wrong = Wording.Of(visitor.T, fields.Problems[0]) }));
        if (limits.TooManyTries(visitor.Http.Block()) is not null)
        {
            return Page.With(AskPage.Create(new AskModel(visitor, typed) { Wrong = visitor.T.DataTooMany(visitor.Profile.Phone) }), StatusCodes.Status429TooManyRequests);
        }
        await writer.Write(change =>
        {
            OwnDataAccess.Ask(change, email.Key);
            return true;
        });
        mail.Ring();
        return Visitor.SeeOther(visitor.Url(Home + "/gesendet"));
    }

    /// <summary><c>GET /meine-daten/gesendet</c></summary>
    public static IResult Sent(Visitor visitor) => Page.Ok(SaidPage.Create(new SaidModel(visitor, visitor.T.DataSentHeading, visitor.T.DataSentLead)));

    /// <summary><c>GET /meine-daten/geloescht</c></summary>
    public static IResult Erased(Visitor visitor) => Page.Ok(SaidPage.Create(new SaidModel(visitor, visitor.T.DataErasedHeading, visitor.T.DataErasedLead)));

    /// <summary><c>GET /meine-daten/code/{token}</c>: out of the mail. Only the button uses it up.</summary>
    public static IResult AskOpen(Visitor visitor, string token, Readers readers) => readers.Read(db => OwnDataAccess.IsGood(db, token, visitor.Now))
        ? Page.Ok(SaidPage.Create(new SaidModel(visitor, visitor.T.DataHeading, visitor.T.DataOpenLead) { Action = $"{Home}/code/{token}" }))
        : NotFoundPage.Show(visitor);

    /// <summary><c>POST /meine-daten/code/{token}</c></summary>
    public static async Task<IResult> Open(Visitor visitor, string token, Writer writer) =>
        await writer.Write(change => OwnDataAccess.Open(change, token)) is { } opened ? Visitor.SeeOther(visitor.Url($"{Home}/offen/{opened}")) : NotFoundPage.Show(visitor);

    /// <summary><c>GET /meine-daten/offen/{token}</c></summary>
    public static IResult See(Visitor visitor, string token, Readers readers) => Load(visitor, token, readers) is { } view ? Page.Ok(OwnDataPage.Create(view)) : NotFoundPage.Show(visitor);

    /// <summary><c>POST /meine-daten/offen/{token}/berichtigung</c>: the practice is asked; nothing changes before it has looked.</summary>
    public static async Task<IResult> Correct(Visitor visitor, string token, Writer writer, Readers readers)
    {
        if (Load(visitor, token, readers) is not { Typed: { } known } view) return NotFoundPage.Show(visitor);
        var (form, fields) = (await visitor.Form(), new Fields());
        var typed = known.ToDictionary(one => one.Key, one => form.TryGetValue(one.Key, out var text) ? text.ToString() : one.Value);
        var wanted = new Dictionary<string, string>
        {
            ["name"] = fields.Required("name", typed["name"], Fields.LongestName),
            ["email"] = typed["email"] == known["email"] ? typed["email"] : fields.Email("email", typed["email"])?.Address ?? "",
            ["phone"] = fields.Phone("phone", typed["phone"]),
            ["street"] = fields.Optional("street", typed["street"], LongestLine),
            ["postcode"] = fields.Optional("postcode", typed["postcode"], LongestPostcode),
            ["city"] = fields.Optional("city", typed["city"], LongestLine),
            ["language"] = typed["language"],
        };
        if (!Text.Languages.Contains(wanted["language"])) fields.Wrong("language", Problem.Unknown);
        var more = fields.Optional("more", form["more"].ToString(), Fields.LongestNote, lines: true);
        foreach (var same in known.Where(one => wanted[one.Key] == one.Value)) wanted.Remove(same.Key);
        if (wanted.Count == 0 && more.Length == 0 && fields.Problems.Count == 0) fields.Wrong("more", Problem.Missing);
        if (fields.Problems.Count > 0) return Page.Again(OwnDataPage.Create(view with { Typed = typed, More = form["more"].ToString(), Problems = fields.Problems }));
        return await Do(visitor, token, writer, (change, owner) => DataRequest.Ask(change, owner, "correction", wanted, more), "berichtigen");
    }

    /// <summary><c>POST /meine-daten/offen/{token}/erinnern</c></summary>
    public static async Task<IResult> Decide(Visitor visitor, string token, Writer writer)
    {
        var form = await visitor.Form();
        var (ends, shown) = (form.ContainsKey("ende"), form[ConsentPages.StampField].ToString());
        return await Do(visitor, token, writer, (change, owner) =>
        {
            if (ends) Consents.Withdraw(change, Actor.Owner, owner, "link");
            else if (Recalls.AreOn(change.Db) && shown == Consents.Stamp(Consents.Wording(change.Book.Profile, visitor.Language))) Consents.Give(change, Actor.Owner, owner, "link", visitor.Language);
        }, "erinnern");
    }

    /// <summary><c>POST /meine-daten/offen/{token}/datei</c>: the log says that it left the house, so it is no GET.</summary>
    public static async Task<IResult> Fetch(Visitor visitor, string token, Writer writer, Readers readers, InstanceSettings settings)
    {
        var person = await writer.Write(change =>
        {
            if (OwnDataAccess.Find(change.Db, token, change.Now) is not { IsShared: false } reader) return null;
            Audit.Add(change, Actor.Owner, "data.fetched", reader.Owner is null ? "practice" : "owner", reader.Owner ?? 1);
            return reader.Person;
        });
        return person is null ? NotFoundPage.Show(visitor) : Results.File(await DisclosurePages.Make(readers, settings, visitor, _ => person, withNotes: false), DisclosureZip.MediaType, DisclosureZip.Name);
    }

    /// <summary><c>POST /meine-daten/offen/{token}/loeschung</c>: at once, or as a request if something is in the way.</summary>
    public static async Task<IResult> Erase(Visitor visitor, string token, Writer writer, Readers readers, DataFolder folder)
    {
        var form = await visitor.Form();
        if (Load(visitor, token, readers) is not { IsShared: false } view) return NotFoundPage.Show(visitor);
        if (form["sicher"] != "1") return Page.Again(OwnDataPage.Create(view with { IsUnsure = true }));
        var erased = await writer.Write<bool?>(change =>
        {
            if (OwnDataAccess.Find(change.Db, token, change.Now) is not { IsShared: false } reader) return null;
            if (OwnDataView.InTheWay(change.Db, reader.Person, change.Now, visitor.Today) == Obstacle.None)
            {
                Erasing.Erase(change, folder, Actor.Owner, reader.Person);
                return true;
            }
            // The address is proved: whoever has no record gets one for the request to hang on.
            var owner = reader.Owner ?? ProvedOwner.OfAppointment(change, reader.Person.Appointments[0]);
            DataRequest.Ask(change, owner, "erasure", new Dictionary<string, string>(), "");
            return false;
        });
        if (erased != true) return erased is null ? NotFoundPage.Show(visitor) : Visitor.SeeOther(view.Url() + "#loeschen");
        using (var db = Db.Open(folder.Database)) Erasing.CleanUp(db, folder);
        return Visitor.SeeOther(visitor.Url(Home + "/geloescht"));
    }

    /// <summary><c>POST /meine-daten/offen/{token}/ende</c></summary>
    public static async Task<IResult> Close(Visitor visitor, string token, Writer writer)
    {
        await writer.Write(change =>
        {
            OwnDataAccess.Close(change, token);
            return true;
        });
        return Visitor.SeeOther(visitor.Url(Home));
    }

    private static OwnDataView? Load(Visitor visitor, string token, Readers readers) =>
        readers.Read(db => OwnDataAccess.Find(db, token, visitor.Now) is { } reader ? OwnDataView.Load(db, visitor, token, reader) : null);

    private static async Task<IResult> Do(Visitor visitor, string token, Writer writer, Action<Change, long> what, string where)
    {
        var done = await writer.Write(change =>
        {
            if (OwnDataAccess.Find(change.Db, token, change.Now)?.Owner is not { } owner) return false;
            what(change, owner);
            return true;
        });
        return done ? Visitor.SeeOther(visitor.Url($"{Home}/offen/{token}") + "#" + where) : NotFoundPage.Show(visitor);
    }
}

/// <summary>The page that asks for an address.</summary>
public sealed record AskModel(Visitor Visitor, string Email)
{
    /// <summary>What is wrong, in words; null if nothing.</summary>
    public string? Wrong { get; init; }
}

/// <summary>A page that says one thing, with a button if it leads on.</summary>
public sealed record SaidModel(Visitor Visitor, string Heading, Paragraph Lead)
{
    /// <summary>Where the button leads; none if null.</summary>
    public string? Action { get; init; }
}

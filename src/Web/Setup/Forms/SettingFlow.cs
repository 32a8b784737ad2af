using System.Globalization;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.Forms;

/// <summary>Builds a form from the database and what was typed; null if its subject does not exist.</summary>
internal delegate SettingForm? FormMaker(Db db, IFormCollection? typed);

/// <summary>
/// The way every setting takes: a form, a preview of what it does to the coming weeks, and only then a change. For the
/// preview the change is made and taken back, so that what is shown is what will be.
/// </summary>
internal static class SettingFlow
{
    /// <summary>The button that saves; its value is the practice's revision that the preview was made of.</summary>
    public const string ConfirmButton = "bestaetigt";

    /// <summary>The button that goes back to the form.</summary>
    public const string EditButton = "aendern";

    /// <summary>The button that removes; carried through the preview.</summary>
    public const string RemoveField = "entfernen";

    /// <summary>The revision the form was opened at.</summary>
    public const string RevisionField = "stand";

    /// <summary>Buttons' names: of one press only, never carried along.</summary>
    public static readonly string[] Buttons = [ConfirmButton, EditButton];

    /// <summary>How many calendar weeks a preview looks at, this one included.</summary>
    public const int Weeks = 8;

    public static IResult Show(Staff staff, Readers readers, FormMaker make) => readers.Read(db => (Form: make(db, null), Revision: Revision(db))) is ({ } form, var revision)
        ? Page.Ok(SettingPage.Create(new SettingPageModel(form, revision)))
        : NotFoundPage.Show(staff.Visitor);

    public static async Task<IResult> Post(Staff staff, Writer writer, FormMaker make)
    {
        var typed = await staff.Visitor.Form();
        var answer = await writer.Write(change => Answer(staff, change, make(change.Db, typed), typed));
        return answer switch
        {
            SettingAnswer.NotThere => NotFoundPage.Show(staff.Visitor),
            SettingAnswer.Again again when again.Form.Fields.Problems.Count > 0 => Page.Again(SettingPage.Create(new SettingPageModel(again.Form, again.Revision))),
            SettingAnswer.Again again => Page.Ok(SettingPage.Create(new SettingPageModel(again.Form, again.Revision))),
            // Comparing takes a while; the writer has gone on meanwhile.
            SettingAnswer.Previewed previewed => Page.Ok(PreviewPage.Create(Preview.Of(previewed, staff.Now))),
            SettingAnswer.Saved saved => Visitor.SeeOther(staff.Visitor.Url(saved.Home, ("gespeichert", "1"))),
            _ => throw new InvalidOperationException("No such answer."),
        };
    }

    private static SettingAnswer Answer(Staff staff, Change change, SettingForm? form, IFormCollection typed)
    {
        if (form is null) return new SettingAnswer.NotThere();
        var revision = Revision(change.Db);
        var removes = form.Remove is not null && typed.ContainsKey(RemoveField);
        if (!removes && (typed.ContainsKey(EditButton) || form.Fields.Problems.Count > 0)) return new SettingAnswer.Again(form, revision);
        var act = removes ? form.Remove! : form.Save!;
        var confirmed = typed[ConfirmButton].ToString();
        if (form.AtOnce || confirmed == revision.ToString(CultureInfo.InvariantCulture))
        {
            Make(change, act);
            Audit.Add(change, staff.Actor, removes ? form.Act.Split('.')[0] + ".removed" : form.Act, form.Subject);
            return new SettingAnswer.Saved(form.Place.After ?? form.Place.Home);
        }
        var stale = typed[RevisionField].ToString() != revision.ToString(CultureInfo.InvariantCulture) || confirmed.Length > 0;
        var after = change.Try(tried =>
        {
            Make(tried, act);
            return (tried.Book, Appointments: FutureVisits.Read(tried.Db, tried.Now), Foretold: form.Foretell?.Invoke(tried) ?? []);
        });
        return new SettingAnswer.Previewed(form, change.Book, after.Book)
        {
            Appointments = after.Appointments,
            Foretold = after.Foretold,
            Revision = revision,
            IsStale = stale,
            Removes = removes,
        };
    }

    private static void Make(Change change, Action<Change> act)
    {
        act(change);
        change.Db.Execute("UPDATE practice SET revision = revision + 1");
        change.Reload();
    }

    private static long Revision(Db db) => db.Number("SELECT revision FROM practice");
}

/// <summary>What becomes of a form that was sent.</summary>
internal abstract record SettingAnswer
{
    private SettingAnswer() { }

    /// <summary>What it was about does not exist, or no longer.</summary>
    public sealed record NotThere : SettingAnswer;

    /// <summary>The form again, because something is wrong or its sender wants to go on typing.</summary>
    public sealed record Again(SettingForm Form, long Revision) : SettingAnswer;

    /// <summary>The practice as it is and as it would be; nothing is saved.</summary>
    public sealed record Previewed(SettingForm Form, Book Before, Book After) : SettingAnswer
    {
        public required IReadOnlyList<FutureVisit> Appointments { get; init; }

        /// <summary>What else saving will bring about, in sentences.</summary>
        public required IReadOnlyList<string> Foretold { get; init; }

        /// <summary>The practice's revision that was looked at.</summary>
        public required long Revision { get; init; }

        /// <summary>Whether somebody has changed the practice since the form was opened.</summary>
        public required bool IsStale { get; init; }

        /// <summary>Whether the subject is to go, rather than to be changed.</summary>
        public required bool Removes { get; init; }
    }

    /// <summary>It is saved.</summary>
    public sealed record Saved(string Home) : SettingAnswer;
}

/// <summary>The page with a form.</summary>
public sealed record SettingPageModel(SettingForm Form, long Revision);

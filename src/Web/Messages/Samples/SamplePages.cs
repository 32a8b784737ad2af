using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Samples;

/// <summary>Every message the practice sends to owners, to be looked at in each language and sent to oneself.</summary>
internal static class SamplePages
{
    public const string Address = "/praxis/einstellungen/nachrichten";

    /// <summary><c>GET /praxis/einstellungen/nachrichten</c></summary>
    public static IResult List(Staff staff) => Page.Ok(SampleList.Create(staff));

    /// <summary><c>GET /praxis/einstellungen/nachrichten/{kind}</c></summary>
    public static IResult Show(Staff staff, string kind, Readers readers, InstanceSettings settings)
    {
        if (KindOf(kind) is not { } known) return NotFoundPage.Show(staff.Visitor);
        var language = LanguageOf(staff, staff.Visitor.Asked("in") ?? "");
        var text = readers.Read(db => SampleMatter.Of(known, language, db, staff.Book, staff.Now))
            .Say(staff.Book, new MailLinks(settings.PublicUrl.TrimEnd('/') + "/", settings.PublicUrl.TrimEnd('/') + "/termin/…"), staff.Now);
        return Page.Ok(SamplePage.Create(new SampleModel(staff, kind, text) { IsSent = staff.Visitor.Asked("gesendet") is not null }));
    }

    /// <summary><c>POST /praxis/einstellungen/nachrichten/{kind}</c>: sends it to whoever asks.</summary>
    public static async Task<IResult> Send(Staff staff, string kind, Writer writer, MailSignal signal)
    {
        if (KindOf(kind) is null) return NotFoundPage.Show(staff.Visitor);
        var language = LanguageOf(staff, (await staff.Visitor.Form())["in"].ToString());
        await writer.Write(change =>
        {
            Outbox.ToStaff(change, staff.Account.Id, MailKind.Sample, $"{kind}/{language}");
            Audit.Add(change, staff.Actor, "sample.sent", "account", staff.Account.Id, kind);
            return true;
        });
        signal.Ring();
        return Visitor.SeeOther(staff.Visitor.Url($"{Address}/{kind}", ("in", language), ("gesendet", "1")));
    }

    private static MailKind? KindOf(string word)
    {
        var at = SampleMatter.Kinds.Select(MailKinds.Word).ToList().IndexOf(word);
        return at < 0 ? null : SampleMatter.Kinds[at];
    }

    private static string LanguageOf(Staff staff, string asked) =>
        staff.Visitor.Profile.Languages.Contains(asked) ? asked : staff.Visitor.Profile.Languages[0];
}

/// <summary>The page of one message.</summary>
public sealed record SampleModel(Staff Staff, string Kind, MailText Text)
{
    /// <summary>Whether it was just now sent to whoever looks at it.</summary>
    public bool IsSent { get; init; }
}

using System.Security.Cryptography;
using System.Text;
using VetBooking.Web.Site;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.Papers;

/// <summary>A part of a paper.</summary>
/// <param name="Heading">What it is about.</param>
/// <param name="Lines">What it says.</param>
public sealed record PaperSection(string Heading, IReadOnlyList<string> Lines);

/// <summary>
/// A paper the law wants, made from the running practice: what is switched on, how long what is kept, what the data map has. It
/// states facts of the configuration; whether they are enough is for somebody to say who answers for it.
/// </summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Sections">What it says.</param>
public sealed record Paper(string Kind, IReadOnlyList<PaperSection> Sections)
{
    /// <summary>
    /// What is to be told (GDPR Art. 13), the record of processing (Art. 30), the annex of a processing agreement (Art. 28 and
    /// 32), the deletion plan, the statement on accessibility (BFSG), and formats and steps for leaving (Data Act, Art. 25 ff.).
    /// </summary>
    public static readonly IReadOnlyList<string> Kinds = ["privacy", "record", "processing", "deletion", "accessibility", "leaving"];

    private static readonly string[] Measures = ["access", "roles", "transport", "keys", "backups", "integrity", "log", "links", "separation", "erasure", "load", "updates"];
    private static readonly string[] Processed = ["booking", "messages", "records", "recall", "list", "team", "statistics", "rights", "backups"];
    private static readonly string[] Formats = ["practice", "person", "clients", "calendar", "backup", "api"];
    private static readonly string[] Steps = ["notice", "export", "check", "import", "end"];

    /// <summary>The public page whose words it is; null if it has none.</summary>
    public string? Page => Kind switch { "privacy" => "/datenschutz", "accessibility" => "/barrierefreiheit", _ => null };

    /// <summary>A word for what it says: another one, another version.</summary>
    public string Hash => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Sections.SelectMany(one => one.Lines.Prepend("# " + one.Heading))))));

    /// <summary>A paper as the practice is now, in a language of staff pages.</summary>
    public static Paper Of(string kind, PaperFacts facts, Text t) => new(kind, kind switch
    {
        "privacy" => [Controller(facts, t), Words(t), Features(facts, t), Recipients(facts, t), Periods(facts, t)],
        "record" =>
        [
            Controller(facts, t), new(t.PaperActivities, [.. Activities(facts).Select(one => t.PaperActivity(one))]), Classes(t, "owner"), Classes(t, "team"),
            Recipients(facts, t), Periods(facts, t), new(t.PaperMeasures, [.. Measures.Select(one => t.PaperMeasure(one, facts.BackupDays))]),
        ],
        "processing" =>
        [
            Controller(facts, t), new(t.PaperSubject, [t.PaperSubjectText, t.PaperOperator]), Classes(t, "owner"), Classes(t, "team"), Features(facts, t), Recipients(facts, t),
            new(t.PaperMeasures, [.. Measures.Select(one => t.PaperMeasure(one, facts.BackupDays))]), new(t.PaperEnd, [t.PaperEndText]),
        ],
        "deletion" => [Periods(facts, t), new(t.PaperTables, [.. RetentionRule.All.Select(rule => $"{t.RetentionRule(rule.Id)}: {string.Join(", ", PaperFacts.Tables(rule.Id))}")]), new(t.PaperErasure, [t.PaperErasureText, .. PaperFacts.Erased.Select(one => t.PaperErased(one.What.Replace(' ', '-'), one.Tables)), t.PaperErasureBackups(facts.BackupDays), t.PaperErasureHold])],
        "accessibility" => [Words(t), new(t.PaperLanguages, [.. facts.Languages.Select(one => Text.In(one).SiteLanguage)]), new(t.PaperStandard, [t.PaperStandardText, t.PaperStandardExempt])],
        _ => [new(t.PaperFormats, [.. Formats.Select(one => t.PaperFormat(one))]), new(t.PaperSteps, [.. Steps.Select(one => t.PaperStep(one))]), new(t.PaperDeadlines, [t.PaperDeadlinesText])],
    });

    private static PaperSection Controller(PaperFacts facts, Text t) => new(t.PaperController, [facts.Controller, facts.PublicUrl]);

    private static PaperSection Words(Text t) => new(t.PaperWords, [t.PaperWordsOf(SitePages.LegalTextsOf)]);

    private static PaperSection Features(PaperFacts facts, Text t) => new(t.PaperFeatures, facts.Features.Count == 0 ? [t.PaperNone] : [.. facts.Features.Select(one => t.PaperFeature(one))]);

    private static PaperSection Recipients(PaperFacts facts, Text t) => new(t.PaperRecipients,
    [
        t.PaperOperator,
        .. facts.MailHost.Length > 0 ? [t.PaperMail(facts.MailHost)] : Array.Empty<string>(),
        .. facts.GatewayHost.Length > 0 ? [t.PaperGateway(facts.GatewayHost)] : Array.Empty<string>(),
        .. facts.WebhookHosts.Select(host => t.PaperWebhook(host)),
    ]);

    private static PaperSection Periods(PaperFacts facts, Text t) =>
        new(t.PaperPeriods, [.. RetentionRule.All.Select(rule => t.PaperPeriod(t.RetentionRule(rule.Id), facts.Days[rule.Id])), t.PaperBackups(facts.BackupDays)]);

    private static PaperSection Classes(Text t, string whose) => new(t.PaperPeople(whose), [.. PaperFacts.Classes(whose).Select(one => t.PaperClass(one))]);

    private static IEnumerable<string> Activities(PaperFacts facts) =>
        Processed.Where(one => one is not ("recall" or "list") || facts.Features.Contains(one));
}

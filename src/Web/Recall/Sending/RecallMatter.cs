using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Messages;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Recall.Rules;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Recall.Sending;

/// <summary>What falls due for the animals of one household. No findings, nothing to buy: what, for whom, about when.</summary>
internal sealed record RecallMatter(Recipient Owner) : Matter
{
    /// <summary>Each animal with what is due for it and when.</summary>
    public required ImmutableArray<(string Animal, string Rule, LocalDate Due)> Lines { get; init; }

    /// <summary>What the rules are called in the owner's language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>The one visit type all of it is booked by; null if there are several or none.</summary>
    public string? VisitType { get; init; }

    /// <summary>Whether all of it was said before.</summary>
    public bool IsAgain { get; init; }

    public override Recipient To => Owner;

    protected override string Way => "erinnern/";

    public override string? OneClickEnd => Token is null ? null : Way + Token;

    /// <summary>What of a row of the outbox still holds at this moment; null if nothing does.</summary>
    internal static RecallMatter? Find(Change change, OutboxRow row)
    {
        var told = change.Db.Rows("SELECT animal_id, rule_id, due_on, stage FROM recall_told WHERE outbox_id = $id",
            one => (Animal: one.GetInt64(0), Rule: one.GetString(1), Due: one.GetString(2), Stage: one.GetInt32(3)), ("$id", row.Id));
        var today = change.Now.InZone(change.Book.Practice.Zone).Date;
        var items = DueItem.Of(change, row.Owner)
            .Where(item => told.Any(one => one.Animal == item.Animal && one.Rule == item.Rule && one.Due == LocalDatePattern.Iso.Format(item.Due))
                && today <= item.Due.PlusDays(DueItem.MostDaysLate) && Recalls.IsWelcome(change, item)).ToList();
        // An attempt that broke off may have arrived: what it said stays said.
        if (row.Attempts == 0)
        {
            foreach (var gone in told.Where(one => !items.Any(item => one.Animal == item.Animal && one.Rule == item.Rule && one.Due == LocalDatePattern.Iso.Format(item.Due))))
            {
                change.Db.Execute("DELETE FROM recall_told WHERE outbox_id = $id AND animal_id = $animal AND rule_id = $rule AND due_on = $due",
                    ("$id", row.Id), ("$animal", gone.Animal), ("$rule", gone.Rule), ("$due", gone.Due));
            }
            if (items.Count < told.Count) Recalls.LookTomorrow(change);
        }
        if (items.Count == 0) return null;
        var owner = Recipient.Owner(change.Db, row.Owner)!;
        var rules = items.Select(item => item.Rule).Distinct().ToList();
        var types = rules.Select(rule => RecallRule.VisitTypes(change.Db, rule)).ToList();
        return new RecallMatter(owner)
        {
            Lines = [.. items.Select(item => (item.AnimalName, item.Rule, item.Due))],
            Names = rules.ToDictionary(rule => rule, rule => RecallRule.NameOf(change.Db, rule, owner.Language)),
            VisitType = types.Aggregate((one, other) => [.. one.Intersect(other)]).FirstOrDefault(type => IsBookable(change.Book, type)),
            IsAgain = told.Where(one => items.Any(item => item.Animal == one.Animal && item.Rule == one.Rule)).All(one => one.Stage == 2),
            Token = EndLink.Create(change, row.Owner),
        };
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var t = book.Profile.Texts.In(Owner.Language);
        return new MailText
        {
            Words = t,
            Subject = IsAgain ? t.MailRecallSubjectAgain : t.MailRecallSubject,
            Heading = IsAgain ? t.MailRecallHeadingAgain : t.MailRecallHeading,
            Intro = t.MailRecallIntro,
            Facts =
            [
                .. from line in Lines
                   group line by line.Animal into animal
                   select new MailFact(Shown.Name(animal.Key), string.Join(", ", animal.Select(line => t.MailRecallDue(Shown.Line(Names[line.Rule]), Month(t, line.Due))))),
            ],
            Button = new MailButton(t.MailRecallButton, VisitType is { } type ? links.Book + "buchen/" + type : links.Book + "buchen"),
            Notes = [t.MailRecallDone, t.MailRecallWhy],
            End = links.Own is { } own ? new MailButton(t.MailRecallEnd, own) : null,
            Colour = book.Profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(book.Profile, t),
        };
    }

    /// <summary>A month with its year; the day would be more exact than the rule is.</summary>
    internal static string Month(Text t, LocalDate date) => LocalDatePattern.Create("MMMM uuuu", t.Culture).Format(date);

    private static bool IsBookable(Book book, string visitType) => book.Practice.VisitType(visitType) is { Audience: not Audience.StaffOnly };
}

/// <summary>Asks an owner to confirm that they want to be told what falls due. Every attempt makes a fresh link; earlier ones open nothing.</summary>
internal sealed record ConfirmMatter(Recipient Owner) : Matter
{
    public override Recipient To => Owner;

    protected override string Way => "erinnern/ja/";

    /// <summary>Null if it is confirmed already, too late, or the address is another by now.</summary>
    internal static ConfirmMatter? Find(Change change, OutboxRow row)
    {
        if (!Recalls.AreOn(change.Db) || Consents.Link(change, row.Owner) is not { } token) return null;
        return new ConfirmMatter(Recipient.Owner(change.Db, row.Owner)!) { Token = token };
    }

    public override MailText Say(Book book, MailLinks links, Instant now)
    {
        var t = book.Profile.Texts.In(Owner.Language);
        return new MailText
        {
            Words = t,
            Subject = t.MailRecallConfirmSubject,
            Heading = t.MailRecallConfirmHeading,
            Intro = t.MailRecallConfirmIntro,
            Button = new MailButton(t.MailRecallConfirmButton, links.Own!),
            Notes = [t.MailRecallConfirmNotYou],
            Colour = book.Profile.Look.MailBrand.Hex,
            Signature = MailText.SignatureOf(book.Profile, t),
        };
    }
}

using System.Text.RegularExpressions;
using MimeKit;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;
using VetBooking.Web.WaitingList;

namespace VetBooking.Tests.Waiting;

/// <summary>A practice in which nothing is free but one time, and that only once a blocked time is freed.</summary>
internal static partial class FullPractice
{
    /// <summary>Wednesday at eleven by the practice's clock: the one time that can come free.</summary>
    public static readonly Instant Time = Instant.FromUtc(2026, 11, 25, 10, 0);

    private const long Block = 900;

    /// <summary>Everybody is blocked for two months; one of the stretches is the one time.</summary>
    public static string Sql(int minutes = 20) => $"""
        DELETE FROM occupancy; DELETE FROM appointment;
        INSERT INTO blocked_time (resource_id, starts_at, ends_at, reason, made_at)
        SELECT id, {From}, {Until}, 'voll', 0 FROM resource WHERE kind = 'person' AND id <> 'weber';
        INSERT INTO blocked_time (id, resource_id, starts_at, ends_at, reason, made_at) VALUES
        ({Block - 1}, 'weber', {From}, {Time.ToUnixTimeSeconds()}, 'voll', 0),
        ({Block}, 'weber', {Time.ToUnixTimeSeconds()}, {(Time + Duration.FromMinutes(minutes)).ToUnixTimeSeconds()}, 'voll', 0),
        ({Block + 1}, 'weber', {(Time + Duration.FromMinutes(minutes)).ToUnixTimeSeconds()}, {Until}, 'voll', 0);
        """;

    private static long From => PracticeFixture.Monday.ToUnixTimeSeconds() / 86400 * 86400;

    private static long Until => From + 120 * 86400;

    public static Waits Wants(string name = "Erika Muster", string? email = null) => new(name, email ?? name.Split(' ')[0].ToLowerInvariant() + "@example.org");

    /// <summary>Staff enter somebody; answers the entry's id.</summary>
    public static Task<long> Enter(this RunningPractice practice, Waits who) => practice.Writer.Write(change => Entries.Add(change, Actor.Practice, who.Wish));

    /// <summary>Staff free the one time.</summary>
    public static async Task Free(this RunningPractice practice)
    {
        var desk = await practice.SignedIn();
        Assert.Equal(200, (await desk.Post($"/praxis/sperre/{Block}/aufhebung")).Status);
    }

    /// <summary>Looks through the list as the watch does.</summary>
    public static Task<bool> Look(this RunningPractice practice) => practice.Writer.Write(change => Offering.Look(change));

    /// <summary>Waits until something is so that the practice does by itself.</summary>
    public static async Task UntilSo(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 200, "It does not come about.");
            await Task.Delay(50);
        }
    }

    /// <summary>Frees the one time and waits for so many offers.</summary>
    public static async Task FreeFor(this RunningPractice practice, int offers)
    {
        await practice.Free();
        await UntilSo(() => practice.Offers("open") == offers);
    }

    public static long Offers(this RunningPractice practice, string state) => practice.Db.Number("SELECT count(*) FROM offer WHERE state = $state", ("$state", state));

    /// <summary>State and outcome of an entry.</summary>
    public static string StateOf(this RunningPractice practice, long entry) =>
        practice.Db.Row("SELECT state || ifnull(' ' || outcome, '') FROM waiting WHERE id = $id", row => row.GetString(0), ("$id", entry)) ?? "gone";

    /// <summary>The newest offer of an entry.</summary>
    public static string OfferOf(this RunningPractice practice, long entry) =>
        practice.Db.Row("SELECT state FROM offer WHERE waiting_id = $id ORDER BY id DESC", row => row.GetString(0), ("$id", entry)) ?? "none";

    /// <summary>A link like the one that comes with an entry's newest offer.</summary>
    public static Task<string> OfferLink(this RunningPractice practice, long entry) => practice.Writer.Write(change =>
        "/warteliste/" + EntryLink.Create(change, Entry.Load(change.Db, entry)!, Offer.To(change.Db, entry)[^1].Id));

    /// <summary>The newest mail to an address.</summary>
    public static async Task<MimeMessage> MailTo(this RunningPractice practice, string address)
    {
        await practice.MailIsOut();
        foreach (var file in Directory.GetFiles(practice.Folder.Outbox, "*.eml").OrderDescending(StringComparer.Ordinal))
        {
            var mail = await MimeMessage.LoadAsync(file);
            if (mail.To.Mailboxes.Any(box => box.Address == address)) return mail;
        }
        throw new InvalidOperationException("No mail came to " + address);
    }

    /// <summary>The link of the waiting list in a mail.</summary>
    public static string LinkIn(MimeMessage mail) => Link().Match(mail.TextBody!).Value;

    [GeneratedRegex("/warteliste/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}

/// <summary>Somebody who waits for the one time, unless something is said to be otherwise.</summary>
internal sealed record Waits(string Name, string Email)
{
    public bool IsUrgent { get; init; }
    public string VisitType { get; init; } = "impfung";
    public string Species { get; init; } = "dog";
    public string Animal { get; init; } = "Bello";
    public string? Vet { get; init; }
    public LocalDate From { get; init; } = new(2026, 11, 23);
    public LocalDate Until { get; init; } = new(2026, 12, 20);
    public int Weekdays { get; init; } = Web.WaitingList.Wanted.EveryDay;
    public DayParts Parts { get; init; } = DayParts.Any;
    public long? Owner { get; init; }

    public EntryWish Wish => new(new Web.WaitingList.Wanted
    {
        VisitType = VisitType, Vet = Vet, From = From, Until = Until, Weekdays = Weekdays, Parts = Parts, Animals = [new VisitingAnimal(Animal, Species, null, "")],
    })
    {
        Name = Name,
        Email = Email.Length == 0 ? null : EmailAddress.Read(Email).Address,
        Language = "de",
        IsUrgent = IsUrgent,
        Owner = Owner,
        FormKey = Guid.NewGuid().ToString("N"),
    };
}

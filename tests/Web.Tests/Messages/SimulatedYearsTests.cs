using System.Globalization;
using NodaTime;
using VetBooking.Web.Messages;

namespace VetBooking.Tests.Messages;

/// <summary>
/// Years of a practice in moments: bookings, moves, cancellations, deaths, days on which nobody runs, both changes of the
/// clocks. A model of its own says which reminders and which words after a visit are due, and when; exactly those are sent.
/// PRACTICE_YEARS sets how many.
/// </summary>
public class SimulatedYearsTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Duration Length = Duration.FromMinutes(20), Before = Duration.FromHours(24), After = Duration.FromHours(3);

    [Fact]
    public async Task Every_due_message_comes_exactly_once_and_none_in_quiet_hours()
    {
        var years = int.Parse(Environment.GetEnvironmentVariable("PRACTICE_YEARS") ?? "2", CultureInfo.InvariantCulture);
        var sent = 0;
        for (var year = 0; year < years; year++) sent += await Live(new Random(20261128 + year));
        Assert.True(sent > 100 * years, $"Only {sent} messages in {years} years show nothing.");
    }

    /// <summary>What the model knows of an appointment: since when it stands as it does.</summary>
    private sealed class Visit(long id, Instant start, Instant told)
    {
        public long Id => id;
        public Instant Start { get; set; } = start;
        public Instant Told { get; set; } = told;
        public Instant? Cancelled { get; set; }
        public Instant? Died { get; set; }
        public List<(string Kind, Instant At)> Due { get; } = [];
    }

    private static async Task<int> Live(Random random)
    {
        await using var practice = new TestPractice();
        await practice.Writer.Write(change =>
        {
            change.Db.Execute("UPDATE visit_type SET aftercare_hours = 3; INSERT INTO aftercare VALUES ('vaccination', 'de', 'Danke.'); INSERT INTO owner (id, name, email, email_key, created_at) VALUES (1, 'F', '', '', 0)");
            return true;
        });
        var begin = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromDays(random.Next(2000));
        var end = begin + Duration.FromDays(365);
        practice.Now = begin;
        await practice.SendDue();
        var visits = new List<Visit>();
        var acts = Enumerable.Range(0, 220).Select(_ => begin + Duration.FromSeconds(random.Next(364 * 86400))).Order().ToList();
        var sleeps = Enumerable.Range(0, 8).Select(_ => begin + Duration.FromSeconds(random.Next(360 * 86400))).Order().Select(from => (From: from, To: from + Duration.FromMinutes(random.Next(30, 4 * 1440)))).ToList();
        foreach (var act in acts)
        {
            await RunUntil(practice, act, sleeps);
            if (sleeps.Any(sleep => sleep.From <= act && act < sleep.To)) continue;
            practice.Now = act;
            await practice.SendDue();
            await Act(practice, random, visits, sleeps);
            await practice.SendDue();
        }
        await RunUntil(practice, end + Duration.FromDays(60), sleeps);
        foreach (var visit in visits) Expect(visit, Instant.MaxValue, sleeps);
        var wanted = visits.SelectMany(visit => visit.Due.Select(due => $"{visit.Id} {due.Kind} {due.At}")).Order(StringComparer.Ordinal).ToList();
        var got = practice.Read(db => db.Rows(
            "SELECT appointment_id, kind, sent_at FROM outbox WHERE kind IN ('reminder', 'aftercare') AND state = 'sent'",
            row => $"{row.GetInt64(0)} {row.GetString(1)} {Instant.FromUnixTimeSeconds(row.GetInt64(2))}")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(wanted, got);
        Assert.DoesNotContain(practice.Read(db => db.Rows("SELECT sent_at FROM outbox WHERE kind IN ('reminder', 'aftercare') AND state = 'sent'", row => Instant.FromUnixTimeSeconds(row.GetInt64(0)))), IsQuiet);
        return got.Count;
    }

    private static async Task Act(TestPractice practice, Random random, List<Visit> visits, List<(Instant From, Instant To)> sleeps)
    {
        var now = practice.Now;
        var standing = visits.Where(visit => visit.Cancelled is null && visit.Died is null && visit.Start > now).ToList();
        var what = standing.Count == 0 ? 0 : random.Next(10);
        if (what < 6)
        {
            var id = await practice.Book();
            var visit = new Visit(id, StartAfter(random, now), now);
            await practice.Writer.Write(change =>
            {
                change.Db.Execute("UPDATE appointment SET starts_at = $at WHERE id = $id", ("$at", visit.Start.ToUnixTimeSeconds()), ("$id", id));
                change.Db.Execute("INSERT INTO animal (id, owner_id, name, species_id) VALUES ($id, 1, 'Bello', 'dog'); UPDATE appointment_animal SET animal_id = $id WHERE appointment_id = $id", ("$id", id));
                Outbox.Add(change, id, MailKind.Confirmed);
                return true;
            });
            visits.Add(visit);
            return;
        }
        var one = standing[random.Next(standing.Count)];
        Expect(one, now, sleeps);
        await practice.Writer.Write(change =>
        {
            if (what < 8)
            {
                one.Start = StartAfter(random, now);
                change.Db.Execute("UPDATE appointment SET starts_at = $at, revision = revision + 1 WHERE id = $id", ("$at", one.Start.ToUnixTimeSeconds()), ("$id", one.Id));
                Outbox.Add(change, one.Id, MailKind.Moved);
                one.Told = now;
            }
            else if (what == 8)
            {
                change.Db.Execute("UPDATE appointment SET state = 'cancelled', state_before = 'booked' WHERE id = $id", ("$id", one.Id));
                Outbox.Add(change, one.Id, MailKind.Cancelled);
                one.Cancelled = now;
            }
            else
            {
                change.Db.Execute("UPDATE animal SET departed = 'died', departed_on = '2026-01-01' WHERE id = $id", ("$id", one.Id));
                one.Died = now;
            }
            return true;
        });
    }

    /// <summary>What the model expects of a visit as it stands, up to a moment at which it changes.</summary>
    private static void Expect(Visit visit, Instant until, List<(Instant From, Instant To)> sleeps)
    {
        if (visit.Cancelled is not null || visit.Died is not null) return;
        var due = visit.Start - Before;
        var looked = Awake(due, sleeps);
        var at = Sendable(looked, sleeps);
        if (visit.Told < due && looked <= visit.Start - Duration.FromHours(1) && AfterQuiet(looked) < visit.Start && at < visit.Start && at <= until && visit.Due.All(one => one != ("reminder", at))) visit.Due.Add(("reminder", at));
        due = visit.Start + Length + After;
        looked = Awake(due, sleeps);
        at = Sendable(looked, sleeps);
        if (looked - due <= Duration.FromDays(2) && at <= until) visit.Due.Add(("aftercare", at));
    }

    private static Instant Awake(Instant at, List<(Instant From, Instant To)> sleeps)
    {
        foreach (var sleep in sleeps.OrderBy(sleep => sleep.From)) if (sleep.From <= at && at < sleep.To) at = sleep.To;
        return at;
    }

    /// <summary>The first moment at which somebody is awake and nobody is woken.</summary>
    private static Instant Sendable(Instant at, List<(Instant From, Instant To)> sleeps)
    {
        while (Awake(AfterQuiet(at), sleeps) is var later && later != at) at = later;
        return at;
    }

    private static Instant AfterQuiet(Instant at)
    {
        if (!IsQuiet(at)) return at;
        var local = at.InZone(Berlin);
        return (local.Hour < 8 ? local.Date : local.Date.PlusDays(1)).At(new LocalTime(8, 0)).InZoneLeniently(Berlin).ToInstant();
    }

    private static bool IsQuiet(Instant at) => at.InZone(Berlin).Hour is < 8 or >= 20;

    private static Instant StartAfter(Random random, Instant now) =>
        (now.InZone(Berlin).Date.PlusDays(random.Next(1, 30)) + new LocalTime(random.Next(8, 18), 5 * random.Next(12))).InZoneLeniently(Berlin).ToInstant();

    /// <summary>Lets the sender do what it does by itself until a moment: it wakes when something is due, unless the practice sleeps.</summary>
    private static async Task RunUntil(TestPractice practice, Instant until, List<(Instant From, Instant To)> sleeps)
    {
        for (var idle = 0; practice.Read(Outbox.NextDue) is { } due && due < until;)
        {
            var at = Awake(Instant.Max(due, practice.Now), sleeps);
            if (at >= until) return;
            idle = at == practice.Now ? idle + 1 : 0;
            Assert.True(idle < 50, $"What is due at {due} stays due.");
            practice.Now = at;
            await practice.SendDue();
        }
    }
}

using System.Globalization;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>What is over its time goes, what is not stays, and the practice decides when that is.</summary>
public sealed class RetentionTests(PracticeFixture fixture)
{
    private const string Page = "/aufbewahrung";

    [Fact]
    public async Task Each_class_goes_once_its_time_is_up_and_not_before()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows });
        Assert.Empty(await ApplyBesideTheLog(practice));

        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(7) + Duration.FromMinutes(1));
        Assert.Equal(["lapsed 1"], await ApplyBesideTheLog(practice));
        Assert.Equal(0, Left(practice, "NEVER"));
        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(32));
        Assert.Equal(["mails 1", "merges 1", "walk-ins 1"], await ApplyBesideTheLog(practice));
        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(91));
        Assert.Equal(["cancelled 1"], await ApplyBesideTheLog(practice));
        Assert.Equal((0L, 1L), (Left(practice, "GONE"), Left(practice, "PAST")));
        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(366));
        Assert.Equal(["visits 1"], await ApplyBesideTheLog(practice));
        Assert.Equal(0, Left(practice, "PAST"));

        // The owner is known for two years from their last visit, although nothing is left of it.
        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(729));
        Assert.Empty(await ApplyBesideTheLog(practice));
        Assert.Equal(2, practice.Count("owner"));
        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(731));
        Assert.Equal(["owners 1"], await ApplyBesideTheLog(practice));
        Assert.Equal((1L, 0L), (practice.Count("owner"), practice.Count("animal")));
        Assert.Empty(practice.Problems());
        Assert.Equal("visits 1 owners 1", string.Join(' ', practice.Db.Rows("SELECT substr(object, 11) || ' ' || detail FROM audit WHERE act = 'retention.removed' AND object <> 'retention:audit'", row => row.GetString(0))));
    }

    [Fact]
    public async Task Owners_stay_while_they_share_an_animal_or_have_something_ahead()
    {
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = """
                DELETE FROM appointment; DELETE FROM walk_in; DELETE FROM animal; DELETE FROM owner;
                INSERT INTO owner (id, name, email, email_key, created_at) VALUES (1, 'Eins', '', '', 0), (2, 'Zwei', '', '', 0), (3, 'Drei', '', '', 0), (4, 'Vier', '', '', 0);
                INSERT INTO animal (id, owner_id, name, species_id) VALUES (1, 1, 'Balu', 'dog');
                INSERT INTO co_owner (animal_id, owner_id) VALUES (1, 2);
                INSERT INTO walk_in (day, number, urgency, owner_id, name, form_key) VALUES ('2026-11-23', 1, 'normal', 3, 'Drei', 'a');
                """,
        });
        Assert.Equal(["owners 1"], await Apply(practice));
        Assert.Equal([1, 2, 3], practice.Db.Rows("SELECT id FROM owner ORDER BY id", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task More_than_a_batch_goes_in_several_and_bookings_go_on_meanwhile()
    {
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = """
                UPDATE owner SET confirmed_at = 1795417200;
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
                INSERT INTO owner (name, email, email_key, created_at) SELECT 'Alt ' || i, '', 'alt' || i, 0 FROM n;
                """,
        });
        var removing = Apply(practice);
        var slot = (await practice.Api.Slots("impfung"))[0];
        Assert.NotNull(slot);
        Assert.Contains("owners 450", await removing);
        Assert.Equal(["200", "200", "50"], practice.Db.Rows("SELECT detail FROM audit WHERE act = 'retention.removed' AND object = 'retention:owners' ORDER BY id", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_shorter_time_shows_what_the_next_night_removes_and_is_kept()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows, Now = PracticeFixture.Monday + Duration.FromDays(60) });
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Preview(Page, ("visits", "30"));
        Assert.Equal(["365", "30"], preview.Row("Vergangene Termine"));
        Assert.Contains("In der nächsten Nacht entfernt: 1 vergangener Termin.", preview.Words, StringComparison.Ordinal);
        Assert.Equal(1, Left(practice, "PAST"));
        await desk.Confirm(preview);
        Assert.Equal(30, Retention.Days(practice.Db)["visits"]);
        Assert.Equal(1, Left(practice, "PAST"));
        Assert.Contains("visits 1", await Apply(practice));
        Assert.Equal(0, Left(practice, "PAST"));
    }

    [Fact]
    public async Task The_log_goes_from_its_start_after_a_year_and_its_chain_holds()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment; DELETE FROM owner" });
        for (var i = 0; i < 450; i++) await practice.Writer.Write(change => Log(change, 1));
        var old = practice.Count("audit");
        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(365));
        await practice.Writer.Write(change => Log(change, 2));
        Assert.Empty(await Apply(practice));

        practice.Clock.Set(PracticeFixture.Monday + Duration.FromDays(366));
        Assert.Equal([$"audit {old}"], await Apply(practice));
        Assert.Equal("resource:2", practice.Db.Row("SELECT object FROM audit ORDER BY id LIMIT 1", row => row.GetString(0)));
        Assert.Null(Audit.FirstBroken(practice.Db));
        Assert.Empty(practice.Problems());

        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("DELETE FROM audit WHERE id > $old", ("$old", old)));
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("UPDATE audit_start SET id = 1"));
        practice.Db.Execute("UPDATE audit_start SET id = id + 1; DELETE FROM audit WHERE object = 'resource:2'");
        Assert.NotNull(Audit.FirstBroken(practice.Db));

        static int Log(Change change, long id)
        {
            Audit.Add(change, Actor.Practice, "resource.changed", "resource", id);
            return 0;
        }
    }

    [Theory]
    [InlineData("visits", "29")]
    [InlineData("visits", "")]
    [InlineData("mails", "366")]
    [InlineData("owners", "immer")]
    public async Task What_is_no_number_in_its_range_is_refused(string field, string typed)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        var again = await desk.Preview(Page, (field, typed));
        Assert.Equal(422, again.Status);
        Assert.Equal(typed, again.Document.QuerySelector($"#{field}")!.GetAttribute("value"));
        Assert.Equal(before, await practice.Digest());
    }

    private const string Rows = """
        DELETE FROM appointment; DELETE FROM walk_in; DELETE FROM animal; DELETE FROM owner;
        INSERT INTO owner (id, name, email, email_key, created_at) VALUES (1, 'Erika Muster', 'e@kunde.example', 'e@kunde.example', 1795417200), (2, 'Neu Bleibt', '', 'neu', 1900000000);
        INSERT INTO animal (id, owner_id, name, species_id) VALUES (1, 1, 'Balu', 'dog');
        INSERT INTO appointment (id, number, visit_type_id, state, starts_at, starts_local, minutes, language, owner_id, name, email, email_key, created_at, state_before) VALUES
          (1, 'NEVER', 'impfung', 'lapsed', 1795417200, '2026-11-23T08:00', 20, 'de', NULL, 'Wer Auchimmer', '', '', 1795417200, NULL),
          (2, 'GONE', 'impfung', 'cancelled', 1795417200, '2026-11-23T08:00', 20, 'de', 1, 'Erika Muster', '', '', 1795417200, 'booked'),
          (3, 'PAST', 'impfung', 'booked', 1795417200, '2026-11-23T08:00', 20, 'de', 1, 'Erika Muster', '', '', 1795417200, NULL);
        INSERT INTO appointment_animal (appointment_id, position, name, species_id) VALUES (1, 0, 'Kiwi', 'dog'), (2, 0, 'Balu', 'dog'), (3, 0, 'Balu', 'dog');
        INSERT INTO outbox (appointment_id, kind, created_at, due_at, state, sent_at) VALUES (3, 'confirmed', 1795417200, 1795417200, 'sent', 1795417200);
        INSERT INTO walk_in (day, number, urgency, owner_id, name, form_key) VALUES ('2026-11-23', 1, 'normal', 1, 'Erika Muster', 'a');
        INSERT INTO merge (kept_id, merged_at, before) VALUES (1, 1795417200, '{}');
        """;

    private static long Left(RunningPractice practice, string number) => practice.Db.Number("SELECT count(*) FROM appointment WHERE number = $number", ("$number", number));

    private static async Task<IEnumerable<string>> Apply(RunningPractice practice) =>
        (await Retention.Apply(practice.Writer, Actor.Practice, TestContext.Current.CancellationToken))
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key} {row.Value}")).Order(StringComparer.Ordinal);

    /// <summary>What is removed of what is not the log, which notes every removal and so always has something that grows old.</summary>
    private static async Task<IEnumerable<string>> ApplyBesideTheLog(RunningPractice practice) =>
        (await Apply(practice)).Where(one => !one.StartsWith("audit ", StringComparison.Ordinal));
}

using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>One person goes, everybody else stays as they are, and the journal knows no name.</summary>
public sealed class ErasureTests(PracticeFixture fixture)
{
    /// <summary>Kim (1) shares an address with Uli (2) and a name with Kim (3), and a dog with Uli.</summary>
    private const string Rows = """
        DELETE FROM appointment; DELETE FROM animal; DELETE FROM owner; DELETE FROM tally_visit;
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES
          (1, 'Kim Vogel', 'vogel@example.com', 'vogel@example.com', '030 111', 0), (2, 'Uli Vogel', 'vogel@example.com', 'vogel@example.com', '030 222', 0), (3, 'Kim Vogel', 'kim@example.com', 'kim@example.com', '', 0);
        INSERT INTO animal (id, owner_id, name, species_id) VALUES (1, 1, 'Balu', 'dog'), (2, 1, 'Mimi', 'cat'), (3, 3, 'Rex', 'dog');
        INSERT INTO co_owner (animal_id, owner_id) VALUES (1, 2);
        INSERT INTO appointment (id, number, visit_type_id, state, starts_at, starts_local, minutes, vet, language, owner_id, name, email, email_key, created_at) VALUES
          (901, 'AAA-901', 'impfung', 'booked', unixepoch('2026-11-25 08:00'), '2026-11-25T09:00', 30, 'weber', 'de', 1, 'Kim Vogel', 'vogel@example.com', 'vogel@example.com', 0),
          (902, 'AAA-902', 'impfung', 'booked', unixepoch('2026-11-10 08:00'), '2026-11-10T09:00', 30, 'weber', 'de', NULL, 'kim vogel ', 'Vogel@example.com', 'vogel@example.com', 0),
          (903, 'AAA-903', 'impfung', 'booked', unixepoch('2026-11-26 08:00'), '2026-11-26T09:00', 30, 'weber', 'de', 2, 'Uli Vogel', 'vogel@example.com', 'vogel@example.com', 0),
          (904, 'AAA-904', 'impfung', 'booked', unixepoch('2026-11-27 08:00'), '2026-11-27T09:00', 30, 'weber', 'de', NULL, 'Uli Vogel', 'vogel@example.com', 'vogel@example.com', 0);
        INSERT INTO appointment_animal (appointment_id, position, name, species_id) SELECT id, 0, 'Balu', 'dog' FROM appointment;
        INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) SELECT 'weber', starts_at, starts_at + 1800, id FROM appointment;
        INSERT INTO outbox (kind, appointment_id, created_at, due_at, state, sent_at, said) VALUES ('reminder', 901, 0, 0, 'sent', 1, 'Kim'), ('reminder', 903, 0, 0, 'sent', 1, 'Uli');
        """;

    [Fact]
    public async Task One_person_goes_and_nobody_else_with_them()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows });
        var others = Others(practice.Db);
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Open("/praxis/kunden/1/vergessen");
        Assert.Contains("Kim Vogel löschen", preview.Words, StringComparison.Ordinal);
        Assert.Contains("Balu bleibt bei Uli Vogel", preview.Words, StringComparison.Ordinal);
        Assert.Contains("25. November", preview.Words, StringComparison.Ordinal);

        var again = await desk.Browser.Press(preview, ".btn.red");
        Assert.Contains("Bestätigen Sie, dass nichts davon aufbewahrt werden muss", again.Words, StringComparison.Ordinal);
        Assert.Equal(3, practice.Count("owner"));

        var done = await desk.Browser.Press(again, ".btn.red", ("sicher", "1"));
        Assert.Contains("Löschung Nr. 1", done.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Vogel", done.Words, StringComparison.Ordinal);
        Assert.Equal(others, Others(practice.Db));
        Assert.Equal([2L, 3L], practice.Db.Rows("SELECT id FROM owner ORDER BY id", row => row.GetInt64(0)));
        Assert.Equal([903L, 904L], practice.Db.Rows("SELECT id FROM appointment ORDER BY id", row => row.GetInt64(0)));
        Assert.Equal(["1 2", "3 3"], practice.Db.Rows("SELECT id || ' ' || owner_id FROM animal ORDER BY id", row => row.GetString(0)));
        Assert.Equal(0, practice.Count("co_owner"));
        Assert.Empty(practice.Problems());
        // The visit that took place is still counted, the one that did not is not.
        Assert.Equal(1, practice.Db.Number("SELECT coalesce(sum(visits), 0) FROM tally_visit WHERE outcome = 'visit'"));

        var journal = await File.ReadAllTextAsync(practice.Folder.Erasures);
        Assert.DoesNotContain("Vogel", journal, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("owner.erased journal:1 owners 1 appointments 2 waiting 0 walk-ins 0",
            practice.Db.Row("SELECT act || ' ' || object || ' ' || detail FROM audit WHERE act = 'owner.erased'", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_hold_with_a_reason_keeps_them_until_its_day_is_over()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows });
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open("/praxis/kunden/1/vergessen");
        var wrong = await desk.Browser.Press(page, "form[action$=sperre] button", ("grund", ""), ("bis", "2026-11-23"));
        Assert.Contains("Geben Sie an, warum", wrong.Words, StringComparison.Ordinal);
        Assert.Contains("Wählen Sie einen Tag nach heute", wrong.Words, StringComparison.Ordinal);
        var held = await desk.Browser.Press(wrong, "form[action$=sperre] button", ("grund", "Rechnung offen"), ("bis", "2026-12-31"));
        Assert.Contains("Gesperrt bis 31.12.2026", held.Words, StringComparison.Ordinal);
        Assert.Null(held.Document.QuerySelector(".btn.red"));
        var released = await desk.Browser.Press(held, "button[name=ende]");
        Assert.NotNull(released.Document.QuerySelector(".btn.red"));
        Assert.Equal(3, practice.Count("owner"));
        Assert.Equal(["owner.held", "owner.released"], practice.Db.Rows("SELECT act FROM audit WHERE act LIKE 'owner.%' ORDER BY id", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_copy_that_is_older_than_the_journal_forgets_them_again()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows });
        var older = practice.Folder.Database + ".older";
        practice.Db.Execute("VACUUM INTO $file", ("$file", older));
        await practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 1)));
        using var db = Db.Open(older);
        Assert.Equal(3, db.Number("SELECT count(*) FROM owner"));
        Assert.Equal(1, Erasing.CatchUp(db, ErasureJournal.Of(practice.Folder)!, PracticeFixture.Monday));
        Assert.Equal(0, db.Number("SELECT count(*) FROM owner WHERE id = 1"));
        Assert.Equal(0, db.Number("SELECT count(*) FROM appointment WHERE id IN (901, 902)"));
        Assert.Equal(0, Erasing.CatchUp(db, ErasureJournal.Of(practice.Folder)!, PracticeFixture.Monday));
        Assert.Empty(Check.Run(db));
    }

    [Fact]
    public async Task An_owner_that_was_made_of_two_is_forgotten_as_both()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows });
        var older = practice.Folder.Database + ".older";
        practice.Db.Execute("VACUUM INTO $file", ("$file", older));
        await practice.Writer.Write(change =>
        {
            var kept = VetBooking.Web.Clients.Owners.OwnerRecord.Load(change.Db, 1)!;
            VetBooking.Web.Clients.Comparing.Merges.Do(change, Actor.Operator, (1, 3), kept.Facts);
            return Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 1));
        });
        using var db = Db.Open(older);
        Erasing.CatchUp(db, ErasureJournal.Of(practice.Folder)!, PracticeFixture.Monday);
        Assert.Equal([2L], db.Rows("SELECT id FROM owner", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task Without_a_sound_journal_nobody_is_erased_and_nothing_starts()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Rows });
        await practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 3)));
        var whole = await File.ReadAllTextAsync(practice.Folder.Erasures);
        foreach (var broken in (string?[])[null, whole[..(whole.IndexOf('\n', StringComparison.Ordinal) + 1)], whole.Replace("2026-11-23", "2026-11-22", StringComparison.Ordinal), "", "x\n"])
        {
            if (broken is null) File.Delete(practice.Folder.Erasures);
            else await File.WriteAllTextAsync(practice.Folder.Erasures, broken);
            await Assert.ThrowsAsync<JournalException>(() => practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 1))));
            Assert.NotNull(Erasing.Problem(practice.Db, practice.Folder));
            Assert.Throws<JournalException>(() => Erasing.CatchUp(practice.Db, practice.Folder, PracticeFixture.Monday));
        }
        Assert.Equal(2, practice.Count("owner"));
        // A line that a crash tore off was never acted upon.
        await File.WriteAllTextAsync(practice.Folder.Erasures, whole + "{\"entry\":2,\"at\"");
        Assert.Equal(2, (await practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 1)))).Entry);
    }

    private static List<string> Others(Db db) => db.Rows(
        """
        SELECT o.id || o.name || o.email || o.phone || o.revision || (SELECT group_concat(subject) FROM owner_subject s WHERE s.owner_id = o.id) FROM owner o WHERE id <> 1
        UNION ALL SELECT id || number || state || starts_at || coalesce(owner_id, '') || name || email || subject FROM appointment WHERE id IN (903, 904)
        UNION ALL SELECT appointment_id || name || coalesce(animal_id, '') FROM appointment_animal WHERE appointment_id IN (903, 904)
        UNION ALL SELECT resource_id || starts_at || appointment_id FROM occupancy WHERE appointment_id IN (903, 904)
        UNION ALL SELECT id || kind || appointment_id || said FROM outbox WHERE appointment_id IN (903, 904)
        """,
        row => row.GetString(0));
}

using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Inspection;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>A backup is opened for one at a time, in a folder for nobody else's eyes, whichever release made it, and never shown without bounds.</summary>
public sealed class InspectionRoomTests(PracticeFixture fixture)
{
    [Fact]
    public async Task One_looks_at_a_time_and_what_a_killed_look_left_is_gone()
    {
        await using var practice = await fixture.Start();
        var backup = Taken(practice).File;
        var place = new DataFolder(Path.Combine(practice.Folder.Path, ".inspection"));
        EmptyPractice.Prepare(place);
        await File.WriteAllTextAsync(place.Database + "-journal", "left over");
        InspectionRoom.Sweep(practice.Folder);
        Assert.False(Directory.Exists(place.Path));
        EmptyPractice.Prepare(place);
        await File.WriteAllTextAsync(place.Database, "left over");

        var room = practice.Services.GetRequiredService<InspectionRoom>();
        using var chief = await practice.SignedIn(Role.Administrator);
        using var seen = new ManualResetEventSlim();
        using var inside = new SemaphoreSlim(0);
        UnixFileMode[] modes = [];
        var first = room.Open(backup, db =>
        {
            if (!OperatingSystem.IsWindows()) modes = [File.GetUnixFileMode(place.Path), File.GetUnixFileMode(place.Database)];
            inside.Release();
            Assert.True(seen.Wait(TimeSpan.FromMinutes(1)));
            Assert.ThrowsAny<Exception>(() => db.Execute("DELETE FROM practice"));
            return Inspected.OfPerson(db, new PersonTerm("zzz"));
        });
        Assert.True(await inside.WaitAsync(TimeSpan.FromMinutes(1)));
        var second = await chief.Post("/praxis/einstellungen/sicherung/einblick", ("sicherung", Path.GetFileName(backup)), ("person", "Wolf"));
        Assert.Equal(409, second.Status);
        Assert.Contains("sieht schon jemand", second.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal("Wolf", second.Value("#person"));
        seen.Set();
        Assert.Equal(PracticeFixture.Monday, Assert.IsType<InspectionAnswer.Opened>(await first).What.Of);
        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, UnixFileMode.UserRead | UnixFileMode.UserWrite], modes);
        Assert.False(Directory.Exists(place.Path));
    }

    [Fact]
    public async Task One_of_an_earlier_release_is_brought_to_this_schema()
    {
        await using var practice = await fixture.Start();
        var (identity, file) = (practice.Db.Row("SELECT practice FROM identity", row => row.GetString(0))!, Path.Combine(practice.Folder.Path, "older.vetbackup"));
        var older = new DataFolder(Path.Combine(practice.Folder.Path, "older"));
        EmptyPractice.Prepare(older);
        SortedDictionary<string, string> tables;
        var schema = Migrations.Newest - 1;
        using (var db = Db.Open(older.Database))
        {
            Migrations.Run(db, schema);
            db.Execute("INSERT INTO practice (id, name, email) VALUES (1, 'Früher', 'praxis@example.com')");
            db.Execute("INSERT INTO owner (name, email, email_key, created_at) VALUES ('Kim Vogel', 'kim@example.com', 'kim@example.com', 0)");
            db.Execute("UPDATE identity SET practice = $practice", ("$practice", identity));
            tables = LogicalDigest.Of(db);
            db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        byte[] Content(string part) => part == "practice.db" ? File.ReadAllBytes(older.Database) : Web.Sovereignty.Erasure.ErasureJournal.Empty(identity).ToBytes();
        Part PartOf(string name) => new(name, Content(name).Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Content(name))));
        var head = new BackupHead { Format = 1, Practice = identity, CreatedAt = InstantPattern.General.Format(PracticeFixture.Monday), Version = "0.1.0", Schema = schema, Erasures = 0, Key = "", Wrapped = "" };
        var manifest = new Manifest { Parts = [PartOf("erasures.journal"), PartOf("practice.db")], Tables = tables, JournalHash = "", AuditHash = "" };
        await using (var to = File.Create(file)) BackupFile.Write(to, head, BackupKeys.Of(practice.Folder).Newest, manifest, part => new MemoryStream(Content(part.Name)));

        var version = 0;
        var answer = await practice.Services.GetRequiredService<InspectionRoom>().Open(file, db =>
        {
            version = Migrations.VersionOf(db);
            return Inspected.OfPerson(db, new PersonTerm("vogel"));
        });
        var seen = Assert.IsType<InspectionAnswer.Opened>(answer).What;
        Assert.Equal((Migrations.Newest, "Früher", "Kim Vogel"), (version, seen.Book!.Profile.Name, Assert.Single(seen.Owners).Owner.Facts.Name));
    }

    [Fact]
    public async Task What_is_too_much_is_cut_off_and_said()
    {
        const string Many = """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
            INSERT INTO owner (name, email, email_key, created_at) SELECT 'Zwilling ' || i, '', '', 0 FROM n;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
            INSERT INTO appointment (number, visit_type_id, state, starts_at, starts_local, minutes, language, owner_id, name, email, email_key, created_at)
            SELECT 'ZZZ-' || i, 'impfung', 'cancelled', unixepoch('2027-02-01 08:00') + 300 * (i % 90), strftime('%Y-%m-%dT%H:%M', '2027-02-01 09:00', '+' || (5 * (i % 90)) || ' minutes'), 30, 'de', (SELECT max(id) FROM owner WHERE name = 'Zwilling 1'), 'Zwilling 1', '', '', 0 FROM n;
            INSERT INTO appointment_animal (appointment_id, position, name, species_id) SELECT id, 0, 'Balu', 'dog' FROM appointment WHERE number LIKE 'ZZZ-%';
            """;
        await using var practice = await fixture.Start(new Wanted { Sql = Many });
        var backup = Path.GetFileName(Taken(practice).File);
        using var chief = await practice.SignedIn(Role.Administrator);
        Task<Seen> Look(string person, string day) => chief.Post("/praxis/einstellungen/sicherung/einblick", ("sicherung", backup), ("person", person), ("tag", day));
        var page = await Look("Zwilling", "");
        Assert.Equal(50, page.Document.QuerySelectorAll("article").Length);
        Assert.Contains("mehr als 50 Personen", page.Words, StringComparison.Ordinal);
        Assert.Equal(200, page.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("mehr als 200 Termine", page.Words, StringComparison.Ordinal);
        page = await Look("", "2027-02-01");
        Assert.Equal(200, page.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("mehr als 200 Termine", page.Words, StringComparison.Ordinal);
        page = await Look("Zwilling 60", "");
        Assert.DoesNotContain("mehr als", page.Words, StringComparison.Ordinal);
    }

    private static BackupResult Taken(RunningPractice practice)
    {
        Files.MakeFolder(practice.Folder.Backups);
        return Backup.Take(practice.Folder, practice.Folder.Backups, PracticeFixture.Monday);
    }
}

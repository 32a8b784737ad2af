using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Routine;

namespace VetBooking.Tests.Sovereignty;

/// <summary>Backups that are made by themselves, tried, and seen by the practice.</summary>
public sealed class RoutineTests(PracticeFixture fixture)
{
    private const string Home = "/praxis/einstellungen/sicherung";

    [Fact]
    public async Task A_backup_at_a_press_is_tried_fetched_and_shown_with_its_age()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open(Home);
        Assert.Contains("Noch nie", page.Words, StringComparison.Ordinal);
        page = await desk.Browser.Press(page, "form[action$=jetzt] button");
        page = await desk.Browser.Press(page, "form[action$=probe] button");
        Assert.DoesNotContain("Noch nie", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Fehlgeschlagen", page.Words, StringComparison.Ordinal);
        Assert.Equal(["backup ", "rehearsal "], practice.Db.Rows("SELECT kind || ' ' || coalesce(problem, '') FROM backup_run ORDER BY id", row => row.GetString(0)));
        var file = Assert.Single(Directory.GetFiles(practice.Folder.Backups));
        var fetched = await desk.Browser.Press(page, "tbody button");
        Assert.Equal(200, fetched.Status);
        Assert.Equal("backup.fetched", practice.Db.Row("SELECT act FROM audit ORDER BY id DESC LIMIT 1", row => row.GetString(0)));
        Assert.EndsWith("/datei/" + Path.GetFileName(file), page.Find("tbody form").GetAttribute("action"), StringComparison.Ordinal);
        // Nothing of the trial stays, least of all its appointment.
        Assert.False(Directory.Exists(Path.Combine(practice.Folder.Path, ".rehearsal")));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM appointment WHERE name = 'Probe'"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task One_that_fails_is_said_to_have_failed_and_takes_nothing_with_it()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Browser.Press(await desk.Open(Home), "form[action$=jetzt] button");
        var good = Assert.Single(Directory.GetFiles(practice.Folder.Backups));
        await File.WriteAllTextAsync(practice.Folder.Erasures, "not a journal\n");
        page = await desk.Browser.Press(page, "form[action$=jetzt] button");
        Assert.Contains("Fehlgeschlagen", page.Words, StringComparison.Ordinal);
        Assert.Equal([good], Directory.GetFiles(practice.Folder.Backups));
        File.Delete(practice.Folder.Erasures);
        var bytes = await File.ReadAllBytesAsync(good);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(good, bytes);
        page = await desk.Browser.Press(page, "form[action$=probe] button");
        Assert.Equal("BackupException", practice.Db.Row("SELECT problem FROM backup_run WHERE kind = 'rehearsal'", row => row.GetString(0)));
        Assert.Contains("Fehlgeschlagen", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_night_one_and_every_week_a_trial()
    {
        await using var practice = await fixture.Start();
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        (bool, bool) At(int day, int hour) => BackupNight.Due(practice.Db, new LocalDateTime(2026, 11, day, hour, 5).InZoneStrictly(zone));
        void Ran(string kind, int day, int hour) => new BackupRun(kind, new LocalDateTime(2026, 11, day, hour, 5).InZoneStrictly(zone).ToInstant(), "x", 1, null).Note(practice.Db);
        Assert.Equal(((false, false), (true, false)), (At(23, 1), At(23, 2)));
        Ran("backup", 23, 2);
        Assert.Equal(((false, true), (false, true), (true, true)), (At(23, 23), At(24, 1), At(24, 2)));
        Ran("rehearsal", 23, 3);
        Ran("backup", 24, 14);
        Assert.Equal(((false, false), (true, false), (true, true)), (At(24, 15), At(25, 2), At(30, 4)));
    }

    [Fact]
    public async Task A_sleeping_practice_wants_to_be_woken_for_what_is_due_first_and_for_its_night()
    {
        await using var practice = await fixture.Start();
        practice.Db.Execute("DELETE FROM reminder");
        practice.Db.Execute("UPDATE outbox SET state = 'void'");
        practice.Db.Execute("DELETE FROM aftercare");
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var noon = new LocalDateTime(2026, 11, 23, 12, 0).InZoneStrictly(zone);
        // No backup yet: soon. After one: the next night, in a minute of this practice's own after retention's hour.
        Assert.Equal(noon.ToInstant() + Duration.FromMinutes(10), WakeTime.Next(practice.Db, noon, isDemo: false));
        new BackupRun("backup", noon.ToInstant(), "x", 1, null).Note(practice.Db);
        var night = WakeTime.Next(practice.Db, noon, isDemo: false)!.Value;
        Assert.InRange(night, new LocalDateTime(2026, 11, 24, 3, 0).InZoneStrictly(zone).ToInstant(), new LocalDateTime(2026, 11, 24, 3, 59).InZoneStrictly(zone).ToInstant());
        practice.Db.Execute("INSERT INTO outbox (kind, appointment_id, created_at, due_at) SELECT 'confirmed', min(id), 0, $due FROM appointment", ("$due", (noon.ToInstant() + Duration.FromMinutes(5)).ToUnixTimeSeconds()));
        Assert.Equal(noon.ToInstant() + Duration.FromMinutes(5), WakeTime.Next(practice.Db, noon, isDemo: false));
        // What was due while it was awake could not be done: not at once again.
        Assert.Equal(noon.ToInstant() + Duration.FromMinutes(11), WakeTime.Next(practice.Db, noon.PlusMinutes(10), isDemo: false));
    }

    [Fact]
    public async Task The_code_is_shown_to_be_printed_and_can_be_changed()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open(Home + "/schluessel");
        var first = page.Find(".code").TextContent;
        Assert.Equal(56, first.Count(char.IsAsciiLetterOrDigit));
        page = await desk.Browser.Press(page, "details button");
        Assert.NotEqual(first, page.Find(".code").TextContent);
        Assert.Equal(2, (await File.ReadAllLinesAsync(practice.Folder.BackupKey)).Length);
        using var frontDesk = await practice.SignedIn();
        Assert.Equal(403, (await frontDesk.Open(Home + "/schluessel")).Status);
        await desk.Set("/sicherung/plan", ("stunde", "4"), ("tage", "14"), ("anzahl", "20"));
        Assert.Equal("4 14 20", practice.Db.Row("SELECT hour || ' ' || days || ' ' || most FROM backup_plan", row => row.GetString(0)));
    }
}

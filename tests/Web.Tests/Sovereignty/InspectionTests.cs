using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>Somebody looks into a backup for one person or one day: it shows what was, without whom it must not, and leaves nothing behind.</summary>
public sealed class InspectionTests(PracticeFixture fixture)
{
    private const string Home = "/praxis/einstellungen/sicherung";
    private const string Page = Home + "/einblick";

    private static readonly Wanted Known = new() { Sql = OwnDataTests.Rows };

    [Fact]
    public async Task A_person_and_a_day_are_seen_as_they_were_and_the_practice_stays_as_it_is()
    {
        await using var practice = await fixture.Start(Known);
        using var chief = await practice.SignedIn(Role.Administrator);
        await chief.Browser.Press(await chief.Open(Home), "form[action$=jetzt] button");
        practice.Db.Execute("UPDATE owner SET name = 'Kim Specht', phone = '030 999999' WHERE id = 1; DELETE FROM appointment WHERE id = 902; DELETE FROM owner WHERE id = 2");
        var (before, entries) = (LogicalDigest.Of(practice.Db), practice.Count("audit"));
        var page = await chief.Open((await chief.Open(Home)).Find("tbody a").GetAttribute("href")!);
        foreach (var (term, seen) in new[] { ("vogel", "030 111111"), ("KIM@example.com", "Balu"), ("+49 30 22 22 22", "Uli Amsel"), ("mimi", "AAA-902") })
        {
            page = await chief.Browser.Press(page, "form[action$=einblick] button", ("person", term), ("tag", ""));
            Assert.Equal(200, page.Status);
            Assert.Contains(seen, page.Words, StringComparison.Ordinal);
            Assert.DoesNotContain("Specht", page.Words, StringComparison.Ordinal);
            Assert.Equal(term, page.Value("#person"));
            Assert.DoesNotContain(term, page.Title, StringComparison.OrdinalIgnoreCase);
        }
        page = await chief.Browser.Press(page, "form[action$=einblick] button", ("person", ""), ("tag", "2026-11-26"));
        Assert.Contains("Uli Amsel", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll("tbody tr"));
        page = await chief.Browser.Press(page, "form[action$=einblick] button", ("person", ""), ("tag", "2026-11-27"));
        Assert.Contains("kein Termin", page.Words, StringComparison.Ordinal);

        Assert.Equal(Enumerable.Repeat("backup.inspected practice:1 person", 4).Concat(Enumerable.Repeat("backup.inspected practice:1 day", 2)),
            practice.Db.Rows("SELECT act || ' ' || object || ' ' || detail FROM audit WHERE id > $last ORDER BY id", row => row.GetString(0), ("$last", entries)));
        Assert.Equal(before.Where(table => table.Key != "audit"), LogicalDigest.Of(practice.Db).Where(table => table.Key != "audit"));
        Assert.False(Directory.Exists(Path.Combine(practice.Folder.Path, ".inspection")));
        Assert.Contains("in eine Sicherung gesehen", (await chief.Open("/praxis/protokoll")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_erased_since_is_not_seen()
    {
        await using var practice = await fixture.Start(Known);
        Take(practice);
        await practice.Writer.Write(change => Erasing.Erase(change, practice.Folder, Actor.Operator, Person.Of(change.Db, 2)));
        using var chief = await practice.SignedIn(Role.Administrator);
        var page = await chief.Browser.Press(await chief.Open(Page), "form[action$=einblick] button", ("person", "Amsel"));
        Assert.Contains("war niemand gespeichert", page.Words, StringComparison.Ordinal);
        page = await chief.Browser.Press(page, "form[action$=einblick] button", ("person", ""), ("tag", "2026-11-26"));
        Assert.Contains("kein Termin", page.Words, StringComparison.Ordinal);
        // Without the journal nobody can say who must not be seen.
        File.Delete(practice.Folder.Erasures);
        page = await chief.Browser.Press(page, "form[action$=einblick] button", ("person", "Vogel"), ("tag", ""));
        Assert.Equal(422, page.Status);
        Assert.DoesNotContain("030 111111", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_who_has_just_shown_who_they_are_may_look()
    {
        await using var practice = await fixture.Start(Known);
        var backup = Take(practice);
        using var desk = await practice.SignedIn();
        Assert.Equal(403, (await desk.Open(Page)).Status);
        Assert.Equal(403, (await desk.Post(Page, ("sicherung", backup), ("person", "Vogel"))).Status);
        using var chief = await practice.SignedIn(Role.Administrator);
        Assert.Equal(200, (await chief.Open(Page)).Status);
        practice.Clock.Advance(Duration.FromMinutes(11));
        Assert.StartsWith("/praxis/anmelden/nachweis", (await chief.Open(Page)).Url, StringComparison.Ordinal);
        Assert.DoesNotContain("030 111111", (await chief.Post(Page, ("sicherung", backup), ("person", "Vogel"))).Html, StringComparison.Ordinal);
        Assert.Equal(0, practice.Count("audit WHERE act = 'backup.inspected'"));
    }

    [Theory]
    [InlineData("", "", "#person", "eine Person oder einen Tag")]
    [InlineData("Vogel", "2026-11-26", "#person", "nur eines")]
    [InlineData("V", "", "#person", "zwei Buchstaben")]
    [InlineData("+-", "", "#person", "zwei Buchstaben")]
    [InlineData("a\u0007b", "", "#person", "zwei Buchstaben")]
    [InlineData("", "2026-02-30", "#tag", "den es gibt")]
    public async Task What_is_wrong_is_said_and_what_was_typed_is_kept(string person, string day, string field, string sentence)
    {
        await using var practice = await fixture.Start(Known);
        var older = Take(practice);
        Take(practice);
        using var chief = await practice.SignedIn(Role.Administrator);
        var page = await chief.Post(Page, ("sicherung", older), ("person", person), ("tag", day));
        Assert.Equal(422, page.Status);
        Assert.Contains(sentence, page.Find(".err").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find(field).GetAttribute("aria-invalid"));
        Assert.Empty(page.DeadErrorLinks);
        Assert.Equal((person, day), (page.Value("#person"), page.Value("#tag")));
        Assert.Equal(older, page.Find("#sicherung option[selected]").GetAttribute("value"));
        Assert.Equal(0, practice.Count("audit WHERE act = 'backup.inspected'"));
    }

    [Fact]
    public async Task What_is_damaged_foreign_or_gone_is_refused_and_nothing_of_it_stays()
    {
        await using var practice = await fixture.Start(Known);
        using var chief = await practice.SignedIn(Role.Administrator);
        Assert.Contains("noch keine Sicherung", (await chief.Open(Page)).Words, StringComparison.Ordinal);
        var (damaged, gone) = (Take(practice), Take(practice));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(practice.Folder.Backups, damaged));
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(practice.Folder.Backups, damaged), bytes);
        File.Delete(Path.Combine(practice.Folder.Backups, gone));
        var other = new DataFolder(Path.Combine(practice.Folder.Path, "other"));
        EmptyPractice.Make(other, "Andere", "andere@example.com", PracticeFixture.Monday);
        var foreign = Path.GetFileName(Backup.Take(other, practice.Folder.Backups, PracticeFixture.Monday).File);
        Assert.DoesNotContain(foreign, (await chief.Open(Page)).Html, StringComparison.Ordinal);
        foreach (var (backup, sentence) in new[] { (damaged, "lässt sich nicht öffnen"), (gone, "gibt es nicht mehr"), (foreign, "gibt es nicht mehr"), ("../../etc/passwd", "gibt es nicht mehr") })
        {
            var page = await chief.Post(Page, ("sicherung", backup), ("person", "Vogel"), ("tag", ""));
            Assert.Equal(422, page.Status);
            Assert.Contains(sentence, page.Find(".err").TextContent, StringComparison.Ordinal);
            Assert.Equal("Vogel", page.Value("#person"));
        }
        Assert.Equal(0, practice.Count("audit WHERE act = 'backup.inspected'"));
        Assert.False(Directory.Exists(Path.Combine(practice.Folder.Path, ".inspection")));
    }

    private static string Take(RunningPractice practice)
    {
        Files.MakeFolder(practice.Folder.Backups);
        return Path.GetFileName(Backup.Take(practice.Folder, practice.Folder.Backups, PracticeFixture.Monday).File);
    }
}

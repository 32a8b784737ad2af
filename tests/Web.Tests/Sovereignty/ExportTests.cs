using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Sovereignty.Exports;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Sovereignty;

/// <summary>What is exported can be read by people and taken over by another installation; what is not an export changes nothing.</summary>
public sealed class ExportTests(PracticeFixture fixture) : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("exports-");

    private DataFolder Elsewhere => new(Path.Combine(root.FullName, "elsewhere"));

    private string Zip => Path.Combine(root.FullName, "practice.zip");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task What_is_taken_over_says_the_same_and_opens_to_nobody_but_who_is_invited()
    {
        await using var practice = await fixture.Start();
        var number = (await practice.Api.BookFirst("impfung")).Number;
        await practice.MailIsOut();
        var made = await Export.Write(practice.Folder, Zip, PracticeFixture.Monday);
        Assert.Empty(Directory.GetFiles(practice.Folder.Path, ".snapshot*"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Zip));

        var done = await Import.Run(Zip, Elsewhere, PracticeFixture.Monday);
        Assert.Equal(made.Digest, done.Manifest.Digest);
        Assert.Contains("/praxis/einladung/", done.Link!, StringComparison.Ordinal);
        using var db = Db.Open(Elsewhere.Database);
        using var before = Db.Open(practice.Folder.Database);
        string[] signIn = ["audit", "invitation", "sqlite_sequence"];
        Assert.Equal(ExportedTable.Digests(before).Where(table => !signIn.Contains(table.Key)), ExportedTable.Digests(db).Where(table => !signIn.Contains(table.Key)));
        Assert.Equal(1, db.Number("SELECT count(*) FROM appointment WHERE number = $number", ("$number", number)));
        Assert.Empty(Check.Run(db));
        Assert.Equal(0, db.Number("SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM recovery_code) + (SELECT count(*) FROM account WHERE password_hash IS NOT NULL OR totp_secret IS NOT NULL)"));
        Assert.Equal(before.Rows("SELECT name, sql FROM sqlite_schema ORDER BY name", row => row.GetString(0)), db.Rows("SELECT name, sql FROM sqlite_schema ORDER BY name", row => row.GetString(0)));
        Assert.Equal(["erasures.journal", "in-use", "instance.json", "keys", "practice.db"], Entries(Elsewhere).Where(name => !name.StartsWith("practice.db-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_secret_leaves_the_house()
    {
        await using var practice = await fixture.Start();
        await practice.SignedIn(Role.Administrator);
        await Export.Write(practice.Folder, Zip, PracticeFixture.Monday);
        var all = new StringBuilder();
        await using (var zip = await ZipFile.OpenReadAsync(Zip))
        {
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith("json", StringComparison.Ordinal))) all.Append(await Read(entry));
        }
        foreach (var (table, column) in new[] { ("account", "password_hash"), ("account", "hex(totp_secret)"), ("session", "hex(token_hash)") })
        {
            var values = practice.Db.Rows($"SELECT {column} FROM {table} WHERE {column} <> ''", row => row.GetString(0));
            Assert.NotEmpty(values);
            foreach (var value in values)
            {
                Assert.DoesNotContain(value, all.ToString(), StringComparison.OrdinalIgnoreCase);
                if (column.StartsWith("hex", StringComparison.Ordinal)) Assert.DoesNotContain(Convert.ToBase64String(Convert.FromHexString(value)), all.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task People_read_it_without_a_program_of_ours()
    {
        await using var practice = await fixture.Start();
        practice.Db.Execute("UPDATE owner SET name = '=1+1 <b>Ungeheuer</b>', note = 'Zeile 1' WHERE id = 1");
        await Export.Write(practice.Folder, Zip, PracticeFixture.Monday);
        await using var zip = await ZipFile.OpenReadAsync(Zip);
        Assert.Contains("'=1+1 <b>Ungeheuer</b>", await Read(zip.GetEntry("tabellen/kunden.csv")!), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Ungeheuer&lt;/b&gt;", await Read(zip.GetEntry("kunden/0001.html")!), StringComparison.Ordinal);
        var index = await Read(zip.GetEntry("index.html")!);
        foreach (var link in System.Text.RegularExpressions.Regex.Matches(index, "(?:href|src)=\"([^\"#]+)\"").Select(match => match.Groups[1].Value)) Assert.NotNull(zip.GetEntry(link));
        Assert.DoesNotContain("://", index, StringComparison.Ordinal);
        var calendar = await Read(zip.GetEntry("termine.ics")!);
        Assert.Equal(practice.Db.Number("SELECT count(*) FROM appointment WHERE state IN ('booked', 'cancelled')"), calendar.Split("BEGIN:VEVENT").Length - 1);
        // The list of checksums is what it says.
        foreach (var line in (await Read(zip.GetEntry("SHA256SUMS")!)).TrimEnd().Split('\n'))
        {
            await using var content = await zip.GetEntry(line[66..])!.OpenAsync();
            Assert.Equal(line[..64], Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(content)));
        }
        var rows = JsonNode.Parse(await Read(zip.GetEntry("daten/owner.json")!))!.AsArray();
        Assert.Equal(practice.Db.Number("SELECT count(*) FROM owner"), rows.Count);
    }

    [Fact]
    public async Task Who_was_erased_stays_erased_and_the_journal_goes_along()
    {
        await using var practice = await fixture.Start();
        using (var desk = await practice.SignedIn(Role.Administrator)) await desk.Browser.Press(await desk.Open("/praxis/kunden/1/vergessen"), ".btn.red", ("sicher", "1"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM owner WHERE id = 1"));
        await Export.Write(practice.Folder, Zip, PracticeFixture.Monday);
        await Import.Run(Zip, Elsewhere, PracticeFixture.Monday);
        Assert.Equal(ErasureJournal.Of(practice.Folder)!.LastHash, ErasureJournal.Of(Elsewhere)!.LastHash);
        using var db = Db.Open(Elsewhere.Database);
        Assert.Equal((0, 1), (db.Number("SELECT count(*) FROM owner WHERE id = 1"), db.Number("SELECT entry FROM erased")));
    }

    [Fact]
    public async Task Nothing_is_written_over_and_nothing_is_imported_over_a_practice()
    {
        await using var practice = await fixture.Start();
        await File.WriteAllTextAsync(Zip, "something");
        await Assert.ThrowsAsync<ExportException>(() => Export.Write(practice.Folder, Zip, PracticeFixture.Monday));
        Assert.Equal("something", await File.ReadAllTextAsync(Zip));
        File.Delete(Zip);
        await Export.Write(practice.Folder, Zip, PracticeFixture.Monday);
        await Assert.ThrowsAsync<ExportException>(() => Import.Run(Zip, practice.Folder, PracticeFixture.Monday));
        await Import.Run(Zip, Elsewhere, PracticeFixture.Monday);
        await Assert.ThrowsAsync<ExportException>(() => Import.Run(Zip, Elsewhere, PracticeFixture.Monday));
        var taken = Directory.CreateDirectory(Path.Combine(root.FullName, "taken"));
        await File.WriteAllTextAsync(Path.Combine(taken.FullName, "thesis.doc"), "mine");
        await Assert.ThrowsAsync<ExportException>(() => Import.Run(Zip, new DataFolder(taken.FullName), PracticeFixture.Monday));
        Assert.Equal(["thesis.doc"], Directory.GetFileSystemEntries(taken.FullName).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../practice.db")]
    [InlineData("/etc/passwd")]
    [InlineData("daten/..\\..\\x.json")]
    [InlineData("daten/owner.json/")]
    [InlineData("more.html")]
    public Task A_name_no_export_has_is_refused(string name) => Refused(zip => Put(zip, name, "x"));

    [Fact]
    public Task A_bomb_is_refused() => Refused(zip =>
    {
        using var bomb = zip.CreateEntry("daten/bomb.json").Open();
        var zeros = new byte[1 << 20];
        for (var i = 0; i < 64; i++) bomb.Write(zeros);
    });

    [Fact]
    public Task A_file_that_comes_twice_is_refused() => Refused(zip => Put(zip, "daten/owner.json", "[]"));

    [Fact]
    public Task A_file_more_than_announced_is_refused() => Refused(zip => Put(zip, "daten/more.json", "[]"));

    [Fact]
    public Task A_file_that_is_missing_is_refused() => Refused(zip => zip.GetEntry("daten/owner.json")!.Delete());

    [Fact]
    public Task A_row_that_was_changed_is_refused() => Refused(zip => Put(zip, "daten/species.json", "[]", replace: true));

    [Theory]
    [InlineData("format", 2)]
    [InlineData("schema", 9999)]
    [InlineData("schema", 0)]
    [InlineData("practice", "0123456789abcdef0123456789abcdef")]
    [InlineData("tables", null)]
    [InlineData("parts", null)]
    [InlineData("stranger", 1)]
    public Task A_manifest_that_says_something_else_is_refused(string key, object? value) => Refused(zip =>
    {
        JsonObject manifest;
        using (var stream = zip.GetEntry("manifest.json")!.Open()) manifest = JsonNode.Parse(stream)!.AsObject();
        manifest[key] = value switch { int number => number, string text => text, _ => null };
        Put(zip, "manifest.json", manifest.ToJsonString(), replace: true);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public async Task A_file_that_was_cut_or_is_none_is_refused(int length)
    {
        await using (var practice = await fixture.Start()) await Export.Write(practice.Folder, Zip, PracticeFixture.Monday);
        var bytes = await File.ReadAllBytesAsync(Zip);
        await File.WriteAllBytesAsync(Zip, bytes[..(length < 0 ? bytes.Length - 1 : length)]);
        await AssertRefused();
    }

    [Fact]
    public async Task An_administrator_fetches_it_at_a_press_and_nothing_of_it_stays()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open("/praxis/einstellungen/sicherung");
        var sent = await desk.Browser.Press(page, "form[action$=auszug] button");
        Assert.Equal((200, "application/zip"), (sent.Status, sent.Response.Content.Headers.ContentType?.MediaType));
        await File.WriteAllBytesAsync(Zip, await sent.Response.Content.ReadAsByteArrayAsync());
        await Import.Run(Zip, Elsewhere, PracticeFixture.Monday);
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'practice.exported'"));
        for (var tries = 0; tries < 50 && Directory.GetFiles(practice.Folder.Path, ".export*").Length > 0; tries++) await Task.Delay(100);
        Assert.Empty(Directory.GetFiles(practice.Folder.Path, ".export*"));
        using var frontDesk = await practice.SignedIn();
        Assert.Equal(403, (await frontDesk.Post("/praxis/einstellungen/sicherung/auszug")).Status);
    }

    private async Task Refused(Action<ZipArchive> change)
    {
        await using (var practice = await fixture.Start()) await Export.Write(practice.Folder, Zip, PracticeFixture.Monday);
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Update)) change(zip);
        await AssertRefused();
    }

    private async Task AssertRefused()
    {
        var refused = await Assert.ThrowsAsync<ExportException>(() => Import.Run(Zip, Elsewhere, PracticeFixture.Monday));
        Assert.NotEmpty(refused.Message);
        Assert.False(Directory.Exists(Elsewhere.Path));
    }

    private static void Put(ZipArchive zip, string name, string content, bool replace = false)
    {
        if (replace) zip.GetEntry(name)!.Delete();
        using var text = new StreamWriter(zip.CreateEntry(name).Open());
        text.Write(content);
    }

    private static async Task<string> Read(ZipArchiveEntry entry)
    {
        using var text = new StreamReader(await entry.OpenAsync());
        return await text.ReadToEndAsync();
    }

    private static IEnumerable<string> Entries(DataFolder folder) => Directory.GetFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal);
}

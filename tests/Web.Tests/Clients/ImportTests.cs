using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Clients.Csv;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Clients;

/// <summary>Owners and animals out of files of other programs, and back.</summary>
public sealed class ImportTests(PracticeFixture fixture)
{
    private const string Header = "KdNr;Vorname;Nachname;Telefon;Mobil;E-Mail;Ort;Tiername;Tierart;Geschlecht;Geb.Datum;Chip-Nr\r\n";
    private const string Rows =
        Header
        + "1001;Jürgen;Müßig;+49 30 23125 901;;juergen@kunde.example;Köln;Waldi;Hund;mk;30.05.2019;276098100123456\r\n"
        + "1001;Jürgen;Müßig;+49 30 23125 901;;juergen@kunde.example;Köln;\"Mieze \"\"die Große\"\"\";Katze;w;2020;\r\n"
        + "1002;Änne;Groß;030 23125 902;0171 3920099;;Bonn;;;;;\r\n";

    public static readonly TheoryData<string, string> Encodings = new()
    {
        { "utf-8", "UTF-8" }, { "utf-8-bom", "UTF-8" }, { "utf-16", "UTF-16" }, { "utf-16-be", "UTF-16" }, { "utf-16-bare", "UTF-16" }, { "windows", "Windows-1252" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_file_comes_in_whatever_its_encoding_once_somebody_has_looked_at_it(string encoding, string shown)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var (owners, animals) = (practice.Count("owner"), practice.Count("animal"));
        var review = await Upload(desk, Encode(Rows, encoding));
        Assert.Equal(200, review.Status);
        Assert.Contains($"Gelesen als {shown}, getrennt durch Semikolon, 3 Zeilen", review.Words, StringComparison.Ordinal);
        Assert.Equal(owners, practice.Count("owner"));

        await desk.Browser.Press(review, "form[action$=import] .btn");
        Assert.Equal((owners + 2, animals + 2), (practice.Count("owner"), practice.Count("animal")));
        Assert.Equal("Jürgen Müßig|1001|Köln|+49 30 23125 901", practice.Db.Row("SELECT name || '|' || reference || '|' || city || '|' || phone FROM owner WHERE reference = '1001'", row => row.GetString(0)));
        Assert.Equal(["Mieze \"die Große\"|cat|female||2020|", "Waldi|dog|male|1|2019-05-30|276098100123456"], practice.Db.Rows(
            "SELECT name || '|' || species_id || '|' || sex || '|' || coalesce(neutered, '') || '|' || born || '|' || chip FROM animal WHERE import_id IS NOT NULL ORDER BY name", row => row.GetString(0)));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM import_run WHERE content IS NOT NULL"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Broken_lines_are_named_and_nothing_is_stored_until_somebody_leaves_them_out()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var owners = practice.Count("owner");
        var broken = Rows + "1003;Zu;Kurz;030 23125 903\r\n" + "1004;Ohne;Art;030 23125 904;;;Bonn;Nessie;Ungeheuer;;;\r\n" + "1005;;;030 23125 905;;kein@;Bonn;;;;;\r\n";
        var review = await Upload(desk, Encoding.UTF8.GetBytes(broken));
        Assert.Contains("3 Zeilen haben Fehler", review.Words, StringComparison.Ordinal);
        foreach (var said in (string[])["Diese Zeile hat 4 Spalten", "Tierart"]) Assert.Contains(said, review.Words, StringComparison.Ordinal);

        var refused = await desk.Browser.Press(review, "form[action$=import] .btn");
        Assert.Equal((422, owners), (refused.Status, practice.Count("owner")));
        Assert.Empty(refused.DeadErrorLinks);
        await desk.Browser.Press(refused, "form[action$=import] .btn", ("auslassen", "1"));
        Assert.Equal(owners + 2, practice.Count("owner"));
    }

    [Fact]
    public async Task Who_is_there_already_is_flagged_and_left_alone()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var (email, owners) = (practice.Db.Row("SELECT email FROM owner WHERE id = 1", row => row.GetString(0)), practice.Count("owner"));
        var before = practice.Db.Row("SELECT name || phone || revision FROM owner WHERE id = 1", row => row.GetString(0));
        var file = Encoding.UTF8.GetBytes(Header + $"7;Ganz;Anders;030 23125 906;;{email};Bonn;Neuling;Hund;;;\r\n");
        var review = await Upload(desk, file);
        Assert.Contains("1 Zeile gibt es wohl schon", review.Words, StringComparison.Ordinal);
        await desk.Browser.Press(review, "form[action$=import] .btn");
        Assert.Equal((owners, 0L), (practice.Count("owner"), practice.Db.Number("SELECT count(*) FROM animal WHERE name = 'Neuling'")));

        await desk.Browser.Press(await Upload(desk, file), "form[action$=import] .btn", ("doppelte", "tiere"));
        Assert.Equal((owners, 1L), (practice.Count("owner"), practice.Db.Number("SELECT owner_id FROM animal WHERE name = 'Neuling'")));
        Assert.Equal(before, practice.Db.Row("SELECT name || phone || revision FROM owner WHERE id = 1", row => row.GetString(0)));
    }

    [Fact]
    public async Task An_import_is_taken_back_as_a_whole_but_for_what_was_worked_with()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var (owners, animals) = (practice.Count("owner"), practice.Count("animal"));
        await desk.Browser.Press(await Upload(desk, Encoding.UTF8.GetBytes(Rows)), "form[action$=import] .btn");
        practice.Db.Execute("UPDATE owner SET revision = 1 WHERE reference = '1002'");
        var undo = await desk.Open("/praxis/kunden/uebernahme/1/ruecknahme");
        Assert.Contains("Änne Groß", undo.Find(".people").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Jürgen", undo.Find(".people").TextContent, StringComparison.Ordinal);
        await desk.Browser.Press(undo, "form[action$=ruecknahme] .btn");
        Assert.Equal((owners + 1, animals), (practice.Count("owner"), practice.Count("animal")));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM owner WHERE reference = '1002' AND import_id IS NULL"));
        Assert.Equal(404, (await desk.Open("/praxis/kunden/uebernahme/1/ruecknahme")).Status);
    }

    [Fact]
    public async Task What_is_no_such_file_is_refused_with_the_reason_and_nothing_is_kept()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var tooMany = new StringBuilder(Header);
        for (var i = 0; i < 100_000; i++) tooMany.Append("1;a;b;;;;;;;;;\n");
        foreach (var (file, said) in ((byte[], string)[])
        [
            ([], "keine Zeilen"), (Encoding.UTF8.GetBytes(Header), "keine Zeilen"), ("PK\u0003\u0004irgendwas"u8.ToArray(), "Excel"),
            (Encoding.UTF8.GetBytes(tooMany.ToString()), "50.000"), (Encoding.UTF8.GetBytes(Header + "1;\"offen;b"), "Anführungszeichen"),
            (Encoding.UTF8.GetBytes("Name\nMeier\nMüller\n"), "nur eine Spalte"), ([.. Encoding.ASCII.GetBytes("Name;Ort\nM"), 0x81, .. "ller;K"u8, 0x94, .. "ln\n"u8], "DOS"),
            ([.. "Name;Ort\na;b"u8, 1, 2, 3], "Zeichen"), (new byte[ImportPages.MostBytes + 1], "20 MB"),
        ])
        {
            var page = await Upload(desk, file);
            Assert.Equal((said, 422), (said, page.Status));
            Assert.Contains(said, page.Find(".err").TextContent, StringComparison.Ordinal);
            Assert.Empty(page.DeadErrorLinks);
        }
        Assert.Equal(0, practice.Count("import_run"));
    }

    [Fact]
    public async Task Columns_can_be_told_otherwise_and_without_a_name_nothing_is_stored()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var owners = practice.Count("owner");
        var review = await Upload(desk, Encoding.UTF8.GetBytes("A\tB\tC\nMeier\tKöln\tx\n"));
        Assert.Contains("Tabulator", review.Words, StringComparison.Ordinal);
        Assert.Equal(422, (await desk.Browser.Press(review, "form[action$=import] .btn", ("auslassen", "1"))).Status);
        Assert.Equal(owners, practice.Count("owner"));
        var mapped = await desk.Browser.Press(review, "form[action$=spalten] button", ("spalte-0", "name"), ("spalte-1", "city"), ("spalte-2", "erfunden"));
        await desk.Browser.Press(mapped, "form[action$=import] .btn");
        Assert.Equal("Meier|Köln", practice.Db.Row("SELECT name || '|' || city FROM owner ORDER BY id DESC", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_staged_file_is_forgotten_after_a_day()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await Upload(desk, Encoding.UTF8.GetBytes(Rows));
        Assert.Equal(0, await practice.Writer.Write(ImportRun.Sweep));
        practice.Clock.Advance(Duration.FromHours(25));
        Assert.Equal(1, await practice.Writer.Write(ImportRun.Sweep));
        Assert.Equal(0, practice.Count("import_run"));
    }

    [Fact]
    public async Task What_goes_out_runs_no_formula_and_comes_back_the_same()
    {
        const string evil = "=HYPERLINK(\"http://boese.example\";\"x\")";
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = $"""
                DELETE FROM outbox; DELETE FROM answered; DELETE FROM occupancy; DELETE FROM appointment; DELETE FROM owner;
                INSERT INTO owner (id, name, email, email_key, phone, city, note, created_at) VALUES (1, '{evil.Replace("'", "''", StringComparison.Ordinal)}', '=1+1@kunde.example', '=1+1@kunde.example', '+49 30 23125 907', '@Ort', '-2', 1);
                INSERT INTO owner (id, name, email, email_key, created_at) VALUES (2, 'Zeile; "eins"', '', '', 1);
                INSERT INTO animal (owner_id, name, species_id, sex, neutered, born) VALUES (1, '+Bello', 'dog', 'female', 1, '2020-01');
                """,
        });
        using var desk = await practice.SignedIn(Role.Administrator);
        foreach (var delimiter in (string[])["semikolon", "komma"])
        {
            using var content = new FormUrlEncodedContent([new(Staff.FormTokenField, Sessions.FormToken(desk.Token)), new("trenner", delimiter)]);
            using var answer = await desk.Http.PostAsync("/praxis/kunden/export", content);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            Assert.Equal((200, "text/csv"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.True(bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]));
            var text = CsvText.Decode(bytes).Text!.Content;
            var (records, open) = CsvReader.Read(text, CsvReader.DelimiterOf(text));
            Assert.False(open);
            Assert.Equal(3, records.Count);
            Assert.All(records.SelectMany(record => record.Cells), cell => Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), cell));
            Assert.Contains("0049 30 23125 907", records[1].Cells);

            practice.Db.Execute("DELETE FROM owner");
            await desk.Browser.Press(await Upload(desk, bytes), "form[action$=import] .btn");
            Assert.Equal([$"{evil}|=1+1@kunde.example|@Ort|-2", "Zeile; \"eins\"|||"], practice.Db.Rows("SELECT name || '|' || email || '|' || city || '|' || note FROM owner ORDER BY id", row => row.GetString(0)));
            Assert.Equal("+Bello|dog|female|1|2020-01", practice.Db.Row("SELECT name || '|' || species_id || '|' || sex || '|' || neutered || '|' || born FROM animal", row => row.GetString(0)));
        }
        Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'owners.exported'"));
    }

    [Fact]
    public async Task Fifty_thousand_lines_come_in_at_once_and_bookings_hardly_wait()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var file = new StringBuilder(Header);
        for (var i = 0; i < ImportPages.MostLines; i++) file.Append(CultureInfo.InvariantCulture, $"n{i};Vor{i};Nach{i};;;k{i}@kunde.example;Ort;Tier{i};Hund;m;2020;\n");
        var owners = practice.Count("owner");
        var review = await Upload(desk, Encoding.UTF8.GetBytes(file.ToString()));
        var clock = Stopwatch.StartNew();
        var import = desk.Browser.Press(review, "form[action$=import] .btn");
        var longest = TimeSpan.Zero;
        while (!import.IsCompleted)
        {
            var start = clock.Elapsed;
            await practice.Writer.Write(change => change.Db.Number("SELECT 1"));
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, (clock.Elapsed - start).Ticks));
            await Task.Delay(5);
        }
        await import;
        Console.WriteLine($"50,000 lines: {clock.ElapsedMilliseconds} ms in all, the writer was held {longest.TotalMilliseconds:0} ms");
        Assert.Equal(owners + ImportPages.MostLines, practice.Count("owner"));
        Assert.True(longest < TimeSpan.FromSeconds(20), $"Bookings waited {longest}.");
    }

    /// <summary>Sends a file with the form it belongs to.</summary>
    private static async Task<Seen> Upload(Desk desk, byte[] file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Sessions.FormToken(desk.Token)), Staff.FormTokenField }, { new ByteArrayContent(file), "datei", "../../kunden.csv" },
        };
        using var answer = await desk.Http.PostAsync("/praxis/kunden/uebernahme", form);
        if ((int)answer.StatusCode == 303) return await desk.Open(answer.Headers.Location!.ToString());
        var html = await answer.Content.ReadAsStringAsync();
        return new Seen((int)answer.StatusCode, "/praxis/kunden/uebernahme", new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html), html, answer);
    }

    private static byte[] Encode(string text, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8-bom" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        "utf-16-be" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        "utf-16-bare" => Encoding.Unicode.GetBytes(text),
        _ => Encoding.Latin1.GetBytes(text),
    };
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Sovereignty;

/// <summary>One person's data as one file: all of theirs, nobody else's, readable by people and by programs.</summary>
public sealed class DisclosureTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Staff_get_all_of_it_and_are_told_what_to_read_first()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OwnDataTests.Rows + "UPDATE owner SET language = 'tr' WHERE id = 1;" });
        using var desk = await practice.SignedIn();
        Assert.Equal(403, (await desk.Open("/praxis/kunden/1/auskunft")).Status);
        using var chief = await practice.SignedIn(Role.Administrator);
        var page = await chief.Open("/praxis/kunden/1/auskunft");
        Assert.Contains("ein fremder Name", page.Words, StringComparison.Ordinal);
        Assert.Contains("vom Team geschrieben", page.Words, StringComparison.Ordinal);
        using var answer = await chief.Http.PostAsync("/praxis/kunden/1/auskunft", new FormUrlEncodedContent([KeyValuePair.Create(Staff.FormTokenField, Sessions.FormToken(chief.Token))]));
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("Vogel", answer.Content.Headers.ContentDisposition!.ToString(), StringComparison.OrdinalIgnoreCase);
        var files = await Files(answer);
        Assert.Equal(["README.html", "appointments.csv", "appointments.ics", "person.json"], files.Keys.Order(StringComparer.Ordinal));

        using var json = JsonDocument.Parse(files["person.json"]);
        var visit = json.RootElement.GetProperty("appointments")[0];
        Assert.Equal(("2026-11-10T09:00:00+01:00", "streng vertraulich", 1), (visit.GetProperty("startsAt").GetString(), visit.GetProperty("note").GetString(), json.RootElement.GetProperty("format").GetInt32()));
        Assert.Contains(json.RootElement.GetProperty("log").EnumerateArray(), one => one.GetProperty("act").GetString() == "data.disclosed" && one.GetProperty("by").GetString() == "team");
        Assert.DoesNotContain("AAA-902", files["person.json"], StringComparison.Ordinal);
        Assert.DoesNotContain("Mimi", files["README.html"], StringComparison.Ordinal);
        Assert.Contains("\"'=1+1\"", files["appointments.csv"], StringComparison.Ordinal);
        Assert.Contains("DTSTART:20261110T080000Z", files["appointments.ics"], StringComparison.Ordinal);
        Assert.DoesNotContain("METHOD", files["appointments.ics"], StringComparison.Ordinal);
        var (german, turkish) = (files["README.html"].IndexOf("Auskunft über Ihre Daten</h1>", StringComparison.Ordinal), files["README.html"].IndexOf("lang=\"tr\"", StringComparison.Ordinal));
        Assert.True(german > 0 && german < turkish);
    }

    [Fact]
    public async Task Owners_get_theirs_without_what_the_team_wrote()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = OwnDataTests.Rows });
        var page = await OwnDataTests.Opened(practice, "kim@example.com");
        Assert.NotNull(page.Document.QuerySelector("form[action$=datei] button"));
        using var answer = await practice.Http.PostAsync(page.Path + "/datei", null);
        var files = await Files(answer);
        foreach (var (_, content) in files)
        {
            Assert.DoesNotContain("vertraulich", content, StringComparison.Ordinal);
            Assert.DoesNotContain("Amsel", content, StringComparison.Ordinal);
        }
        Assert.Contains("Allee 1", files["person.json"], StringComparison.Ordinal);
        Assert.Equal(1, practice.Count("audit WHERE act = 'data.fetched' AND object = 'owner:1'"));
    }

    private static async Task<Dictionary<string, string>> Files(HttpResponseMessage answer)
    {
        Assert.Equal(200, (int)answer.StatusCode);
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            files[entry.FullName] = await reader.ReadToEndAsync();
        }
        return files;
    }
}

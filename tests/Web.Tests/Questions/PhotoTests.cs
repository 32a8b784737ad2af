using System.Text;
using NodaTime;
using SixLabors.ImageSharp;
using VetBooking.Tests.Running;
using VetBooking.Tests.Voice;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Questions;

/// <summary>Photos of an animal: drawn anew, shown to staff alone, gone in time.</summary>
public sealed class PhotoTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Typed = [.. BookingWay.Erika, .. Asked.Right];

    [Fact]
    public async Task Three_photos_come_along_without_their_place_and_staff_alone_see_them()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var done = await practice.Send(await practice.Browser.ToContact(), Typed, Samples.WithPlace, Samples.Jpeg(3000, 2000), Samples.Png());
        Assert.StartsWith("/buchen/fertig/", done.Path, StringComparison.Ordinal);
        using var desk = await practice.SignedIn();
        var page = await desk.Open($"/praxis/termin/{practice.Newest()}");
        var shown = page.Document.QuerySelectorAll(".fotos img").Select(one => one.GetAttribute("src")!).ToList();
        Assert.Equal(3, shown.Count);
        foreach (var src in shown)
        {
            using var photo = await desk.Http.GetAsync(src);
            Assert.Equal(("image/jpeg", "nosniff"), (photo.Content.Headers.ContentType!.MediaType, photo.Headers.GetValues("X-Content-Type-Options").Single()));
            Assert.Contains("sandbox", photo.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("no-store", photo.Headers.CacheControl!.ToString());
            var content = await photo.Content.ReadAsByteArrayAsync();
            Assert.InRange(content.Length, 1, 400 * 1024);
            Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(content), StringComparison.Ordinal);
            Assert.DoesNotContain(Samples.Place, Encoding.Latin1.GetString(content), StringComparison.Ordinal);
            var size = Image.Identify(content);
            Assert.InRange(Math.Max(size.Width, size.Height), 1, 1280);
            Assert.Equal(303, (int)(await practice.Http.GetAsync(src)).StatusCode);
        }
        // Upright, as the camera was held.
        Assert.Equal((300L, 400L), practice.Db.Row("SELECT width, height FROM photo WHERE position = 1", row => (row.GetInt64(0), row.GetInt64(1))));
        foreach (var path in (string[])["/4", "/0", "/x", "/-1", "/99999999999"]) Assert.Equal(404, (int)(await desk.Http.GetAsync(shown[0][..shown[0].LastIndexOf('/')] + path)).StatusCode);
        Assert.Equal(404, (int)(await desk.Http.GetAsync("/praxis/termin/x/foto/1")).StatusCode);
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task What_is_too_much_or_no_photo_is_refused_with_the_reason_and_keeps_everything_typed()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var contact = await practice.Browser.ToContact();
        var small = Samples.Jpeg(200, 200);
        foreach (var (photos, reason) in new (byte[][], string)[]
        {
            ([new byte[40 * 1024 * 1024]], "größer als 10 MB"), ([Samples.Text], "kein Bild"), ([Samples.Svg], "kein Bild"), ([small, Samples.Text], "kein Bild"),
            ([small, small, small, small], "höchstens 3 Fotos"), ([Samples.Cut], "beschädigt"), ([Samples.Bomb], "40 Millionen"), ([.. Enumerable.Repeat(small, 150)], "höchstens 3 Fotos"),
        })
        {
            var again = await practice.Send(contact, Typed, photos);
            Assert.True(again.Status == 422 && again.Find(".err").TextContent.Contains(reason, StringComparison.Ordinal), $"{reason}: {again.Status} {again.Words}");
            Assert.Contains("noch einmal aus", again.Find(".err").TextContent, StringComparison.Ordinal);
            Assert.Empty(again.DeadErrorLinks);
            Assert.Equal(("Erika Mustermann", "Ein ruhiges Zimmer"), (again.Value("#name"), again.Value("#frage-grund")));
        }
        Assert.Equal((0, 0), (practice.Count("photo"), practice.Count("answer")));
        // Never necessary.
        Assert.StartsWith("/buchen/fertig/", (await practice.Send(contact, Typed)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_or_makes_no_sense_books_nothing_and_is_no_fault_of_the_server()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        var contact = await practice.Browser.ToContact();
        var boundary = "xyz";
        string Part(string name, string value, string more = "") => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n";
        var whole = string.Concat(Typed.Append(("fragen", contact.Value("input[name=fragen]"))).Select(one => Part(one.Item1, one.Item2)));
        foreach (var body in (string[])["", "x", "--xyz", "--xyz--", whole, whole + Part("foto-bild", "JFIF", "; filename=\"a.jpg\""), Part("name", new string('a', 40_000)) + "--xyz--", string.Concat(Enumerable.Range(0, 300).Select(i => Part($"a{i}", "b"))) + "--xyz--",
            $"--{boundary}\r\n\r\nx\r\n--{boundary}--", $"--{boundary}\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--{boundary}--"])
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
            Assert.InRange((await practice.Arrive(contact, content)).Status, 400, 422);
        }
        Assert.Equal(0, practice.Count("answered"));
    }

    [Fact]
    public async Task Photos_go_a_month_after_the_visit_and_answers_with_it()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql + "UPDATE appointment SET starts_at = starts_at + 900000000, state = 'booked'" });
        await practice.Send(await practice.Browser.ToContact(), Typed, Samples.Jpeg());
        practice.Db.Execute("UPDATE appointment SET state = 'booked', expires_at = NULL WHERE id = $id", ("$id", practice.Newest()));
        var start = Instant.FromUnixTimeSeconds(practice.Db.Number("SELECT starts_at FROM appointment WHERE id = $id", ("$id", practice.Newest())));
        practice.Clock.Set(start + Duration.FromDays(30));
        await Apply();
        Assert.Equal((1, 4), (practice.Count("photo"), practice.Count("answer")));
        practice.Clock.Set(start + Duration.FromDays(30) + Duration.FromSeconds(1));
        await Apply();
        Assert.Equal((0, 4), (practice.Count("photo"), practice.Count("answer")));
        practice.Clock.Set(start + Duration.FromDays(366));
        await Apply();
        Assert.Equal(0, practice.Count("answer"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM appointment WHERE id = $id", ("$id", practice.Newest() + 1)));

        Task<IReadOnlyDictionary<string, long>> Apply() => Retention.Apply(practice.Writer, Actor.Practice, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_database_itself_refuses_a_fourth_photo_and_a_condition_on_a_condition()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Asked.Sql });
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("INSERT INTO photo (appointment_id, position, asked, width, height, content) SELECT id, 4, 'x', 1, 1, x'00' FROM appointment LIMIT 1"));
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("INSERT INTO question (id, position, kind, only_question_id, only_answer) VALUES ('x', 1, 'text', 'seit', 'y')"));
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("UPDATE question SET only_question_id = 'zeichen', only_answer = 'Husten' WHERE id = 'frisst'"));
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute("INSERT INTO question (id, position, kind, needed) VALUES ('x', 1, 'photo', 1)"));
    }
}

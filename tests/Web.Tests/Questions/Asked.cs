using System.Net.Http.Headers;
using AngleSharp.Html.Parser;
using VetBooking.Tests.Running;
using VetBooking.Web.Questions;

namespace VetBooking.Tests.Questions;

/// <summary>A practice that asks questions of every kind before a vaccination, and what is done with its form.</summary>
internal static class Asked
{
    public const string Sql = """
        INSERT INTO question (id, position, kind, needed, on_day_list) VALUES ('grund', 1, 'text', 1, 0), ('frisst', 2, 'choice', 1, 1), ('zeichen', 4, 'several', 0, 0);
        INSERT INTO question (id, position, kind, needed, only_question_id, only_answer) VALUES ('seit', 3, 'date', 1, 'frisst', 'Nein');
        INSERT INTO question (id, position, kind, least, most) VALUES ('gewicht', 5, 'number', 1, 90), ('bild', 6, 'photo', 0, 1000);
        INSERT INTO question (id, position, kind, needed, for_all_types) VALUES ('frei', 7, 'text', 1, 1), ('stall', 8, 'text', 1, 0);
        INSERT INTO question_species (question_id, species_id) VALUES ('frei', 'cat');
        INSERT INTO question_visit_type (question_id, visit_type_id) VALUES ('stall', 'pferd');
        INSERT INTO question_text (question_id, language, words, help, answers) VALUES
          ('grund', 'de', 'Was ist Ihnen wichtig?', 'Ein Satz genügt.', ''), ('frisst', 'de', 'Frisst Ihr Tier?', '', 'Ja' || char(10) || 'Nein'),
          ('frisst', 'en', 'Does your animal eat?', '', 'Yes' || char(10) || 'No'), ('seit', 'de', 'Seit wann nicht?', '', ''),
          ('zeichen', 'de', 'Was sehen Sie?', '', 'Husten' || char(10) || 'Durchfall' || char(10) || 'Juckreiz'), ('gewicht', 'de', 'Gewicht in kg', '', ''),
          ('bild', 'de', 'Ein Foto der Stelle', '', ''), ('frei', 'de', 'Ist Ihre Katze Freigänger?', '', ''), ('stall', 'de', 'Wo steht das Pferd?', '', '');
        """;

    /// <summary>Answers that are right.</summary>
    public static readonly (string Name, string Value)[] Right = [("frage-grund", "Ein ruhiges Zimmer"), ("frage-frisst", "Ja"), ("frage-gewicht", "4.5"), ("frage-zeichen", "Juckreiz"), ("frage-zeichen", "Husten")];

    /// <summary>Sends the last form as a browser does: everything in it, what is typed instead, and photos.</summary>
    public static async Task<Seen> Send(this RunningPractice practice, Seen contact, IEnumerable<(string Name, string Value)> typed, params byte[][] photos)
    {
        var form = contact.Find("form.body");
        Assert.Equal("multipart/form-data", form.GetAttribute("enctype"));
        using var body = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]")) body.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        foreach (var (name, value) in typed) body.Add(new StringContent(value), name);
        foreach (var photo in photos.DefaultIfEmpty([]))
        {
            var file = new ByteArrayContent(photo);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{SentForm.PhotoField}bild\"", FileName = photo.Length == 0 ? "\"\"" : "\"IMG_0001.JPG\"" };
            body.Add(file);
        }
        return await practice.Arrive(contact, body);
    }

    /// <summary>Sends any body to where the last form is sent.</summary>
    public static async Task<Seen> Arrive(this RunningPractice practice, Seen contact, HttpContent body)
    {
        var url = contact.Find("form.body").GetAttribute("action")!;
        using var response = await practice.Http.PostAsync(url, body);
        if ((int)response.StatusCode == 303) return await practice.Browser.Open(response.Headers.Location!.ToString());
        var html = await response.Content.ReadAsStringAsync();
        return new Seen((int)response.StatusCode, url, await new HtmlParser().ParseDocumentAsync(html), html, response);
    }

    /// <summary>What is kept of the newest appointment's answers, as question and answer.</summary>
    public static IReadOnlyList<string> Kept(this RunningPractice practice) => practice.Db.Rows(
        "SELECT asked || ' ' || said FROM answer WHERE appointment_id = (SELECT max(id) FROM appointment) ORDER BY position", row => row.GetString(0));

    public static long Newest(this RunningPractice practice) => practice.Db.Number("SELECT max(id) FROM appointment");
}

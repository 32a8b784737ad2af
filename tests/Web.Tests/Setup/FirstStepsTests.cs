using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Setup;

/// <summary>From an empty practice to the first appointment, step by step.</summary>
public sealed class FirstStepsTests(PracticeFixture fixture)
{
    private const string Home = "/praxis/einrichtung";

    private static readonly (string, string)[] Particulars =
    [
        ("street", "Dorfstraße 1"), ("postcode", "20095"), ("city", "Hamburg"), ("phone", "040 66969 120"), ("owners", "Dr. Ada Muster"),
        ("chamber", "Tierärztekammer Hamburg"), ("job_title", "Tierärztin"), ("title_state", "Deutschland"), ("professional_code", "Berufsordnung der Tierärztekammer Hamburg"),
    ];

    [Fact]
    public async Task Four_forms_and_one_approval_lead_to_the_first_appointment()
    {
        await using var practice = await Empty();
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Open(Home);
        Assert.Contains("0 von 5", page.Words, StringComparison.Ordinal);
        Assert.Contains("Tierärztekammer", page.Words, StringComparison.Ordinal);

        page = await desk.Browser.Press(await desk.Open(page.Find(".row .btn").GetAttribute("href")!), "form.sheet .btn", Particulars);
        Assert.Equal(Home + "/zeiten", page.Path);
        page = await desk.Browser.Press(page, "form.sheet .btn", ("land", "HH"));
        Assert.Equal(Home + "/team", page.Path);
        var typed = page.Document.QuerySelectorAll("input[name=tiere][checked]").Select(one => ("tiere", one.GetAttribute("value")!));
        page = await desk.Post(page.Path, [.. typed, ("tieraerzte", "Dr. Ada Muster\nTA Jan Groß"), ("tfa", "Kim Lüders"), ("raeume", "2")]);
        Assert.Equal(Home + "/anliegen", page.Path);
        page = await desk.Post(page.Path, [.. page.Document.QuerySelectorAll("input[name=anliegen][checked]").Select(one => ("anliegen", one.GetAttribute("value")!))]);
        Assert.Equal(Home, page.Path);
        Assert.Contains("4 von 5", page.Words, StringComparison.Ordinal);
        await desk.Post("/praxis/einstellungen/freigabe");
        page = await desk.Open(Home);
        Assert.Contains("5 von 5", page.Words, StringComparison.Ordinal);
        Assert.Contains("Die erste freie Zeit", page.Words, StringComparison.Ordinal);

        await practice.Api.BookFirst("impfung");
        await practice.Api.BookFirst("tfa", species: "cat");
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task The_steps_can_be_left_and_taken_up_again_and_taking_one_twice_doubles_nothing()
    {
        await using var practice = await Empty();
        using var desk = await practice.SignedIn(Role.Administrator);
        for (var round = 0; round < 2; round++)
        {
            await desk.Browser.Press(await desk.Open(Home + "/zeiten"), "form.sheet .btn", ("tag-6", "9–12"));
            Assert.Equal(11, practice.Count("opening_hours"));
            await desk.Post(Home + "/team", ("tiere", "dog"), ("tieraerzte", round == 0 ? "Dr. Muster" : ""), ("raeume", "2"));
            Assert.Equal(3, practice.Count("resource"));
            await desk.Post(Home + "/anliegen", ("anliegen", "impfung"), ("anliegen", "krank"));
            Assert.Equal(2, practice.Db.Number("SELECT count(*) FROM visit_type WHERE active"));
        }
        var form = await desk.Open(Home + "/zeiten");
        Assert.Equal("9–12", form.Value("#tag-6"));
        Assert.Contains("3 von 5", (await desk.Open(Home)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_step_needs_it_says()
    {
        await using var practice = await Empty();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        Assert.Equal(422, (await desk.Post(Home + "/zeiten", ("tag-1", "morgens"), ("land", ""))).Status);
        Assert.Equal(422, (await desk.Post(Home + "/team", ("tiere", "dog"), ("tieraerzte", ""), ("raeume", "2"))).Status);
        Assert.Equal(422, (await desk.Post(Home + "/team", ("tieraerzte", "Dr. Muster"), ("raeume", "2"))).Status);
        Assert.Equal(422, (await desk.Post(Home + "/team", ("tiere", "dog"), ("tieraerzte", "Dr. Muster"), ("raeume", "0"))).Status);
        Assert.Equal(422, (await desk.Post(Home + "/anliegen")).Status);
        Assert.Equal(404, (await desk.Post(Home + "/nichts")).Status);
        Assert.Equal(before, await practice.Digest());
    }

    private Task<RunningPractice> Empty()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("empty-").FullName);
        EmptyPractice.Make(folder, "Praxis Neu", "neu@praxis-neu.example", PracticeFixture.Monday);
        return fixture.Start(new Wanted { Folder = folder });
    }
}

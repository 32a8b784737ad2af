using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.SignIn;

/// <summary>From the link of <c>vetbooking init</c> to the first administrator at the set-up.</summary>
public sealed class FirstAdministratorTests(PracticeFixture fixture)
{
    [Fact]
    public async Task The_link_of_init_makes_the_first_administrator_and_closes()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("init-").FullName);
        var link = new Uri(EmptyPractice.Make(folder, "Tierarztpraxis Berg", "praxis@berg.example", PracticeFixture.Monday)).AbsolutePath;
        await using var practice = await fixture.Start(new Wanted { Folder = folder });
        Assert.Equal(422, (await practice.Browser.Press(await practice.Browser.Open(link), ".btn", ("name", ""), ("email", "keine"))).Status);
        var first = await practice.Browser.Press(await practice.Browser.Open(link), ".btn", ("name", "Mia"), ("email", "mia@berg.example"));
        // Begun, not ended: the link still helps.
        var invitation = await practice.Browser.Press(await practice.Browser.Open(link), ".btn", ("name", "Dr. Mia Berg"), ("email", "mia@berg.example"));
        Assert.Equal((404, 1), ((await practice.Browser.Open(first.Url)).Status, practice.Count("account")));

        using var answer = await practice.Send(invitation.Path, ("geheimnis", invitation.Value("input[name=geheimnis]")), ("neues-passwort", "Nebel über dem Tisch"), ("code", practice.CodeOn(invitation)));
        using var mia = practice.DeskOf(answer);
        Assert.Equal(404, (await practice.Browser.Open(link)).Status);
        var codes = await mia.Open("/praxis/konto/codes");
        Assert.Equal("/praxis/einrichtung", codes.Find("a.btn").GetAttribute("href"));
        var setUp = await mia.Open("/praxis/einrichtung");
        Assert.NotNull(setUp.Document.QuerySelector("input[name=phone]"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task The_link_is_over_after_a_day()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("init-").FullName);
        var link = new Uri(EmptyPractice.Make(folder, "Tierarztpraxis Berg", "praxis@berg.example", PracticeFixture.Monday)).AbsolutePath;
        await using var practice = await fixture.Start(new Wanted { Folder = folder, Now = PracticeFixture.Monday + Duration.FromHours(24) });
        Assert.Equal(404, (await practice.Browser.Open(link)).Status);
        Assert.Equal(404, (await practice.Browser.Post(link, [("name", "Mia"), ("email", "mia@berg.example")])).Status);
        Assert.Equal(0, practice.Count("account"));
    }
}

using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Prices;

/// <summary>About what a visit costs: only where the practice says so, as of which day, and never as a fixed price.</summary>
public sealed class PriceTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Nothing_is_shown_until_the_practice_switches_it_on_with_the_date_of_its_fees()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/preise/neu", ("anliegen", "impfung"), ("ab", "2026-01-01"), ("von", "30"), ("bis", "90"));
        Assert.DoesNotContain("Kosten", (await practice.Browser.ToContact()).Words, StringComparison.Ordinal);
        Assert.Equal(422, (await desk.Preview("/preise/anzeige", ("zeigen", "ja"))).Status);
        await desk.Set("/preise/anzeige", ("zeigen", "ja"), ("stand", "2022-11-22"));
        foreach (var page in new[] { await practice.Browser.ToTimes(), await practice.Browser.ToContact() })
        {
            Assert.Contains("etwa 30 bis 90 €", page.Words, StringComparison.Ordinal);
            foreach (var words in (string[])["kein Festpreis", "GOT", "ein- bis dreifachen Satz", "Mehrwertsteuer", "Notdienstgebühr", "22.11.2022"]) Assert.Contains(words, page.Words, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Kosten", (await practice.Browser.ToContact("tfa")).Words, StringComparison.Ordinal);
        Assert.Equal("price-note.added prices.changed", practice.Db.Row("SELECT group_concat(act, ' ') FROM (SELECT act FROM audit WHERE act LIKE 'price%' ORDER BY id)", row => row.GetString(0)));
    }

    [Fact]
    public async Task The_newest_line_whose_day_has_come_holds_on_the_day_of_the_visit()
    {
        await using var practice = await fixture.Start(new Wanted
        {
            Sql = """
                UPDATE practice SET shows_prices = 1, price_edition = '2026-01-01';
                INSERT INTO price_note (visit_type_id, valid_from, least, most) VALUES ('impfung', '2020-01-01', 10, 20), ('impfung', '2026-11-01', 30, 40), ('impfung', '2026-12-01', 50, 60);
                """,
        });
        Assert.Contains("etwa 30 bis 40 €", (await practice.Browser.ToTimes()).Words, StringComparison.Ordinal);
        var late = (await practice.Api.Slots("impfung", more: "&from=2026-12-07"))[0];
        var contact = await practice.Browser.Post((await practice.Browser.ToTimes()).Url, [("zeit", $"{late.Start} {late.Vet}")]);
        Assert.Contains("etwa 50 bis 60 €", contact.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("von", "0", "von")]
    [InlineData("von", "91", "bis")]
    [InlineData("bis", "viel", "bis")]
    [InlineData("ab", "", "ab")]
    [InlineData("ab", "2020-01-01", "ab")]
    [InlineData("anliegen", "nie", "anliegen")]
    public async Task What_makes_no_sense_is_refused_beside_its_field(string field, string typed, string wrong)
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "INSERT INTO price_note (visit_type_id, valid_from, least, most) VALUES ('impfung', '2020-01-01', 10, 20)" });
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        (string Name, string Value)[] right = [("anliegen", "impfung"), ("ab", "2026-01-01"), ("von", "30"), ("bis", "90")];
        var again = await desk.Preview("/preise/neu", [.. right.Where(one => one.Name != field), (field, typed)]);
        Assert.Equal(422, again.Status);
        Assert.NotNull(again.Document.QuerySelector($".err a[href='#{wrong}']"));
        Assert.Equal(before, await practice.Digest());
        foreach (var id in (string[])["nie", "99", "-1", "neuer"]) Assert.Equal(404, (await desk.Open($"{SettingSteps.Root}/preise/{id}")).Status);
    }
}

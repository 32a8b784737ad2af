using System.Globalization;
using AngleSharp.Dom;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Planning;

/// <summary>What staff should know at a glance: why a free time is not free to owners, and which animal wants care.</summary>
public sealed class KnowingTests(PracticeFixture fixture)
{
    private static readonly Wanted Layered = new()
    {
        Sql = """
        DELETE FROM appointment; DELETE FROM reserve;
        INSERT INTO reserve (resource_id, weekday, starts, ends, opens) VALUES ('weber', 2, '11:00', '11:30', '08:00');
        INSERT INTO busy_calendar (id, resource_id, name, address, created_at) VALUES (77, 'yilmaz', 'Privat', x'00', 1);
        INSERT INTO busy_time VALUES (77, unixepoch('2026-11-24 09:00'), unixepoch('2026-11-24 10:00'));
        """,
    };

    private static readonly Wanted Careful = new()
    {
        Sql = """
        DELETE FROM appointment;
        INSERT INTO owner (id, name, email, email_key, phone, created_at) VALUES (9001, 'Kim Beispiel', 'kim@example.com', 'kim@example.com', '', 1);
        INSERT INTO animal (id, owner_id, name, species_id, behaviour) VALUES (9001, 9001, 'Bello', 'dog', 'muzzle bites'), (9002, 9001, 'Mia', 'cat', 'anxious');
        """,
    };

    [Fact]
    public async Task What_is_kept_for_emergencies_or_busy_elsewhere_lies_behind_what_staff_can_use()
    {
        await using var practice = await fixture.Start(Layered);
        using var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/tag?tag=2026-11-24");
        Assert.Equal("Für Notfälle freigehalten von 11:00 bis 11:30; online noch nicht buchbar.", page.Find("ol[data-bei=weber] .res .vh").TextContent);
        Assert.Equal("Nach dem eigenen Kalender anderswo belegt von 10:00 bis 11:00; online nicht buchbar.", page.Find("ol[data-bei=yilmaz] .els .vh").TextContent);
        Assert.Equal(2, page.Document.QuerySelectorAll(".lay").Length);
        var gaps = page.Document.QuerySelectorAll("ol[data-bei=weber] .gap a").Select(one => one.TextContent);
        Assert.Contains(gaps, gap => string.CompareOrdinal(gap[7..12], "11:00") <= 0 && string.CompareOrdinal(gap[13..18], "11:30") >= 0);

        // From eight o'clock of the day on, everybody can book it.
        Assert.Empty((await desk.Open("/praxis/tag?tag=2026-11-17")).Document.QuerySelectorAll(".lay"));
        Assert.Single((await desk.Open("/praxis/tag?tag=2026-12-01")).Document.QuerySelectorAll(".lay"));
    }

    [Fact]
    public async Task How_an_animal_behaves_stands_with_its_appointment_wherever_it_is_shown()
    {
        await using var practice = await fixture.Start(Careful);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(0, 16), "weber");
        await practice.As(desk, (change, _) => change.Db.Execute("UPDATE appointment_animal SET animal_id = 9001 WHERE appointment_id = $id", ("$id", id)));
        await practice.As(desk, (change, _) => change.Db.Execute("UPDATE appointment SET owner_id = 9001 WHERE id = $id", ("$id", id)));
        foreach (var path in (string[])["/praxis/tag", "/praxis/woche?bei=weber", "/praxis/liste", "/praxis/warteraum", $"/praxis/termin/{id.ToString(CultureInfo.InvariantCulture)}"])
        {
            Assert.EndsWith("Maulkorb, beißt", (await desk.Open(path)).Find(".ach").TextContent, StringComparison.Ordinal);
        }

        // With several animals it says whose it is.
        await practice.As(desk, (change, _) => change.Db.Execute("INSERT INTO appointment_animal (appointment_id, position, name, species_id, animal_id) VALUES ($id, 1, 'Mia', 'cat', 9002)", ("$id", id)));
        Assert.EndsWith("Bello: Maulkorb, beißt; Mia: sehr ängstlich", (await desk.Open("/praxis/liste")).Find(".ach").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plain_form_exchanges_room_and_person()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment" });
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        Assert.Equal(["raum-1", "weber"], practice.Has(id));
        var page = await desk.Open($"/praxis/termin/{id.ToString(CultureInfo.InvariantCulture)}");
        Assert.Equal(["Person", "Raum"], page.Document.QuerySelectorAll("label[for^=nach-]").Select(one => one.TextContent));
        Assert.Equal(["Raum 1, wenn frei", "Raum 2", "Raum 3"], page.Document.QuerySelectorAll("#nach-1 option").Select(one => one.TextContent));
        // A room one wants is the room one gets.
        page.Document.QuerySelector<AngleSharp.Html.Dom.IHtmlSelectElement>("#nach-1")!.Value = "raum-3";
        await desk.Browser.Press(page, "form[action$=verschiebung] button");
        Assert.Equal(["raum-3", "weber"], practice.Has(id));
        Assert.Equal("2026-11-24T09:00", practice.Appointment(id, "starts_local"));

        page = await desk.Open($"/praxis/termin/{id.ToString(CultureInfo.InvariantCulture)}");
        page.Document.QuerySelector<AngleSharp.Html.Dom.IHtmlSelectElement>("#nach-0")!.Value = "yilmaz";
        page.Document.QuerySelector<AngleSharp.Html.Dom.IHtmlSelectElement>("#nach-1")!.Value = "raum-2";
        var asked = await desk.Browser.Press(page, "form[action$=verschiebung] button", ("um", "11:05"), ("trotzdem", "1"));
        Assert.Equal(200, asked.Status);
        Assert.Equal(["raum-2", "yilmaz"], practice.Has(id));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_client_can_be_booked_and_given_a_number_from_their_own_page()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = Careful.Sql + "INSERT INTO walk_in_hours (weekday, starts, ends, capacity) VALUES (1, '00:00', '23:55', 8);" });
        using var desk = await practice.SignedIn();
        var page = await desk.Open("/praxis/kunden/9001");
        Assert.Equal("/praxis/neu?owner=9001", page.Find("main a[href^='/praxis/neu']").GetAttribute("href"));
        var consultation = await desk.Open(page.Find("main a[href^='/praxis/sprechstunde']").GetAttribute("href")!);
        Assert.Equal("Kim Beispiel", consultation.Find("#name").GetAttribute("value"));
        await desk.Browser.Press(consultation, "form[action$=nummer] .btn");
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM walk_in WHERE owner_id = 9001"));
        using var trainee = await practice.SignedIn(Role.Trainee);
        Assert.Empty((await trainee.Open("/praxis/kunden/9001")).Document.QuerySelectorAll("main a[href^='/praxis/sprechstunde'], main a[href^='/praxis/neu']"));
    }
}

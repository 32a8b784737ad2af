using VetBooking.Tests.Running;
using VetBooking.Tests.Setup;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Recall;

/// <summary>What staff enter and read: rules, dates, the list.</summary>
public sealed class EnteringTests(PracticeFixture fixture)
{
    private static readonly Wanted On = new()
    {
        Sql = """
            INSERT INTO recall_rule (id, position, species_id, what, interval_months, confirmed_at) VALUES ('rabies', 1, 'dog', 'vaccination', NULL, 1), ('lepto', 2, 'dog', 'vaccination', 12, 1);
            INSERT INTO recall_rule_text VALUES ('rabies', 'de', 'Tollwut'), ('lepto', 'de', 'Leptospirose <b>');
            """,
    };

    [Fact]
    public async Task Two_fields_and_one_button_enter_what_was_given()
    {
        await using var practice = await fixture.Start(On);
        using var desk = await practice.SignedIn(Role.Vet);
        var page = await desk.Browser.Press(await desk.Open("/praxis/tiere/1"), "#faelliges .pri", ("was", "lepto"), ("am", "2026-02-28"));
        Assert.Equal(200, page.Status);
        Assert.Equal("2027-02-28", practice.Db.Row("SELECT due_on FROM animal_due", row => row.GetString(0)));
        Assert.Contains("Leptospirose <b>", page.Find("#faelliges table").TextContent, StringComparison.Ordinal);
        page = await desk.Browser.Press(page, "#faelliges button[value=aus]");
        Assert.Equal(1, practice.Db.Number("SELECT off FROM animal_due"));
        await desk.Browser.Press(page, "#faelliges button[value=an]");
        Assert.Equal(0, practice.Db.Number("SELECT off FROM animal_due"));
        Assert.Equal(["due.entered", "due.off", "due.on"], practice.Db.Rows("SELECT act FROM audit WHERE act LIKE 'due.%' ORDER BY id", row => row.GetString(0)));
    }

    [Theory]
    [InlineData("lepto", "2026-12-24", "", "", "am")]
    [InlineData("lepto", "gestern", "", "", "am")]
    [InlineData("erfunden", "2026-11-01", "", "", "was")]
    [InlineData("rabies", "2026-11-01", "", "", "monate")]
    [InlineData("rabies", "2026-11-01", "0", "", "monate")]
    [InlineData("lepto", "2026-11-01", "", "2026-10-31", "faellig")]
    [InlineData("lepto", "2026-11-01", "", "9999-12-31", "faellig")]
    public async Task What_is_wrong_is_said_beside_its_field_and_stays_there(string rule, string day, string months, string due, string field)
    {
        await using var practice = await fixture.Start(On);
        using var desk = await practice.SignedIn();
        var page = await desk.Browser.Press(await desk.Open("/praxis/tiere/1"), "#faelliges .pri", ("was", rule), ("am", day), ("monate", months), ("faellig", due), ("praeparat", "Impfstoff <i>"));
        Assert.Equal((422, 0L), (page.Status, practice.Count("animal_due")));
        Assert.NotNull(page.Find($"#{field}-fehler"));
        Assert.Empty(page.DeadErrorLinks);
        Assert.Equal(("Impfstoff <i>", day), (page.Value("#praeparat"), page.Value("#am")));
        Assert.NotNull(page.Find("#faelliges details[open]"));
    }

    [Fact]
    public async Task The_list_shows_who_knows_and_who_has_an_appointment()
    {
        await using var practice = await fixture.Start(On with { Sql = On.Sql + "INSERT INTO animal_due (animal_id, rule_id, given_on, due_on) VALUES (1, 'lepto', '2025-12-01', '2026-12-01'), (1, 'rabies', '2025-12-01', '2027-12-30');" });
        using var desk = await practice.SignedIn(Role.Trainee);
        var page = await desk.Open("/praxis/faellig");
        Assert.Single(page.Document.QuerySelectorAll("tbody tr"));
        Assert.Contains("keine Zustimmung", page.Words, StringComparison.Ordinal);
        practice.Db.Execute("INSERT INTO recall_told VALUES (1, 'lepto', '2026-12-01', 1, 1795000000, 99999)");
        Assert.Contains("geschrieben am", (await desk.Open("/praxis/faellig?tage=90")).Words, StringComparison.Ordinal);
        Assert.Equal(200, (await desk.Open("/praxis/faellig?tage=drop")).Status);
    }

    [Fact]
    public async Task Proposals_are_taken_over_unconfirmed_and_confirmed_one_by_one()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Browser.Press(await desk.Open("/praxis/einstellungen/faellig"), "form.card button");
        Assert.True(practice.Count("recall_rule") > 5);
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM recall_rule WHERE confirmed_at IS NOT NULL"));
        Assert.Empty((await desk.Open("/praxis/tiere/1")).Document.QuerySelectorAll("#faelliges"));
        Assert.Equal("impfung", practice.Db.Row("SELECT visit_type_id FROM recall_visit WHERE rule_id = 'hund-leptospirose'", row => row.GetString(0)));
        await desk.Set("/faellig/hund-leptospirose", ("geprueft", "ja"));
        Assert.Equal(desk.Account, practice.Db.Number("SELECT confirmed_by FROM recall_rule WHERE id = 'hund-leptospirose'"));
        practice.Db.Execute("INSERT INTO animal_due (animal_id, rule_id, given_on, due_on) VALUES (1, 'hund-leptospirose', '2026-08-31', '2027-08-31')");
        await desk.Set("/faellig/hund-leptospirose", ("monate", "6"));
        Assert.Equal("2027-02-28", practice.Db.Row("SELECT due_on FROM animal_due", row => row.GetString(0)));
        Assert.Equal("hund-leptospirose", Assert.Single(practice.Db.Rows("SELECT id FROM recall_rule WHERE confirmed_at IS NOT NULL", row => row.GetString(0))));
    }

    [Fact]
    public async Task A_practice_makes_its_own_rules()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/faellig/neu", ("name-de", "Zahnkontrolle"), ("was", "check-up"), ("tierart", "cat"), ("monate", "12"));
        Assert.Equal("zahnkontrolle|check-up|cat|12|0", practice.Db.Row("SELECT id || '|' || what || '|' || species_id || '|' || interval_months || '|' || (confirmed_at IS NOT NULL) FROM recall_rule", row => row.GetString(0)));
    }
}

using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Setup;

/// <summary>Visit types, animals, red flags, duties and the rules for the whole practice.</summary>
public sealed class BookingRuleTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Saving_a_visit_type_unchanged_changes_nothing_about_it()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        foreach (var id in (string[])["impfung", "pferd", "zahn", "abschied", "tfa"])
        {
            var (before, slots) = (Rows(practice, id), await practice.Api.Get($"/api/v1/slots?visitType={id}&species=dog"));
            var preview = await desk.Preview("/anliegen/" + id);
            Assert.Contains("Sie haben nichts geändert", preview.Words, StringComparison.Ordinal);
            await desk.Confirm(preview);
            Assert.Equal(before, Rows(practice, id));
            Assert.Equal(slots.Text, (await practice.Api.Get($"/api/v1/slots?visitType={id}&species=dog")).Text);
        }
    }

    [Fact]
    public async Task A_visit_type_changes_in_every_respect()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Preview("/anliegen/impfung", ("name-de", "Impfen"), ("minuten-dog", "40"), ("vorlauf", "2880"), ("raster", "30"), ("grenze", "2"), ("fenster-2", "9–10"));
        Assert.Equal(["20", "40"], preview.Row("Hund"));
        Assert.Contains("Woche für Woche", preview.Words, StringComparison.Ordinal);
        await desk.Confirm(preview);
        var slots = await practice.Api.Slots("impfung");
        Assert.NotEmpty(slots);
        Assert.All(slots, slot => Assert.Contains(slot.Start[11..16], (string[])["09:00", "09:30"]));
        Assert.All(slots, slot => Assert.Equal(40, slot.Minutes));
        Assert.Contains("Impfen", (await practice.Browser.Open("/buchen")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        foreach (var (name, value) in new[] { ("minuten-dog", "7"), ("minuten-dog", "0"), ("minuten-dog", "-5"), ("raster", "7"), ("wer", "hacker"), ("name-de", ""), ("zeitraum", "9999"), ("bedarf-1", ""), ("bedarf-2", "device"), ("fenster-1", "25–26"), ("grenze", "0") })
        {
            var again = await desk.Preview("/anliegen/impfung", name == "bedarf-1" ? [(name, value), ("bedarf-2", "")] : [(name, value)]);
            Assert.True(again.Status == 422, $"{name} {value}: {again.Status}");
            Assert.Empty(again.DeadErrorLinks);
        }
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task A_visit_type_from_the_catalogue_fits_the_practice_and_can_be_booked()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "DELETE FROM appointment; DELETE FROM visit_type WHERE id IN ('zweitmeinung', 'pferd')" });
        using var desk = await practice.SignedIn(Role.Administrator);
        var catalogue = await desk.Open(SettingSteps.Root + "/katalog");
        Assert.Contains("Zweitmeinung", catalogue.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Impfung", catalogue.Words, StringComparison.Ordinal);
        await desk.Set("/anliegen/neu-zweitmeinung");
        Assert.NotEmpty(await practice.Api.Slots("zweitmeinung"));
        Assert.Equal(404, (await desk.Open(SettingSteps.Root + "/anliegen/neu-nichts")).Status);
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_new_visit_type_asks_for_a_length_and_for_somebody()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        Assert.Equal(422, (await desk.Preview("/anliegen/neu", ("name-de", "Laser"))).Status);
        Assert.Equal(422, (await desk.Preview("/anliegen/neu", ("name-de", "Laser"), ("minuten-dog", "20"))).Status);
        await desk.Set("/anliegen/neu", ("name-de", "Laser & Wärme"), ("minuten-dog", "20"), ("bedarf-1", "person"), ("von-1", "weber"));
        Assert.All(await practice.Api.Slots("warme"), slot => Assert.Equal("weber", slot.Vet));
        Assert.Contains("Laser & Wärme", (await practice.Browser.Open("/buchen")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_animal_the_practice_no_longer_treats_cannot_be_booked()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Post(SettingSteps.Root + "/tierarten", ("tiere", "cat"), ("tiere", "dog"));
        Assert.Contains("Vogel", preview.Words, StringComparison.Ordinal);
        await desk.Confirm(preview);
        Assert.Equal(422, (await practice.Api.Get("/api/v1/slots?visitType=impfung&species=bird")).Status);
        Assert.NotEmpty(await practice.Api.Slots("impfung"));
    }

    [Fact]
    public async Task Every_change_of_the_red_flags_is_a_new_edition_that_somebody_must_approve()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Post(SettingSteps.Root + "/freigabe");
        Assert.Contains("freigegeben", (await desk.Open(SettingSteps.Root + "/warnzeichen")).Find("caption").TextContent, StringComparison.Ordinal);
        await desk.Set("/warnzeichen/neu", ("text-de", "Torkelt"), ("text-en", "Staggers"), ("tiere", "dog"), ("reihenfolge", "1"));
        Assert.Equal("2026-11-23", practice.Db.Row("SELECT DISTINCT edition FROM red_flag", row => row.GetString(0)));
        Assert.NotNull((await desk.Open(SettingSteps.Root + "/warnzeichen")).Document.QuerySelector("form[action$=freigabe]"));
        await desk.Post(SettingSteps.Root + "/freigabe");
        await desk.Set("/warnzeichen/torkelt", ("text-de", "Torkelt oder fällt um"));
        Assert.Equal("2026-11-23/2", practice.Db.Row("SELECT DISTINCT edition FROM red_flag", row => row.GetString(0)));
        Assert.Equal("2026-11-23", practice.Db.Row("SELECT red_flags_read FROM practice", row => row.GetString(0)));
        Assert.Contains("Torkelt oder fällt um", (await practice.Browser.Open("/buchen")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_duty_of_the_day_stands_above_every_booking_while_it_lasts()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/notdienst/neu", ("von", "2026-11-23"), ("um", "07:00"), ("bis", "2026-11-23"), ("bis-um", "20:00"), ("wer", "Tierklinik Seestern"), ("telefon", "030 23125 999"));
        Assert.Equal(422, (await desk.Preview("/notdienst/neu", ("von", "2026-11-23"), ("um", "20:00"), ("bis", "2026-11-23"), ("bis-um", "07:00"), ("telefon", "030 23125 999"))).Status);
        await desk.Set("/notdienst/texte", ("poison-de", "030 23125 240"));
        foreach (var path in (string[])["/", "/buchen", "/buchen?lang=en"])
        {
            var page = await practice.Browser.Open(path);
            Assert.Contains("Tierklinik Seestern", page.Words, StringComparison.Ordinal);
            Assert.NotNull(page.Document.QuerySelector("a[href='tel:+493023125999']"));
            Assert.NotNull(page.Document.QuerySelector("a[href='tel:+493023125240']"));
        }
        practice.Clock.Advance(NodaTime.Duration.FromHours(14));
        var after = await practice.Browser.Open("/buchen");
        Assert.DoesNotContain("Notdienst hat", after.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_for_all_reach_every_visit_type()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/regeln", ("vormerken", "45"), ("zeitraum", "10"));
        Assert.Equal((45, 10, 10), ((int)practice.Db.Number("SELECT hold_minutes FROM practice"), (int)practice.Db.Number("SELECT min(horizon_days) FROM visit_type"), (int)practice.Db.Number("SELECT max(horizon_days) FROM visit_type")));
        Assert.All(await practice.Api.Slots("impfung", more: "&days=62"), slot => Assert.True(string.CompareOrdinal(slot.Start, "2026-12-04") < 0));
    }

    private static string Rows(RunningPractice practice, string id) => string.Join('\n', ((string[])
    [
        "SELECT * FROM visit_type WHERE id = $id", "SELECT * FROM visit_type_text WHERE visit_type_id = $id", "SELECT * FROM visit_type_species WHERE visit_type_id = $id",
        "SELECT visit_type_id, weekday, starts, ends FROM visit_type_window WHERE visit_type_id = $id", "SELECT * FROM need WHERE visit_type_id = $id", "SELECT * FROM need_option WHERE visit_type_id = $id",
    ]).SelectMany(sql => practice.Db.Rows(sql, row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => row.GetValue(column))), ("$id", id)).Order(StringComparer.Ordinal)));
}

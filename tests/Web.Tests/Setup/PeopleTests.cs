using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Setup;

/// <summary>People, rooms and devices, their shifts and absences.</summary>
public sealed class PeopleTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] NoHours = [.. Enumerable.Range(1, 7).Select(day => ($"tag-{day}", "")), .. Enumerable.Range(1, 7).Select(day => ($"ungerade-{day}", ""))];

    [Fact]
    public async Task A_new_vet_can_be_booked_once_they_have_the_skill_and_shifts()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/team/neu", ("name", "Dr. Özgür Grün"), ("rolle", "Tierarzt"), ("koennen", "allgemein"), ("weitere", "Physio"));
        Assert.Equal("allgemein,physio", practice.Db.Row("SELECT group_concat(skill ORDER BY skill) FROM skill WHERE resource_id = 'grun'", row => row.GetString(0)));
        await desk.Set("/team/grun/dienste/neu", [.. NoHours, ("tag-1", "14:30–18"), ("wechsel", "")]);
        var slots = await practice.Api.Slots("impfung", more: "&vet=grun&from=2026-11-23&days=14");
        Assert.NotEmpty(slots);
        Assert.All(slots, slot => Assert.Contains(slot.Start[..10], (string[])["2026-11-23", "2026-11-30"]));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Even_and_odd_weeks_can_differ()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var path = "/team/weber/dienste/" + practice.Db.Number("SELECT min(id) FROM shift WHERE resource_id = 'weber'");
        await desk.Set(path, [.. NoHours, ("tag-1", "9–12"), ("wechsel", "ja"), ("ungerade-2", "9–12"), ("von", ""), ("bis", "")]);
        Assert.Equal("1even 2odd", practice.Db.Row("SELECT group_concat(weekday || rhythm, ' ') FROM shift WHERE resource_id = 'weber'", row => row.GetString(0)));
        var days = (await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-11-23&days=14")).Select(slot => slot.Start[..10]).Distinct();
        Assert.Equal(["2026-11-23", "2026-12-01"], days);
    }

    [Fact]
    public async Task An_absence_frees_nothing_and_cancels_nothing_but_is_kept_free()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await practice.Api.BookFirst("impfung", more: "&vet=weber&from=2026-11-30");
        var preview = await desk.Preview("/team/weber/abwesenheit/neu", ("von", "2026-11-30"), ("um", "10:00"), ("bis", "2026-12-01"), ("bis-um", ""));
        Assert.Contains("Online buchbare Zeiten", preview.Words, StringComparison.Ordinal);
        await desk.Confirm(preview);
        Assert.Equal("2026-11-30T10:00 2026-12-02T00:00", practice.Db.Row("SELECT starts_local || ' ' || ends_local FROM absence ORDER BY id DESC LIMIT 1", row => row.GetString(0)));
        Assert.All(await practice.Api.Slots("impfung", more: "&vet=weber&from=2026-11-30&days=2"), slot => Assert.True(string.CompareOrdinal(slot.Start[..16], "2026-11-30T10:00") < 0));
        Assert.Contains("30.11.2026, 10:00", (await desk.Open(SettingSteps.Root + "/team/weber")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_had_appointments_is_set_aside_and_never_removed()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await practice.Api.BookFirst("impfung", more: "&vet=weber&from=2026-11-30");
        Assert.Null((await desk.Open(SettingSteps.Root + "/team/weber")).Document.QuerySelector("button[name=entfernen]"));
        // Even if the button is made up.
        await desk.Post(SettingSteps.Root + "/team/weber", ("entfernen", "ja"), ("bestaetigt", practice.Db.Number("SELECT revision FROM practice").ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(1, practice.Db.Number("SELECT active FROM resource WHERE id = 'weber'"));

        var form = await desk.Open(SettingSteps.Root + "/team/weber");
        var fields = form.Document.QuerySelectorAll("input[name=koennen][checked]").Select(one => ("koennen", one.GetAttribute("value")!));
        var preview = await desk.Post(SettingSteps.Root + "/team/weber", [("name", "Dr. Weber"), ("rolle", ""), ("reihenfolge", "1"), ("weitere", ""), .. fields]);
        Assert.Contains("dann außerhalb", preview.Words, StringComparison.Ordinal);
        await desk.Confirm(preview);
        Assert.Equal(0, practice.Db.Number("SELECT active FROM resource WHERE id = 'weber'"));
        Assert.Equal(422, (await practice.Api.Get("/api/v1/slots?visitType=impfung&species=dog&vet=weber")).Status);
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_room_nobody_ever_used_can_go_again()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/raeume/neu", ("name", "Raum 9"));
        Assert.Equal("room", practice.Db.Row("SELECT kind FROM resource WHERE name = 'Raum 9'", row => row.GetString(0)));
        var link = (await desk.Open(SettingSteps.Root + "/raeume")).Document.QuerySelectorAll("tbody th a").Single(one => one.TextContent == "Raum 9").GetAttribute("href")!;
        await desk.Confirm(await desk.Browser.Press(await desk.Open(link), "button[name=entfernen]"));
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM resource WHERE name = 'Raum 9'"));
        Assert.Equal(404, (await desk.Open(link)).Status);
        Assert.Equal(404, (await desk.Open(SettingSteps.Root + "/raeume/weber")).Status);
    }
}

using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Setup;

/// <summary>No setting changes before its consequences were shown, and what was shown is what becomes true.</summary>
public sealed class PreviewTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Leave = [("von", "2026-12-01"), ("bis", "2026-12-04"), ("grund", "Fortbildung"), ("vertretung", "Praxis Seerose, 030 23125 450")];

    [Fact]
    public async Task A_preview_shows_the_days_the_times_and_the_appointments_and_changes_nothing()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var booked = await practice.Api.BookFirst("impfung", more: "&from=2026-12-02");
        var before = await practice.Digest();
        var preview = await desk.Preview("/schliesstage/neu", Leave);
        Assert.Equal(["08:00–12:30, 14:30–18:30", "geschlossen: Fortbildung"], preview.Row("01.12.2026"));
        Assert.Contains("dann außerhalb der Zeiten", preview.Words, StringComparison.Ordinal);
        Assert.Contains(booked.Number, preview.Words, StringComparison.Ordinal);
        var starts = preview.Row("Impfung und Vorsorge").Select(cell => int.Parse(cell.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(starts[0] > starts[1] && starts[2] == starts[1] - starts[0], string.Join(' ', starts));
        Assert.Equal(before, await practice.Digest());
        Assert.NotEmpty(await practice.Api.Slots("impfung", more: "&from=2026-12-01&days=1"));
    }

    [Fact]
    public async Task Once_confirmed_it_holds_at_once_is_in_the_audit_log_and_moves_no_appointment()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var booked = await practice.Api.BookFirst("impfung", more: "&from=2026-12-02");
        var (revision, rows) = (practice.Db.Number("SELECT revision FROM practice"), practice.Count("closure"));
        var saved = await desk.Set("/schliesstage/neu", Leave);
        Assert.Contains("Fortbildung", saved.Words, StringComparison.Ordinal);
        Assert.Equal((revision + 1, rows + 1), (practice.Db.Number("SELECT revision FROM practice"), practice.Count("closure")));
        Assert.Empty(await practice.Api.Slots("impfung", more: "&from=2026-12-01&days=4"));
        Assert.Equal("held", practice.Of(booked.Number, "state"));
        Assert.True(practice.Taken(booked.Number) > 0);
        Assert.Equal($"account:{desk.Account} closure.added", practice.Db.Row("SELECT actor || ' ' || act FROM audit ORDER BY id DESC LIMIT 1", row => row.GetString(0)));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_and_everything_typed_is_kept()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        foreach (var (from, to, reason) in new[] { ("", "", "x"), ("2026-13-01", "", "x"), ("2026-12-04", "2026-12-01", "x"), ("2026-12-01", "2029-12-01", "x"), ("2026-12-01", "", new string('x', 81)), ("2026-12-01", "", "a\u202Eb") })
        {
            var again = await desk.Preview("/schliesstage/neu", ("von", from), ("bis", to), ("grund", reason), ("vertretung", "Seerose"));
            Assert.Equal(422, again.Status);
            Assert.StartsWith("Fehler:", again.Title, StringComparison.Ordinal);
            Assert.Empty(again.DeadErrorLinks);
            Assert.Equal((from, to, reason, "Seerose"), (again.Value("#von"), again.Value("#bis"), again.Value("#grund"), again.Value("#vertretung")));
        }
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task Whoever_comes_second_sees_that_something_changed_and_decides()
    {
        await using var practice = await fixture.Start();
        using var one = await practice.SignedIn(Role.Administrator);
        using var other = await practice.SignedIn(Role.Administrator);
        var form = await one.Open(SettingSteps.Root + "/angaben");
        var preview = await one.Browser.Press(form, "form.sheet .btn", ("phone", "030 23125 111"));
        await other.Set("/angaben", ("phone", "030 23125 222"));
        var second = await one.Confirm(preview);
        Assert.Contains("Inzwischen hat jemand etwas", second.Words, StringComparison.Ordinal);
        Assert.Equal(["030 23125 222", "030 23125 111"], second.Row("Telefon"));
        Assert.Equal("030 23125 222", practice.Db.Row("SELECT phone FROM practice", row => row.GetString(0)));
        await one.Confirm(second);
        Assert.Equal("030 23125 111", practice.Db.Row("SELECT phone FROM practice", row => row.GetString(0)));
    }

    [Fact]
    public async Task From_the_preview_one_goes_on_typing_where_one_was()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Preview("/schliesstage/neu", Leave);
        var form = await desk.Browser.Press(preview, "button[name=aendern]");
        Assert.Equal((200, "Fortbildung", "2026-12-04"), (form.Status, form.Value("#grund"), form.Value("#bis")));
    }

    [Fact]
    public async Task Without_its_legal_notice_the_practice_closes_and_the_preview_says_so()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var preview = await desk.Preview("/angaben", ("chamber", ""));
        Assert.Contains("nicht mehr öffentlich", preview.Words, StringComparison.Ordinal);
        await desk.Confirm(preview);
        Assert.Equal(503, (await practice.Browser.Open("/buchen")).Status);
        Assert.Contains("Tierärztekammer", (await desk.Open(SettingSteps.Root)).Words, StringComparison.Ordinal);
        Assert.Contains("nimmt Termine an", (await desk.Preview("/angaben", ("chamber", "Tierärztekammer Berlin"))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_there()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        foreach (var path in (string[])["/schliesstage/4711", "/schliesstage/-1", "/oeffnungszeiten/0", "/oeffnungszeiten/999999999999999999999"])
        {
            Assert.Equal(404, (await desk.Open(SettingSteps.Root + path)).Status);
            Assert.Equal(404, (await desk.Post(SettingSteps.Root + path, ("bestaetigt", "1"))).Status);
        }
    }
}

using VetBooking.Tests.Running;
using VetBooking.Web.Setup;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Setup;

/// <summary>Opening hours, closures and holidays, as an administrator sets them.</summary>
public sealed class HoursTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Mornings = [.. Enumerable.Range(1, 5).Select(day => ($"tag-{day}", "9–12")), ("tag-6", ""), ("tag-7", "")];

    [Theory]
    [InlineData("8–12, 14:30–18", "8–12, 14:30–18")]
    [InlineData("08:00-12.30 ; 14 bis 18:05 Uhr", "8–12:30, 14–18:05")]
    [InlineData("", "")]
    [InlineData("0–24", "0–24")]
    [InlineData("8–12, 18–2", "8–12, 18–2")]
    [InlineData("18-24:00", "18–24")]
    public void Hours_are_read_as_people_write_them(string written, string read) => Assert.Equal(read, WeekText.Write(WeekText.Read(written)!));

    [Theory]
    [InlineData("8")]
    [InlineData("8–12, 11–14")]
    [InlineData("18–2, 3–4")]
    [InlineData("8–12, 18–9")]
    [InlineData("24–6")]
    [InlineData("8:03–12")]
    [InlineData("8–25")]
    [InlineData("25–26")]
    [InlineData("vormittags")]
    public void Hours_that_make_no_sense_are_refused(string written) => Assert.Null(WeekText.Read(written));

    [Fact]
    public async Task Hours_for_a_while_replace_the_others_for_that_while_and_give_way_again_when_removed()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = Hours(practice);
        await desk.Set("/oeffnungszeiten/neu", [.. Mornings, ("von", "2026-12-07"), ("bis", "2026-12-13")]);
        Assert.Equal(3, practice.Db.Number("SELECT count(DISTINCT ifnull(valid_from, '') || ifnull(valid_to, '')) FROM opening_hours"));
        Assert.All(await practice.Api.Slots("impfung", more: "&from=2026-12-07&days=7"), slot => Assert.InRange(slot.Start[11..16], "09:00", "11:55"));
        Assert.Contains(await practice.Api.Slots("impfung", more: "&from=2026-12-14&days=1"), slot => string.CompareOrdinal(slot.Start[11..16], "14:00") > 0);

        var list = await desk.Open(SettingSteps.Root + "/oeffnungszeiten");
        var link = list.Document.QuerySelectorAll("tbody th a").Single(one => one.TextContent.Contains("07.12.2026", StringComparison.Ordinal)).GetAttribute("href")!;
        await desk.Confirm(await desk.Browser.Press(await desk.Open(link), "button[name=entfernen]"));
        Assert.Equal(before, Hours(practice));
    }

    [Fact]
    public async Task New_hours_from_a_date_on_end_the_old_ones_the_day_before()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        await desk.Set("/oeffnungszeiten/neu", [.. Mornings, ("von", "2027-01-01"), ("bis", "")]);
        Assert.Equal("2026-12-31", practice.Db.Row("SELECT DISTINCT valid_to FROM opening_hours WHERE valid_from IS NULL", row => row.GetString(0)));
        Assert.Equal(5, practice.Db.Number("SELECT count(*) FROM opening_hours WHERE valid_from = '2027-01-01' AND valid_to IS NULL"));
    }

    [Fact]
    public async Task A_week_without_any_hours_is_refused()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var before = await practice.Digest();
        Assert.Equal(422, (await desk.Preview("/oeffnungszeiten/neu", [.. Enumerable.Range(1, 7).Select(day => ($"tag-{day}", ""))])).Status);
        Assert.Equal(422, (await desk.Preview("/oeffnungszeiten/neu", ("tag-1", "morgens"))).Status);
        Assert.Equal(before, await practice.Digest());
    }

    [Fact]
    public async Task The_holidays_are_those_of_the_Land_and_those_the_town_has()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Administrator);
        var list = await desk.Set("/feiertage/land", ("land", "BY"), ("regional", "PeaceFestival"));
        Assert.Contains("Bayern", list.Words, StringComparison.Ordinal);
        Assert.Contains("Friedensfest", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Frauentag", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Friedensfest", (await desk.Set("/feiertage/land", ("land", "HH"), ("regional", "PeaceFestival"))).Words, StringComparison.Ordinal);
        Assert.Equal(0, practice.Count("regional_holiday"));
    }

    private static string Hours(RunningPractice practice) => string.Join(' ', practice.Db.Rows(
        "SELECT weekday || opens || closes || ifnull(valid_from, '') || ifnull(valid_to, '') FROM opening_hours ORDER BY 1", row => row.GetString(0)));
}

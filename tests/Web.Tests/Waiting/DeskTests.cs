using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Clients.Comparing;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty;
using VetBooking.Web.Storage;
using static VetBooking.Tests.Waiting.FullPractice;

namespace VetBooking.Tests.Waiting;

/// <summary>The waiting list at the front desk, and what becomes of its data.</summary>
public sealed class DeskTests(PracticeFixture fixture)
{
    private static readonly (string, string)[] Kim =
        [("name", "Kim Beispiel"), ("telefon", "030 23125 002"), ("email", "kim@example.org"), ("anliegen", "impfung"), ("tier-0", "Rex"), ("art-0", "dog"), ("dringlichkeit", "urgent")];

    [Fact]
    public async Task Staff_enter_change_and_remove_somebody_and_see_the_urgent_first()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        using var desk = await practice.SignedIn();
        await practice.Enter(Wants("Anna A"));
        var added = await desk.Browser.Press(await desk.Open("/praxis/warteliste/neu"), "form.sheet .row .btn", Kim);
        Assert.Contains("Eingetragen.", added.Find(".said").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Kim Beispiel", "Anna A"], added.Document.QuerySelectorAll(".requests h2").Select(one => one.TextContent));
        Assert.Contains("nichts Passendes frei", added.Words, StringComparison.Ordinal);
        Assert.Equal(["Kim Beispiel"], (await desk.Open("/praxis/warteliste?nur=dringend")).Document.QuerySelectorAll(".requests h2").Select(one => one.TextContent));
        var form = await desk.Open("/praxis/warteliste/2");
        Assert.Equal(("Kim Beispiel", "Rex"), (form.Value("#name"), form.Value("#tier-0")));
        Assert.Equal(200, (await desk.Browser.Press(form, "form.sheet .row .btn", ("dringlichkeit", "normal"), ("zeiten", "midday"))).Status);
        Assert.Equal((0L, 2L), practice.Db.Row("SELECT urgent, day_parts FROM waiting WHERE id = 2", row => (row.GetInt64(0), row.GetInt64(1))));
        // Opened before somebody else saved.
        var late = await desk.Browser.Press(form, "form.sheet .row .btn", ("name", "Kim Neu"));
        Assert.Equal((422, "Kim Neu"), (late.Status, late.Value("#name")));
        await practice.FreeFor(2);
        Assert.Equal(2, (await desk.Open("/praxis/warteliste?nur=angebot")).Document.QuerySelectorAll(".requests li").Length);
        Assert.Contains("auch 1 anderem Eintrag", (await desk.Open("/praxis/warteliste")).Words, StringComparison.Ordinal);
        var removed = await desk.Browser.Press(await desk.Open("/praxis/warteliste/2"), "form[action$='/ende'] button");
        Assert.Contains("Von der Liste genommen.", removed.Words, StringComparison.Ordinal);
        Assert.Equal(("ended removed", "declined"), (practice.StateOf(2), practice.OfferOf(2)));
        Assert.Equal(404, (await desk.Open("/praxis/warteliste/2")).Status);
        Assert.Equal(404, (await desk.Post("/praxis/warteliste/2/ende")).Status);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("email", "x")]
    [InlineData("anliegen", "nichts")]
    [InlineData("tier-0", "")]
    [InlineData("art-0", "cattle")]
    [InlineData("art-0", "nichts")]
    [InlineData("bei", "nichts")]
    [InlineData("bis", "")]
    public async Task What_staff_type_wrong_is_said_and_kept(string field, string value)
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn();
        var again = await desk.Browser.Press(await desk.Open("/praxis/warteliste/neu"), "form.sheet .row .btn", [.. Kim.Where(one => one.Item1 != field), (field, value)]);
        Assert.Equal(422, again.Status);
        Assert.Empty(again.DeadErrorLinks);
        Assert.Equal("030 23125 002", again.Value("#telefon"));
        Assert.Equal(0, practice.Count("waiting"));
    }

    [Fact]
    public async Task A_trainee_reads_the_list_and_changes_nothing()
    {
        await using var practice = await fixture.Start();
        await practice.Enter(Wants());
        using var trainee = await practice.SignedIn(Role.Trainee);
        Assert.Null((await trainee.Open("/praxis/warteliste")).Document.QuerySelector("main .btn, main .b"));
        Assert.Equal(403, (await trainee.Open("/praxis/warteliste/neu")).Status);
        Assert.Equal(403, (await trainee.Post("/praxis/warteliste/1/ende")).Status);
    }

    [Fact]
    public async Task Entries_end_with_their_last_day_and_are_removed_a_week_later()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var entry = await practice.Enter(Wants() with { Until = new LocalDate(2026, 11, 24) });
        practice.Clock.Advance(Duration.FromDays(2));
        await practice.Look();
        Assert.Equal("ended over", practice.StateOf(entry));
        await Retention.Apply(practice.Writer, Actor.Practice, CancellationToken.None);
        Assert.Equal(1, practice.Count("waiting"));
        practice.Clock.Advance(Duration.FromDays(8));
        await Retention.Apply(practice.Writer, Actor.Practice, CancellationToken.None);
        Assert.Equal((0L, 0L), (practice.Count("waiting"), practice.Count("waiting_animal")));
    }

    [Fact]
    public async Task Entries_go_with_their_owner_into_a_merge_back_again_and_away()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() + "INSERT INTO owner (id, name, email, email_key, created_at) VALUES (701, 'Erika Muster', 'a@example.org', 'a@example.org', 0), (702, 'E. Muster', 'b@example.org', 'b@example.org', 0)" });
        var entry = await practice.Enter(Wants() with { Owner = 702 });
        await practice.Writer.Write(change =>
        {
            Merges.Do(change, Actor.Practice, (701, 702), new OwnerFacts { Name = "Erika Muster" });
            return true;
        });
        Assert.Equal(701, practice.Db.Number("SELECT owner_id FROM waiting"));
        Assert.True(await practice.Writer.Write(change => Merges.TakeBack(change, Actor.Practice, 701)));
        Assert.Equal(702, practice.Db.Number("SELECT owner_id FROM waiting"));
        await practice.FreeFor(1);
        await practice.Writer.Write(change => change.Db.Execute("DELETE FROM owner WHERE id = 702"));
        await practice.Look();
        Assert.Equal(("gone", 0L, 0L), (practice.StateOf(entry), practice.Count("offer"), practice.Count("kept_time")));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task The_log_tells_what_happened_and_names_nobody()
    {
        await using var practice = await fixture.Start(new Running.Wanted { Sql = Sql() });
        var entry = await practice.Enter(Wants());
        await practice.FreeFor(1);
        await practice.Browser.Post(await practice.OfferLink(entry) + "/annahme", []);
        var acts = practice.Db.Rows("SELECT act FROM audit WHERE object LIKE 'waiting:%' OR object LIKE 'offer:%' ORDER BY id", row => row.GetString(0));
        Assert.Equal(["waiting.joined", "offer.made", "offer.accepted", "waiting.ended"], acts);
        Assert.Equal(0, practice.Db.Number("SELECT count(*) FROM audit WHERE detail LIKE '%erika%' OR detail LIKE '%Muster%'"));
    }
}

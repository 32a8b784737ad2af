using VetBooking.Tests.Browser.Settings;

namespace VetBooking.Tests.Browser;

/// <summary>The waiting list: joined where nothing is free, offered by mail, accepted, in every kind of browser people come with.</summary>
public sealed class WaitingListTests(Stage stage) : IClassFixture<Stage>
{
    /// <summary>Nothing is free for two months, but for what is behind one blocked time on Wednesday at eleven. Nobody sleeps.</summary>
    private const string Full = """
        UPDATE practice SET quiet_from = '00:00', quiet_until = '00:00';
        DELETE FROM occupancy; DELETE FROM squeeze_over; DELETE FROM squeeze; DELETE FROM appointment;
        INSERT INTO blocked_time (resource_id, starts_at, ends_at, reason, made_at)
        SELECT id, unixepoch('2027-03-14'), unixepoch('2027-07-01'), 'voll', 0 FROM resource WHERE kind = 'person' AND id <> 'weber';
        INSERT INTO blocked_time (id, resource_id, starts_at, ends_at, reason, made_at) VALUES
        (899, 'weber', unixepoch('2027-03-14'), unixepoch('2027-03-17 10:00'), 'voll', 0),
        (900, 'weber', unixepoch('2027-03-17 10:00'), unixepoch('2027-03-17 10:20'), 'voll', 0),
        (901, 'weber', unixepoch('2027-03-17 10:20'), unixepoch('2027-07-01'), 'voll', 0);
        """;

    public static TheoryData<int, bool, bool> Devices => new() { { 320, false, false }, { 390, true, true }, { 1280, true, false } };

    [BrowserTheory]
    [MemberData(nameof(Devices))]
    public async Task An_owner_joins_confirms_is_offered_a_time_and_accepts_it(int width, bool scripts, bool dark)
    {
        await using var practice = await stage.Other(Full);
        await using var owner = await stage.Owner(new Device(width, 800, scripts, dark), practice);
        await using var desk = await Administrator.At(stage, new Device(width, 800, scripts, dark), practice);
        var (page, inspection) = (owner.Page, new Inspection(owner));
        await owner.UpToTimes();
        await owner.CountFromHere();
        await page.ReloadAsync();
        await inspection.Look($"list-times-{width}");
        await owner.Follow("/buchen/warteliste");
        await inspection.Look($"list-join-{width}");
        await page.FillAsync("#email", "keine");
        await owner.Next();
        await inspection.Look($"list-join-{width}-wrong");
        await page.FillAsync("#name", owner.Name);
        await page.FillAsync("#email", owner.Email);
        await page.CheckAsync("input[name=tage][value='3']");
        await owner.Next();
        await inspection.Look($"list-sent-{width}");
        await owner.Open("/warteliste/" + await Mailbox.LinkFor(practice, owner.Email, "warteliste"));
        await inspection.Look($"list-confirm-{width}");
        await owner.Press("/bestaetigung");
        await inspection.Look($"list-waiting-{width}");
        await desk.Open("/praxis/warteliste");
        await desk.Look($"list-desk-{width}");
        await desk.Open("/praxis/warteliste/1");
        await desk.Look($"list-edit-{width}");
        await desk.Open("/praxis/einstellungen/warteliste");
        await desk.Look($"list-rules-{width}");
        await desk.Open("/praxis/sperre/900");
        await desk.Page.ClickAsync("form[action*='/aufhebung'] button");
        await owner.Open("/warteliste/" + await Mailbox.LinkFor(practice, owner.Email, "warteliste", before: 1));
        await inspection.Look($"list-offered-{width}");
        await desk.Open("/praxis/warteliste");
        await desk.Look($"list-desk-offered-{width}");
        await desk.Open("/praxis/tag?tag=2027-03-17");
        await Pictures.Take(desk.Page, $"list-board-{width}");
        var offer = page.Url;
        await owner.Press("/annahme");
        Assert.Equal("Ihr Termin ist gebucht", await page.InnerTextAsync("h1"));
        await owner.CountFromHere();
        await page.GotoAsync(offer);
        Assert.Equal("Sie haben diesen Termin angenommen", await page.InnerTextAsync("h1"));
        await inspection.Look($"list-accepted-{width}");
        Assert.Equal(1, practice.Number("SELECT count(*) FROM appointment WHERE state = 'booked'"));
        inspection.NothingIsWrong();
        desk.NothingIsWrong();
    }
}

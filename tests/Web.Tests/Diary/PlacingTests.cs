using VetBooking.Scheduling;
using VetBooking.Tests.Running;
using VetBooking.Web.Planning;
using static VetBooking.Tests.Planning.PlanPractice;

namespace VetBooking.Tests.Planning;

/// <summary>What staff enter, move, call off and take back.</summary>
public sealed class PlacingTests(PracticeFixture fixture)
{
    private static readonly Wanted Empty = new() { Sql = "DELETE FROM appointment" };

    [Fact]
    public async Task An_appointment_by_staff_is_booked_at_once_and_its_owner_is_told()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9, 5), "weber");
        Assert.Equal(("booked", "weber", "20", "2026-11-24T09:05"), (practice.Appointment(id, "state"), practice.Appointment(id, "vet"), practice.Appointment(id, "minutes"), practice.Appointment(id, "starts_local")));
        Assert.Equal(["raum-1", "weber"], practice.Has(id));
        Assert.Equal("confirmed", practice.Mails(id));
        Assert.Empty(practice.Problems());

        // Its link does what every mailed link does.
        await practice.Browser.Press(await practice.Browser.Open(await practice.MailedLink() + "/absage"), "button");
        Assert.Equal("cancelled", practice.Appointment(id, "state"));
    }

    [Fact]
    public async Task A_time_that_is_taken_is_refused_and_squeezed_in_only_with_a_reason()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var first = await practice.Make(desk, practice.At(1, 9), "weber");
        var wish = Wish(practice.At(1, 9, 10), "weber");
        var asks = Assert.IsType<PlanOutcome.Asks>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, wish)));
        Assert.Equal((first, "weber", "Bello"), (asks.InTheWay[0].Appointment, asks.InTheWay[0].Resource, asks.InTheWay[0].Words));
        // Knowing better about the rules is no licence to lie over somebody.
        Assert.IsType<PlanOutcome.Asks>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, wish with { Consent = new Consent(true, "") })));
        Assert.Equal(1, practice.Count("appointment"));

        var second = Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, wish with { Consent = new Consent(false, "blutet") }))).Id;
        Assert.Equal(["raum-2"], practice.Has(second));
        Assert.Equal(["weber"], practice.Has(second, "squeeze"));
        Assert.Equal((desk.Account, "blutet"), practice.Db.Row("SELECT account_id, reason FROM squeeze", row => (row.GetInt64(0), row.GetString(1))));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM squeeze_over WHERE appointment_id = $id AND over_appointment_id = $over", ("$id", second), ("$over", first)));
        Assert.Equal(1, practice.Db.Number("SELECT count(*) FROM audit WHERE act = 'appointment.squeezed-in'"));
        Assert.Empty(practice.Problems());
        practice.Db.Execute("DELETE FROM squeeze_over");
        Assert.NotEmpty(practice.Problems());
    }

    [Fact]
    public async Task When_one_of_two_that_share_a_time_goes_the_other_keeps_it()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var first = await practice.Make(desk, practice.At(1, 9), "weber");
        var squeezed = Wish(practice.At(1, 9), "weber") with { Consent = new Consent(true, "eilig") };
        var second = Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, squeezed))).Id;
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(first, 0, "krank", false)));
        bool Taken() => practice.Writer.Current.Diary.IsTaken(new Occupancy("weber", new CellRange(Cells.At(practice.At(1, 9)), Cells.At(practice.At(1, 9)) + 1)));
        Assert.True(Taken());
        await practice.Writer.Write(change => { change.Reload(); return 0; });
        Assert.True(Taken());
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal("booked", practice.Appointment(first, "state"));
        Assert.Empty(practice.Problems());
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(second, 0, "", false)));
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(first, 2, "", false)));
        Assert.False(Taken());
        Assert.Equal((0, 0), (practice.Count("occupancy"), practice.Count("squeeze")));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Rules_are_asked_about_once_and_what_was_overridden_is_kept()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var wish = Wish(practice.At(1, 6), "weber");
        var asks = Assert.IsType<PlanOutcome.Asks>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, wish)));
        Assert.IsType<Refusal.Closed>(Assert.Single(asks.Against));
        var id = Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, wish with { Consent = new Consent(true, "") }))).Id;
        Assert.Equal("closed", practice.Appointment(id, "overrides"));
    }

    [Fact]
    public async Task All_resources_move_together_and_the_old_time_is_free_again()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        var moved = new MoveWish(id, 0, practice.At(1, 10, 5)) { Minutes = 35, Exchanges = [new Exchange("weber", "yilmaz")], Tell = true, Consent = new Consent(true, "") };
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffChanges.Move(change, staff, moved)));
        Assert.Equal(["raum-1", "yilmaz"], practice.Has(id));
        Assert.Equal(("35", "yilmaz", "1"), (practice.Appointment(id, "minutes"), practice.Appointment(id, "vet"), practice.Appointment(id, "revision")));
        Assert.Equal("confirmed moved", practice.Mails(id));
        Assert.Empty(practice.Problems());
        await practice.Make(desk, practice.At(1, 9), "weber");
    }

    [Fact]
    public async Task An_owner_who_moves_it_keeps_the_length_staff_have_set_and_nothing_stays_overridden()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var wish = Wish(practice.At(3, 6), "weber") with { Consent = new Consent(true, "") };
        var id = Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) =>
            StaffBookings.Make(change, staff, wish with { Placement = wish.Placement with { Minutes = 50 } }))).Id;
        Assert.Equal(("50", "closed"), (practice.Appointment(id, "minutes"), practice.Appointment(id, "overrides")));
        var day = practice.Appointment(id, "starts_local")![..10];
        var choice = await practice.Browser.Open(await practice.LinkTo(practice.Appointment(id, "number")!) + "/verschiebung?tag=" + day);
        var moved = await practice.Browser.Press(choice, "form.body button[name=zeit]");
        Assert.Equal((200, "Ihr Termin ist gebucht"), (moved.Status, moved.Heading));
        Assert.Equal(("50", "", "1"), (practice.Appointment(id, "minutes"), practice.Appointment(id, "overrides"), practice.Appointment(id, "revision")));
        Assert.Equal("50", string.Join(' ', practice.Db.Rows("SELECT DISTINCT (ends_at - starts_at) / 60 FROM occupancy WHERE appointment_id = $id", row => row.GetInt64(0), ("$id", id))));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Whoever_comes_second_sees_what_it_is_now_and_changes_nothing()
    {
        await using var practice = await fixture.Start(Empty);
        using var one = await practice.SignedIn();
        using var other = await practice.SignedIn();
        var id = await practice.Make(one, practice.At(1, 9), "weber");
        await practice.As(one, (change, staff) => StaffChanges.Move(change, staff, new MoveWish(id, 0, practice.At(1, 10))));
        var changed = Assert.IsType<PlanOutcome.Changed>(await practice.As(other, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 0, "", true))));
        Assert.Equal(practice.At(1, 10), changed.Now.Start);
        Assert.Equal("booked", practice.Appointment(id, "state"));
        Assert.IsType<PlanOutcome.Gone>(await practice.As(other, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(4711, 0, "", true))));
    }

    [Fact]
    public async Task Whoever_saw_a_hold_is_told_that_its_owner_has_confirmed_it_meanwhile()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var held = await practice.Api.BookFirst("impfung", more: "&vet=weber");
        var id = practice.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", held.Number));
        await practice.Browser.Press(await practice.Browser.Open(await practice.LinkTo(held.Number)), "form button");
        Assert.Equal("booked", practice.Appointment(id, "state"));
        Assert.IsType<PlanOutcome.Changed>(await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 0, "", false))));
        Assert.Equal("booked", practice.Appointment(id, "state"));
    }

    [Fact]
    public async Task The_last_act_can_be_taken_back_unless_something_has_come_of_it()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        await practice.As(desk, (change, staff) => StaffChanges.Move(change, staff, new MoveWish(id, 0, practice.At(2, 10))));
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal(("2026-11-24T09:00", "2"), (practice.Appointment(id, "starts_local"), practice.Appointment(id, "revision")));
        Assert.Equal(Undone.Nothing, await practice.As(desk, LastAct.TakeBack));

        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 2, "Besitzerin krank", false)));
        Assert.Equal("Besitzerin krank", practice.Appointment(id, "cancel_reason"));
        using var other = await practice.SignedIn();
        await practice.Make(other, practice.At(1, 9, 10), "weber");
        Assert.Equal(Undone.TooLate, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal("cancelled", practice.Appointment(id, "state"));
        Assert.Equal(Undone.Done, await practice.As(other, LastAct.TakeBack));
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal("booked", practice.Appointment(id, "state"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_move_out_of_a_blocked_time_can_be_taken_back_when_that_was_freed_meanwhile()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        using var other = await practice.SignedIn();
        var nine = Cells.At(practice.At(1, 9));
        var block = Assert.IsType<PlanOutcome.Done>(await practice.As(other, (change, staff) => BlockedTimes.Block(change, staff, new BlockWish(["weber"], new CellRange(nine, nine + 6), "Putzen"))));
        var squeezed = Wish(practice.At(1, 9), "weber") with { Consent = new Consent(false, "blutet") };
        var id = Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, squeezed))).Id;
        await practice.As(desk, (change, staff) => StaffChanges.Move(change, staff, new MoveWish(id, 0, practice.At(1, 11))));
        await practice.As(other, (change, staff) => BlockedTimes.Free(change, staff, block.Id));
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal("2026-11-24T09:00", practice.Appointment(id, "starts_local"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task A_blocked_time_is_offered_to_nobody_and_lies_over_nothing()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        CellRange Range(int from, int to) => new(Cells.At(practice.At(1, from)), Cells.At(practice.At(1, to)));
        var block = new BlockWish(["weber", "yilmaz"], Range(9, 10), "Teambesprechung");
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => BlockedTimes.Block(change, staff, block)));
        Assert.Equal(2, practice.Count("blocked_time"));
        Assert.Null(Assert.Single(Assert.IsType<PlanOutcome.Asks>(await practice.As(desk, (change, staff) => StaffBookings.Make(change, staff, Wish(practice.At(1, 9, 30), "weber")))).InTheWay).Appointment);
        Assert.IsType<BookingAnswer.Refused>(practice.Writer.Current.Diary.Book(new VisitRequest("impfung", ["dog"], "weber"), practice.At(1, 9, 30), practice.Clock.GetCurrentInstant()));

        await practice.Make(desk, practice.At(1, 10, 20), "yilmaz");
        Assert.IsType<PlanOutcome.Asks>(await practice.As(desk, (change, staff) => BlockedTimes.Block(change, staff, new BlockWish(["weber", "yilmaz"], Range(10, 11), "Putzen"))));
        Assert.Equal(2, practice.Count("blocked_time"));
        Assert.ThrowsAny<Exception>(() => practice.Db.Execute(
            "INSERT INTO occupancy (resource_id, starts_at, ends_at, appointment_id) SELECT 'weber', starts_at + 300, ends_at, (SELECT max(id) FROM appointment) FROM blocked_time WHERE resource_id = 'weber'"));

        var id = practice.Db.Number("SELECT id FROM blocked_time WHERE resource_id = 'weber'");
        Assert.IsType<PlanOutcome.Done>(await practice.As(desk, (change, staff) => BlockedTimes.Free(change, staff, id)));
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal(2, practice.Count("blocked_time"));
        Assert.Empty(practice.Problems());
    }
}

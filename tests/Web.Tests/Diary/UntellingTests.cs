using VetBooking.Tests.Machines;
using VetBooking.Tests.Running;
using VetBooking.Web.Planning;

namespace VetBooking.Tests.Planning;

/// <summary>What owners hear when staff take back what they have done.</summary>
public sealed class UntellingTests(PracticeFixture fixture)
{
    private static readonly Wanted Empty = new() { Sql = "DELETE FROM appointment" };

    [Fact]
    public async Task What_the_owner_was_told_is_put_right_when_it_is_taken_back()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 0, "", true)));
        practice.Db.Execute("UPDATE outbox SET state = 'sent', attempts = 1");
        await practice.As(desk, LastAct.TakeBack);
        Assert.Equal("confirmed cancelled restored", practice.Mails(id));
    }

    [Theory]
    [InlineData(false, "please-confirm")]
    [InlineData(true, "cancelled please-confirm")]
    public async Task A_hold_whose_cancellation_is_taken_back_can_be_confirmed_by_mail(bool told, string mails)
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var held = await practice.Api.BookFirst("impfung", more: "&vet=weber");
        var id = practice.Db.Number("SELECT id FROM appointment WHERE number = $number", ("$number", held.Number));
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 0, "", told)));
        await practice.Until("SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting')");
        // As if its turn had come while it was called off; the word about that has left, if there was one.
        practice.Db.Execute("UPDATE outbox SET state = iif(kind = 'cancelled', 'sent', 'void')");
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal("held", practice.Appointment(id, "state"));
        Assert.Equal(mails, practice.Mails(id));
    }

    [Fact]
    public async Task A_short_message_that_was_dropped_with_its_gateway_stays_so()
    {
        await using var practice = await fixture.Start(Empty);
        using var desk = await practice.SignedIn();
        var id = await practice.Make(desk, practice.At(1, 9), "weber");
        await practice.Until("SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting')");
        practice.Db.Execute("INSERT INTO outbox (appointment_id, kind, channel, created_at, due_at, state) VALUES ($id, 'reminder', 'gateway', 0, 0, 'void')", ("$id", id));
        await practice.As(desk, (change, staff) => StaffChanges.Cancel(change, staff, new CancelWish(id, 0, "", false)));
        Assert.Equal(Undone.Done, await practice.As(desk, LastAct.TakeBack));
        Assert.Equal("void", practice.Db.Row("SELECT state FROM outbox WHERE channel = 'gateway'", row => row.GetString(0)));
    }
}

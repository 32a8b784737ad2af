using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

public class ChangingTests
{
    private static readonly VisitType OneDay = Check with { CancelDeadline = Duration.FromHours(24) };
    private static readonly Visit Visit = OneDay.Diary().MustBook(Dog, At(5, 9)).Visit;
    private static readonly Practice WithDeadline = Ours.With(OneDay);

    [Fact]
    public void A_booked_visit_can_be_cancelled_until_the_deadline()
    {
        Assert.Null(Changing.Cancel(WithDeadline, Visit, VisitState.Booked, At(4, 8, 59)));
        Assert.Equal(new Refusal.TooLateToChange(At(4, 9)), Changing.Cancel(WithDeadline, Visit, VisitState.Booked, At(4, 9)));
    }

    [Theory]
    [InlineData(VisitState.Held)]
    [InlineData(VisitState.Requested)]
    public void What_is_not_settled_yet_can_be_dropped_until_it_begins(VisitState state)
    {
        Assert.Null(Changing.Cancel(WithDeadline, Visit, state, At(5, 8, 59)));
        Assert.IsType<Refusal.NoLongerPossible>(Changing.Cancel(WithDeadline, Visit, state, At(5, 9)));
    }

    [Theory]
    [InlineData(VisitState.Cancelled)]
    [InlineData(VisitState.Lapsed)]
    public void What_is_over_cannot_be_cancelled_again(VisitState state) =>
        Assert.IsType<Refusal.NoLongerPossible>(Changing.Cancel(WithDeadline, Visit, state, Now));

    [Fact]
    public void A_visit_whose_type_is_gone_can_be_cancelled_until_it_begins()
    {
        var without = WithDeadline with { VisitTypes = [] };
        Assert.Null(Changing.Cancel(without, Visit, VisitState.Booked, At(5, 8, 59)));
        Assert.IsType<Refusal.TooLateToChange>(Changing.Cancel(without, Visit, VisitState.Booked, At(5, 9)));
    }

    [Fact]
    public void A_held_visit_is_booked_when_the_owner_confirms()
    {
        Assert.Equal((VisitState.Booked, null), Changing.Confirm(Check, VisitState.Held, ownerIsKnown: false));
    }

    [Fact]
    public void A_visit_for_known_owners_stays_held_for_a_stranger()
    {
        var type = Check with { Audience = Audience.KnownOwners };
        Assert.Equal((VisitState.Held, new Refusal.KnownOwnersOnly()), Changing.Confirm(type, VisitState.Held, ownerIsKnown: false));
        Assert.Equal((VisitState.Booked, null), Changing.Confirm(type, VisitState.Held, ownerIsKnown: true));
    }

    [Theory]
    [InlineData(VisitState.Requested)]
    [InlineData(VisitState.Booked)]
    [InlineData(VisitState.Cancelled)]
    [InlineData(VisitState.Lapsed)]
    public void Only_a_held_visit_can_be_confirmed(VisitState state) =>
        Assert.Equal((state, new Refusal.NoLongerPossible()), Changing.Confirm(Check, state, ownerIsKnown: true));
}

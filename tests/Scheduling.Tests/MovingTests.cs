using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

public class MovingTests
{
    private static readonly VisitType OnlyAnna = Check with { Needs = [Just("anna")], DailyCap = 1, CancelDeadline = Duration.FromHours(24) };

    [Fact]
    public void Its_own_time_and_its_own_place_in_the_cap_count_as_free()
    {
        var visit = OnlyAnna.Diary().MustBook(Dog, At(5, 9)).Visit;
        var diary = OnlyAnna.Diary(visit);
        diary.MustRefuse<Refusal.DayFull>(Dog, At(5, 9, 10));
        var moved = Assert.IsType<BookingAnswer.Accepted>(diary.Move(visit, Dog, At(5, 9, 10), Now));
        Assert.Equal(At(5, 9, 10), moved.Visit.Start);
    }

    [Fact]
    public void Until_the_move_is_saved_the_old_time_stays_taken()
    {
        var visit = OnlyAnna.Diary().MustBook(Dog, At(5, 9)).Visit;
        var diary = OnlyAnna.Diary(visit);
        diary.Move(visit, Dog, At(6, 9), Now);
        diary.MustRefuse<Refusal.Taken>(DogByStaff, At(5, 9));
    }

    [Fact]
    public void Somebody_elses_time_is_taken_for_a_move_too()
    {
        var diary = OnlyAnna.Diary().After(Dog, At(6, 9));
        var visit = diary.MustBook(Dog, At(5, 9)).Visit;
        MustRefuse<Refusal.DayFull>(diary.With(visit).Move(visit, Dog, At(6, 9), Now));
        MustRefuse<Refusal.Taken>(diary.With(visit).Move(visit, DogByStaff, At(6, 9), Now));
    }

    [Fact]
    public void An_owner_can_move_until_the_deadline_and_staff_after_it()
    {
        var visit = OnlyAnna.Diary().MustBook(Dog, At(5, 9)).Visit;
        var diary = OnlyAnna.Diary(visit);
        Assert.IsType<BookingAnswer.Accepted>(diary.Move(visit, Dog, At(6, 9), At(4, 8, 59)));
        Assert.Equal(At(4, 9), MustRefuse<Refusal.TooLateToChange>(diary.Move(visit, Dog, At(6, 9), At(4, 9))).Deadline);
        Assert.IsType<BookingAnswer.Accepted>(diary.Move(visit, DogByStaff, At(6, 9), At(5, 8)));
    }
}

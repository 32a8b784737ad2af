using NodaTime;
using VetBooking.Scheduling;
using static VetBooking.Tests.Example;

namespace VetBooking.Tests;

/// <summary>"Why is nothing free?", by example; that it is always the whole truth is in <see cref="ModelTests"/>.</summary>
public class ExplainingTests
{
    private static readonly LocalDate Monday = new(2026, 3, 2);

    private static string Reasons(Diary diary, VisitRequest request, LocalDate? date = null, Instant? now = null) =>
        string.Join("; ", diary.WhyMissing(request, date ?? Monday, now ?? Now).Select(one =>
            $"{Clock(one.From)}–{Clock(one.To)} {one.Because.GetType().Name}{(one.Resources.IsEmpty ? "" : " " + string.Join(' ', one.Resources))}"));

    private static string Clock(Instant instant) => instant.InZone(Berlin).ToString("HH:mm", null);

    [Fact]
    public void A_quiet_day_is_missing_only_what_has_passed_and_what_is_closed() =>
        Assert.Equal("00:00–07:00 Past; 07:00–08:00 Closed; 11:50–14:00 Closed; 17:50–00:00 Closed", Reasons(Ours.Diary(), Dog));

    [Fact]
    public void Who_is_taken_is_said_by_name()
    {
        var diary = Ours.Diary().After(Dog with { Vet = "anna" }, At(2, 9)).After(Dog with { Vet = "ben" }, At(2, 9));
        Assert.Contains("08:50–09:20 Taken anna ben", Reasons(diary, Dog), StringComparison.Ordinal);
        Assert.Contains("08:50–09:20 Taken anna;", Reasons(diary, Dog with { Vet = "anna" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_room_or_device_that_is_taken_or_away_is_the_reason_where_the_people_are_free()
    {
        var xray = Check with { Needs = [Vet, Just("xray")] };
        var broken = Ours.With(xray).With("xray", one => one with { Absences = [new Absence(Monday + new LocalTime(8, 0), Monday + new LocalTime(10, 0))] });
        Assert.Contains("08:00–10:00 NobodyThere xray", Reasons(broken.Diary(), Dog), StringComparison.Ordinal);
        Assert.Contains("08:50–09:20 Taken xray", Reasons(xray.Diary().After(Dog, At(2, 9)), Dog), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_needs_that_share_one_person_name_whoever_could_do_either()
    {
        var pair = Check with { Needs = [Vet, Vet, Room] };
        Assert.Contains("Taken", Reasons(pair.Diary(Ours.Diary().MustBook(Dog with { Vet = "anna" }, At(2, 9)).Visit), Dog), StringComparison.Ordinal);
    }

    [Fact]
    public void Notice_horizon_windows_and_caps_are_reasons_for_owners_only()
    {
        var type = Check with
        {
            Lead = Duration.FromHours(3),
            HorizonDays = 5,
            DailyCap = 1,
            Windows = [.. Enumerable.Range(1, 5).Select(day => new WeeklyHours((IsoDayOfWeek)day, new LocalTime(9, 0), new LocalTime(15, 0)))],
        };
        Assert.StartsWith("00:00–07:00 Past; 07:00–10:00 TooSoon; 11:50–14:00 Closed; 15:00–17:50 OutsideWindow", Reasons(type.Diary(), Dog), StringComparison.Ordinal);
        Assert.Contains("09:00–11:50 DayFull", Reasons(type.Diary().After(Dog, At(3, 9)), Dog, Monday.PlusDays(1)), StringComparison.Ordinal);
        Assert.Equal("00:00–00:00 TooFar", Reasons(type.Diary(), Dog, Monday.PlusDays(7)));
        Assert.Equal("00:00–07:00 Past; 07:00–08:00 Closed; 11:50–14:00 Closed; 17:50–00:00 Closed", Reasons(type.Diary(), DogByStaff));
    }

    [Fact]
    public void Time_kept_for_urgent_cases_is_there_for_staff_and_for_owners_from_its_hour_on()
    {
        var reserve = new Reserve(new WeeklyHours(IsoDayOfWeek.Monday, new LocalTime(9, 0), new LocalTime(10, 0)), new LocalTime(8, 30));
        var kept = Ours.With("anna", one => one with { Reserves = [reserve] }).With("ben", one => one with { Reserves = [reserve] });
        Assert.Contains("08:50–10:00 HeldBack", Reasons(kept.Diary(), Dog), StringComparison.Ordinal);
        kept.Diary().MustRefuse<Refusal.HeldBack>(Dog, At(2, 9));
        kept.Diary().MustBook(DogByStaff, At(2, 9));
        kept.Diary().MustBook(Dog, At(2, 9), At(2, 8, 30));
        kept.Diary().MustRefuse<Refusal.HeldBack>(Dog, At(9, 9), At(2, 8, 30));
        Assert.Equal(new Interval(At(2, 9), At(2, 10)), Assert.Single(kept.Diary().HeldBack(kept.Resources[0], Monday, Now)));
        Assert.Empty(kept.Diary().HeldBack(kept.Resources[0], Monday, At(2, 8, 30)));
    }

    [Fact]
    public void A_pause_stops_owners_says_until_when_and_ends_by_itself()
    {
        var resting = (Ours with { PausedUntil = At(2, 8, 30) }).Diary();
        Assert.Equal(At(2, 8, 30), resting.MustRefuse<Refusal.Paused>(Dog, At(3, 9)).Until);
        Assert.Empty(resting.On(3).Starts);
        Assert.Equal("00:00–00:00 Paused", Reasons(resting, Dog, Monday.PlusDays(1)));
        resting.MustBook(DogByStaff, At(3, 9));
        resting.MustBook(Dog, At(3, 9), At(2, 8, 30));
    }

    [Fact]
    public void What_can_never_be_booked_has_one_reason_for_all_days() =>
        Assert.Empty(Ours.Diary().WhyMissing(Dog with { Species = ["bird"] }, Monday, Now));
}

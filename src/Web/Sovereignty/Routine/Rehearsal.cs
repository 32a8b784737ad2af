using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Sovereignty.Backups;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Routine;

/// <summary>Brings a backup back into a place of its own, looks it over and books an appointment there: only what was tried is a backup.</summary>
internal static class Rehearsal
{
    /// <summary>Does it; nothing of it stays. Answers whether there was a free time to book, too.</summary>
    /// <exception cref="BackupException">The backup does not bring the practice back.</exception>
    public static async Task<bool> Run(string backup, DataFolder of, IClock clock)
    {
        var place = Place(of);
        Sweep(of);
        try
        {
            Restore.Run(backup, place, BackupKeys.Of(of), clock.GetCurrentInstant());
            await using var writer = new Writer(place, clock);
            var booked = await writer.Write(Book);
            using var db = Db.Open(place.Database);
            if (Check.Run(db) is [var problem, ..]) throw new BackupException($"The practice that was brought back is not sound: {problem}.");
            return booked;
        }
        finally
        {
            Sweep(of);
        }
    }

    /// <summary>Removes what a program that was killed has left.</summary>
    public static void Sweep(DataFolder of) => Files.ShredFolder(Place(of).Path);

    private static DataFolder Place(DataFolder of) => new(Path.Combine(of.Path, ".rehearsal"));

    private static bool Book(Change change)
    {
        var days = change.Diary.Days;
        foreach (var type in change.Book.Practice.VisitTypes)
        {
            var animal = new VisitingAnimal("Probe", type.MinutesBySpecies.Keys.First(), null, "");
            var request = new VisitRequest(type.Id, [animal.Species], null);
            var free = change.Diary.FreeStarts(request, days, change.Now).SelectMany(day => day.Starts).FirstOrDefault();
            if (free == default || change.Diary.Book(request, free.Start, change.Now) is not BookingAnswer.Accepted accepted) continue;
            Bookings.Save(change, new BookingWish
            {
                VisitType = type.Id,
                Start = free.Start,
                Language = change.Book.Profile.Languages[0],
                Name = "Probe",
                Email = EmailAddress.Known("probe@probe.invalid"),
                Animals = ImmutableArray.Create(animal),
            }, accepted);
            return true;
        }
        return false;
    }
}

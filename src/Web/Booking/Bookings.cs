using System.Text.Json;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;
using VetBooking.Scheduling;
using VetBooking.Web.Messages;
using VetBooking.Web.Protection;
using VetBooking.Web.Questions;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Booking;

/// <summary>Books. The pages and the API both come here, so neither allows what the other refuses.</summary>
public sealed class Bookings(Writer writer, Readers readers, Limits limits, MailSignal mail)
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Books once for each <paramref name="key"/>, however often it is called; see docs/instance.md.</summary>
    /// <param name="wish">What is asked for.</param>
    /// <param name="key">The client's own key for this one booking.</param>
    /// <param name="block">The block of addresses the client calls from.</param>
    /// <param name="receipt">A token the client already has and with which it may look at the booking; null if it wants none.</param>
    public async Task<BookingOutcome> Book(BookingWish wish, BookingKey key, string block, string? receipt = null)
    {
        try
        {
            var outcome = await writer.Write(change => Decide(change, wish, key, block, receipt));
            if (outcome is BookingOutcome.Done) mail.Ring();
            return outcome;
        }
        catch (SqliteException guarded) when (Holds.IsOverlap(guarded))
        {
            // The last guard: the database itself refused. To the client it is what it is: taken.
            return new BookingOutcome.Refused(new Refusal.Taken());
        }
    }

    /// <summary>What was answered to this key before; null if nothing was. However late, and whatever has changed since.</summary>
    public BookingOutcome? Before(BookingKey key) => readers.Read(db => Before(db, key));

    private BookingOutcome Decide(Change change, BookingWish wish, BookingKey key, string block, string? receipt)
    {
        if (Before(change.Db, key) is { } before) return before;
        var questions = change.Book.Profile.QuestionsFor(wish.VisitType, wish.Request.Species);
        if (wish.QuestionsMark is { } mark && mark != questions.Mark) return new BookingOutcome.OtherQuestions();
        var fields = new Fields();
        var answers = questions.Read(wish.Given, fields);
        if (fields.Problems.Count > 0) return new BookingOutcome.Unanswered(fields.Problems);
        Holds.Release(change);
        var decision = change.Diary.Book(wish.Request, wish.Start, change.Now);
        if (decision is BookingAnswer.Refused refused) return new BookingOutcome.Refused(refused.Because);
        var accepted = (BookingAnswer.Accepted)decision;
        if (limits.TooManyHolds(change, wish.Email.Key, block) is { } wait) return new BookingOutcome.TooMany(wait);

        var answer = Save(change, wish, accepted);
        Answer.Save(change.Db, answer.Appointment, answers);
        Photo.Save(change.Db, answer.Appointment, wish.Photos);
        if (receipt is not null) AppointmentLink.Save(change, answer.Appointment, LinkPurpose.Receipt, receipt);
        Keep(change, key, answer);
        limits.Holding(answer.Appointment, block, answer.HeldUntil ?? change.Now + Duration.FromHours(1));
        return new BookingOutcome.Done(answer);
    }

    /// <summary>Saves an appointment with what it takes up and the mail that tells of it.</summary>
    internal static BookingAnswered Save(Change change, BookingWish wish, BookingAnswer.Accepted accepted)
    {
        var visit = accepted.Visit;
        var expires = Holds.EndFor(change, accepted.State, visit.VisitType, visit.Start);
        var number = UnusedNumber(change.Db);
        var id = change.Db.Insert(
            """
            INSERT INTO appointment (number, visit_type_id, state, starts_at, starts_local, minutes, vet, expires_at, language,
                                     name, email, email_key, phone, note, created_at)
            VALUES ($number, $type, $state, $start, $local, $minutes, $vet, $expires, $language, $name, $email, $key, $phone, $note, $now)
            """,
            ("$number", number), ("$type", visit.VisitType), ("$state", Appointment.Word(accepted.State)), ("$start", visit.Start.ToUnixTimeSeconds()),
            ("$local", LocalStart(change, visit.Start)), ("$minutes", visit.Minutes), ("$vet", accepted.Vet.Length == 0 ? null : accepted.Vet),
            ("$expires", expires?.ToUnixTimeSeconds()), ("$language", wish.Language), ("$name", wish.Name), ("$email", wish.Email.Address),
            ("$key", wish.Email.Key), ("$phone", wish.Phone), ("$note", wish.Note), ("$now", change.Now.ToUnixTimeSeconds()));
        for (var i = 0; i < wish.Animals.Length; i++)
        {
            var animal = wish.Animals[i];
            change.Db.Execute(
                "INSERT INTO appointment_animal (appointment_id, position, name, species_id, born, reason) VALUES ($id, $position, $name, $species, $born, $reason)",
                ("$id", id), ("$position", i), ("$name", animal.Name), ("$species", animal.Species), ("$born", animal.Born), ("$reason", animal.Reason));
        }
        Holds.Occupy(change, id, visit);
        Outbox.Add(change, id, accepted.State switch
        {
            VisitState.Held => MailKind.PleaseConfirm,
            VisitState.Requested => MailKind.Requested,
            _ => MailKind.Confirmed,
        });
        Audit.Add(change, Actor.Owner, "appointment.made", "appointment", id, Appointment.Word(accepted.State));
        return new BookingAnswered(id, number, Appointment.Word(accepted.State), visit.Start, visit.Minutes, accepted.Vet,
            accepted.State == VisitState.Held ? expires : null);
    }

    /// <summary>The start as the practice's wall clock shows it.</summary>
    internal static string LocalStart(Change change, Instant start) => Wall.Format(start.InZone(change.Book.Practice.Zone).LocalDateTime);

    internal static string UnusedNumber(Db db)
    {
        while (true)
        {
            var number = AppointmentNumber.Next();
            if (db.Number("SELECT count(*) FROM appointment WHERE number = $number", ("$number", number)) == 0) return number;
        }
    }

    /// <summary>Keeps what was answered to a key.</summary>
    internal static void Keep(Change change, BookingKey key, BookingAnswered answer) => change.Db.Execute(
        "INSERT INTO answered (key_hash, request_hash, appointment_id, answer) VALUES ($key, $request, $appointment, $answer)",
        ("$key", key.Key), ("$request", key.Request), ("$appointment", answer.Appointment),
        ("$answer", JsonSerializer.Serialize(StoredAnswer.Of(answer), BookingJson.Default.StoredAnswer)));

    internal static BookingOutcome? Before(Db db, BookingKey key) => db.Row<BookingOutcome>(
        "SELECT request_hash, answer, appointment_id FROM answered WHERE key_hash = $key",
        row => row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.Request)
            ? new BookingOutcome.Done(JsonSerializer.Deserialize(row.GetString(1), BookingJson.Default.StoredAnswer)!.Answer(row.GetInt64(2)))
            : new BookingOutcome.KeyReused(),
        ("$key", key.Key));
}

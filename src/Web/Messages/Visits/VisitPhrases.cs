using System.Collections.Immutable;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Booking;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Messages.Visits;

/// <summary>The sentences in which the kinds of mail differ. Subjects name the time and nobody: they show on locked screens.</summary>
internal sealed record VisitPhrases(string Subject, string Heading, string Intro, string Button, ImmutableArray<string> Notes)
{
    public static VisitPhrases Of(VisitMatter matter, Text words, DateTimeZone zone, bool mayUndo)
    {
        var (kind, appointment) = (matter.Kind, matter.Appointment);
        var when = WallTime.Of(appointment.Start, zone).Full(words);
        var until = appointment.Expires is { } expires ? WallTime.Of(expires, zone).WithoutYear(words) : when;
        var booked = appointment.State == VisitState.Booked;
        return kind switch
        {
            MailKind.PleaseConfirm => new(
                words.MailPleaseConfirmSubject(when), words.MailPleaseConfirmHeading, words.MailPleaseConfirmIntro(until),
                words.MailPleaseConfirmButton, [words.MailPleaseConfirmNotYou]),
            MailKind.Confirmed => new(
                words.MailConfirmedSubject(when), words.MailConfirmedHeading, words.MailConfirmedIntro, words.MailManageButton, Said(appointment, words)),
            MailKind.Declined => new(
                words.MailDeclinedSubject(when), words.MailDeclinedHeading, words.MailDeclinedIntro, words.MailBookAgainButton, Said(appointment, words)),
            MailKind.Requested => new(
                words.MailRequestedSubject(when), words.MailRequestedHeading, words.MailRequestedIntro(until), words.MailRequestedButton, []),
            MailKind.Moved => new(
                words.MailMovedSubject(when), words.MailMovedHeading, booked ? words.MailMovedIntro : words.MailMovedRequested,
                booked ? words.MailManageButton : words.MailRequestedButton, Word(matter, words)),
            MailKind.Cancelled => new(
                words.MailCancelledSubject(when), words.MailCancelledHeading,
                CalendarKnows(appointment) ? words.MailCancelledIntro : words.MailCancelledIntroOpen,
                words.MailCancelledButton, [.. Word(matter, words), .. mayUndo ? [words.MailCancelledUndo(until)] : Array.Empty<string>()]),
            MailKind.Restored => new(
                words.MailRestoredSubject(when), words.MailRestoredHeading, booked ? words.MailRestoredIntro : words.MailRestoredRequested,
                booked ? words.MailManageButton : words.MailRequestedButton, []),
            MailKind.Reminder => new(words.MailReminderSubject(when), words.MailReminderHeading, words.MailReminderIntro, words.MailManageButton, []),
            // All of its words are the practice's, a paragraph a line.
            MailKind.Aftercare => new(words.MailAftercareSubject, words.MailAftercareHeading, words.MailAftercareIntro, words.MailBookAgainButton, [.. Profile.Lines(matter.Word).Select(Shown.Line)]),
            _ => new(words.MailLapsedSubject(when), words.MailLapsedHeading, words.MailLapsedIntro, words.MailBookAgainButton, []),
        };
    }

    private static ImmutableArray<string> Word(VisitMatter matter, Text words) => matter.Word.Length > 0 ? [words.MailSaid(Shown.Line(matter.Word))] : [];

    private static ImmutableArray<string> Said(Appointment appointment, Text words) =>
        appointment.Answer is { Length: > 0 } answer ? [words.MailSaid(Shown.Line(answer))] : [];

    /// <summary>Whether the owner may have this appointment in a calendar: then each mail brings its file up to date.</summary>
    public static bool CalendarKnows(Appointment appointment) => appointment.State switch
    {
        VisitState.Booked => true,
        VisitState.Cancelled or VisitState.Lapsed => appointment.StateBefore == VisitState.Booked,
        _ => false,
    };
}

namespace VetBooking.Web.Messages;

/// <summary>What a message is.</summary>
public enum MailKind
{
    // To owners, about one appointment.
    PleaseConfirm, Confirmed, Requested, Declined, Moved, Cancelled, Restored, Lapsed, Reminder, Aftercare,

    // To owners: the waiting list, what falls due, the way to their data and what became of their wish about them.
    ListConfirm, ListOffer, RecallConfirm, Recall, OwnData, DataAnswer,

    // To the team.
    Tomorrow, Invitation, NewAddress, AddressChanged, Sample,
}

/// <summary>The kinds as the database and the names of files have them.</summary>
internal static class MailKinds
{
    private static readonly string[] Words =
    [
        "please-confirm", "confirmed", "requested", "declined", "moved", "cancelled", "restored", "lapsed", "reminder", "aftercare",
        "list-confirm", "list-offer", "recall-confirm", "recall", "own-data", "data-answer",
        "tomorrow", "invitation", "new-address", "address-changed", "sample",
    ];

    public static string Word(MailKind kind) => Words[(int)kind];

    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static MailKind Of(string word) => Array.IndexOf(Words, word) is >= 0 and var at ? (MailKind)at : throw new ArgumentException(word, nameof(word));

    /// <summary>Whether it can wait for the end of the quiet hours: nobody has just done something that it answers.</summary>
    public static bool CanWait(MailKind kind) => kind is MailKind.Reminder or MailKind.Aftercare or MailKind.ListOffer or MailKind.Recall;

    /// <summary>Whether it is about one appointment.</summary>
    public static bool IsAboutVisit(MailKind kind) => kind <= MailKind.Aftercare;
}

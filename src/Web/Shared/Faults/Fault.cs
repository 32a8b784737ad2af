namespace VetBooking.Web.Shared.Faults;

/// <summary>
/// The numbers of what goes wrong while a practice runs, as they stand in its log. They are all that the operator's own page
/// shows of it, and docs/operating.md says what to do about each; a number never gets another meaning.
/// </summary>
internal static class Fault
{
    public static readonly EventId Request = 101;
    public static readonly EventId Holds = 102;
    public static readonly EventId WaitingList = 103;
    public static readonly EventId SubscribedCalendars = 104;
    public static readonly EventId Retention = 105;
    public static readonly EventId SupportAccess = 106;
    public static readonly EventId Sending = 201;
    public static readonly EventId Webhooks = 202;
    public static readonly EventId Backup = 301;
    public static readonly EventId Rehearsal = 302;
    public static readonly EventId BackupRound = 303;
    public static readonly EventId DiskChangedData = 401;
    public static readonly EventId PageComparison = 402;
}

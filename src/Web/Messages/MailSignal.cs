namespace VetBooking.Web.Messages;

/// <summary>Wakes what empties the outbox. Ring it after a change that put something into it; ringing twice is as good as once.</summary>
public sealed class MailSignal
{
    internal Bell Mails { get; } = new();

    internal Bell ShortMessages { get; } = new();

    /// <summary>There may be something to send.</summary>
    public void Ring()
    {
        Mails.Ring();
        ShortMessages.Ring();
    }
}

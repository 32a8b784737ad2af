using MimeKit;

namespace VetBooking.Web.Messages.Transport;

/// <summary>A mail on its way: which row of the outbox it is, and the letter itself.</summary>
public sealed record OutgoingMail(long Id, MailKind Kind, int Attempt, MimeMessage Letter);

/// <summary>A way for mail to leave.</summary>
public interface IMailTransport
{
    /// <summary>Opens a connection for some mails in a row.</summary>
    /// <exception cref="DeliveryException">There is no connection to be had.</exception>
    Task<IMailConnection> Connect(CancellationToken stop);
}

/// <summary>A connection that mails go through one after the other.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>Whether it can take another mail.</summary>
    bool IsOpen { get; }

    /// <summary>Hands one mail over; returns once the far side is responsible for it.</summary>
    /// <exception cref="DeliveryException">It did not take it.</exception>
    Task Send(OutgoingMail mail, CancellationToken stop);
}

/// <summary>What a failed delivery says about the next attempt.</summary>
public enum DeliveryFault
{
    /// <summary>The connection is gone; the mail itself may be fine.</summary>
    Connection,

    /// <summary>This mail was not taken now.</summary>
    Deferred,

    /// <summary>This mail will never be taken.</summary>
    Rejected,
}

/// <summary>
/// A mail did not leave. The message is a class of failure like "refused" or "rejected 550": what a server answers may
/// quote addresses, so it is neither kept nor passed on as an inner exception.
/// </summary>
public sealed class DeliveryException(DeliveryFault fault, string reason) : Exception(reason)
{
    public DeliveryFault Fault { get; } = fault;
}

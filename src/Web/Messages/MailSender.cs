using NodaTime;
using VetBooking.Web.Messages.Transport;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>
/// Sends what is due in the outbox. It works beside the bookings, never inside one: a dead or slow relay delays mails and
/// nothing else. Logs name a row and a result, never a person.
/// </summary>
public sealed class MailSender(Writer writer, Readers readers, IMailTransport transport, Letter letters, MailSenderEnds ends) : BackgroundService
{
    /// <summary>So often in a row a connection may break under a mail before the rest has to wait.</summary>
    private const int MostBreaks = 2;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SendingLoop(ends.Signal.Mails, ends.Clock, () => readers.Read(db => Outbox.NextDue(db, "mail")), SendDue).Run(ends.Log, stoppingToken);

    /// <summary>One round: takes what is due and tries to send it. Answers how many mails it took.</summary>
    internal async Task<int> SendDue(CancellationToken stop)
    {
        var due = await writer.Write(change =>
        {
            Outbox.Settle(change);
            return OutboxQueue.Claim(change);
        });
        // What came due by itself may go to telephones.
        ends.Signal.ShortMessages.Ring();
        if (due.Length == 0) return 0;
        IMailConnection? connection = null;
        var broken = 0;
        var reason = "";
        try
        {
            foreach (var mail in due)
            {
                Delivery delivery;
                if (stop.IsCancellationRequested || broken == MostBreaks)
                {
                    delivery = new Delivery(null, reason) { Untried = true };
                }
                else
                {
                    (connection, delivery) = await Try(mail, connection, stop);
                    broken = delivery.Fault == DeliveryFault.Connection ? broken + 1 : 0;
                    if (broken > 0) reason = delivery.Reason;
                }
                await Settle(mail, delivery);
            }
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }
        return due.Length;
    }

    private async Task<(IMailConnection? Connection, Delivery Delivery)> Try(DueMail mail, IMailConnection? connection, CancellationToken stop)
    {
        try
        {
            var letter = await letters.Write(mail, writer.Current, ends.Clock.GetCurrentInstant());
            if (connection is { IsOpen: false })
            {
                await connection.DisposeAsync();
                connection = null;
            }
            connection ??= await transport.Connect(stop);
            await connection.Send(new OutgoingMail(mail.Id, mail.Kind, mail.Attempt, letter), stop);
            return (connection, new Delivery(null, "") { Said = Said(letter, mail.Matter.Token) });
        }
        catch (DeliveryException failed)
        {
            if (failed.Fault == DeliveryFault.Connection && connection is not null)
            {
                await connection.DisposeAsync();
                connection = null;
            }
            return (connection, new Delivery(failed.Fault, failed.Message));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (connection, new Delivery(null, "") { Untried = true });
        }
    }

    private static (string, string) Said(MimeKit.MimeMessage letter, string? token) =>
        (letter.Subject!, token is null ? letter.TextBody! : letter.TextBody!.Replace(token, "…", StringComparison.Ordinal));

    // Each mail on its own and at once: what a crash can double is the one mail under way.
    private async Task Settle(DueMail mail, Delivery delivery)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var state = await writer.Write(change => OutboxQueue.Settle(change, mail, delivery));
                ends.Log.LogInformation(
                    "Mail {Id} ({Kind}), attempt {Attempt}: {Result}", mail.Id, mail.Kind, mail.Attempt, delivery.Reason.Length == 0 ? state : delivery.Reason);
                return;
            }
            catch (StorageException failed) when (tries < 5 && !failed.IsFinal)
            {
                // Giving up here would send the mail again.
                await Task.Delay(TimeSpan.FromSeconds(tries));
            }
        }
    }
}

/// <summary>What the sender needs from outside: what wakes it, the practice's clock, the log.</summary>
public sealed record MailSenderEnds(MailSignal Signal, IClock Clock, ILogger<MailSender> Log);

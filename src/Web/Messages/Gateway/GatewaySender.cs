using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using VetBooking.Web.Machines;
using VetBooking.Web.Messages.Transport;
using VetBooking.Web.Messages.Visits;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Gateway;

/// <summary>
/// Brings the outbox's short messages to the gateway, beside the mails: a dead gateway delays nothing else. Logs name a row
/// and a result, never a number.
/// </summary>
internal sealed class GatewaySender(Writer writer, GatewayEnds ends) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SendingLoop(ends.Signal.ShortMessages, ends.Clock, () => ends.Readers.Read(db => OutboxQueue.NextDue(db, "gateway")), SendDue).Run(ends.Log, stoppingToken);

    private async Task<int> SendDue(CancellationToken stop)
    {
        if (ends.Readers.Read(db => OutboxQueue.NextDue(db, "gateway") <= ends.Clock.GetCurrentInstant() ? MessageGateway.Of(db) : null) is not { } gateway) return 0;
        var due = await writer.Write(change => OutboxQueue.Claim(change, "gateway"));
        var reason = "";
        foreach (var one in due)
        {
            var delivery = reason.Length > 0 || stop.IsCancellationRequested ? new Delivery(null, reason) { Untried = true } : await Send(gateway, one, stop);
            if (delivery.Fault == DeliveryFault.Connection) reason = delivery.Reason;
            await writer.Write(change => OutboxQueue.Settle(change, one, delivery));
            ends.Log.LogInformation("Short message {Id} ({Kind}), attempt {Attempt}: {Result}", one.Id, one.Kind, one.Attempt, delivery.Reason.Length == 0 ? "sent" : delivery.Reason);
        }
        return due.Length;
    }

    private async Task<Delivery> Send(MessageGateway gateway, DueMail mail, CancellationToken stop)
    {
        // Short messages are about visits only, and there is one only where there is a number.
        if (mail.Matter is not VisitMatter { Mobile: { } number } matter) return new Delivery(DeliveryFault.Rejected, "number not mobile");
        var text = Words(matter, writer.Current, matter.Links(ends.Settings.PublicUrl), ends.Clock.GetCurrentInstant());
        try
        {
            var message = new ShortMessage(number, text, matter.Appointment.Language);
            var outcome = await ends.Post.Send(gateway.Target(ends.Protection), new SignedMessage($"outbox-{mail.Id}-{matter.Reference}", ends.Clock.GetCurrentInstant(), message.Json()), stop);
            return outcome.Result == PostResult.Accepted
                ? new Delivery(null, "") { Said = ("", matter.Token is { } token ? text.Replace(token, "…", StringComparison.Ordinal) : text) }
                : new Delivery(outcome.ConcernsAll ? DeliveryFault.Connection : DeliveryFault.Rejected, $"gateway {outcome.Result} {outcome.Status}".TrimEnd());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new Delivery(null, "") { Untried = true };
        }
        catch (Exception lost) when (lost is CryptographicException or FormatException)
        {
            return new Delivery(DeliveryFault.Connection, "gateway's secret not readable");
        }
    }

    private static string Words(VisitMatter matter, Book book, MailLinks links, Instant now)
    {
        var said = matter.Say(book, links, now);
        var word = matter.Word.Length > 0 ? " " + said.Words.MailSaid(Shown.Line(matter.Word)) : "";
        return said.Words.SmsMessage(Shown.Line(book.Profile.Name), said.Subject) + word + (links.Own is { } own ? " " + own : "");
    }
}

/// <summary>What the sender needs from outside.</summary>
internal sealed record GatewayEnds(MailSignal Signal, Readers Readers, SignedPost Post, IDataProtectionProvider Protection, IClock Clock, InstanceSettings Settings, ILogger<GatewaySender> Log);

using MimeKit;
using NodaTime;
using VetBooking.Web.Booking;
using VetBooking.Web.Messages;
using VetBooking.Web.Messages.Transport;

namespace VetBooking.Tests.Messages;

public class MailSenderTests
{
    [Fact]
    public async Task A_mail_becomes_one_file_only_the_practice_can_read_and_its_link_opens_the_appointment()
    {
        await using var practice = new TestPractice();
        var appointment = await practice.Book();
        var id = await practice.Enqueue(appointment, MailKind.Confirmed);
        await practice.SendDue();
        Assert.Equal(["00000001-confirmed-1.eml"], practice.Files());
        var path = Path.Combine(practice.Folder.Outbox, "00000001-confirmed-1.eml");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("sent", practice.Row(id).State);
        var letter = await MimeMessage.LoadAsync(path);
        var token = letter.TextBody!.Split("/termin/")[1].Split('\n')[0].Trim();
        Assert.Equal(appointment, practice.Read(db => AppointmentLink.Open(db, token, LinkPurpose.Manage, practice.Now))?.Id);
        Assert.Null(practice.Read(db => AppointmentLink.Open(db, token, LinkPurpose.Receipt, practice.Now)));
        Assert.Equal(0, await practice.SendDue());
        AssertSaysNothing(practice, token);
    }

    [Theory]
    [InlineData(MailKind.PleaseConfirm, "held", true)]
    [InlineData(MailKind.PleaseConfirm, "booked", false)]
    [InlineData(MailKind.PleaseConfirm, "lapsed", false)]
    [InlineData(MailKind.Confirmed, "booked", true)]
    [InlineData(MailKind.Confirmed, "cancelled", false)]
    [InlineData(MailKind.Confirmed, "held", false)]
    [InlineData(MailKind.Requested, "requested", true)]
    [InlineData(MailKind.Requested, "booked", false)]
    [InlineData(MailKind.Moved, "booked", true)]
    [InlineData(MailKind.Moved, "cancelled", false)]
    [InlineData(MailKind.Restored, "booked", true)]
    [InlineData(MailKind.Restored, "cancelled", false)]
    [InlineData(MailKind.Cancelled, "cancelled", true)]
    [InlineData(MailKind.Cancelled, "lapsed", true)]
    [InlineData(MailKind.Cancelled, "booked", false)]
    [InlineData(MailKind.Lapsed, "lapsed", true)]
    [InlineData(MailKind.Lapsed, "booked", false)]
    public async Task What_is_no_longer_true_is_not_sent(MailKind kind, string state, bool isSent)
    {
        await using var practice = new TestPractice();
        var id = await practice.Enqueue(await practice.Book(state), kind);
        await practice.SendDue();
        Assert.Equal(isSent ? "sent" : "void", practice.Row(id).State);
        Assert.Equal(isSent ? 1 : 0, practice.Files().Length);
        if (!isSent || kind == MailKind.Lapsed) Assert.Equal(0, practice.Links());
    }

    [Fact]
    public async Task What_comes_too_late_is_not_sent()
    {
        await using var practice = new TestPractice();
        var held = await practice.Enqueue(await practice.Book("held"), MailKind.PleaseConfirm);
        var lapsed = await practice.Enqueue(await practice.Book("lapsed"), MailKind.Lapsed);
        var confirmed = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        practice.Now += Duration.FromMinutes(30);
        await practice.SendDue();
        Assert.Equal(("void", "sent", "sent"), (practice.Row(held).State, practice.Row(lapsed).State, practice.Row(confirmed).State));
        var late = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        var stale = await practice.Enqueue(await practice.Book("lapsed"), MailKind.Lapsed);
        practice.Now += Duration.FromHours(13);
        await practice.Writer.Write(change => change.Db.Execute("UPDATE appointment SET starts_at = starts_at - 432000"));
        await practice.SendDue();
        Assert.Equal(("void", "void"), (practice.Row(late).State, practice.Row(stale).State));
    }

    [Fact]
    public async Task Two_moves_in_a_row_make_one_mail()
    {
        await using var practice = new TestPractice();
        var appointment = await practice.Book();
        var first = await practice.Enqueue(appointment, MailKind.Moved);
        var second = await practice.Enqueue(appointment, MailKind.Moved);
        await practice.SendDue();
        Assert.Equal(("void", "sent"), (practice.Row(first).State, practice.Row(second).State));
    }

    [Fact]
    public async Task A_mail_that_was_taken_before_a_crash_is_due_again_after_two_minutes()
    {
        await using var practice = new TestPractice();
        var id = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        Assert.Single(await practice.Writer.Write(change => OutboxQueue.Claim(change)));
        Assert.Equal(0, await practice.SendDue());
        practice.Now += Duration.FromMinutes(2);
        Assert.Equal(1, await practice.SendDue());
        Assert.Equal(("sent", 2L), (practice.Row(id).State, practice.Row(id).Attempts));
        Assert.Equal(["00000001-confirmed-2.eml"], practice.Files());
    }

    [Fact]
    public async Task Waiting_grows_and_after_five_days_it_is_given_up()
    {
        await using var practice = new TestPractice();
        var sender = practice.SenderFor(new Broken(DeliveryFault.Deferred, "greylisted"));
        var id = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        await practice.Writer.Write(change => change.Db.Execute("UPDATE appointment SET starts_at = starts_at + 864000"));
        var waits = new List<long>();
        while (practice.Row(id).State == "waiting")
        {
            await sender.SendDue(CancellationToken.None);
            waits.Add(practice.Row(id).DueIn / 60);
            practice.Now += Duration.FromMinutes(waits[^1]);
        }
        Assert.Equal([1, 2, 5, 15, 60, 180, 180], waits[..7]);
        Assert.Equal("failed", practice.Row(id).State);
        Assert.Equal("greylisted", practice.Row(id).Error);
        Assert.InRange(waits.Sum(), 5 * 1440 - 180, 5 * 1440 + 180);
    }

    [Fact]
    public async Task What_a_stop_cut_off_is_not_given_up_and_keeps_its_last_error()
    {
        await using var practice = new TestPractice();
        var id = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        await practice.Writer.Write(change => change.Db.Execute("UPDATE appointment SET starts_at = starts_at + 864000"));
        await practice.SenderFor(new Broken(DeliveryFault.Deferred, "rejected 554")).SendDue(CancellationToken.None);
        practice.Now += Duration.FromDays(6);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await practice.SenderFor(new Broken(DeliveryFault.Deferred, "not reached")).SendDue(stopped.Token);
        Assert.Equal(("waiting", "rejected 554", 1L), (practice.Row(id).State, practice.Row(id).Error, practice.Row(id).Attempts));
        practice.Now += Duration.FromMinutes(1);
        await practice.SenderFor(new Broken(DeliveryFault.Deferred, "rejected 550")).SendDue(CancellationToken.None);
        Assert.Equal(("failed", "rejected 550"), (practice.Row(id).State, practice.Row(id).Error));
    }

    [Fact]
    public async Task A_bad_address_fails_at_once_and_does_not_stop_the_rest()
    {
        await using var practice = new TestPractice();
        var bad = await practice.Enqueue(await practice.Book(email: "a@b.example, c@d.example"), MailKind.Confirmed);
        var good = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        await practice.SendDue();
        Assert.Equal(("failed", "address not valid"), (practice.Row(bad).State, practice.Row(bad).Error));
        Assert.Equal("sent", practice.Row(good).State);
        AssertSaysNothing(practice, "d.example");
    }

    [Fact]
    public async Task When_the_connection_breaks_again_and_again_the_rest_waits_untried_and_goes_first_next_time()
    {
        await using var practice = new TestPractice();
        var ids = new List<long>();
        for (var i = 0; i < 5; i++) ids.Add(await practice.Enqueue(await practice.Book(), MailKind.Confirmed));
        var transport = new Broken(DeliveryFault.Connection, "connection lost");
        await practice.SenderFor(transport).SendDue(CancellationToken.None);
        Assert.Equal([1, 1, 0, 0, 0], ids.Select(id => practice.Row(id).Attempts));
        Assert.Equal(2, transport.Connections);
        practice.Now += Duration.FromMinutes(1);
        Assert.Equal(ids[2], (await practice.Writer.Write(change => OutboxQueue.Claim(change)))[0].Id);
    }

    [Fact]
    public async Task It_wakes_at_the_ring_sends_and_stops()
    {
        await using var practice = new TestPractice();
        await practice.Sender.StartAsync(CancellationToken.None);
        await Task.Delay(300);
        var id = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        practice.Signal.Ring();
        for (var i = 0; i < 100 && practice.Row(id).State != "sent"; i++) await Task.Delay(50);
        Assert.Equal("sent", practice.Row(id).State);
        var stopping = practice.Sender.StopAsync(CancellationToken.None);
        Assert.Same(stopping, await Task.WhenAny(stopping, Task.Delay(5000)));
    }

    [Fact]
    public async Task Bookings_do_not_wait_for_a_relay_that_hangs()
    {
        await using var practice = new TestPractice();
        await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        using var stop = new CancellationTokenSource();
        var sending = practice.SenderFor(new Broken(DeliveryFault.Connection, "") { Hangs = true }).SendDue(stop.Token);
        for (var i = 0; i < 10; i++) await practice.Book().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.False(sending.IsCompleted);
        await stop.CancelAsync();
        await sending;
        Assert.Equal(0, practice.Row(1).Attempts);
    }

    private static void AssertSaysNothing(TestPractice practice, string secret)
    {
        Assert.NotEmpty(practice.Logged);
        foreach (var line in practice.Logged)
            foreach (var marker in new[] { "frieda", "owner.example", "Förster", "Bello", "Impfung", secret }) Assert.DoesNotContain(marker, line, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class Broken(DeliveryFault fault, string reason) : IMailTransport, IMailConnection
    {
        public bool Hangs { get; init; }

        public bool IsOpen => true;

        public int Connections { get; private set; }

        public Task<IMailConnection> Connect(CancellationToken stop)
        {
            Connections++;
            return Task.FromResult<IMailConnection>(this);
        }

        public async Task Send(OutgoingMail mail, CancellationToken stop)
        {
            if (Hangs) await Task.Delay(Timeout.Infinite, stop);
            throw new DeliveryException(fault, reason);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

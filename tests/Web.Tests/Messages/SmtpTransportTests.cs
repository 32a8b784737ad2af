using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Shared;

namespace VetBooking.Tests.Messages;

/// <summary>Against a real server; see <see cref="RelayServer"/>.</summary>
public class SmtpTransportTests
{
    [Fact]
    public async Task Mail_arrives_over_STARTTLS_with_a_certificate_we_trust_for_one_recipient()
    {
        await using var server = await RelayServer.Create().Start();
        await using var practice = new TestPractice(For(server) with { CaFile = server.Certificate });
        var first = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        var second = await practice.Enqueue(await practice.Book("held"), MailKind.PleaseConfirm);
        await practice.SendDue();
        Assert.Equal(("sent", "sent"), (practice.Row(first).State, practice.Row(second).State));
        var arrived = server.Arrived();
        Assert.Equal(2, arrived.Count);
        Assert.All(arrived, letter =>
        {
            Assert.Equal("frieda@owner.example", letter.Headers["X-RcptTo"]);
            Assert.Equal("praxis@praxis.example", letter.Headers["X-MailFrom"]);
            Assert.Contains($"{Samples.Url}/termin/", letter.TextBody, StringComparison.Ordinal);
        });
        Assert.Contains(arrived, letter => letter.MessageId == "outbox-1-N0@termin.praxis.example" && letter.Attachments.Any());
    }

    [Fact]
    public async Task Mail_arrives_over_implicit_TLS()
    {
        await using var server = await RelayServer.Create().Start(implicitTls: true);
        await using var practice = new TestPractice(For(server) with { Security = "tls", CaFile = server.Certificate });
        await AssertOne(practice, "sent", null);
        Assert.Single(server.Arrived());
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        await using var server = await RelayServer.Create().Start();
        await using var practice = new TestPractice(For(server));
        await AssertOne(practice, "waiting", "certificate not trusted");
        Assert.Empty(server.Arrived());
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        await using var server = await RelayServer.Create().Start();
        await using var other = RelayServer.Create();
        await using var practice = new TestPractice(For(server) with { CaFile = other.Certificate });
        await AssertOne(practice, "waiting", "certificate not trusted");
        Assert.Empty(server.Arrived());
    }

    [Fact]
    public async Task A_trusted_certificate_for_another_name_is_refused()
    {
        await using var server = await RelayServer.Create("relay.example").Start();
        await using var practice = new TestPractice(For(server) with { CaFile = server.Certificate });
        await AssertOne(practice, "waiting", "certificate not trusted");
        Assert.Empty(server.Arrived());
    }

    [Fact]
    public async Task A_server_that_does_not_offer_STARTTLS_gets_nothing()
    {
        await using var server = await RelayServer.Create().Start(offersStartTls: false);
        await using var practice = new TestPractice(For(server) with { CaFile = server.Certificate });
        await AssertOne(practice, "waiting", "no STARTTLS");
        Assert.Empty(server.Arrived());
    }

    [Fact]
    public async Task A_server_that_is_down_gets_the_mail_later_and_once()
    {
        await using var server = RelayServer.Create();
        await using var practice = new TestPractice(For(server) with { CaFile = server.Certificate });
        var id = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await practice.SendDue();
            Assert.Equal(("waiting", (long)attempt, "refused"), (practice.Row(id).State, practice.Row(id).Attempts, practice.Row(id).Error));
            practice.Now += Duration.FromSeconds(practice.Row(id).DueIn);
        }
        await server.Start();
        await practice.SendDue();
        await practice.SendDue();
        practice.Now += Duration.FromHours(4);
        await practice.SendDue();
        Assert.Equal(("sent", null), (practice.Row(id).State, practice.Row(id).Error));
        Assert.Equal("outbox-1-N0@termin.praxis.example", Assert.Single(server.Arrived()).MessageId);
        Assert.Equal(4, practice.Links());
    }

    [Theory]
    [InlineData("", "waiting", "timeout")]
    [InlineData("421 4.3.2 closing", "waiting", "connection lost|deferred 421")]
    [InlineData("220 x|250 x|250 ok|HANG", "waiting", "timeout")]
    [InlineData("220 x|250 x|250 ok|451 4.7.1 greylisted frieda@owner.example", "waiting", "greylisted")]
    [InlineData("220 x|250 x|250 ok|450 4.2.0 later", "waiting", "greylisted")]
    [InlineData("220 x|250 x|250 ok|421 4.3.2 closing", "waiting", "deferred 421")]
    [InlineData("220 x|250 x|250 ok|550 5.1.1 no frieda@owner.example here", "failed", "rejected 550")]
    [InlineData("220 x|250 x|550 5.7.1 not you", "waiting", "rejected 550")]
    [InlineData("220 x|250 x|250 ok|250 ok|354 go|DROP", "waiting", "connection lost")]
    [InlineData("220 x|250 x|250 ok|250 ok|354 go|452 4.3.1 full", "waiting", "deferred 452")]
    [InlineData("220 x|250 x|250 ok|250 ok|354 go|554 5.7.1 spam", "waiting", "rejected 554")]
    public async Task Misbehaviour_of_a_server_becomes_a_class_of_failure(string script, string state, string reasons)
    {
        await using var server = new ScriptedServer(script.Split('|'));
        await using var practice = new TestPractice(new MailSettings { Transport = "smtp", Host = "127.0.0.1", Port = server.Port, Security = "none", TimeoutSeconds = 1 });
        var id = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        var started = DateTime.UtcNow;
        await practice.SendDue();
        Assert.True(DateTime.UtcNow - started < TimeSpan.FromSeconds(6));
        Assert.Equal(state, practice.Row(id).State);
        Assert.Contains(practice.Row(id).Error, reasons.Split('|'));
        Assert.All(practice.Logged, line => Assert.DoesNotContain("owner.example", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mails_share_one_connection_and_a_rejected_one_does_not_stop_the_next()
    {
        await using var server = new ScriptedServer(
            ["220 x", "250 x", "250 ok", "550 5.1.1 nobody", "250 reset", "250 ok", "250 ok", "354 go", "250 taken", "221 bye"]);
        await using var practice = new TestPractice(new MailSettings { Transport = "smtp", Host = "127.0.0.1", Port = server.Port, Security = "none", TimeoutSeconds = 2 });
        var first = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        var second = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        await practice.SendDue();
        Assert.Equal(("failed", "sent"), (practice.Row(first).State, practice.Row(second).State));
        Assert.Equal(1, server.Connections);
    }

    private static async Task AssertOne(TestPractice practice, string state, string? error)
    {
        var id = await practice.Enqueue(await practice.Book(), MailKind.Confirmed);
        await practice.SendDue();
        Assert.Equal((state, error), (practice.Row(id).State, practice.Row(id).Error));
    }

    private static MailSettings For(RelayServer server) =>
        new() { Transport = "smtp", Host = "localhost", Port = server.Port, TimeoutSeconds = 10 };
}

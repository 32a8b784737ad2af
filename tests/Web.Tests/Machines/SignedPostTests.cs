using System.Diagnostics;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.Machines;

namespace VetBooking.Tests.Machines;

/// <summary>Sending a signed message to receivers of every kind, over real sockets.</summary>
public sealed class SignedPostTests
{
    private static readonly OutboundSettings Near = new() { AllowPrivate = ["127.0.0.1"] };

    private static Task<PostOutcome> Send(string address, OutboundSettings? settings = null, int patience = 1500) =>
        new SignedPost(settings ?? Near) { Patience = TimeSpan.FromMilliseconds(patience) }.Send(
            new PostTarget(new Uri(address), SignedPost.KeyOf(SignedPost.NewSecret())), new SignedMessage("msg_1", PracticeFixture.Monday, "{}"), CancellationToken.None);

    [Fact]
    public void The_signature_is_the_one_of_the_specification()
    {
        // The worked example of the Standard Webhooks specification's own libraries.
        var key = SignedPost.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var message = new SignedMessage("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""");
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", SignedPost.Signature(key, message));
    }

    [Theory]
    [InlineData(200, "Accepted")]
    [InlineData(204, "Accepted")]
    [InlineData(400, "Refused")]
    [InlineData(410, "Gone")]
    [InlineData(500, "Refused")]
    public async Task What_it_comes_to_is_the_status(int status, string result)
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, _) => Receiver.With(http, status);
        var outcome = await Send(receiver.Address);
        Assert.Equal((result, (int?)status), (outcome.Result.ToString(), outcome.Status));
    }

    [Fact]
    public async Task A_redirection_is_a_failure_and_nobody_else_is_called()
    {
        await using var receiver = await Receiver.Start();
        await using var inside = await Receiver.Start();
        receiver.Answer = (http, _) =>
        {
            http.Response.Headers.Location = inside.Address;
            return Receiver.With(http, 307);
        };
        Assert.Equal(PostResult.Redirected, (await Send(receiver.Address)).Result);
        Assert.Empty(inside.All);
    }

    [Fact]
    public async Task Whoever_hangs_or_drips_is_left_when_patience_ends()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answer = (http, _) => Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var watch = Stopwatch.StartNew();
        Assert.Equal(PostResult.TooSlow, (await Send(receiver.Address)).Result);
        await using var drip = new DrippingServer();
        Assert.Equal(PostResult.TooSlow, (await Send(drip.Address)).Result);
        Assert.InRange(watch.Elapsed.TotalSeconds, 2.5, 9);
    }

    [Fact]
    public async Task A_huge_answer_is_not_read()
    {
        await using var receiver = await Receiver.Start();
        var written = 0L;
        receiver.Answer = async (http, _) =>
        {
            var block = new byte[64 * 1024];
            try
            {
                for (; written < 200 * 1024 * 1024 && !http.RequestAborted.IsCancellationRequested; written += block.Length)
                {
                    await http.Response.Body.WriteAsync(block, http.RequestAborted);
                    await Task.Delay(1);
                }
            }
            catch (Exception closed) when (closed is OperationCanceledException or IOException)
            {
            }
        };
        Assert.Equal(PostResult.Accepted, (await Send(receiver.Address)).Result);
        await Task.Delay(300);
        var soon = written;
        await Task.Delay(300);
        Assert.Equal(soon, written);
    }

    [Theory]
    [InlineData("https://127.0.0.1:8443/x")]
    [InlineData("https://localhost:8443/x")]
    [InlineData("https://[::1]:8443/x")]
    [InlineData("https://[::ffff:127.0.0.1]:8443/x")]
    [InlineData("https://[64:ff9b::7f00:1]:8443/x")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://100.64.0.1/x")]
    [InlineData("https://[fd00::1]/x")]
    [InlineData("https://224.0.0.1/x")]
    public async Task The_inside_is_never_called_by_whatever_name(string address) => Assert.Equal(PostResult.Inside, (await Send(address, new OutboundSettings())).Result);

    [Fact]
    public async Task Where_nobody_listens_or_the_certificate_is_nobodys_it_says_so()
    {
        Assert.Equal(PostResult.Unreachable, (await Send("http://127.0.0.1:1/x")).Result);
        await using var tls = new Clients.TlsServer();
        Assert.Equal(PostResult.Untrusted, (await Send(tls.Address + "/x")).Result);
        Assert.DoesNotContain("POST", tls.Heads, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Missing")]
    [InlineData("programm.example/x", "NotAnAddress")]
    [InlineData("ftp://programm.example/x", "NotAnAddress")]
    [InlineData("https://programm.example/x#y", "NotAnAddress")]
    [InlineData("http://programm.example/x", "NotHttps")]
    [InlineData("https://name:wort@programm.example/x", "HasPassword")]
    [InlineData("https://programm.example:25/x", "Port")]
    [InlineData("https://192.168.1.1/x", "Inside")]
    [InlineData("https://[::1]/x", "Inside")]
    [InlineData("http://127.0.0.1:9/x", "Port")]
    public void What_is_no_address_is_refused_with_the_reason(string typed, string problem) => Assert.Equal(problem, OutboundAddress.Read(typed, Near).Problem?.ToString());

    [Theory]
    [InlineData(" https://programm.example/x?y=z ")]
    [InlineData("https://programm.example:8443/x")]
    [InlineData("http://127.0.0.1:8080/x")]
    public void What_is_one_is_taken(string typed) => Assert.NotNull(OutboundAddress.Read(typed, Near).Address);
}

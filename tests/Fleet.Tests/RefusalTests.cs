using System.Net;
using System.Net.Sockets;
using System.Text;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Sovereignty;
using VetBooking.Fleet.Updates;

namespace VetBooking.Tests.Fleet;

/// <summary>What the host lacks is found out before anything changes, and said with what to do.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly Hosted host = new Hosted().With("0.3.0", "0.4.0").Practice("berg", "0.3.0", "termin.berg.example");

    public void Dispose() => host.Dispose();

    [Fact]
    public void A_full_disk_is_found_before_it_is_written_to()
    {
        File.WriteAllBytes(Path.Combine(host.Layout.DataOf("berg"), "practice.db"), new byte[1_000_000]);
        var practices = host.Facts.Practices.Values.ToList();
        Assert.Equal(1_000_000, Room.WeightOf(host.Layout, "berg"));
        Away To(string target) => new(host.Layout, target, 35);
        var roomy = host.Facts with { Free = _ => Room.Reserve + 3_000_000 };
        Backups.ExpectRoom(host.Layout, roomy, practices, To(""));
        var full = host.Facts with { Free = _ => Room.Reserve + 2_999_999 };
        Said("Make room there", () => Backups.ExpectRoom(host.Layout, full, practices, To("")));
        Said("/srv/backups", () => Backups.ExpectRoom(host.Layout, roomy with { Free = folder => folder == "/srv/backups" ? 999_999 : roomy.Free(folder) }, practices, To("/srv/backups")));
        Backups.ExpectRoom(host.Layout, roomy with { Free = folder => folder == host.Layout.Data ? long.MaxValue : 0 }, practices, To("restic:/srv/backups"));
        Said("200 MB are needed", () => Add.Plan(host.Layout, host.Facts with { Free = _ => 0 }, Wish));
        Assert.True(Room.FreeAt(Path.Combine(host.Layout.Data, "not", "there", "yet")) > 0);
    }

    [Fact]
    public void Nobody_is_added_without_a_mail_relay_unless_the_operator_says_so()
    {
        Assert.Contains(Add.Plan(host.Layout, host.Facts, Wish).Looks, look => look.ToString() == "mail relay relay.example:587");
        Assert.DoesNotContain(Add.Plan(host.Layout, host.Facts, Wish with { NoMailCheck = true }).Looks, look => look.ToString().StartsWith("mail", StringComparison.Ordinal));
        File.Delete(host.Layout.Settings);
        Said("--no-mail-check", () => Add.Plan(host.Layout, host.Facts, Wish));
        Assert.NotEmpty(Add.Plan(host.Layout, host.Facts, Wish with { NoMailCheck = true }).Steps);
        Assert.NotEmpty(Add.Plan(host.Layout, host.Facts, Wish with { Demo = true }).Steps);
    }

    [Fact]
    public async Task Settings_that_are_nonsense_are_no_relay_and_a_relay_without_a_name_is_said()
    {
        static Relay? Of(string json) => Relay.Of(System.Text.Json.Nodes.JsonNode.Parse(json) as System.Text.Json.Nodes.JsonObject);
        Assert.Null(Of("""{"mail":{"transport":"folder","host":"relay.example"}}"""));
        Assert.Null(Of("""{"mail":"smtp"}"""));
        Assert.Equal(new Relay("relay.example", 465, Greets: false), Of("""{"mail":{"transport":"smtp","host":"relay.example","port":465,"security":"tls"}}"""));
        Assert.Equal(new Relay("", 587), Of("""{"mail":{"transport":"smtp","host":7,"port":"25"}}"""));
        Assert.Contains("mail.host", await new Relay("", 587).Problem(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("220 relay.example ESMTP\r\n", null)]
    [InlineData("554 go away\r\n", "no mail relay")]
    [InlineData("", "does not answer")]
    public async Task A_relay_is_somebody_who_greets_as_mail_servers_do(string greeting, string? problem)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var relay = new Relay("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port);
        var asked = relay.Problem();
        using (var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(greeting), TestContext.Current.CancellationToken);
        if (problem is null) Assert.Null(await asked);
        else if (greeting.Length > 0) Assert.Contains(problem, await asked, StringComparison.Ordinal);
        else Assert.NotNull(await asked);
        server.Stop();
        Assert.Contains("does not answer", await relay.Problem(), StringComparison.Ordinal);
        Assert.Contains("does not answer", await (relay with { Greets = false }).Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_was_changed_masked_or_removed_wants_prepare_first()
    {
        Assert.Null(host.Facts.BrokenUnit);
        var unit = Path.Combine(host.Layout.Units, "vetbooking@.socket");
        File.AppendAllText(unit, "Backlog=1\n");
        Said("vetfleet prepare", () => Add.Plan(host.Layout, host.Facts, Wish));
        Said("vetbooking@.socket.d/", () => Units.Expect(host.Facts));
        // Who is there already has nothing to lose by it.
        Assert.Empty(Add.Plan(host.Layout, host.Facts, new AddWish("berg", ["termin.berg.example"]) { Demo = true }).Steps);
        File.Delete(unit);
        Said("is not there", () => Units.Expect(host.Facts));
        File.CreateSymbolicLink(unit, "/dev/null");
        Said("masked", () => Units.Expect(host.Facts));
        Assert.Null(Units.ProblemOfState("vetbooking@berg.service", "loaded"));
        Assert.Contains("systemctl unmask vetbooking@berg.service", Units.ProblemOfState("vetbooking@berg.service", "masked"), StringComparison.Ordinal);
        Assert.Contains("systemd-analyze verify", Units.ProblemOfState("vetbooking@berg.service", "bad-setting"), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_changed_without_prepare_are_a_broken_unit_too()
    {
        File.WriteAllText(host.Layout.Settings, """{"idleExit":"5m"}""");
        Said("vetbooking@.service", () => Units.Expect(host.Facts));
    }

    [Fact]
    public void A_folder_a_user_or_a_group_of_somebody_else_is_in_the_way()
    {
        Directory.CreateDirectory(host.Layout.DataOf("tal"));
        Said("is in the way", () => Add.Plan(host.Layout, host.Facts, Wish));
        Directory.Delete(host.Layout.DataOf("tal"));
        File.AppendAllText(host.Layout.Users, "vb-tal:x:901:901::/:/bin/sh\n");
        Said("user vb-tal", () => Add.Plan(host.Layout, host.Facts, Wish));
        File.WriteAllText(host.Layout.Users, "root:x:0:0:root:/root:/bin/bash\n");
        File.WriteAllText(host.Layout.Groups, "vb-tal:x:901:\n");
        Said("group vb-tal", () => Add.Plan(host.Layout, host.Facts, Wish));
    }

    [Fact]
    public void Nothing_named_is_wrong_usage_and_a_stranger_is_a_refusal()
    {
        Assert.True(Assert.Throws<RefusedException>(() => Chosen.From(host.Facts, [], all: false)).IsWrongUsage);
        Assert.True(Assert.Throws<RefusedException>(() => Chosen.From(host.Facts, ["berg"], all: true)).IsWrongUsage);
        Assert.False(Assert.Throws<RefusedException>(() => Chosen.From(host.Facts, ["alm"], all: false)).IsWrongUsage);
        foreach (var wrong in (string[])["", "5", "rest,5", "0,rest", "101%,rest"]) Assert.NotNull(Waves.Problem(wrong));
        Assert.Null(Waves.Problem("1,5%,rest"));
    }

    [Fact]
    public async Task What_a_look_refuses_changes_nothing_and_is_no_failure()
    {
        var touched = Path.Combine(host.Layout.Root, "touched");
        var plan = new Plan("berg", [new Step.Text(touched, "")])
        {
            Looks = [new Step.Act("look", () => throw new RefusedException("No."))],
            Undo = [new Step.Text(touched, "")],
        };
        var refused = await Runner.Perform(plan);
        Assert.Equal((true, false), (refused.IsRefused, File.Exists(touched)));
        var done = await Runner.Perform(plan with { Looks = [] });
        Assert.Equal((true, 1), (File.Exists(touched), done.Steps));
        var nothing = await Runner.Perform(new Plan("tal", []));
        Assert.Equal(ExitCode.Refused, Answer.CodeOf([nothing, refused]));
        Assert.Equal(ExitCode.Failed, Answer.CodeOf([done, refused]));
        Assert.Equal(ExitCode.Done, Answer.CodeOf([done, nothing]));
    }

    [Fact]
    public void Whether_the_operator_may_look_is_asked_of_the_practice_and_nothing_else_is_done()
    {
        var plan = GrantSupport.Plan(host.Layout, host.Facts.Practices["berg"], email: null);
        var asked = Assert.IsType<Step.Verb>(Assert.Single(plan.Steps));
        Assert.Equal(["support", "--data", host.Layout.DataOf("berg")], asked.Arguments);
        Assert.Contains("--property=PrivateNetwork=yes", asked.Command);
        Assert.Equal("link", plan.Shows);
        Assert.Equal("--email", Assert.IsType<Step.Verb>(GrantSupport.Plan(host.Layout, host.Facts.Practices["berg"], "olaf@operator.example").Steps[0]).Arguments[3]);
    }

    private static AddWish Wish => new("tal", ["termin.tal.example"]) { Title = "Tierarztpraxis", Email = "praxis@tal.example" };

    private static void Said(string words, Action plan) => Assert.Contains(words, Assert.Throws<RefusedException>(plan).Message, StringComparison.Ordinal);
}

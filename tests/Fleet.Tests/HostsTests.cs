using System.CommandLine;
using VetBooking.Fleet.Host;
using VetBooking.Fleet.Hosts;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Updates;

namespace VetBooking.Tests.Fleet;

/// <summary>Several machines: which there are, what is said to each, and how their answers become one.</summary>
public sealed class HostsTests : IDisposable
{
    private static readonly FleetHost Ash = new("ash", null);
    private static readonly FleetHost Oak = new("oak", "root@oak.example");

    private readonly Hosted host = new Hosted().With("0.3.0").Practice("berg", "0.3.0", "termin.berg.example");

    public void Dispose() => host.Dispose();

    [Fact]
    public void A_line_is_a_machine_and_strangers_are_refused()
    {
        Assert.Contains("Write a line a machine", Refused(() => HostList.Read(host.Layout)), StringComparison.Ordinal);
        File.WriteAllText(host.Layout.Hosts, "# ours\nash local\n\n  oak\troot@oak.example  # the new one\n");
        Assert.Equal([Ash, Oak], HostList.Chosen(host.Layout, "all"));
        Assert.Equal([Oak], HostList.Chosen(host.Layout, "oak,oak"));
        Assert.Contains("there are: ash, oak", Refused(() => HostList.Chosen(host.Layout, "oak,elm")), StringComparison.Ordinal);
        foreach (var wrong in (string[])["oak", "Oak root@oak", "all root@oak", "oak -oProxyCommand=x", "oak root@oak more", "oak a\noak b"])
        {
            File.WriteAllText(host.Layout.Hosts, wrong);
            Assert.Contains(wrong.Contains('\n', StringComparison.Ordinal) ? "Line 2" : "Line 1", Refused(() => HostList.Read(host.Layout)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_practice_moves_to_a_machine_of_the_file_if_there_is_one()
    {
        Assert.Equal("root@elm.example", HostList.DestinationOf(host.Layout, "root@elm.example"));
        File.WriteAllText(host.Layout.Hosts, "ash local\noak root@oak.example\n");
        Assert.Equal("root@oak.example", HostList.DestinationOf(host.Layout, "oak"));
        foreach (var wrong in (string[])["root@oak.example", "ash", "all", "ash,oak", ""]) Refused(() => HostList.DestinationOf(host.Layout, wrong));
    }

    [Fact]
    public void The_other_side_is_told_the_same_words_but_not_to_tell_others()
    {
        var root = new RootCommand { Update.Command(host.Layout) };
        OnHosts.Offer(root, host.Layout, "update");
        var (names, options) = OnHosts.Said(root.Parse("update --hosts oak,ash berg tal --to 0.4.0 --json"));
        Assert.Equal(["berg", "tal"], names);
        Assert.Equal(["--to", "0.4.0", "--json"], options);
        Assert.Equal("'it'\\''s; rm -rf /'", Ssh.Quoted("it's; rm -rf /"));
    }

    [Fact]
    public void Each_machine_is_asked_about_its_own_practices()
    {
        var found = new Dictionary<FleetHost, IReadOnlyList<string>> { [Ash] = ["berg", "tal"], [Oak] = ["tal", "alm"] };
        var placed = OnHosts.Placed(["alm", "berg"], found, mayBeTwice: false);
        Assert.Equal(["berg"], placed[Ash]);
        Assert.Equal(["alm"], placed[Oak]);
        Assert.Equal([Ash], OnHosts.Placed(["berg"], found, mayBeTwice: false).Keys);
        Assert.Contains("There is no practice \"fels\" on ash, oak", Refused(() => OnHosts.Placed(["berg", "fels"], found, mayBeTwice: false)), StringComparison.Ordinal);
        Assert.Contains("ash and oak", Refused(() => OnHosts.Placed(["tal"], found, mayBeTwice: false)), StringComparison.Ordinal);
        Assert.Equal(2, OnHosts.Placed(["tal"], found, mayBeTwice: true).Count);
    }

    [Fact]
    public void Answers_become_one_with_the_machine_s_name_and_a_machine_that_is_away_is_named()
    {
        var ash = new HostSaid(Ash) { Code = 0, Output = """{"verb":"status","ok":true,"subjects":[{"name":"berg","ok":true,"state":{"is":"asleep"}}]}""" + "\n" };
        var oak = new HostSaid(Oak) { Code = 255, IsReached = false, LastWords = "No route to host" };
        var merged = HostsSaid.Merged("status", [ash, oak]);
        var berg = Assert.Single(merged.Subjects!);
        Assert.Equal((false, "ash", "berg", "asleep"), (merged.Ok, berg.Host, berg.Name, berg.State!["is"]));
        Assert.Equal([null, "oak cannot be reached: No route to host"], merged.Hosts!.Select(one => one.Error));
        Assert.False(oak.HasFailed);
        Assert.Equal(ExitCode.Failed, HostsSaid.CodeOf([ash, oak]));
        Assert.Equal(ExitCode.Done, HostsSaid.CodeOf([ash]));
        var refused = new HostSaid(Oak) { Code = 3, Output = """{"verb":"update","ok":false,"error":"Release 9 is not on this host."}""" };
        Assert.Equal((true, "Release 9 is not on this host."), (refused.HasFailed, refused.Problem));
        Assert.Equal(ExitCode.Refused, HostsSaid.CodeOf([refused, refused]));
        Assert.Equal(ExitCode.Failed, HostsSaid.CodeOf([refused, new HostSaid(Ash)]));
        Assert.Null((refused with { Output = "Welcome!\n" }).Answer);
    }

    private static string Refused(Action act) => Assert.Throws<RefusedException>(act).Message;
}

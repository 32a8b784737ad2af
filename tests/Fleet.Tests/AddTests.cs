using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;

namespace VetBooking.Tests.Fleet;

/// <summary>What has to be done for a new practice, and what is refused before anything is done.</summary>
public sealed class AddTests : IDisposable
{
    private readonly Hosted host = new Hosted().With("0.3.0", "0.10.0", "0.10.0-rc1");

    public void Dispose() => host.Dispose();

    [Fact]
    public void A_new_practice_is_routed_last_and_begins_with_the_newest_release()
    {
        var plan = Planned(Wish("berg"));
        Assert.Equal(new Step.Link(host.Layout.RouteOf("termin.berg.example"), host.Layout.SocketOf("berg")), plan.Steps[^1]);
        Assert.Contains(new Step.Link(host.Layout.PinOf("berg"), host.Layout.Release("0.10.0")), plan.Steps);
        var made = Assert.Single(plan.Steps.OfType<Step.Verb>());
        Assert.Equal("init", made.Arguments[0]);
        Assert.Contains("--property=User=vb-berg", made.Command);
        Assert.Contains(plan.Steps.OfType<Step.Folder>(), folder => folder == new Step.Folder(host.Layout.DataOf("berg"), "0700", "vb-berg"));
    }

    [Fact]
    public void The_same_again_is_nothing_to_do()
    {
        host.Practice("berg", "0.3.0", "termin.berg.example");
        Assert.Empty(Planned(Wish("berg")).Steps);
    }

    [Fact]
    public void The_group_is_there_before_the_user_whom_nobody_would_make_again()
    {
        var steps = Planned(Wish("berg")).Steps.OfType<Step.Run>().Select(run => run.Command[0]).ToList();
        Assert.True(steps.IndexOf("groupadd") is var group && group >= 0 && group < steps.IndexOf("useradd"), string.Join(' ', steps));
    }

    [Fact]
    public void One_cut_off_while_its_folder_was_made_is_made_anew_with_its_own_release()
    {
        host.Practice("berg", "0.3.0", "termin.berg.example");
        File.WriteAllText(host.Layout.MakingOf("berg"), "");
        var steps = Planned(Wish("berg")).Steps;
        Assert.Contains(new Step.Remove(host.Layout.DataOf("berg")), steps);
        Assert.True(steps.ToList().FindIndex(step => step is Step.Run run && run.Command.Contains("vb-berg")) is var ended && ended >= 0 && ended < steps.ToList().IndexOf(new Step.Remove(host.Layout.DataOf("berg"))), "What was begun is not ended first.");
        Assert.Contains(new Step.Link(host.Layout.PinOf("berg"), host.Layout.Release("0.3.0")), steps);
        Assert.DoesNotContain(steps.OfType<Step.Run>(), run => run.Command[0] == "useradd");
        Assert.True(steps.ToList().IndexOf(new Step.Remove(host.Layout.MakingOf("berg"))) > steps.ToList().FindIndex(step => step is Step.Verb));
    }

    [Fact]
    public void One_cut_off_afterwards_keeps_its_data()
    {
        host.Practice("berg", "0.3.0", "termin.berg.example");
        File.Delete(host.Layout.RouteOf("termin.berg.example"));
        var steps = Planned(Wish("berg")).Steps;
        Assert.DoesNotContain(new Step.Remove(host.Layout.DataOf("berg")), steps);
        Assert.Empty(steps.OfType<Step.Verb>());
        Assert.Contains(new Step.Link(host.Layout.RouteOf("termin.berg.example"), host.Layout.SocketOf("berg")), steps);
    }

    [Theory]
    [InlineData("Berg", "termin.neu.example", "cannot be a practice's name")]
    [InlineData("berg/../x", "termin.neu.example", "cannot be a practice's name")]
    [InlineData("a-name-that-is-too-long-for-a-user", "termin.neu.example", "cannot be a practice's name")]
    [InlineData("neu", "localhost", "is no host name")]
    [InlineData("neu", "../etc/passwd", "is no host name")]
    [InlineData("neu", "Termin.Neu.example", "is no host name")]
    [InlineData("neu", "10.0.0.1", "is no host name")]
    [InlineData("neu", "termin.tal.example", "leads to the practice \"tal\" already")]
    [InlineData("tal", "termin.neu.example", "There is a practice \"tal\" already")]
    [InlineData("fremd", "termin.neu.example", "is in the way")]
    public void What_cannot_be_is_refused_with_the_reason(string name, string address, string reason)
    {
        host.Practice("tal", "0.3.0", "termin.tal.example");
        Directory.CreateDirectory(host.Layout.DataOf("fremd"));
        var refused = Assert.Throws<RefusedException>(() => Add.Plan(host.Layout, host.Facts, new AddWish(name, [address]) { Title = "Neu", Email = "a@neu.example" }));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_release_a_bare_machine_and_a_practice_without_a_name_are_refused()
    {
        Assert.Contains("Release 9.9.9 is not on this host", Assert.Throws<RefusedException>(() => Planned(Wish("berg") with { Version = "9.9.9" })).Message, StringComparison.Ordinal);
        Assert.Contains("--title and --email", Assert.Throws<RefusedException>(() => Planned(Wish("berg") with { Title = "" })).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(host.Layout.Units, "vetbooking@.service"));
        Assert.Contains("vetfleet prepare", Assert.Throws<RefusedException>(() => Planned(Wish("berg"))).Message, StringComparison.Ordinal);
    }

    private Plan Planned(AddWish wish) => Add.Plan(host.Layout, host.Facts, wish);

    private static AddWish Wish(string name) => new(name, [$"termin.{name}.example"]) { Title = "Tierarztpraxis", Email = $"praxis@{name}.example" };
}

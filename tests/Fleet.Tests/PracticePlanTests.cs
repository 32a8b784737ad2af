using VetBooking.Fleet.Host;
using VetBooking.Fleet.Plans;
using VetBooking.Fleet.Practices;
using VetBooking.Fleet.Sovereignty;
using VetBooking.Fleet.Watching;

namespace VetBooking.Tests.Fleet;

/// <summary>What is done to practices that are there.</summary>
public sealed class PracticePlanTests : IDisposable
{
    private readonly Hosted host = new Hosted().With("0.3.0").Practice("berg", "0.3.0", "termin.berg.example", "www.berg.example").Practice("tal", "0.3.0", "termin.tal.example");

    public void Dispose() => host.Dispose();

    [Fact]
    public void Names_all_or_nothing_and_never_a_stranger()
    {
        Assert.Equal(["berg", "tal"], Chosen.From(host.Facts, [], all: true).Select(practice => practice.Name));
        Assert.Equal(["tal"], Chosen.From(host.Facts, ["tal", "tal"], all: false).Select(practice => practice.Name));
        Assert.Throws<RefusedException>(() => Chosen.From(host.Facts, ["tal"], all: true));
        Assert.Throws<RefusedException>(() => Chosen.From(host.Facts, [], all: false));
        Assert.Contains("'vetfleet list'", Assert.Throws<RefusedException>(() => Chosen.From(host.Facts, ["alm"], all: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspended_practice_keeps_its_routes_and_stays_closed_after_a_restart_of_the_machine()
    {
        var steps = Suspend.Suspended(host.Layout, host.Facts.Practices["berg"]).Steps;
        Assert.Contains(new Step.Remove(host.Layout.WantOf("berg")), steps);
        Assert.DoesNotContain(steps, step => step is Step.Remove remove && remove.Path.StartsWith(host.Layout.ByHost, StringComparison.Ordinal));
        File.WriteAllText(host.Layout.SuspensionOf("berg"), "");
        File.Delete(host.Layout.WantOf("berg"));
        var suspended = host.Facts.Practices["berg"];
        Assert.True(suspended.IsWhole);
        // Cut off after its mark was there, the practice may still answer: what follows the mark is done again.
        Assert.Equal(steps.Skip(1), Suspend.Suspended(host.Layout, suspended).Steps);
        Assert.Equal(new Step.Remove(host.Layout.SuspensionOf("berg")), Suspend.Resumed(host.Layout, suspended).Steps[0]);
    }

    [Fact]
    public void New_names_are_routed_before_old_ones_go()
    {
        var steps = Domains.Plan(host.Layout, host.Facts, "berg", ["neu.berg.example", "termin.berg.example"]).Steps.ToList();
        Assert.Equal(new Step.Link(host.Layout.RouteOf("neu.berg.example"), host.Layout.SocketOf("berg")), steps[0]);
        Assert.Equal(new Step.Remove(host.Layout.RouteOf("www.berg.example")), steps[^1]);
        Assert.Empty(Domains.Plan(host.Layout, host.Facts, "berg", ["termin.berg.example", "www.berg.example"]).Steps);
        Assert.Contains("\"tal\"", Assert.Throws<RefusedException>(() => Domains.Plan(host.Layout, host.Facts, "berg", ["termin.tal.example"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_of_a_practice_keep_what_the_operator_has_changed()
    {
        var present = System.Text.Json.Nodes.JsonNode.Parse("""{"mail":{"transport":"smtp","host":"relay.example"},"publicUrl":"https://alt.example"}""")!.AsObject();
        var text = host.Facts.Settings.InstanceFor(["neu.example", "www.neu.example"], present);
        Assert.Contains("relay.example", text, StringComparison.Ordinal);
        Assert.Contains("\"https://neu.example\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alt.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_leaves_is_exported_when_nothing_can_change_any_more_and_erased_after_that()
    {
        var steps = Retire.Plan(host.Layout, host.Facts, "berg", host.Layout.Root).Steps.ToList();
        var export = steps.FindIndex(step => step is Step.Verb { Arguments: ["export", ..] });
        Assert.True(export > steps.IndexOf(new Step.Run("systemctl", "stop", "vetbooking@berg.socket")));
        Assert.True(export < steps.IndexOf(new Step.Remove(host.Layout.DataOf("berg"))));
        foreach (var gone in new[] { host.Layout.DataOf("berg"), host.Layout.KeyOf("berg"), host.Layout.RouteOf("www.berg.example"), host.Layout.Of("berg") }) Assert.Contains(new Step.Remove(gone), steps);
        Assert.DoesNotContain(steps, step => step.ToString().Contains("tal", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_leaves_is_not_erased_on_the_strength_of_an_export_from_before()
    {
        var export = Path.Combine(host.Layout.Root, "berg.zip");
        File.WriteAllText(export, "older");
        Assert.Contains("was on the network since", Assert.Throws<RefusedException>(() => Retire.Plan(host.Layout, host.Facts, "berg", host.Layout.Root)).Message, StringComparison.Ordinal);
        // As a retirement leaves it that was cut off: suspended, then exported.
        File.WriteAllText(host.Layout.SuspensionOf("berg"), "");
        File.SetLastWriteTimeUtc(host.Layout.SuspensionOf("berg"), File.GetLastWriteTimeUtc(export).AddSeconds(-1));
        Assert.DoesNotContain(Retire.Plan(host.Layout, host.Facts, "berg", host.Layout.Root).Steps, step => step is Step.Verb);
        File.SetLastWriteTimeUtc(host.Layout.SuspensionOf("berg"), File.GetLastWriteTimeUtc(export).AddSeconds(1));
        Assert.Throws<RefusedException>(() => Retire.Plan(host.Layout, host.Facts, "berg", host.Layout.Root));
    }

    [Fact]
    public void Who_moves_is_closed_before_it_is_copied_and_open_again_if_that_fails()
    {
        var plan = Move.Plan(host.Layout, host.Facts.Practices["berg"], "root@oak.example");
        var steps = plan.Steps.ToList();
        Assert.True(steps.IndexOf(new Step.Run("systemctl", "stop", "vetbooking@berg.socket")) < steps.FindIndex(step => step is Step.Act));
        Assert.Contains(new Step.Run("systemctl", "start", "vetbooking@berg.socket"), plan.Undo);
        File.WriteAllText(host.Layout.SuspensionOf("berg"), "");
        Assert.Empty(Move.Plan(host.Layout, host.Facts.Practices["berg"], "oak").Undo);
        Assert.Throws<RefusedException>(() => Move.Plan(host.Layout, host.Facts.Practices["berg"], "-oProxyCommand=x"));
    }

    [Fact]
    public void Who_wants_to_be_woken_is_woken_in_that_minute_and_who_left_no_time_at_once()
    {
        var now = new DateTime(2026, 11, 28, 12, 0, 30, DateTimeKind.Utc);
        File.WriteAllText(host.Layout.WakeOf("tal"), "");
        File.SetLastWriteTimeUtc(host.Layout.WakeOf("tal"), now.AddSeconds(-30));
        Assert.Equal(["berg", "tal"], Wake.Due(host.Layout, host.Facts, now));
        // A link is no time: whatever it leads to was not left by falling asleep.
        File.CreateSymbolicLink(host.Layout.WakeOf("berg"), host.Layout.WakeOf("tal"));
        Assert.Equal(["berg"], Wake.Due(host.Layout, host.Facts, now.AddMinutes(-1)));
        Assert.Equal(new Step.Run("systemctl", "start", "--no-block", "vetbooking@tal.service"), Assert.Single(Wake.Plan(["tal"]).Steps));
        foreach (var name in new[] { "berg", "tal" }) File.WriteAllText(host.Layout.SuspensionOf(name), "");
        Assert.Empty(Wake.Due(host.Layout, host.Facts, now));
    }

    [Fact]
    public void A_practice_that_has_not_changed_is_skipped_and_a_key_is_kept_apart()
    {
        var practice = host.Facts.Practices["tal"];
        var away = new Away(host.Layout, "/srv/backups", 35);
        Assert.Empty(Backups.Plan(host.Layout, practice, away with { Target = "" }, isUnchanged: true).Steps);
        var steps = Backups.Plan(host.Layout, practice, away, isUnchanged: false).Steps;
        Assert.Contains(new Step.Fetch("tal", Path.Combine(host.Layout.DataOf("tal"), "keys", "backup.key"), host.Layout.KeyOf("tal")), steps);
        Assert.Contains(new Step.Folder("/srv/backups/tal", "0700"), steps);
    }

    [Fact]
    public void A_backup_gives_way_to_whoever_is_visited_and_what_somebody_waits_for_does_not()
    {
        var berg = host.Facts.Practices["berg"];
        static bool GivesWay(Plan plan) => plan.Steps.OfType<Step.Verb>().Single().Command.Take(2).SequenceEqual(["systemd-run", "--property=CPUWeight=20"]);
        Assert.All([Backups.Plan(host.Layout, berg, new Away(host.Layout, "", 35), isUnchanged: false), Backups.Rehearsed(host.Layout, berg)], plan => Assert.True(GivesWay(plan)));
        Assert.False(GivesWay(Add.Plan(host.Layout, host.Facts, new AddWish("see", ["see.example"]) { Demo = true })));
    }
}
